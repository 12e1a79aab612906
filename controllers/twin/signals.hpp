// Signals: what the watches of one cycle look at; loops half-major, the tops of all zones first.
#pragma once

#include <cstddef>
#include <vector>

#include "controllers/twin/cusum.hpp"
#include "controllers/twin/finding.hpp"
#include "controllers/twin/limits.hpp"

namespace saggar::twin {

/// NaN: not known in this cycle. Thread: one.
struct Signals {
  explicit Signals(std::size_t zone_count)
      : zones(zone_count),
        reading_degC(2 * zone_count, 0.0),
        power_kW(2 * zone_count, 0.0),
        asked_kW(2 * zone_count, 0.0),
        residual_W(2 * zone_count, 0.0),
        per_K(2 * zone_count, 0.0) {}

  std::size_t loops() const noexcept { return 2 * zones; }

  std::size_t zones;
  double now_s = 0, dt_s = 0;
  double rated_kW = 0;              ///< of one loop
  double present = 0, moved_m = 0;  ///< a row stands in the entry; way of the entry in this cycle
  std::vector<double> reading_degC, power_kW;
  std::vector<double> asked_kW;  ///< what the output asks for at this mains voltage, elements sound
  std::vector<double> residual_W;  ///< power less what the twin's balance of this half expects
  std::vector<double> per_K;       ///< W by which that changes with an error of its thermocouple
  bool settled = false;            ///< the twin is
};

/// The place of a loop in a finding.
inline void place(Finding& f, std::size_t loop, std::size_t zones) noexcept {
  f.zone = static_cast<std::uint16_t>(loop % zones);
  f.element = static_cast<std::uint16_t>(loop / zones);
}

/// Findings of one cycle: a list with room for `capacity`; what is beyond is counted. Thread: one.
class Findings {
 public:
  explicit Findings(std::size_t capacity) : list_(capacity) {}
  void clear() noexcept { count_ = left_out_ = 0; }
  void add(const Finding& f) noexcept {
    if (count_ < list_.size()) {
      list_[count_++] = f;
    } else {
      ++left_out_;
    }
  }
  std::size_t count() const noexcept { return count_; }
  std::size_t left_out() const noexcept { return left_out_; }
  const Finding& operator[](std::size_t i) const noexcept { return list_[i]; }
  void state(plugin::State& s);

 private:
  std::vector<Finding> list_;
  std::size_t count_ = 0, left_out_ = 0;
};

}  // namespace saggar::twin
