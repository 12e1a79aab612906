#include "controllers/pid/tuning.hpp"

#include <cmath>

namespace saggar::pid {
namespace {

constexpr double kLargest = 1e9;  // keeps every product of the law far from overflow

bool usable(double x) noexcept { return x >= 0 && x <= kLargest; }

double filter_of(const Settings& s, double td_s) noexcept {
  if (s.filter_s > 0) return s.filter_s;
  return s.filter_n > 0 ? td_s / s.filter_n : 0;
}

}  // namespace

std::optional<std::string_view> problem(const Settings& s) noexcept {
  if (!usable(s.kp)) return "kp: must be a number of at least 0 (use direct action for a sign)";
  if (!usable(s.ti_s)) return "ti_s: must be at least 0; 0 = no integral action";
  if (!usable(s.td_s)) return "td_s: must be at least 0; 0 = no derivative action";
  if (!usable(s.ki_per_s)) return "ki_per_s: must be at least 0";
  if (!usable(s.kd_s)) return "kd_s: must be at least 0";
  if (!usable(s.filter_n)) return "derivative_n: must be at least 0; 0 = no filter";
  if (!usable(s.filter_s)) return "derivative_filter_s: must be at least 0";
  if (s.form == Form::series && s.ti_s > 0 && s.td_s > 0 &&
      !(s.ti_s + s.td_s > filter_of(s, s.td_s)))
    return "derivative_filter_s: series form needs it below ti_s + td_s";
  if (s.form == Form::parallel && s.kd_s > 0 && s.kp <= 0 && s.filter_s <= 0 && s.filter_n > 0)
    return "derivative_filter_s: needed where kp is 0, because kd / (kp n) has no meaning then";
  return std::nullopt;
}

Gains to_gains(const Settings& s) noexcept {
  Gains g;
  g.kp = s.kp;
  if (s.form == Form::parallel) {
    g.ki_per_s = s.ki_per_s;
    g.kd_s = s.kd_s;
    g.tf_s = s.kd_s > 0 ? filter_of(s, s.kp > 0 ? s.kd_s / s.kp : 0) : 0;
    return g;
  }
  const double td = s.td_s;
  g.tf_s = td > 0 ? filter_of(s, td) : 0;
  g.ki_per_s = s.ti_s > 0 ? s.kp / s.ti_s : 0;
  if (s.form == Form::ideal) {
    g.kd_s = s.kp * td;
    return g;
  }
  // Series: kp (1 + 1/(ti s)) (1 + td s) / (1 + tf s), matched power by power with the parallel
  // form: s^1: kp' + ki tf = kp (1 + td/ti);  s^2: kp' tf + kd = kp td.
  if (td > 0) {
    const double ratio = s.ti_s > 0 ? (td - g.tf_s) / s.ti_s : 0;
    g.kp = s.kp * (1 + ratio);
    g.kd_s = s.kp * td - g.kp * g.tf_s;
    if (g.kd_s < 0) g.kd_s = 0;
  }
  return g;
}

std::optional<Settings> to_ideal(const Gains& g) noexcept {
  if (!(g.kp > 0)) return std::nullopt;
  Settings s;
  s.form = Form::ideal;
  s.kp = g.kp;
  s.ti_s = g.ki_per_s > 0 ? g.kp / g.ki_per_s : 0;
  s.td_s = g.kd_s / g.kp;
  s.filter_n = g.tf_s > 0 ? s.td_s / g.tf_s : 0;
  s.filter_s = g.tf_s;
  return s;
}

std::optional<Settings> to_series(const Gains& g) noexcept {
  if (!(g.kp > 0) || !(g.ki_per_s > 0)) return std::nullopt;
  // Numerator ki (1 + sum s + product s^2); the series times are the roots of x^2 - sum x +
  // product.
  const double sum = g.kp / g.ki_per_s + g.tf_s;
  const double product = (g.kp * g.tf_s + g.kd_s) / g.ki_per_s;
  const double square = sum * sum - 4 * product;
  if (square < -1e-12 * sum * sum) return std::nullopt;
  const double root = std::sqrt(square > 0 ? square : 0);
  Settings s;
  s.form = Form::series;
  s.ti_s = 0.5 * (sum + root);
  s.td_s = g.kd_s > 0 ? product / s.ti_s : 0;
  s.kp = g.ki_per_s * s.ti_s;
  s.filter_s = g.tf_s;
  s.filter_n = g.tf_s > 0 ? s.td_s / g.tf_s : 0;
  return s;
}

}  // namespace saggar::pid
