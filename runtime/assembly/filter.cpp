#include "runtime/assembly/filter.hpp"

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "runtime/assembly/model.hpp"

namespace saggar::assembly {
namespace {

using config::Answers;
using config::FilterConfig;
using config::ModelChannel;
using config::ModelConfig;
using domain::Error;
using domain::Result;
using filter::Interval;
using filter::LoopModel;

constexpr double kLeastLag_s = 1;

Interval around(double figure, double error) { return {figure - error, figure + error}; }

Interval hull(const Interval& a, const Interval& b) {
  return {std::min(a.low, b.low), std::max(a.high, b.high)};
}

filter::Nominal nominal(const FilterConfig& from) {
  return {around(from.gain, from.gain_error), around(from.lag_s, from.lag_error_s),
          around(from.dead_time_s, from.dead_time_error_s), from.neighbour_gain};
}

bool has(const std::vector<std::string>& tags, const std::string& tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

/// Signals that are means of temperatures, of setpoints: by the tag of one loop.
const std::string* output_of(const ModelConfig& model, const std::string& tag) {
  for (const config::ModelOutput& out : model.outputs) {
    if (has(out.tags, tag)) return &out.name;
  }
  return nullptr;
}

const config::ModelInput* input_of(const ModelConfig& model, const domain::Plant& plant,
                                   const domain::Mv& mv) {
  for (const config::ModelInput& in : model.inputs) {
    if (has(in.tags, plant.tags[mv.working].name) || has(in.tags, plant.tags[mv.tag].name)) {
      return &in;
    }
  }
  return nullptr;
}

const ModelChannel* channel_of(const ModelConfig& model, const std::string& output,
                               const std::string& input) {
  for (const ModelChannel& c : model.channels) {
    if (c.output == output && c.input == input && c.answer != Answers::none) return &c;
  }
  return nullptr;
}

Interval lag_of(const ModelChannel& c, double sigmas) {
  const Interval lag = around(c.time_constant_s, sigmas * c.time_constant_error_s);
  return {std::max(lag.low, kLeastLag_s), std::max(lag.high, kLeastLag_s)};
}

Interval dead_time_of(const ModelChannel& c, double sigmas) {
  const Interval dead = around(c.dead_time_s, sigmas * c.dead_time_error_s);
  return {std::max(dead.low, 0.0), std::max(dead.high, 0.0)};
}

/// K per K of the mean of the input; what dies away again acts with anything up to its peak.
Interval gain_of(const ModelChannel& c, double sigmas) {
  const Interval gain = around(c.gain, sigmas * c.gain_error);
  if (c.answer != Answers::transient) return gain;
  return hull(hull(gain, {0, 0}), around(c.peak, sigmas * c.peak_error));
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", value);
  return text;
}

/// What is wrong with the answer of a zone to its own setpoint; empty when all is well.
std::string complaint(const ModelChannel* own, double sigmas) {
  if (own == nullptr) return "has no channel to its own setpoint; test it";
  if (own->answer != Answers::lag) return "does not answer to its setpoint as a lag; test longer";
  const Interval gain = gain_of(*own, sigmas);
  if (gain.low > 0) return "";
  return "has a gain of " + number(own->gain) + " with an error of " + number(own->gain_error) +
         ": within " + number(sigmas) +
         " standard errors it may be 0 or less; test longer, or "
         "with a larger amplitude";
}

/// Adds what the setpoints of other zones do to this loop, each loop of a zone its share.
void add_neighbours(const ModelConfig& model, const domain::Plant& plant, double sigmas,
                    const std::string& output, const std::string& own_input,
                    std::vector<LoopModel>& loops, LoopModel& to) {
  bool first = true;
  for (std::size_t j = 0; j < loops.size(); ++j) {
    const config::ModelInput* input = input_of(model, plant, plant.mvs[loops[j].mv]);
    if (input == nullptr || input->name == own_input) continue;
    const ModelChannel* c = channel_of(model, output, input->name);
    if (c == nullptr || c->answer == Answers::integrating) continue;
    const double share = 1.0 / static_cast<double>(input->tags.size());
    const Interval gain = gain_of(*c, sigmas);
    to.neighbours.push_back({static_cast<std::uint16_t>(j), {gain.low * share, gain.high * share}});
    const Interval lag = lag_of(*c, sigmas), dead = dead_time_of(*c, sigmas);
    to.neighbour_lag_s = first ? lag : hull(to.neighbour_lag_s, lag);
    to.neighbour_dead_time_s = first ? dead : hull(to.neighbour_dead_time_s, dead);
    first = false;
  }
}

Result<std::vector<LoopModel>> identified_loops(const config::Bundle& bundle,
                                                const config::GivenModel& given) {
  const domain::Plant& plant = bundle.plant;
  const ModelConfig& model = given.config;
  const double sigmas = bundle.control.filter.error_sigmas;
  std::vector<LoopModel> loops = filter::nominal_loops(plant, {});
  for (LoopModel& loop : loops) {
    const domain::Mv& mv = plant.mvs[loop.mv];
    const std::string& pv = plant.tags[mv.pv].name;
    const std::string* output = output_of(model, pv);
    const config::ModelInput* input = input_of(model, plant, mv);
    if (output == nullptr || input == nullptr) {
      return Error{given.at, "model " + given.file + " says nothing of " + pv +
                                 " over its setpoint; the filter needs every zone: identify it "
                                 "too, or leave model empty"};
    }
    const ModelChannel* own = channel_of(model, *output, input->name);
    const std::string wrong = complaint(own, sigmas);
    if (!wrong.empty()) {
      return Error{given.at, "in model " + given.file + ", " + pv + ' ' + wrong};
    }
    loop.gain = gain_of(*own, sigmas);
    loop.lag_s = lag_of(*own, sigmas);
    loop.dead_time_s = dead_time_of(*own, sigmas);
    add_neighbours(model, plant, sigmas, *output, input->name, loops, loop);
  }
  return loops;
}

}  // namespace

Result<std::optional<filter::Settings>> filter_settings(const config::Bundle& bundle) {
  const FilterConfig& from = bundle.control.filter;
  if (!from.on) return std::optional<filter::Settings>{};
  filter::Settings to;
  to.step_s = from.step_s;
  to.horizon_s = from.horizon_s;
  to.margin_K = from.margin_K;
  to.noise_K = from.noise_K;
  to.drift_K_per_h = from.drift_K_per_h;
  to.offset_K = from.offset_K;
  to.period_s = bundle.site.supervisory_period_s();
  const auto given = bundle.models.find(std::string(config::kFilterModel));
  if (from.model.empty() || given == bundle.models.end()) {
    to.loops = nominal_loops(bundle.plant, nominal(from));
    return std::optional<filter::Settings>(std::move(to));
  }
  const config::GivenModel& model = given->second;
  const domain::Status same = check_hash(model.config, model.at + ": model " + model.file);
  if (!same) return same.error();
  auto loops = identified_loops(bundle, model);
  if (!loops) return loops.error();
  to.loops = std::move(loops).value();
  return std::optional<filter::Settings>(std::move(to));
}

}  // namespace saggar::assembly
