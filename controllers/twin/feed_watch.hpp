// FeedWatch: rows that do not come, and rows with too much or too little mix.
#pragma once

#include <cstdint>

#include "controllers/twin/figures.hpp"
#include "controllers/twin/line.hpp"
#include "controllers/twin/signals.hpp"

namespace saggar::twin {

/// Gap: the empty length behind the newest row, by feed sensor and speed. Charge:
/// each row adds how far it is off the recipe less `charge_usual`, heavy and light by themselves.
/// Thread: one.
class FeedWatch {
 public:
  FeedWatch(const Limits& limits, const Figures& figures)
      : l_(limits), length_m_(figures.saggar_length_m), mix_kg_(figures.mix_kg) {}

  void step(const Signals& s, const Line& line, Findings& findings) noexcept;
  const Cusum& heavy() const noexcept { return heavy_; }
  const Cusum& light() const noexcept { return light_; }
  void state(plugin::State& s) { s(gap_, heavy_, light_, share_, last_); }

 private:
  void gap(const Signals& s, Findings& findings) noexcept;
  void charge(const Signals& s, const Cusum& c, Cause cause, Findings& findings) noexcept;

  Limits l_;
  double length_m_, mix_kg_;
  Cusum gap_, heavy_, light_;
  Smooth share_;
  std::uint64_t last_ = ~std::uint64_t{0};
};

}  // namespace saggar::twin
