// A small campaign of invented but plausible results: two scenarios, two arms, twenty seeds.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "hil/evidence/accept.hpp"
#include "hil/evidence/judge.hpp"

namespace saggar::evidence::testing {

/// A wave instead of a generator: the same on every machine. About -1 to 1.
inline double wave(int i, double pace) { return std::sin(pace * (i + 1)); }

inline suite::CaseResult sample_case(const std::string& scenario, const std::string& arm,
                                     int seed) {
  suite::CaseResult r;
  r.scenario = scenario;
  r.arm = arm;
  r.compared = arm != "pid";
  r.variant = "control=" + arm;
  r.group = scenario + "/" + arm;
  r.seed = static_cast<std::uint64_t>(seed);
  r.id = r.group + "/seed" + std::to_string(seed);
  r.inputs = std::string(64, 'a');
  r.hash = std::string(62, 'b') + std::to_string(10 + seed % 90);
  r.hours = 72;
  r.seconds = 20 + wave(seed, 3);
  r.outcome = "passed";
  r.requirements = {"SC-13", "HI-21"};
  const double plant = 0.2 * wave(seed, 1.7);
  const bool ours = arm == "pid";
  r.figures = {{"kWh_per_kg", "kWh/kg", -1, 2.3 + plant + (ours ? 0 : 0.1) + 0.02 * wave(seed, 5)},
               {"settled_within_5K", "1", 1, (ours ? 0.95 : 0.7) + 0.02 * wave(seed, 2)},
               {"heat_on_pid", "1", 0, ours ? 1.0 : 0.0},
               {"heat_on_recipe", "1", 0, ours ? 0.0 : 1.0},
               {"controllers_us", "us", -1, 40 + wave(seed, 9), true}};
  r.checks = {{"heat stays on " + arm, "always", "always", true, "expect"},
              {"kWh_per_kg", "<= 3", "2.3", true, "bound"}};
  if (scenario == "o2_drop") {
    r.moves = {{36 * 3600.0, "heat", "pid", "hold", "sensor_set_incomplete"},
               {37 * 3600.0, "heat", "hold", "pid", "dwell_elapsed"}};
    r.alarms = {{36 * 3600.0, "sample_bad", "gas.point2.o2"}, {36.1 * 3600, "mv_fault", "zone03"}};
    r.reached.reasons = {{"sensor_set_incomplete", 1}};
  }
  r.reached.gates = {{"g4_absolute clip", 3}, {"g2_age reject", 1}};
  r.reached.events = {{"rung_moved", 2}};
  r.trace.step_s = 60;
  suite::Series pv{"zone03.top.pv", "degC", {}};
  for (int i = 0; i < 72 * 60; ++i) pv.values.push_back(770 + 0.3 * std::sin(0.01 * i + seed));
  r.trace.series = {pv};
  r.replay = "saggar-hil run sample --case " + r.id;
  return r;
}

inline std::vector<suite::CaseResult> sample_results() {
  std::vector<suite::CaseResult> out;
  for (const char* scenario : {"calm", "o2_drop"}) {
    for (const char* arm : {"pid", "recipe"}) {
      for (int seed = 101; seed <= 120; ++seed) out.push_back(sample_case(scenario, arm, seed));
    }
  }
  return out;
}

inline Question sample_question() {
  Question q;
  q.campaign = "premerge";
  q.date = "2025-11-03";
  q.build = "1.4.0";
  q.arms = {"recipe", "pid", "mpc"};
  q.rules.bootstrap.resamples = 2000;
  q.wanted = {{"gates", {"g2_age reject", "g4_absolute clip"}},
              {"reasons", {"sensor_set_incomplete"}}};
  return q;
}

inline verdict::Baseline sample_baseline() {
  Acceptance a;
  a.suite = "premerge", a.author = "Kim", a.reason = "release 1.3";
  a.date = "2025-10-01", a.build = "1.3.0";
  a.series = {"zone03.top.pv"};
  a.step_s = 600;
  return accept(a, sample_results());
}

}  // namespace saggar::evidence::testing
