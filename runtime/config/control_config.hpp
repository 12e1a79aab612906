// ControlConfig: what the control engineer writes: controllers, ladders, guard, screening.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/spellings.hpp"
#include "runtime/config/trust_config.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// Rungs that are part of the runtime; they end every ladder.
inline constexpr std::string_view kHoldRung = "hold";
inline constexpr std::string_view kRecipeRung = "recipe";
/// The model of [filter] among those of the controllers.
inline constexpr std::string_view kFilterModel = "filter";

/// One instance of a plugin.
struct ControllerConfig {
  std::string name;
  std::string plugin;
  domain::Duty duty = domain::Duty::heat;
  std::uint32_t period_cycles = 10;
  std::uint32_t latency_cycles = 0;
  bool learned = true;
  std::string model;
  std::string package;
  Parameters params;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Name of this instance, as ladders call it", .required = true});
    v("plugin", plugin,
      {.doc = "Library by its file name, not by the id of the plugin: a bare name is looked for in "
              "the "
              "plugin folders, with .so if it lacks it; or a path",
       .required = true});
    v("duty", duty, {.doc = "Which MVs it may drive", .required = true});
    v("period_cycles", period_cycles, {.doc = "Cycles from step to step", .low = 1, .high = 6000});
    v("latency_cycles", latency_cycles,
      {.doc = "Cycles from inputs to effect; 0 = inside the cycle, 1 or more = on a worker",
       .low = 0,
       .high = 600});
    v("learned", learned,
      {.doc = "AI OFF takes it out of its seat (SC-91). false only for a fixed law, PID or rule, "
              "that the plant accepts when AI is off"});
    v("model", model,
      {.doc = "File of kind model, as `saggar identify` writes it, for a plugin that takes one; a "
              "path from the folder of this file. Empty: the plugin goes by its parameters"});
    v("package", package,
      {.doc = "Folder of a policy package, for a plugin that takes one; a path from the folder of "
              "this file. Empty: none"});
    v("params", params,
      {.doc = "Parameters of the plugin: a number, or a table with `default` and tag patterns"});
  }
};

/// One instance of a plugin that drives nothing: it gives virtual tags.
struct EstimatorConfig {
  std::string name;
  std::string plugin;
  std::uint32_t period_cycles = 30;
  std::uint32_t latency_cycles = 1;
  Parameters params;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Name of this instance", .required = true});
    v("plugin", plugin, {.doc = "Library, as for a controller", .required = true});
    v("period_cycles", period_cycles, {.doc = "Cycles from step to step", .low = 1, .high = 6000});
    v("latency_cycles", latency_cycles,
      {.doc = "Cycles from inputs to effect; 0 = inside the cycle, 1 or more = on a worker",
       .low = 0,
       .high = 600});
    v("params", params, {.doc = "Parameters of the plugin: a number each"});
  }
};

/// The ranked rungs of one duty, best first.
struct LadderConfig {
  std::vector<std::string> rungs = {"recipe"};
  double min_confidence = 0.5;
  std::uint32_t dwell_cycles = 60;
  double hold_max_s = 1800;
  double climb_wait_s = 1800;
  std::uint32_t climbs_per_8h = 3;
  std::uint32_t deadline_misses = 3;
  std::uint32_t deadline_window = 10;
  double bias_bleed_K_per_min = 0.5;
  bool auto_climb = false;

  template <class V>
  void visit(V& v) {
    v("rungs", rungs,
      {.doc = "Controllers, best first, then `hold` if wanted, then `recipe`",
       .required = true,
       .min_count = 1,
       .max_count = 14});
    v("min_confidence", min_confidence,
      {.doc = "A rung that is less sure of itself loses its seat", .low = 0, .high = 1});
    v("dwell_cycles", dwell_cycles,
      {.doc = "Healthy cycles before a rung may be climbed", .low = 1, .high = 1e6});
    v("hold_max_s", hold_max_s,
      {.doc = "Longest stay in `hold`, then `recipe` (SC-68)", .low = 1, .high = 28800});
    v("climb_wait_s", climb_wait_s,
      {.doc = "At least this between two climbs (SC-69)", .low = 0, .high = 86400});
    v("climbs_per_8h", climbs_per_8h,
      {.doc = "Automatic climbs in 8 h, then only a person (SC-69)", .low = 0, .high = 8});
    v("deadline_misses", deadline_misses,
      {.doc = "So many late proposals in the window lose the seat (SC-67)", .low = 1, .high = 64});
    v("deadline_window", deadline_window,
      {.doc = "Proposals over which late ones are counted", .low = 1, .high = 64});
    v("bias_bleed_K_per_min", bias_bleed_K_per_min,
      {.doc = "How fast the bias of a take-over is bled off (SC-57)", .low = 0.01, .high = 0.5});
    v("auto_climb", auto_climb, {.doc = "Climb without being told to, after the dwell"});
  }
};

struct Ladders {
  LadderConfig heat;
  LadderConfig atmosphere;
  LadderConfig transport;

  const LadderConfig& of(domain::Duty duty) const noexcept {
    return duty == domain::Duty::heat         ? heat
           : duty == domain::Duty::atmosphere ? atmosphere
                                              : transport;
  }

  template <class V>
  void visit(V& v) {
    v("heat", heat, {.doc = "Zone setpoints"});
    v("atmosphere", atmosphere, {.doc = "Gas flows and dampers"});
    v("transport", transport, {.doc = "Roller speeds"});
  }
};

/// Figures of the guard that are not limits of the kiln.
struct GuardConfig {
  double max_age_periods = 1.5;
  double readback_s = 3;
  std::uint32_t readback_misses = 3;
  double intervention_percent = 20;
  double intervention_window_s = 3600;

  template <class V>
  void visit(V& v) {
    v("max_age_periods", max_age_periods,
      {.doc = "Oldest inputs a value may rest on, in supervisory periods (G2, SC-26)",
       .low = 1,
       .high = 5});
    v("readback_s", readback_s,
      {.doc = "A written value must read back within this (G9, SC-33)", .low = 0.1, .high = 120});
    v("readback_misses", readback_misses,
      {.doc = "So many misses put the MV out of service (G9, SC-33)", .low = 1, .high = 20});
    v("intervention_percent", intervention_percent,
      {.doc = "A controller that the guard corrects in more of the window's supervisory periods "
              "than this loses its seat (SC-67)",
       .low = 1,
       .high = 100});
    v("intervention_window_s", intervention_window_s,
      {.doc = "Time over which the corrected periods are counted", .low = 60, .high = 28800});
  }
};

/// The predictive safety filter, gate G8 (LC-10..14). Figures of a loop count where no model is
/// named; they hold for the simulated P1 and P2, measured as docs/engineer/filter.md says.
struct FilterConfig {
  bool on = false;
  std::string model;
  double error_sigmas = 3;
  double horizon_s = 1800;
  double step_s = 60;
  double margin_K = 2;
  double noise_K = 3;
  double drift_K_per_h = 6;
  double offset_K = 5;
  double gain = 1;
  double gain_error = 0.06;
  double lag_s = 900;
  double lag_error_s = 400;
  double dead_time_s = 60;
  double dead_time_error_s = 60;
  double neighbour_gain = 0;
  double max_share_percent = 20;
  double share_window_s = 3600;

  template <class V>
  void visit(V& v) {
    v("on", on, {.doc = "G8 looks ahead and changes what would pass a limit of a zone"});
    v("model", model,
      {.doc = "File of kind model, as `saggar identify` writes it; a path from the folder of this "
              "file. Empty: every loop answers as `gain`, `lag_s` and `dead_time_s` say"});
    v("error_sigmas", error_sigmas,
      {.doc = "Standard errors of the model that count as its error", .low = 1, .high = 10});
    v("horizon_s", horizon_s,
      {.doc = "How far it looks ahead (LC-11)", .low = 1800, .high = 14400});
    v("step_s", step_s, {.doc = "Step of the prediction", .low = 30, .high = 300});
    v("margin_K", margin_K,
      {.doc = "Room kept between prediction and limit", .low = 0, .high = 50});
    v("noise_K", noise_K,
      {.doc = "Largest error of a thermocouple reading that is no offset", .low = 0, .high = 20});
    v("drift_K_per_h", drift_K_per_h,
      {.doc = "How fast powder, neighbours and faults may move a zone beside its setpoint",
       .low = 0,
       .high = 200});
    v("offset_K", offset_K,
      {.doc = "How far a zone may stand beside its setpoint when the filter starts",
       .low = 0,
       .high = 100});
    v("gain", gain, {.doc = "Zone temperature over setpoint, K per K", .low = 0.1, .high = 3});
    v("gain_error", gain_error, {.doc = "Its largest error", .low = 0, .high = 1});
    v("lag_s", lag_s, {.doc = "Time constant of that answer", .low = 1, .high = 14400});
    v("lag_error_s", lag_error_s, {.doc = "Its largest error", .low = 0, .high = 14400});
    v("dead_time_s", dead_time_s, {.doc = "Dead time of that answer", .low = 0, .high = 1800});
    v("dead_time_error_s", dead_time_error_s, {.doc = "Its largest error", .low = 0, .high = 1800});
    v("neighbour_gain", neighbour_gain,
      {.doc = "Largest passing answer to the setpoint of one other loop of the zone or the next, K "
              "per K, where no model is named; 0: noise and drift hold what neighbours do",
       .low = 0,
       .high = 1});
    v("max_share_percent", max_share_percent,
      {.doc = "A controller that the filter changes in more of the window's supervisory periods "
              "than this loses its seat (LC-14)",
       .low = 1,
       .high = 100});
    v("share_window_s", share_window_s,
      {.doc = "Time over which the changed periods are counted", .low = 60, .high = 28800});
  }
};

/// Signal screening of the tags of one unit; the last row that fits a tag counts.
struct ScreeningConfig {
  std::string unit;
  std::string tags = "";
  double rate_per_s = std::numeric_limits<double>::infinity();
  double freeze_s = 0;
  double stale_s = 5;

  template <class V>
  void visit(V& v) {
    v("unit", unit, {.doc = "Symbol of the unit, such as degC", .required = true});
    v("tags", tags,
      {.doc = "Only tags that match this pattern, such as zone*.top.temperature; empty = all of "
              "the unit"});
    v("rate_per_s", rate_per_s,
      {.doc = "Fastest believable change, in the unit per second; inf = any",
       .low = 0,
       .may_be_infinite = true});
    v("freeze_s", freeze_s,
      {.doc = "Unchanged for longer than this is frozen; 0 = not looked at",
       .low = 0,
       .high = 1e6});
    v("stale_s", stale_s, {.doc = "Older than this is stale", .low = 0.01, .high = 3600});
  }
};

struct ControlConfig {
  static constexpr std::string_view kKind = "control";

  std::string name;
  std::string description;
  std::vector<ControllerConfig> controllers;
  std::vector<EstimatorConfig> estimators;
  std::vector<TrustConfig> trust;
  Ladders ladder;
  GuardConfig guard;
  FilterConfig filter;
  std::vector<ScreeningConfig> screening;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What this set of controllers is for"});
    v("controller", controllers, {.doc = "The controllers", .max_count = 16});
    v("estimator", estimators,
      {.doc = "What is estimated beside the mean temperature of each zone; an estimator sees the "
              "virtual tags of those before it",
       .max_count = 8});
    v("trust", trust,
      {.doc = "Controllers that people trust step by step; the others may do all that the ladder "
              "lets them",
       .max_count = 16});
    v("ladder", ladder, {.doc = "Who drives, best first, per duty"});
    v("guard", guard, {.doc = "The last gate before the field"});
    v("filter", filter, {.doc = "The predictive safety filter, gate G8"});
    v("screening", screening, {.doc = "Which readings are believed", .max_count = 64});
  }
  void check(Checks& checks) const;
};

/// Values of one parameter for the elements of a port. A pattern selects a tag when it matches the
/// whole name or its first words: `zone17.*` selects `zone17.top.setpoint`.
std::vector<double> parameter_values(const Parameter& parameter, double plugin_default,
                                     const std::vector<std::string>& tags);
bool selects(std::string_view pattern, std::string_view tag) noexcept;

}  // namespace saggar::config
