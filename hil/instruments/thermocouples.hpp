// Thermocouples: lag that depends on temperature, class offset, noise, resolution, and what can
// break in them.
#pragma once

#include <cstdint>
#include <vector>

#include "hil/instruments/sensor_errors.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::instruments {

/// Figures of one make of sensor.
struct ThermocoupleType {
  double diameter_m = 0;
  double heat_capacity_J_per_m3K = 0;  ///< rho c of the sheath
  double emissivity = 0;
  double film_W_per_m2K = 0;
  double tolerance_K = 0;      ///< class limit below `tolerance_K / tolerance_share`
  double tolerance_share = 0;  ///< class limit as share of the temperature in degC
  double noise_K = 0;          ///< standard deviation of one reading
  double resolution_K = 0;     ///< step of the input card, 0 = none
  double upscale_degC = 0;     ///< reading of an open circuit
  ErrorFigures errors{};

  /// Time constant in s: rho c d / (4 (4 eps sigma T^3 + h)).
  double lag_s(double temperature_K) const noexcept;
};

enum class SensorFault : std::uint8_t { none, open, stuck };

/// All zone thermocouples of a kiln. Thread: one. Nothing allocates after construction.
class Thermocouples {
 public:
  Thermocouples(const ThermocoupleType& type, std::size_t count, double start_degC,
                std::uint64_t seed);

  std::size_t size() const noexcept { return junction_degC_.size(); }
  /// Puts every junction at its source, without lag.
  void settle(const std::vector<double>& source_degC) noexcept;
  /// One scan of length `dt_s` with the junctions drawn to `source_degC`.
  /// @param tick  number of the scan: names the noise draw
  void scan(const std::vector<double>& source_degC, double dt_s, std::uint64_t tick) noexcept;

  /// Last scan, in degC; upscale when open, the old value when stuck.
  const std::vector<double>& readings() const noexcept { return reading_degC_; }
  bool is_open(std::size_t i) const noexcept { return fault_[i] == SensorFault::open; }
  /// A sensor is stuck at its last sound reading, also when it was open in between.
  void set_fault(std::size_t i, SensorFault fault) noexcept;
  /// Goes wrong from now on by `K_per_s`, and by `offset_K` at once. Both 0: a new sensor.
  void set_error(std::size_t i, double offset_K, double K_per_s) noexcept;
  /// What else is wrong with it from now on; a lag begins where the junction is.
  void set_errors(std::size_t i, const SensorErrors& errors) noexcept;
  /// Class offset plus drift of one sensor, in K.
  double error_K(std::size_t i) const noexcept;
  void serialize(domain::Archive& archive);

 private:
  double spoiled(std::size_t i, double dt_s, std::uint64_t tick) noexcept;

  ThermocoupleType type_;
  std::vector<double> junction_degC_;
  std::vector<double> lagged_degC_;  ///< behind an additional lag
  std::vector<double> reading_degC_;
  std::vector<double> held_degC_;  ///< of faulty sensors: their last sound reading
  std::vector<double> offset_;     ///< in units of the class limit, -1..1
  std::vector<double> shift_K_;    ///< sudden error
  std::vector<double> drift_K_, drift_K_per_s_;
  std::vector<std::uint64_t> key_;
  std::vector<SensorErrors> errors_;
  std::vector<SensorFault> fault_;
  bool faulty_ = false;   ///< any is open or stuck
  bool spoiled_ = false;  ///< any has other errors
};

}  // namespace saggar::instruments
