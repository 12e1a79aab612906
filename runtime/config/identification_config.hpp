// IdentificationConfig: what the control engineer asks of `saggar identify`: which tags are inputs
// and outputs of the model, and how good it must be.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// Which of the tags that match make one signal: each its own, those of one zone, all.
enum class Join : std::uint8_t { each, zone, all };
template <>
struct Spelling<Join> {
  static constexpr std::array<std::string_view, 3> names = {"each", "zone", "all"};
};

struct SignalsConfig {
  std::string tags;
  Join join = Join::zone;
  double range = 1;
  bool integrating = false;
  std::string follows;

  template <class V>
  void visit(V& v) {
    v("tags", tags, {.doc = "Tag pattern, such as zone*.*.working_setpoint", .required = true});
    v("join", join,
      {.doc = "Tags that make one signal, their mean: each alone, those of a zone, or all"});
    v("range", range,
      {.doc = "Of an input: how far a controller may move it, in its unit; gains are compared over "
              "it",
       .low = 1e-6,
       .high = 1e6});
    v("integrating", integrating, {.doc = "Of an output: a held input makes it rise for ever"});
    v("follows", follows,
      {.doc = "Of an output: last word of the input in its zone that it follows without a lasting "
              "error, because furnace controllers with integral action see to that: gain 1 from it "
              "and 0 from all others are then known; empty = unknown"});
  }
};

struct IdentificationConfig {
  static constexpr std::string_view kKind = "identification";

  std::string name;
  std::string description;
  double period_s = 60;
  double horizon_s = 3600;
  double most_dead_time_s = 600;
  double drift_s = 21600;
  std::uint32_t order = 8;
  std::uint32_t reach_zones = 2;
  double least_fit = 0.3;
  double most_gain_error = 0.1;
  double most_missing = 0.1;
  double least_time_constants = 5;
  std::vector<SignalsConfig> inputs, outputs;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name of the model to be", .required = true});
    v("description", description, {.doc = "What the model is for"});
    v("period_s", period_s,
      {.doc = "Sample period of the model; samples are means over it", .low = 1, .high = 3600});
    v("horizon_s", horizon_s,
      {.doc = "How far ahead the model must foretell, as the controller that uses it does",
       .low = 1,
       .high = 1e6});
    v("most_dead_time_s", most_dead_time_s,
      {.doc = "Longest dead time looked for", .low = 0, .high = 1e5});
    v("drift_s", drift_s,
      {.doc = "Between knots of the line that stands for what drifts by itself; twice the horizon "
              "or more",
       .low = 60,
       .high = 1e7});
    v("order", order, {.doc = "Highest order tried", .low = 1, .high = 10});
    v("reach_zones", reach_zones,
      {.doc = "An input acts on outputs at most so many zones away", .low = 0, .high = 64});
    v("least_fit", least_fit,
      {.doc = "Share of the movement of held-out data that must be foretold at the horizon",
       .low = 0,
       .high = 1});
    v("most_gain_error", most_gain_error,
      {.doc = "Largest standard error of a gain, as a share of the largest of its output",
       .low = 0.001,
       .high = 10});
    v("most_missing", most_missing,
      {.doc = "Share of samples that may be missing", .low = 0, .high = 0.9});
    v("least_time_constants", least_time_constants,
      {.doc = "Shortest test of an input, in time constants of what it moves",
       .low = 0,
       .high = 100});
    v("input", inputs, {.doc = "What the model is moved by", .required = true, .max_count = 64});
    v("output", outputs, {.doc = "What it foretells", .required = true, .max_count = 64});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
