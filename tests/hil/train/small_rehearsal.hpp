// A rehearsal of two zones for tests: zone, working setpoint, core and hottest place of each.
#pragma once

#include <cmath>

#include "hil/train/rehearsal.hpp"

namespace saggar::train::testing {

constexpr std::size_t kZones = 2, kOf = 4;  // features of a zone, in the order above

/// Lags 0 and 2 of the zones, 0 of the others; no draws, no steps of a device. Runs of `rows` rows,
/// the first learnt from, the second held out; every value its own number. @param warm what core
/// and hottest place stand over the reference
inline Rehearsal small_rehearsal(std::size_t rows = 20, std::size_t steps = 8, double warm = 0) {
  Rehearsal r;
  r.steps = steps;
  r.figures.spread = r.figures.heat_K = r.figures.step_K = 0;
  r.figures.hottest_truth_K = 1;
  for (std::size_t k = 0; k < kZones; ++k) {
    r.features.push_back({1, 2, {0, 2}, Follows::zone, k});
    r.features.push_back({0, 5, {0}, Follows::setpoint, k});
    r.features.push_back({0, 4, {0}, Follows::core, k});
    r.features.push_back({0, 4, {0}, Follows::hottest, k});
    r.outputs.push_back({10, 2, 0, 1, kOf * k + 1, kOf * k + 2, kOf * k + 3, true, true});
  }
  for (std::size_t i = 0; i < 2 * rows; ++i) {
    for (std::size_t k = 0; k < kZones; ++k) {
      const auto t = static_cast<double>(i);
      for (const double v : {std::sin(t), 0.5 * std::sin(0.3 * t + static_cast<double>(k)),
                             warm + 0.1 * std::cos(t), warm + 0.5 + 0.1 * std::sin(2 * t)}) {
        r.rows.push_back(static_cast<float>(v));
      }
    }
  }
  for (std::size_t first = 2; first + steps < rows; ++first) {
    r.learn.push_back({first, first});
    r.held_out.push_back({rows + first, first});
  }
  return r;
}

}  // namespace saggar::train::testing
