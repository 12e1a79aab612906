#include "controllers/mpc/zone_answers.hpp"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <string_view>

namespace saggar::mpc {
namespace {

using plugin::ModelChannel;
using plugin::ModelSignal;

constexpr double kMostError = 0.5;  ///< of the gain; twice this may have the other sign

[[noreturn, gnu::format(printf, 2, 3)]] void refuse(std::size_t zone, const char* format, ...) {
  char text[256];
  std::va_list values;
  va_start(values, format);
  std::vsnprintf(text, sizeof text, format, values);
  va_end(values);
  throw std::invalid_argument("zone " + std::to_string(zone + 1) + " of the model: " + text);
}

bool among(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_setpoint_of(const ZoneTags& zone, std::string_view tag) {
  const std::size_t dot = tag.rfind('.');
  if (dot == std::string_view::npos || !among(zone.loops, tag.substr(0, dot))) return false;
  const std::string_view word = tag.substr(dot + 1);
  return word == "setpoint" || word == "working_setpoint";
}

/// Index of the one signal all of whose tags belong.
std::size_t only(const std::vector<ModelSignal>& signals, std::size_t zone, const char* what,
                 const std::function<bool(const std::string&)>& belongs) {
  std::size_t found = signals.size(), count = 0;
  for (std::size_t i = 0; i < signals.size(); ++i) {
    const auto& tags = signals[i].tags;
    if (signals[i].unit != "degC" || !std::all_of(tags.begin(), tags.end(), belongs)) continue;
    found = i;
    ++count;
  }
  if (count == 0) refuse(zone, "there is no %s; it needs one per zone, identify it too", what);
  if (count > 1) {
    refuse(zone, "there are %zu times %s; it needs one per zone: join = \"zone\" in the plan",
           count, what);
  }
  return found;
}

ZoneAnswer answer(const ModelChannel& c, std::size_t zone, double least_lag_s, double most_lag_s) {
  if (c.answer != plugin::Answer::lag) {
    refuse(zone, "its temperature does not answer to its setpoint as a lag; test it longer");
  }
  if (!(c.gain > 0)) refuse(zone, "its gain is %.3g, it must be above 0", c.gain);
  if (c.gain_error > kMostError * c.gain) {
    refuse(zone,
           "its gain is %.3g with a standard error of %.2g, which must not be above half of it: "
           "test longer, or with a larger amplitude",
           c.gain, c.gain_error);
  }
  // A lag without dead time stands for a lag with one. With T + dead time it comes to 63 % when the
  // kiln does, and the area between its step response and the end value is the same, so that what
  // is still to come of a move is foretold right over the horizon. (Skogestad's half rule goes the
  // other way, from many lags to one with dead time; there is no dead time here to take half.)
  const ZoneAnswer its{c.time_constant_s + c.dead_time_s, c.gain};
  if (!(its.lag_s >= least_lag_s && its.lag_s <= most_lag_s)) {
    refuse(zone, "time constant and dead time together are %.0f s, right is %.0f to %.0f s",
           its.lag_s, least_lag_s, most_lag_s);
  }
  return its;
}

}  // namespace

std::vector<ZoneAnswer> zone_answers(const plugin::Model& model, const std::vector<ZoneTags>& zones,
                                     double least_lag_s, double most_lag_s) {
  std::vector<ZoneAnswer> answers;
  for (std::size_t k = 0; k < zones.size(); ++k) {
    const ZoneTags& zone = zones[k];
    const std::size_t output =
        only(model.outputs, k, "output that is its temperature",
             [&](const std::string& tag) { return among(zone.temperatures, tag); });
    const std::size_t input =
        only(model.inputs, k, "input that is its setpoint",
             [&](const std::string& tag) { return is_setpoint_of(zone, tag); });
    const ModelChannel* channel = model.channel(output, input);
    if (channel == nullptr) {
      refuse(k, "it has no channel from its setpoint to its temperature; test it");
    }
    answers.push_back(answer(*channel, k, least_lag_s, most_lag_s));
  }
  return answers;
}

}  // namespace saggar::mpc
