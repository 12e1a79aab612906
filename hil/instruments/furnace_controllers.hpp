// Furnace controllers: the zone loops that the kiln's vendor delivers. One PID per heating loop,
// run every half second, with setpoint ramp, setpoint limits, anti-windup and power limit.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"

namespace saggar::instruments {

struct PidSettings {
  double gain_percent_per_K = 0;
  double integral_s = 0;
  double derivative_s = 0;
  double derivative_filter_s = 0;  ///< > 0
  double setpoint_weight = 0;      ///< b of the proportional part, 0..1
  double ramp_K_per_min = 0;       ///< of the working setpoint
  double restart_K_per_min = 0;    ///< the same from a restart until it has caught up
  double power_limit_percent = 100;
  double break_hold_s = 0;  ///< output is held so long after a sensor break, then 0
};

/// One loop per element. Thread: one. Nothing allocates after construction.
class FurnaceControllers {
 public:
  FurnaceControllers(const PidSettings& settings, std::size_t count, double start_degC);

  std::size_t size() const noexcept { return working_degC_.size(); }
  /// One scan.
  /// @param target_degC  remote or local setpoint of each loop, within its limits
  /// @param open         loops whose sensor is broken
  void scan(const std::vector<double>& target_degC, const std::vector<double>& reading_degC,
            const std::vector<std::uint8_t>& open, double dt_s) noexcept;
  /// Bumpless start: working setpoint and output as given.
  void preset(std::size_t i, double setpoint_degC, double reading_degC,
              double output_percent) noexcept;
  /// Power is back after an outage: the working setpoint starts at the reading, or below it where
  /// it was, and comes back on the restart ramp. The output goes on where it was.
  void restart(std::size_t i, double reading_degC) noexcept;
  /// Manual: the output stays at `percent` until `automatic`.
  void manual(std::size_t i, double percent) noexcept;
  void automatic(std::size_t i, double reading_degC) noexcept;

  /// Without power it stands still and gives nothing; `restart` follows when it is back.
  void set_dark(std::size_t i, bool dark) noexcept;

  /// The setpoint in use, after the ramp.
  const std::vector<double>& working() const noexcept { return working_degC_; }
  const std::vector<double>& output_percent() const noexcept { return output_; }
  void serialize(domain::Archive& archive);

 private:
  double proportional(std::size_t i, double reading_degC) const noexcept;

  PidSettings settings_;
  std::vector<double> working_degC_;
  std::vector<double> integral_;
  std::vector<double> filtered_degC_;
  std::vector<double> output_;
  std::vector<double> broken_s_;
  std::vector<std::uint8_t> manual_, restarting_, dark_;
};

}  // namespace saggar::instruments
