// Person: what people ask for in a scenario, once in its time or throughout.
#pragma once

#include <string>
#include <vector>

#include "runtime/config/spellings.hpp"
#include "runtime/config/visitor.hpp"
#include "runtime/domain/intent.hpp"

namespace saggar::scenario {

/// An operator who wants the best: switches on, and asks for the best rung until it drives.
struct Person {
  std::vector<domain::Duty> switch_on;
  bool best_rung = false;
  double every_s = 600;

  template <class V>
  void visit(V& v) {
    v("switch_on", switch_on, {.doc = "Duties whose application is switched on at the start"});
    v("best_rung", best_rung,
      {.doc =
           "Asks again for those that are off, and for the best rung where a lesser one drives"});
    v("every_s", every_s, {.doc = "So often", .low = 1, .high = 86400});
  }
};

/// One thing a person asks for at one time.
struct Request {
  double time_s = 0;
  domain::IntentKind intent = domain::IntentKind::acknowledge;
  domain::Duty duty = domain::Duty::heat;
  std::string mv{}, controller{}, rung{}, key{};
  domain::Mode mode = domain::Mode::cas;
  double value = 0;
  std::string who = "operator", station = "desk", reason = "scenario";

  template <class V>
  void visit(V& v) {
    v("time_s", time_s,
      {.doc = "When, in simulated time from the start", .low = 0, .high = 1e9, .required = true});
    v("intent", intent, {.doc = "What is asked for", .required = true});
    v("duty", duty, {.doc = "Of which duty; not for one MV"});
    v("mv", mv, {.doc = "Written tag; empty: all of the duty"});
    v("controller", controller, {.doc = "Name of the controller it is for"});
    v("rung", rung, {.doc = "Name of the rung, for climb and step_down"});
    v("key", key,
      {.doc = "Parameter, for set_parameter; group of MVs, for levels and moves, empty = all"});
    v("mode", mode, {.doc = "For set_mode"});
    v("value", value,
      {.doc = "Setpoint or parameter, in its unit; level, 0 shadow to 4 full",
       .low = -1e9,
       .high = 1e9});
    v("who", who, {.doc = "Who asks; at most 31 bytes"});
    v("station", station, {.doc = "Where; at most 31 bytes"});
    v("reason", reason, {.doc = "Why; at most 127 bytes"});
  }
};

}  // namespace saggar::scenario

namespace saggar::config {
template <>
struct Spelling<domain::IntentKind> {
  static constexpr std::array<std::string_view, domain::kIntentKindCount> names = {
      "set_mode",
      "set_setpoint",
      "acknowledge",
      "switch_on",
      "switch_off",
      "ai_off",
      "hold",
      "release",
      "climb",
      "step_down",
      "restart_controller",
      "tune_start",
      "tune_abort",
      "set_parameter",
      "freeze_bias",
      "unfreeze_bias",
      "set_level",
      "accept_move",
      "modify_move",
      "reject_move"};
};
}  // namespace saggar::config
