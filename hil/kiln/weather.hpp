// Weather: season, day, fronts; the hall that follows them; and what the stack makes of it (PF-06).
#pragma once

#include <cstdint>

#include "hil/kiln/gas_path.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// The draught is fan and stack. The stack draws by buoyancy, g H (rho outside - rho stack), taken
/// as change from the state in which the whole is `gas.draft_Pa`; clear weather draws better than
/// rain. Seeded; the same for the same time. Thread: one. Nothing allocates.
class Weather {
 public:
  Weather(const PlantParams& params, std::uint64_t seed);

  /// Goes on by one second.
  /// @param time_s   since the start of the plant
  /// @param tick     names the draw of the weather
  /// @param fan      share of its suction that the fan gives
  /// @param drawn_K  gas at the ports
  const Outside& step(double time_s, std::uint64_t tick, double fan, double drawn_K) noexcept;

  double outside_K() const noexcept { return outside_K_; }
  /// Clear is positive, rain negative; standard deviation 1.
  double clear() const noexcept { return clear_; }
  /// Outside temperature at `time_s`, which is `ahead_s` >= 0 from now: season and hour are known,
  /// the present front fades on average.
  double expected_outside_K(double time_s, double ahead_s) const noexcept;
  /// One standard deviation of what it will really be less that: the fronts to come.
  double expected_outside_sigma_K(double ahead_s) const noexcept;
  void serialize(domain::Archive& archive) {
    archive(key_, clear_, outside_K_, drawn_change_K_, seen_);
  }

 private:
  double season(double time_s) const noexcept;
  double buoyancy_Pa(double outside_K, double stack_K) const noexcept;

  WeatherFigures f_;
  double draft_Pa_, fan_Pa_, hall_K_, hall_h2o_, keep_clear_, hall_gain_, stack_gain_;
  std::uint64_t key_;
  double clear_ = 0, outside_K_ = 0;
  double drawn_change_K_ = 0;  ///< of the gas in the stack, from what the ports give
  Outside seen_;
};

}  // namespace saggar::kiln
