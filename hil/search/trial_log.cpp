#include "hil/search/trial_log.hpp"

#include <cmath>
#include <cstdio>

#include "hil/faults/catalogue.hpp"
#include "hil/report/json.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::search {
namespace {

using report::json;

std::string number(double value) { return std::isfinite(value) ? config::plain(value) : "null"; }

std::string variables(const FalsifyFile& file, const scenario::Scenario& from, const Point& place) {
  std::string out;
  for (std::size_t i = 0; i < file.ranges.size(); ++i) {
    const Range& range = file.ranges[i];
    const std::string value = range.at(place[i]);
    out += (i == 0 ? "" : ", ") + ("{\"key\": " + json(range.key)) +
           ", \"value\": " + (range.words.empty() ? value : json(value)) +
           ", \"unit\": " + json(unit_of(range, from)) + "}";
  }
  return "[" + out + "]";
}

}  // namespace

std::string unit_of(const Range& range, const scenario::Scenario& from) {
  if (!range.words.empty()) return {};
  const std::string name = range.key.substr(range.key.rfind('.') + 1);
  std::size_t event = 0;
  if (name == "severity" && std::sscanf(range.key.c_str(), "event[%zu]", &event) == 1 &&
      event < from.events.size()) {
    return std::string(faults::row(from.events[event].fault).unit);
  }
  for (const char* unit : {"s", "K"}) {
    const std::string end = std::string("_") + unit;
    if (name.size() > end.size() && name.ends_with(end)) return unit;
  }
  return {};
}

std::string trial_log(const FalsifyFile& file, const scenario::Scenario& from,
                      const Findings& findings) {
  std::string out;
  for (const Trial& trial : findings.trials) {
    out += "{\"run\": " + std::to_string(trial.run) +
           ", \"generation\": " + std::to_string(trial.generation) +
           ", \"restart\": " + std::to_string(trial.restart) + ", \"case\": " + json(trial.id) +
           ", \"variables\": " + variables(file, from, trial.place) +
           ", \"score\": " + number(trial.worth) +
           ", \"broken\": " + (trial.broken ? "true" : "false") +
           ", \"outcome\": " + json(trial.outcome) + "}\n";
  }
  return out;
}

}  // namespace saggar::search
