#include "hil/suite/known_names.hpp"

#include <algorithm>
#include <sstream>

#include "hil/suite/kpi.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/domain/event.hpp"

namespace saggar::suite {
namespace {

using scenario::Expectation;
using scenario::Sight;
using Words = std::vector<std::string>;

domain::Error unknown(const std::string& field, const std::string& what, const std::string& word,
                      const Words& known) {
  return {field, "there is no " + what + " \"" + word + "\"" + config::did_you_mean(word, known) +
                     "; there are: " + config::listed(known)};
}

bool has(const Words& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

template <class E>
void add_names(Words& words, int count) {
  for (int i = 0; i < count; ++i) words.emplace_back(domain::name(static_cast<E>(i)));
}

Words intents() {
  Words words;
  add_names<domain::IntentKind>(words, domain::kIntentKindCount);
  return words;
}

/// All that can stand in the text of an event (record::event_text), but for figures.
Words of_events(const Expectation& e, const record::Names& names) {
  Words words;
  for (const Words* list : {&names.tags, &names.estimates, &names.mvs, &names.controllers,
                            &names.causes, &names.rungs[0], &names.rungs[1], &names.rungs[2]}) {
    words.insert(words.end(), list->begin(), list->end());
  }
  add_names<domain::Duty>(words, static_cast<int>(domain::kDutyCount));
  add_names<domain::Mode>(words, domain::kModeCount);
  add_names<domain::AppState>(words, domain::kAppStateCount);
  add_names<domain::Gate>(words, static_cast<int>(domain::kGateCount));
  add_names<domain::SubStatus>(words, domain::kSubStatusCount);
  add_names<domain::IntentKind>(words, domain::kIntentKindCount);
#define SAGGAR_REASON(code, name, english, korean) words.emplace_back(english);
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
#define SAGGAR_EVENT(code, name, severity, english, korean, response) \
  if (e.is == #name) words.emplace_back(english);
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
  words.emplace_back(", in zone, top loop, bottom loop, element, off");
  return words;
}

bool is_figure(const std::string& word) {
  return word.find_first_not_of("0123456789+-.,:e") == std::string::npos;
}

/// An event is found by a part of its text, so that of a name each part is good.
domain::Status event_known(const Expectation& e, const std::string& field,
                           const record::Names& names) {
  const Words known = of_events(e, names);
  std::istringstream text(e.of);
  for (std::string word; text >> word;) {
    while (!word.empty() && (word.back() == ',' || word.back() == ':')) word.pop_back();
    const bool found = is_figure(word) || std::any_of(known.begin(), known.end(), [&](auto& name) {
                         return name.find(word) != std::string::npos;
                       });
    if (!found) return unknown(field, "tag, MV, controller or cause", word, known);
  }
  return domain::Done{};
}

domain::Status known(const Expectation& e, const std::string& field, const record::Names& names) {
  switch (e.see) {
    case Sight::rung:
    case Sight::driving: {
      Words rungs = names.rungs[static_cast<std::size_t>(e.duty)];
      rungs.emplace_back("off");
      if (has(rungs, e.is)) break;
      return unknown(field + "is", "rung of " + std::string(domain::name(e.duty)), e.is, rungs);
    }
    case Sight::mode:
    case Sight::gate:
      if (e.of.empty() || has(names.mvs, e.of)) break;
      return unknown(field + "of", "written tag", e.of, names.mvs);
    case Sight::answer:
      if (e.of.empty() || has(intents(), e.of)) break;
      return unknown(field + "of", "intent", e.of, intents());
    case Sight::event:
      return event_known(e, field + "of", names);
    case Sight::application:
    case Sight::refused:
      break;
  }
  return domain::Done{};
}

/// One that is in no list is left to the judge of bounds, which knows those of the run.
domain::Status repeatable(const scenario::Bound& bound, const std::string& field) {
  for (const Figure& figure : figures(Kpi())) {
    if (figure.name != bound.kpi || !figure.machine) continue;
    return domain::Error{field, "\"" + bound.kpi +
                                    "\" is of the machine, so that no two runs are the same: set "
                                    "bench.measures_time (its records are then compared with no "
                                    "others), or bound another figure"};
  }
  return domain::Done{};
}

}  // namespace

domain::Status all_known(const scenario::Scenario& story, const record::Names& names) {
  for (std::size_t i = 0; i < story.expectations.size(); ++i) {
    const auto there = known(story.expectations[i], "expect[" + std::to_string(i) + "].", names);
    if (!there) return there;
  }
  for (std::size_t i = 0; i < story.bounds.size() && !story.bench.measures_time; ++i) {
    const auto there = repeatable(story.bounds[i], "bound[" + std::to_string(i) + "].kpi");
    if (!there) return there;
  }
  return domain::Done{};
}

}  // namespace saggar::suite
