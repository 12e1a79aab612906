#include "hil/suite/people.hpp"

#include <algorithm>

#include "hil/suite/drill_faults.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::suite {

using domain::Duty;
using domain::Intent;
using domain::IntentKind;
using scenario::Request;

namespace {

/// Place of a name in a list, or an error that names the field.
domain::Result<std::size_t> place(const std::vector<std::string>& list, const std::string& name,
                                  const std::string& field, const char* what) {
  const auto at = std::find(list.begin(), list.end(), name);
  if (at != list.end()) return static_cast<std::size_t>(at - list.begin());
  return domain::Error{field, std::string("there is no ") + what + " \"" + name + "\"" +
                                  config::did_you_mean(name, list)};
}

domain::Result<Intent> intent_of(const Request& r, const domain::Plant& plant,
                                 const record::Names& names, const std::string& path) {
  Intent intent;
  intent.kind = r.intent;
  intent.duty = r.duty;
  intent.mode = r.mode;
  intent.value = r.value;
  intent.key.assign(r.key);
  intent.who.assign(r.who);
  intent.station.assign(r.station);
  intent.reason.assign(r.reason);
  if (DrillFaults::ordered(intent)) {
    return domain::Error{path + "station",
                         "\"" + r.station +
                             "\" is where faults of the software are ordered from: "
                             "name another"};
  }
  if (!r.mv.empty()) {
    const auto mv = place(names.mvs, r.mv, path + "mv", "written tag");
    if (!mv) return mv.error();
    intent.mv = static_cast<domain::MvId>(mv.value());
    intent.duty = plant.mvs[intent.mv].duty;  // as the operator link does
  }
  if (!r.controller.empty()) {
    const auto id = place(names.controllers, r.controller, path + "controller", "controller");
    if (!id) return id.error();
    intent.controller = static_cast<domain::ControllerId>(id.value());
  }
  if (!r.rung.empty()) {
    const auto& rungs = names.rungs[static_cast<std::size_t>(intent.duty)];
    const auto rung = place(rungs, r.rung, path + "rung", "rung");
    if (!rung) return rung.error();
    intent.rung = static_cast<std::uint8_t>(rung.value());
  }
  return intent;
}

/// Hold and recipe need no controller.
bool is_controller(const std::string& rung) { return rung != "hold" && rung != "recipe"; }

}  // namespace

Seen Seen::of(const domain::Record& record) noexcept {
  Seen seen;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) seen.rung[d] = record.decisions[d].rung;
  seen.applications = record.applications;
  return seen;
}

domain::Result<People> People::make(const scenario::Scenario& story, const domain::Plant& plant,
                                    const record::Names& names) {
  People people;
  people.person_ = story.person;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const auto& rungs = names.rungs[d];
    people.has_controller_[d] = std::any_of(rungs.begin(), rungs.end(), is_controller);
  }
  for (std::size_t i = 0; i < story.requests.size(); ++i) {
    auto intent = intent_of(story.requests[i], plant, names, "request[" + std::to_string(i) + "].");
    if (!intent) return intent.error();
    people.due_.push_back({story.requests[i].time_s, intent.value()});
  }
  const DrillFaults drills(story);
  for (const DrillFaults::Order& order : drills.orders()) {
    auto intent = order.intent;
    const auto id = place(names.controllers, order.controller, order.field, "controller");
    if (!id) return id.error();
    intent.controller = static_cast<domain::ControllerId>(id.value());
    people.due_.push_back({order.time_s, intent});
  }
  std::stable_sort(people.due_.begin(), people.due_.end(),
                   [](const Due& a, const Due& b) { return a.time_s < b.time_s; });
  return people;
}

Intent People::make_intent(IntentKind kind, Duty duty) {
  Intent intent;
  intent.kind = kind;
  intent.duty = duty;
  intent.who.assign("operator");
  intent.station.assign("desk");
  intent.reason.assign("the best rung is to drive");
  return intent;
}

void People::want_the_best(const Seen& seen, std::vector<Intent>& intents) {
  for (const Duty duty : person_.switch_on) {
    const auto d = static_cast<std::size_t>(duty);
    if (seen.rung[d] == 0xFF) {
      if (has_controller_[d]) intents.push_back(make_intent(IntentKind::switch_on, duty));
    } else if (seen.rung[d] > 0) {
      Intent climb = make_intent(IntentKind::climb, duty);
      climb.rung = 0;
      intents.push_back(climb);
    }
  }
}

void People::ask(std::uint64_t cycle, double time_s, const Seen& seen,
                 std::vector<Intent>& intents) {
  const std::size_t before = intents.size();
  if (cycle == 1) {
    for (const Duty duty : person_.switch_on) {
      intents.push_back(make_intent(IntentKind::switch_on, duty));
    }
    next_look_s_ = time_s + person_.every_s;
  } else if (look(time_s)) {
    next_look_s_ += person_.every_s;
    want_the_best(seen, intents);
  }
  for (; next_ < due_.size() && due_[next_].time_s <= time_s; ++next_) {
    intents.push_back(due_[next_].intent);
  }
  for (std::size_t i = before; i < intents.size(); ++i) {
    if (intents[i].id == 0) intents[i].id = ++asked_;
    intents[i].not_before = cycle;
  }
}

}  // namespace saggar::suite
