// A result of a case with something in every field.
#pragma once

#include <cmath>

#include "hil/suite/result.hpp"

namespace saggar::suite::testing {

inline CaseResult sample_result() {
  CaseResult r;
  r.id = "o2_drop/pid/seed101";
  r.scenario = "o2_drop";
  r.group = "o2_drop/pid";
  r.variant = "control=pid";
  r.arm = "pid";
  r.recipe = "ncm811-p2";
  r.seed = 18446744073709551615U;
  r.inputs = std::string(64, 'a');
  r.hash = std::string(64, 'b');
  r.hours = 72;
  r.seconds = 28.25;
  r.outcome = "failed";
  r.requirements = {"SC-13", "HI-21"};
  r.figures = {{"kWh_per_kg", "kWh/kg", -1, 2.3}, {"settled_rms_K", "K", -1, NAN}};
  r.figures.push_back({"controllers_us", "us", -1, 41, true});
  r.details = {{"lot3_off_spec_kg", "kg", -1, 12.5}};
  r.checks = {{"heat reaches hold", "by 600 s", "never", false, "expect"},
              {"kWh_per_kg", "<= 2.5", "2.3", true, "bound"}};
  r.moves = {{600, "heat", "pid", "hold", "sensor_set_incomplete"}};
  r.alarms = {{600, "sample_bad", "zone03.top.pv"}};
  r.reached.reasons = {{"sensor_set_incomplete", 1}};
  r.reached.events = {{"rung_lost", 1}, {"rung_moved", 2}};
  r.reached.gates = {{"g4_absolute clip", 3}};
  r.reached.modes = {{"cas>man", 1}};
  r.reached.applications = {{"off>preparing", 1}};
  r.reached.faults = {{"thermocouple_open", 1}};
  r.trace.step_s = 60;
  r.trace.series = {{"zone03.top.pv", "degC", {770.125, NAN, 770.3}}};
  r.replay = "saggar-hil run o2_drop --case o2_drop/pid/seed101";
  return r;
}

}  // namespace saggar::suite::testing
