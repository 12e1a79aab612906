// ModelConfig: a linear model of a kiln, as identification writes it and a controller reads it.
// x[t+1] = A x[t] + B u[t], y[t] = C x[t] + d[t], one block of states per output; u and y are
// differences from the operating points, samples of y are means over the period that ends at t,
// u[t] is held from t on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// Where a model comes from.
struct ModelOrigin {
  std::string journal, journal_sha256, plan_sha256, kiln, config_sha256, tool;
  double from_s = 0, to_s = 0;

  template <class V>
  void visit(V& v) {
    v("journal", journal, {.doc = "Name of the journal it was identified from"});
    v("journal_sha256", journal_sha256,
      {.doc = "Hash chain of that journal at the last record used"});
    v("plan_sha256", plan_sha256, {.doc = "Hash of the identification file"});
    v("kiln", kiln, {.doc = "Name of the kiln"});
    v("config_sha256", config_sha256, {.doc = "Hash of the configuration the kiln ran with"});
    v("tool", tool, {.doc = "Program and version that wrote it"});
    v("from_s", from_s, {.doc = "First field time used"});
    v("to_s", to_s, {.doc = "Last field time used"});
  }
};

struct ModelInput {
  std::string name, unit;
  std::vector<std::string> tags;
  double operating_point = 0;
  double range = 1;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Name inside the model", .required = true});
    v("unit", unit, {.doc = "Symbol of its unit", .required = true});
    v("tags", tags, {.doc = "Tags whose mean it is", .required = true, .min_count = 1});
    v("operating_point", operating_point, {.doc = "Mean over the data", .required = true});
    v("range", range, {.doc = "How far it may be moved, in its unit", .low = 1e-6, .high = 1e6});
  }
};

struct ModelOutput {
  std::string name, unit;
  std::vector<std::string> tags;
  double operating_point = 0;
  bool integrating = false;
  double fit = 0, horizon_s = 0, horizon_error = 0, innovation = 0, drift = 0;
  double whiteness = 0;
  std::uint32_t order = 1;
  std::vector<std::string> inputs;
  std::vector<double> a, b, c;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Name inside the model", .required = true});
    v("unit", unit, {.doc = "Symbol of its unit", .required = true});
    v("tags", tags, {.doc = "Tags whose mean it is", .required = true, .min_count = 1});
    v("operating_point", operating_point, {.doc = "Mean over the data", .required = true});
    v("integrating", integrating, {.doc = "A held input makes it rise for ever"});
    v("fit", fit, {.doc = "1 - error / movement at the horizon, on data held out", .high = 1});
    v("horizon_s", horizon_s, {.doc = "How far ahead `fit` was taken", .low = 0});
    v("horizon_error", horizon_error, {.doc = "Root mean square of that error", .low = 0});
    v("innovation", innovation, {.doc = "Standard deviation of the one-step error", .low = 0});
    v("drift", drift,
      {.doc = "Standard deviation of what moved by itself: the disturbance d of the output",
       .low = 0});
    v("whiteness", whiteness,
      {.doc = "Ljung-Box: probability of such errors if they are white; below 0.01 they are not",
       .low = 0,
       .high = 1});
    v("order", order, {.doc = "States of its block", .low = 1, .high = 512, .required = true});
    v("inputs", inputs, {.doc = "Inputs that act on it, by name", .required = true});
    v("a", a, {.doc = "order x order, row by row", .required = true});
    v("b", b, {.doc = "order x inputs, row by row", .required = true});
    v("c", c, {.doc = "order", .required = true});
  }
};

/// How an output answers to an input.
enum class Answers : std::uint8_t { none, lag, transient, integrating };
template <>
struct Spelling<Answers> {
  static constexpr std::array<std::string_view, 4> names = {"none", "lag", "transient",
                                                            "integrating"};
};

/// One line of the gain and time constant table; errors are standard errors.
struct ModelChannel {
  std::string output, input;
  Answers answer = Answers::none;
  double gain = 0, gain_error = 0, peak = 0, peak_error = 0;
  double dead_time_s = 0, dead_time_error_s = 0, time_constant_s = 0, time_constant_error_s = 0;

  template <class V>
  void visit(V& v) {
    v("output", output, {.doc = "Name of an output", .required = true});
    v("input", input, {.doc = "Name of an input", .required = true});
    v("answer", answer, {.doc = "What stands out of its uncertainty"});
    v("gain", gain, {.doc = "Output per input unit; integrating: and per second"});
    v("gain_error", gain_error, {.doc = "Its standard error", .low = 0});
    v("peak", peak, {.doc = "Largest deviation after a unit step"});
    v("peak_error", peak_error, {.doc = "Its standard error", .low = 0});
    v("dead_time_s", dead_time_s, {.doc = "Besides the hold of one period", .low = 0});
    v("dead_time_error_s", dead_time_error_s, {.doc = "Its standard error", .low = 0});
    v("time_constant_s", time_constant_s, {.doc = "To 63 %, less the dead time; 0 = none"});
    v("time_constant_error_s", time_constant_error_s, {.doc = "Its standard error", .low = 0});
  }
};

struct ModelConfig {
  static constexpr std::string_view kKind = "model";

  std::string name;
  std::string description;
  std::string sha256;
  double period_s = 60;
  ModelOrigin origin;
  std::vector<ModelInput> inputs;
  std::vector<ModelOutput> outputs;
  std::vector<ModelChannel> channels;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it is for"});
    v("sha256", sha256, {.doc = "Of this file as it was written, with this field empty"});
    v("period_s", period_s, {.doc = "Sample period", .low = 0.1, .high = 86400, .required = true});
    v("origin", origin, {.doc = "Where it comes from"});
    v("input", inputs, {.doc = "What moves it", .required = true, .max_count = 256});
    v("output", outputs, {.doc = "What it foretells", .required = true, .max_count = 256});
    v("channel", channels, {.doc = "Gains and time constants", .max_count = 2000});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
