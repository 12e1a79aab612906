// FirstOrder devices and analysers: what lies between a wanted or true value and the one that is
// real or shown. All of them follow exactly for any step width.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "hil/instruments/noise.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::instruments {

/// Flow controllers, damper positioners, roller drives: a value that follows its setpoint with one
/// time constant and a rate limit.
class Followers {
 public:
  /// @param lag_s   > 0
  /// @param rate    largest change per second, in the unit of the value; infinity = none
  Followers(std::size_t count, double lag_s, double rate)
      : lag_s_(lag_s), rate_(rate), value_(count) {}

  void follow(std::size_t i, double wanted, double dt_s) noexcept {
    const double step = (wanted - value_[i]) * (1.0 - std::exp(-dt_s / lag_s_));
    value_[i] += std::clamp(step, -rate_ * dt_s, rate_ * dt_s);
  }
  void settle(std::size_t i, double value) noexcept { value_[i] = value; }
  const std::vector<double>& values() const noexcept { return value_; }
  void serialize(domain::Archive& archive) { archive(value_); }

 private:
  double lag_s_, rate_;
  std::vector<double> value_;
};

/// An analyser with its sample line: two equal first-order lags in a row, offset, noise.
class Analysers {
 public:
  /// @param t90_s    of sample line and cell together; two equal lags reach 90 % after 3.89 of them
  /// @param noise    standard deviation of one reading, in the unit of the value
  /// @param offset   half width of the uniform offset drawn per analyser
  /// @param name     of the random stream
  Analysers(std::size_t count, double t90_s, double noise, double offset, std::uint64_t seed,
            std::string_view name)
      : lag_s_(t90_s / 3.8897),
        noise_(noise),
        line_(count),
        cell_(count),
        offset_(count),
        drift_(count),
        drift_per_s_(count),
        shift_(count),
        held_(count),
        stuck_(count),
        key_(count) {
    for (std::size_t i = 0; i < count; ++i) {
      key_[i] = element(stream(seed, name), i);
      offset_[i] = offset * (2.0 * uniform(key_[i], ~std::uint64_t{0}) - 1.0);
    }
  }

  void settle(std::size_t i, double value) noexcept { line_[i] = cell_[i] = value; }
  void follow(std::size_t i, double value, double dt_s) noexcept {
    const double share = 1.0 - std::exp(-dt_s / lag_s_);
    line_[i] += share * (value - line_[i]);
    cell_[i] += share * (line_[i] - cell_[i]);
    drift_[i] += drift_per_s_[i] * dt_s;
  }
  /// Its error grows so much per second from now on; 0: calibrated anew.
  void set_drift(std::size_t i, double per_s) noexcept {
    drift_per_s_[i] = per_s;
    if (per_s == 0.0) drift_[i] = 0.0;
  }
  /// Wrong by so much at once; 0: calibrated anew.
  void set_shift(std::size_t i, double shift) noexcept { shift_[i] = shift; }
  /// Plugged: keeps the reading of this tick until it is freed.
  void set_stuck(std::size_t i, bool stuck, std::uint64_t tick) noexcept {
    if (stuck && stuck_[i] == 0) held_[i] = reading(i, tick);
    stuck_[i] = stuck ? 1 : 0;
  }
  double reading(std::size_t i, std::uint64_t tick) const noexcept {
    if (stuck_[i] != 0) return held_[i];
    return cell_[i] + offset_[i] + drift_[i] + shift_[i] + noise_ * normal(key_[i], tick);
  }
  void serialize(domain::Archive& archive) {
    archive(line_, cell_, offset_, drift_, drift_per_s_, shift_, held_, stuck_, key_);
  }

 private:
  double lag_s_, noise_;
  std::vector<double> line_, cell_, offset_, drift_, drift_per_s_, shift_, held_;
  std::vector<std::uint8_t> stuck_;
  std::vector<std::uint64_t> key_;
};

}  // namespace saggar::instruments
