// Small data for tests of the trainer: two features, one output, one prediction.
#pragma once

#include <cmath>

#include "hil/train/examples.hpp"

namespace saggar::train::testing {

inline Signals two_signals() {
  Signals s;
  s.features = {{"zone01.temperature", "degC", 0, 0, 0, 1, "zone01.top.setpoint", {0, 120}},
                {"zone01.core.temperature", "degC", 0, 0, 0, 1, "", {0}}};
  s.outputs = {{{"zone01.top.setpoint", "zone01.bottom.setpoint"}, "degC", 10, 1}};
  s.predictions = {{"zone01.temperature", "degC", 240, 0, 1}};
  s.seen.resize(2);
  s.foretold.resize(1);
  s.worth = {1};
  s.margin = {3, 0};
  return s;
}

/// n samples, 120 s apart: features sin(i), 100 + i; label 2 sin(i) K; what is foretold: i.
inline Dataset run_of(std::size_t n, std::uint64_t seed = 1) {
  Dataset d;
  d.features = 2;
  d.outputs = 1;
  d.foretold = 1;
  d.seed = seed;
  for (std::size_t i = 0; i < n; ++i) {
    const auto t = static_cast<float>(i);
    d.value.insert(d.value.end(), {std::sin(t), 100 + t});
    d.label.push_back(2 * std::sin(t));
    d.later.push_back(t);
    d.drives.push_back(0);
  }
  return d;
}

}  // namespace saggar::train::testing
