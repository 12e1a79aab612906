// Two cases that somebody agreed to.
#pragma once

#include <cmath>

#include "hil/verdict/baseline.hpp"

namespace saggar::verdict::testing {

inline Baseline sample_baseline() {
  Baseline b;
  b.suite = "smoke";
  b.author = "Kim";
  b.reason = "first of its kind: \"smoke\" on P2";
  b.date = "2025-11-03";
  b.build = "1.4.0";
  BaselineCase one;
  one.id = "calm/pid/seed101";
  one.inputs = std::string(64, 'a');
  one.hash = std::string(64, 'b');
  one.set("kWh_per_kg", 2.3125);
  one.set("settled_rms_K", NAN);
  one.set("off_spec_kg", 0.1 + 0.2);
  one.traces = {{"zone03.top.pv", "degC", 600, {770, INFINITY, 770.5}}};
  b.cases.push_back(one);
  one.id = "calm/pid/seed102";
  one.traces.clear();
  b.cases.push_back(one);
  return b;
}

}  // namespace saggar::verdict::testing
