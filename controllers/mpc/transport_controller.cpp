#include "controllers/mpc/transport_controller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <stdexcept>

namespace saggar::mpc {
namespace {

using plugin::Status;
using plugin::Why;

constexpr double kScale[] = {1.0, 0.001, 10.0, 0.01, 50.0};  ///< m, fraction, nm, 1, kW
constexpr double kSpeedScale = 0.04;                         ///< mm/s
constexpr Noise kNoise[] = {
    {0.2, 0.02, 0.005}, {2e-4, 2e-5, 2e-6}, {2.0, 0.2, 0.02}, {2e-3, 2e-4, 2e-5}, {10.0, 2.0, 0.2}};
constexpr double kRestWeight = 1e-3;
constexpr double kNear_m = 0.75;     ///< rows this near to a place speak for it
constexpr double kFarthest_m = 5.0;  ///< no lot moves dry-out by more
constexpr double kAtBand = 1e-3;     ///< of its scale: a target this near to a band is held by it

}  // namespace

bool TransportController::asked(std::size_t cv) const noexcept {
  switch (cv) {
    case is_dry:
      return value(p_dry_most_m) > 0;
    case is_mixing:
      return value(p_mixing_most) > 0;
    case is_size:
      return value(p_size_least_nm) > 0 || value(p_size_most_nm) > 0;
    case is_lithium:
      return value(p_lithium_most) > 0;
    default:
      return value(p_power_most_kW) > 0;
  }
}

bool TransportController::seen() const noexcept {
  for (std::size_t i = 0; i < kCvs; ++i) {
    if (!asked(i)) continue;
    if (age_s_[i] > value(p_unseen_wait_s) || !regulator_->known(i)) return false;
  }
  return true;
}

void TransportController::configure(const plugin::Setup& setup) {
  values_.clear();
  for (std::uint32_t p = 0; p < kParamCount; ++p) values_.push_back(setup.value(p));
  for (std::uint32_t i = 0; i < kCvs; ++i) {
    if (value(p_speed_price) <= 0 || !asked(i) || setup.port(i).size() > 0) continue;
    throw std::invalid_argument(
        "speed_price is above 0 and a limit is given for \"" + std::string(kPorts[i].name) +
        "\", but no tag shows it: give the runtime an estimator that does, or set the limit to 0");
  }
  auto regulator = std::make_unique<Regulator>(
      Shape{kCvs, 1, kCvs, static_cast<std::size_t>(value(p_horizon))},
      std::vector<double>(std::begin(kScale), std::end(kScale)), std::vector<double>{kSpeedScale});
  for (std::size_t i = 0; i < kCvs; ++i) {
    regulator->tune(i, kNoise[i]);
    regulator->shed_after(i, value(p_unseen_wait_s) / value(p_period_s));
  }
  std::vector<Wire> all;
  for (std::uint32_t i = 0; i < setup.port(kSpeed).size(); ++i) all.push_back({0, i});
  wet_place_m_.assign(std::min(setup.port(kPlace).size(), setup.port(kToDry).size()), 0.0);
  wet_to_dry_m_ = wet_place_m_;
  arrange(setup, {all}, 1, std::move(regulator),
          {value(p_period_s), {value(p_speed_per_h) / 3600}, 1e6, 28800, true});
}

void TransportController::begin() noexcept {
  sum_.fill(0);
  samples_.fill(0);
  age_s_.fill(0);
  wet_ = 0;
  dried_m_ = std::numeric_limits<double>::quiet_NaN();
  next_way_m_ = std::numeric_limits<double>::infinity();
}

/// Both ports list the rows in the same order. The row that was next is dry once another one is
/// next, with a longer way.
void TransportController::sense_rows(const plugin::InputView& place,
                                     const plugin::InputView& to_dry) noexcept {
  const double was_place_m = next_place_m_, was_way_m = next_way_m_;
  wet_ = 0;
  next_way_m_ = std::numeric_limits<double>::infinity();
  for (std::uint32_t j = 0; j < wet_place_m_.size(); ++j) {
    if (!place.good(j) || !to_dry.good(j)) continue;
    if (!std::isfinite(place.value(j)) || !(to_dry.value(j) > 0)) continue;
    wet_place_m_[wet_] = place.value(j) + to_dry.value(j);
    wet_to_dry_m_[wet_++] = to_dry.value(j);
    if (to_dry.value(j) >= next_way_m_) continue;
    next_way_m_ = to_dry.value(j);
    next_place_m_ = place.value(j) + to_dry.value(j);
  }
  if (was_way_m < kNear_m && next_way_m_ > was_way_m) dried_m_ = was_place_m;
}

/// Mean place of dry-out of the rows that are about `way_m` from it; NaN where there is none.
double TransportController::dry_after(double way_m) const noexcept {
  double sum = 0, count = 0;
  for (std::size_t j = 0; j < wet_; ++j) {
    if (std::abs(wet_to_dry_m_[j] - way_m) > kNear_m) continue;
    sum += wet_place_m_[j];
    count += 1;
  }
  return sum / count;
}

/// Against the rows that were dry last, so that what all rows share moves nothing: that is
/// measured. Where no row is, it stays as before.
void TransportController::look_ahead() noexcept {
  const bool told = regulator_->known(is_dry) && std::isfinite(dried_m_);
  const double per_period_m = 1e-3 * std::max(0.0, reference(0) + moved(0)) * period_s();
  double coming_m = 0;
  for (std::size_t k = 0; k < regulator_->shape().horizon; ++k) {
    const double then_m = dry_after(per_period_m * static_cast<double>(k + 1));
    if (told && std::isfinite(then_m)) {
      coming_m = std::clamp(then_m - dried_m_, -kFarthest_m, kFarthest_m);
    }
    regulator_->coming(k, is_dry) = coming_m;
  }
}

/// Estimates count only while they are vouched for: uncertain is not seen.
void TransportController::sense(plugin::Step& io) noexcept {
  for (std::uint32_t i = 0; i < kCvs; ++i) {
    const plugin::InputView in = io.input(i);
    double sum = 0, count = 0;
    for (std::uint32_t j = 0; j < in.size(); ++j) {
      if (!in.good(j) || !std::isfinite(in.value(j))) continue;
      sum += in.value(j);
      count += 1;
    }
    age_s_[i] = count > 0 ? 0 : age_s_[i] + io.dt_s();
    if (count == 0) continue;
    sum_[i] += sum / count;
    samples_[i] += 1;
  }
  sense_rows(io.input(kPlace), io.input(kToDry));
}

void TransportController::close_period(plugin::Step&) noexcept {
  Regulator& r = *regulator_;
  const double lag_s[] = {value(p_dry_lag_s), value(p_forecast_lag_s), value(p_forecast_lag_s),
                          value(p_forecast_lag_s), value(p_power_lag_s)};
  const double gain[] = {value(p_dry_per_speed), value(p_mixing_per_speed), value(p_size_per_speed),
                         value(p_lithium_per_speed), value(p_power_per_speed)};
  std::fill(r.a().begin(), r.a().end(), 0.0);
  for (std::size_t i = 0; i < kCvs; ++i) {
    const double stays = std::exp(-period_s() / lag_s[i]);
    r.a()[i + i * kCvs] = stays;
    r.b()[i] = (1 - stays) * gain[i];
    if (samples_[i] > 0) y()[i] = sum_[i] / samples_[i];
    sum_[i] = samples_[i] = 0;
  }
}

void TransportController::wish(plugin::Step&) noexcept {
  Regulator& r = *regulator_;
  look_ahead();
  for (Cv& cv : r.cvs()) cv = {};
  const auto most = [&](std::size_t cv, double limit, std::uint32_t rank) {
    if (limit > 0) r.cvs()[cv].high = limit;
    r.cvs()[cv].rank_high = rank;
  };
  most(is_dry, value(p_dry_most_m), 1);
  most(is_power, value(p_power_most_kW), 1);
  most(is_mixing, value(p_mixing_most), 2);
  most(is_size, value(p_size_most_nm), 2);
  r.cvs()[is_size].low = value(p_size_least_nm);
  r.cvs()[is_size].rank_low = 2;
  most(is_lithium, value(p_lithium_most), 3);
  Mv& mv = r.mvs()[0];
  mv.low = -0.01 * value(p_slow_percent) * std::abs(reference(0));
  mv.high = 0.01 * value(p_fast_percent) * std::abs(reference(0));
  mv.price = seen() ? -value(p_speed_price) / kSpeedScale : 0.0;
  mv.rest_weight = kRestWeight;
  mv.move_weight = value(p_move_weight);
}

Status TransportController::verdict(plugin::Step& io) noexcept {
  if (!seen()) {
    return io.degraded(Why::inputs_missing,
                       "quality of the powder is not seen: speed goes back to the recipe");
  }
  return about_plan(io);
}

void TransportController::state(plugin::State& s) {
  serialize(s);
  s(sum_, samples_, age_s_, wet_place_m_, wet_to_dry_m_, wet_, next_place_m_, next_way_m_,
    dried_m_);
}

/// What holds the speed where it should come to rest: a band, or nothing but its own limit.
std::uint32_t TransportController::explain(std::uint32_t output, std::uint32_t element,
                                           plugin::Span<saggar_cause> causes) {
  if (mv_of(output, element) != 0) return 0;
  const double rest = regulator_->target_input(0);
  static constexpr const char* kNames[] = {"dry-out", "Li/Ni mixing", "primary size",
                                           "residual lithium", "heating power"};
  saggar_cause to = plugin::cause(seen() ? "throughput" : "quality not seen", rest);
  for (std::uint32_t i = 0; i < kCvs; ++i) {
    const Cv& cv = regulator_->cvs()[i];
    const double at = regulator_->target_state(i), near = kAtBand * kScale[i];
    if (!asked(i) || !regulator_->known(i) || (at < cv.high - near && at > cv.low + near)) continue;
    to = plugin::cause(kNames[i], rest, i, 0);
    break;
  }
  return causes_of(0, to, causes);
}

/// Of dry-out and power; forecasts belong to rows, their mean to none of them.
std::uint32_t TransportController::horizon(std::uint32_t input, std::uint32_t element,
                                           plugin::Span<double> time_s,
                                           plugin::Span<double> value_out,
                                           plugin::Span<double> sigma) {
  if ((input != kDry && input != kPower) || element != 0) return 0;
  return path_of(input, 0, kNoise[input].measured, time_s, value_out, sigma);
}

}  // namespace saggar::mpc
