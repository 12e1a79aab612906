#include "hil/scenario/scenario.hpp"

#include "hil/scenario/set_field.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/domain/event.hpp"
#include "runtime/domain/proposal.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::scenario {
namespace {

std::string at(const char* list, std::size_t i, std::string_view field) {
  return std::string(list) + "[" + std::to_string(i) + "]." + std::string(field);
}

std::vector<std::string> event_names() {
  std::vector<std::string> names;
#define SAGGAR_EVENT(code, name, severity, english, korean, response) names.emplace_back(#name);
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
  return names;
}
std::vector<std::string> reason_names() {
  std::vector<std::string> names;
#define SAGGAR_REASON(code, name, english, korean) names.emplace_back(#name);
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
  return names;
}
template <class E>
std::vector<std::string> names_of(int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.emplace_back(domain::name(static_cast<E>(i)));
  return names;
}
std::vector<std::string> gate_names() {
  std::vector<std::string> names;
  for (const std::string& gate : names_of<domain::Gate>(domain::kGateCount)) {
    names.push_back(gate + " clip");
    names.push_back(gate + " reject");
  }
  return names;
}

/// What `is` may be; empty: anything.
std::vector<std::string> known(Sight sight) {
  switch (sight) {
    case Sight::event:
      return event_names();
    case Sight::mode:
      return names_of<domain::Mode>(domain::kModeCount);
    case Sight::application:
      return names_of<domain::AppState>(domain::kAppStateCount);
    case Sight::answer:
      return names_of<domain::AnswerKind>(4);
    case Sight::gate:
      return gate_names();
    case Sight::rung:
    case Sight::driving:
    case Sight::refused:
      break;
  }
  return {};
}

bool has(const std::vector<std::string>& list, const std::string& word) {
  for (const std::string& known_word : list) {
    if (known_word == word) return true;
  }
  return false;
}

void check_expectation(const Expectation& e, std::size_t i, const Bench& bench,
                       config::Checks& checks) {
  const std::vector<std::string> names = known(e.see);
  if (!names.empty() && !has(names, e.is)) {
    checks.complain(at("expect", i, "is"), "\"" + e.is + "\" is none of " + config::listed(names) +
                                               config::did_you_mean(e.is, names));
  }
  const std::vector<std::string> reasons = reason_names();
  if (!e.reason.empty() && !has(reasons, e.reason)) {
    checks.complain(at("expect", i, "reason"), "there is no reason \"" + e.reason + "\"" +
                                                   config::did_you_mean(e.reason, reasons));
  }
  if (e.after_s >= bench.duration_s) {
    checks.complain(at("expect", i, "after_s"), "is after the end of the run");
  }
  if (e.see == Sight::driving && (e.never || e.least != 1)) {
    checks.complain(at("expect", i, "see"),
                    "driving is about every cycle of a time: no `never`, no `least`");
  }
  if (e.never && e.least != 1) {
    checks.complain(at("expect", i, "least"), "means nothing beside `never`: leave it out");
  }
}

void check_vary(const Scenario& scenario, std::size_t i, config::Checks& checks) {
  const Vary& vary = scenario.vary[i];
  if (vary.numbers.empty() == vary.words.empty()) {
    checks.complain(at("vary", i, "key"), "needs either `numbers` or `words`");
    return;
  }
  Scenario copy = scenario;
  const auto try_one = [&](const std::string& value, const char* field) {
    const auto set = set_field([&](config::Visitor& v) { copy.visit(v); }, vary.key, value);
    if (!set) checks.complain(at("vary", i, field), set.error().text());
  };
  for (const double number : vary.numbers) try_one(config::plain(number), "numbers");
  for (const std::string& word : vary.words) try_one(word, "words");
  if (vary.key == "bench.seed" || vary.key == "bench.seeds" || vary.key.rfind("vary", 0) == 0) {
    checks.complain(at("vary", i, "key"),
                    "seeds have their own fields: bench.seed and bench.seeds");
  }
}

}  // namespace

void Scenario::check(config::Checks& checks) const {
  if (name.empty() || name.find_first_of("/ \t\n") != std::string::npos) {
    checks.complain("name", "is one word without slash or blank: it becomes part of case ids");
  }
  if (bench.warm_up_s >= bench.duration_s) {
    checks.complain("bench.warm_up_s",
                    "leaves nothing to judge of " + config::plain(bench.duration_s) + " s");
  }
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (const faults::Objection& o : faults::objections(events[i].fault_at_level())) {
      checks.complain(at("event", i, o.field), o.text);
    }
    if (events[i].level > 0 && checks.stands(at("event", i, "severity"))) {
      checks.complain(at("event", i, "level"),
                      "there is a severity as well: leave one of them out");
    }
    if (events[i].time_s >= bench.duration_s) {
      checks.complain(at("event", i, "time_s"), "is after the end of the run, " +
                                                    config::plain(bench.duration_s) +
                                                    " s (bench.duration_s)");
    }
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (requests[i].time_s >= bench.duration_s) {
      checks.complain(at("request", i, "time_s"), "is after the end of the run");
    }
  }
  for (std::size_t i = 0; i < expectations.size(); ++i) {
    check_expectation(expectations[i], i, bench, checks);
  }
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (!(bounds[i].least <= bounds[i].most)) {
      checks.complain(at("bound", i, "least"), "is above `most`");
    } else if (!(bounds[i].least > -1e300 || bounds[i].most < 1e300)) {
      checks.complain(at("bound", i, "kpi"), "needs `least`, `most` or both");
    }
  }
  for (std::size_t i = 0; i < vary.size(); ++i) check_vary(*this, i, checks);
}

faults::Fault Event::fault_at_level() const {
  faults::Fault out = *this;
  if (level == 0) return out;
  out.severity = faults::severity_at(fault, level);
  if (out.duration_s == 0) out.duration_s = faults::duration_at(fault, level);
  return out;
}

std::vector<faults::Fault> Scenario::faults() const {
  std::vector<faults::Fault> out;
  for (const Event& event : events) out.push_back(event.fault_at_level());
  return out;
}

}  // namespace saggar::scenario
