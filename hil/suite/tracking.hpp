// Tracking: how one loop follows its setpoint (HI-35), from its own thermocouple.
#pragma once

#include <cstdint>
#include <limits>

#include "hil/suite/tally.hpp"

namespace saggar::suite {

struct TrackingRules {
  double band_K = 1;           ///< settled within this of the setpoint
  double section_K = 5;        ///< that a section of the kiln is to stay within (HI-35)
  double least_step_K = 1;     ///< a smaller change of the setpoint is none
  double same_change_s = 600;  ///< a setpoint that moves again so soon is still in the same change
};

/// Sums of one loop, or of several. Units K and s; errors are value less setpoint.
struct TrackingSums {
  double seconds = 0;
  double error_Ks = 0;     ///< signed
  double absolute_Ks = 0;  ///< IAE
  double squared_K2s = 0;  ///< ISE
  double late_Ks2 = 0;     ///< ITAE, time counted from the start or the last change
  double most_K = std::numeric_limits<double>::quiet_NaN();  ///< largest |error|; NaN without one
  double inside_s = 0;          ///< within the band, its edges included
  double in_section_s = 0;      ///< within the band of a section, its edges included
  std::uint64_t changes = 0;    ///< of the setpoint, that ended or were cut short by the next
  std::uint64_t unsettled = 0;  ///< of them, outside of the band at their end
  Spread settling_s;            ///< of the others: from the change to the last exit from the band
  Spread overshoot;  ///< largest excess beyond the new setpoint, as a share of the change

  double mean_K() const noexcept { return error_Ks / seconds; }
  double mean_abs_K() const noexcept { return absolute_Ks / seconds; }
  TrackingSums& operator+=(const TrackingSums& other) noexcept;
};

/// Follows one loop. Thread: one. Constant cost per call, no allocation.
class Tracking {
 public:
  explicit Tracking(const TrackingRules& rules = {}) : rules_(rules) {}

  /// @param value_K    measured; not finite counts as a gap: nothing is added for its time
  /// @param setpoint_K what is asked for over the same time
  /// @param dt_s       that these stood, > 0
  void add(double value_K, double setpoint_K, double dt_s) noexcept;
  /// The setpoint begins anew without a change, as after a warm-up.
  void restart() noexcept;
  /// With the change that is still under way.
  TrackingSums sums() const noexcept;

 private:
  void begin_change(double from_K) noexcept;
  void end_change(TrackingSums& sums) const noexcept;

  TrackingRules rules_;
  TrackingSums sums_;
  double setpoint_K_ = std::numeric_limits<double>::quiet_NaN();
  double since_s_ = 0;  ///< the start, or the begin of the change
  bool changing_ = false;
  double from_K_ = 0, moved_s_ = 0, outside_s_ = 0, low_K_ = 0, high_K_ = 0;
  bool inside_ = false;
};

}  // namespace saggar::suite
