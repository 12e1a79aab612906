#include "hil/kiln/weather.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {
namespace {

using material::kZeroCelsius_K;

constexpr double kDay_s = 86400.0, kHour_s = 3600.0, kYear_days = 365.25;
constexpr double kGravity_m_per_s2 = 9.80665;
constexpr double kAir_kgK_per_m3 = 353.0;  // density of air at 101 325 Pa times temperature

double wave(double part) noexcept { return std::cos(2.0 * std::numbers::pi * part); }

}  // namespace

Weather::Weather(const PlantParams& p, std::uint64_t seed)
    : f_(p.weather),
      draft_Pa_(p.gas.draft_Pa.value),
      fan_Pa_(p.faults.fan_Pa.value),
      hall_K_(p.chamber.ambient_degC.value + kZeroCelsius_K),
      hall_h2o_(0.01 * p.gas.hall_h2o_percent.value),
      keep_clear_(std::exp(-1.0 / (kHour_s * f_.front_h.value))),
      hall_gain_(1.0 - std::exp(-1.0 / (kHour_s * f_.hall_lag_h.value))),
      stack_gain_(1.0 - std::exp(-1.0 / f_.stack_lag_s.value)),
      key_(instruments::element(instruments::stream(seed, "weather"), 0)),
      clear_(instruments::normal(key_, ~std::uint64_t{0})) {
  // The hall begins where it is after days of this season: fronts and hours are averaged out there.
  const double mean_K = f_.outside_degC.value + kZeroCelsius_K;
  outside_K_ = mean_K + f_.season_K.value * season(0.0);
  seen_.hall_K = hall_K_ + f_.hall_share.value * (outside_K_ - mean_K);
  seen_.hall_h2o = hall_h2o_;
  seen_.draft_Pa = draft_Pa_;
}

/// 1 in the hottest days, -1 in the coldest.
double Weather::season(double time_s) const noexcept {
  return wave((f_.day_of_year.value + time_s / kDay_s - f_.warmest_day.value) / kYear_days);
}

double Weather::expected_outside_K(double time_s, double ahead_s) const noexcept {
  const double day = wave((f_.hour_of_day.value + time_s / kHour_s - f_.warmest_hour.value) / 24.0);
  const double fades = std::pow(keep_clear_, ahead_s);  // per second
  return f_.outside_degC.value + kZeroCelsius_K + f_.season_K.value * season(time_s) +
         f_.day_K.value * day + f_.front_K.value * clear_ * fades;
}

double Weather::expected_outside_sigma_K(double ahead_s) const noexcept {
  return std::abs(f_.front_K.value) * std::sqrt(1.0 - std::pow(keep_clear_, 2.0 * ahead_s));
}

double Weather::buoyancy_Pa(double outside_K, double stack_K) const noexcept {
  return kGravity_m_per_s2 * f_.stack_m.value * kAir_kgK_per_m3 * (1.0 / outside_K - 1.0 / stack_K);
}

const Outside& Weather::step(double time_s, std::uint64_t tick, double fan,
                             double drawn_K) noexcept {
  clear_ = keep_clear_ * clear_ +
           std::sqrt(1.0 - keep_clear_ * keep_clear_) * instruments::normal(key_, tick);
  const double summer = season(time_s);
  const double day = wave((f_.hour_of_day.value + time_s / kHour_s - f_.warmest_hour.value) / 24.0);
  const double change_K =
      f_.season_K.value * summer + f_.day_K.value * day + f_.front_K.value * clear_;
  const double mean_K = f_.outside_degC.value + kZeroCelsius_K;
  outside_K_ = mean_K + change_K;
  seen_.hall_K += hall_gain_ * (hall_K_ + f_.hall_share.value * change_K - seen_.hall_K);
  seen_.hall_h2o = std::max(0.0, hall_h2o_ + 0.01 * (f_.season_h2o_percent.value * summer -
                                                     f_.rain_h2o_percent.value * clear_));
  const double drawn_change_K = drawn_K - f_.drawn_degC.value - kZeroCelsius_K;
  drawn_change_K_ += stack_gain_ * (f_.stack_keep.value * drawn_change_K - drawn_change_K_);
  const double usual_K = f_.stack_degC.value + kZeroCelsius_K;
  // Ducts stand in the hall, so that the stack is as much colder as the hall is, never below it.
  const double stack_K = std::max(seen_.hall_K, usual_K + drawn_change_K_ + seen_.hall_K - hall_K_);
  const double draft_Pa = draft_Pa_ * (1.0 + f_.clear_share.value * clear_) -
                          (1.0 - fan) * fan_Pa_ + buoyancy_Pa(outside_K_, stack_K) -
                          buoyancy_Pa(mean_K, usual_K);
  seen_.draft_Pa = std::max(0.0, draft_Pa);
  return seen_;
}

}  // namespace saggar::kiln
