#include "controllers/twin/power_watch.hpp"

#include <cmath>

namespace saggar::twin {
namespace {

constexpr double kSample_s = 30.0;  ///< unit of the sums
constexpr double kHour_s = 3600.0;
constexpr double kMost = 3.0;  ///< sums stop at so many levels
constexpr double kLeast_kW = 0.05;

}  // namespace

PowerWatch::PowerWatch(const Limits& limits, std::size_t zones)
    : l_(limits),
      usual_(2 * zones),
      power_(2 * zones),
      asked_(2 * zones),
      loss_(2 * zones),
      excess_(2 * zones),
      until_s_(2 * zones, 0.0),
      named_(2 * zones, Cause::element_open),
      other_s_(2 * zones, 0.0) {}

Cause PowerWatch::cause_of(double share) const noexcept {
  if (-share >= l_.dead) return Cause::scr_open;
  return std::abs(-share - 0.5) <= l_.half_wave ? Cause::scr_half_wave : Cause::element_open;
}

/// What was named stays unless another has shown for the time of confirmation: when a fault ends,
/// the smoothed share passes all that is less.
void PowerWatch::name(const Signals& s, std::size_t i, double share) noexcept {
  const Cause shows = cause_of(share);
  const bool raised_now = loss_[i].raised_s == s.now_s;
  const bool other = shows != named_[i] && -share >= l_.power_usual;
  other_s_[i] = other && !raised_now ? other_s_[i] + s.dt_s : 0.0;
  if (!raised_now && other_s_[i] <= l_.power_confirm_s) return;
  named_[i] = shows;
  other_s_[i] = 0;
}

void PowerWatch::look(const Signals& s, std::size_t i, Findings& findings) noexcept {
  if (!std::isfinite(s.power_kW[i]) || !std::isfinite(s.asked_kW[i])) return;
  power_[i].add(s.power_kW[i], s.dt_s, l_.power_filter_s);
  asked_[i].add(s.asked_kW[i], s.dt_s, l_.power_filter_s);
  const double power = power_[i].value, asked = asked_[i].value, samples = s.dt_s / kSample_s;
  const bool known = usual_[i].seen_s >= kHour_s * l_.learn_h;
  const bool tells = asked >= 0.01 * l_.power_least_percent * s.rated_kW;
  const double sound_kW = asked * (1.0 + usual_[i].mean);
  const double share = power / std::max(kLeast_kW, sound_kW) - 1.0;
  if (known && tells) {
    loss_[i].add(s.now_s, samples * (-share - l_.power_usual), kMost * l_.power_high);
  }
  if (known) {
    excess_[i].add(s.now_s, samples * (power - sound_kW - l_.excess_kW), kMost * l_.excess_high);
  }
  const bool calm = loss_[i].value <= 0 && excess_[i].value <= 0;
  if (tells && calm) usual_[i].learn(power / asked - 1.0, s.dt_s, kHour_s * l_.memory_h);
  const bool lost =
      loss_[i].judge(s.now_s, s.dt_s, l_.power_high, l_.power_low, l_.power_confirm_s);
  const bool over = excess_[i].judge(s.now_s, s.dt_s, l_.excess_high, l_.excess_low, 0.0);
  if (lost) name(s, i, share);
  if (lost || over) tell(s, i, over, share, findings);
}

void PowerWatch::tell(const Signals& s, std::size_t i, bool over, double share,
                      Findings& findings) noexcept {
  Finding f;
  place(f, i, s.zones);
  const Cusum& c = over ? excess_[i] : loss_[i];
  f.cause = over ? Cause::scr_shorted : named_[i];
  f.statistic = c.value;
  f.threshold = over ? l_.excess_high : l_.power_high;
  f.began_s = c.began_s;
  f.since_s = c.raised_s;
  f.size = share;
  f.expected = asked_[i].value * (1.0 + usual_[i].mean);
  f.measured = power_[i].value;
  findings.add(f);
  const bool slight = f.cause == Cause::element_open || f.cause == Cause::scr_half_wave;
  until_s_[i] = (slight ? c.raised_s : s.now_s) + kHour_s * l_.swap_hold_h;
}

void PowerWatch::step(const Signals& s, Findings& findings) noexcept {
  for (std::size_t i = 0; i < s.loops(); ++i) look(s, i, findings);
}

}  // namespace saggar::twin
