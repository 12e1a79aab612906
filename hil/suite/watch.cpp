#include "hil/suite/watch.hpp"

#include "hil/suite/alarms.hpp"
#include "runtime/config/number_text.hpp"
#include "runtime/record/event_text.hpp"

namespace saggar::suite {

using domain::Record;
using scenario::Expectation;
using scenario::Sight;

namespace {

std::string seconds(double s) { return config::plain(s) + " s"; }

std::string_view word(Sight sight) {
  return config::Spelling<Sight>::names[static_cast<std::size_t>(sight)];
}

bool of_duty(Sight sight) {
  return sight == Sight::rung || sight == Sight::driving || sight == Sight::application;
}

std::string required(const Expectation& e) {
  if (e.never) return "never";
  if (e.see == Sight::driving) return "throughout";
  return e.least == 1 ? "seen" : "at least " + std::to_string(e.least) + " times";
}

}  // namespace

std::string text(const Expectation& e) {
  std::string out;
  if (of_duty(e.see)) out += std::string(domain::name(e.duty)) + ": ";
  out += std::string(word(e.see)) + " " + e.is;
  if (!e.of.empty()) out += " of " + e.of;
  if (!e.reason.empty()) out += ", reason " + e.reason;
  if (e.after_s > 0) out += ", after " + seconds(e.after_s);
  if (e.within_s > 0) out += " within " + seconds(e.within_s);
  return out;
}

Watch::Watch(const scenario::Scenario& story, const record::Names& names) : names_(names) {
  for (const Expectation& e : story.expectations) sought_.push_back({e, 0, 0, -1, {}});
}

bool Watch::in_time(const Sought& sought, double time_s) const noexcept {
  const Expectation& e = sought.what;
  return time_s >= e.after_s && (e.within_s <= 0 || time_s <= e.after_s + e.within_s);
}

std::string Watch::rung_name(std::size_t duty, std::uint8_t rung) const {
  return rung < names_.rungs[duty].size() ? names_.rungs[duty][rung] : std::string("off");
}

std::uint64_t Watch::events(const Sought& sought, const Record& record) const {
  const Expectation& e = sought.what;
  std::uint64_t found = 0;
  for (const domain::Event& event : record.events) {
    if (domain::name(event.code) != e.is) continue;
    const bool about =
        e.of.empty() || record::event_text(event, names_, false).find(e.of) != std::string::npos;
    const bool because =
        e.reason.empty() || domain::name(static_cast<domain::Reason>(event.b)) == e.reason;
    found += about && because ? 1 : 0;
  }
  return found;
}

std::uint64_t Watch::answers(const Sought& sought, const Record& record) const {
  const Expectation& e = sought.what;
  std::uint64_t found = 0;
  for (const domain::IntentAnswer& answer : record.answers) {
    if (domain::name(answer.kind) != e.is) continue;
    if (!e.reason.empty() && domain::name(answer.reason) != e.reason) continue;
    bool about = e.of.empty();
    for (const domain::Intent& intent : record.intents) {
      about = about || (intent.id == answer.id && intent.station == answer.station &&
                        domain::name(intent.kind) == e.of);
    }
    found += about ? 1 : 0;
  }
  return found;
}

std::uint64_t Watch::modes(const Sought& sought, const Record& record) const {
  const Expectation& e = sought.what;
  std::uint64_t found = 0;
  for (std::size_t i = 0; i < modes_.size() && i < record.modes.size(); ++i) {
    if (record.modes[i].actual == modes_[i]) continue;
    found += domain::name(record.modes[i].actual) == e.is && (e.of.empty() || names_.mvs[i] == e.of)
                 ? 1
                 : 0;
  }
  return found;
}

std::uint64_t Watch::gates(const Sought& sought, const Record& record) const {
  const Expectation& e = sought.what;
  std::uint64_t found = 0;
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.outcome == domain::Outcome::pass) continue;
    const char* outcome = action.outcome == domain::Outcome::clip ? " clip" : " reject";
    found += std::string(domain::name(action.gate)) + outcome == e.is &&
                     (e.of.empty() || names_.mvs[action.mv] == e.of) &&
                     (e.reason.empty() || domain::name(action.limit) == e.reason)
                 ? 1
                 : 0;
  }
  return found;
}

std::uint64_t Watch::count(Sought& sought, const Record& record) const {
  const Expectation& e = sought.what;
  const auto d = static_cast<std::size_t>(e.duty);
  const domain::DutyDecision& decision = record.decisions[d];
  switch (e.see) {
    case Sight::event:
      return events(sought, record);
    case Sight::answer:
      return answers(sought, record);
    case Sight::mode:
      return modes(sought, record);
    case Sight::gate:
      return gates(sought, record);
    case Sight::application:
      return was_[d] != is_[d] && domain::name(is_[d]) == e.is ? 1 : 0;
    case Sight::driving: {
      const std::string rung = rung_name(d, decision.rung);
      if (rung != e.is && sought.other.empty()) sought.other = rung;
      return rung == e.is ? 1 : 0;
    }
    case Sight::rung:
      return decision.rung != rung_[d] && rung_name(d, decision.rung) == e.is &&
                     (e.reason.empty() || domain::name(decision.reason) == e.reason)
                 ? 1
                 : 0;
    case Sight::refused:
      return 0;
  }
  return 0;
}

void Watch::follow_ladders(const Record& record, double time_s) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const domain::DutyDecision& decision = record.decisions[d];
    if (decision.rung == rung_[d]) continue;
    moves_.push_back({time_s, std::string(domain::name(static_cast<domain::Duty>(d))),
                      rung_name(d, rung_[d]), rung_name(d, decision.rung),
                      std::string(domain::name(decision.reason))});
  }
}

void Watch::note_alarms(const Record& record, double time_s) {
  for (const domain::Event& event : record.events) {
    if (alarms_.size() >= kMostAlarms) return;
    if (!is_alarm(event)) continue;
    alarms_.push_back(
        {time_s, std::string(domain::name(event.code)), record::event_text(event, names_, false)});
  }
}

void Watch::add(const Record& record, double time_s) {
  was_ = is_;
  is_ = record.applications;
  for (Sought& sought : sought_) {
    if (!in_time(sought, time_s)) continue;
    ++sought.looked;
    const std::uint64_t found = count(sought, record);
    if (found > 0 && sought.first_s < 0) sought.first_s = time_s;
    sought.seen += found;
  }
  follow_ladders(record, time_s);
  note_alarms(record, time_s);
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) rung_[d] = record.decisions[d].rung;
  modes_.resize(record.modes.size());
  for (std::size_t i = 0; i < modes_.size(); ++i) modes_[i] = record.modes[i].actual;
}

std::vector<Check> Watch::checks() const {
  std::vector<Check> out;
  for (const Sought& sought : sought_) {
    const Expectation& e = sought.what;
    Check check{text(e), required(e), "", false, "expect"};
    if (e.see == Sight::driving) {
      check.held = sought.looked > 0 && sought.seen == sought.looked;
      check.got = check.held ? "throughout"
                  : sought.looked > 0
                      ? "in " + std::to_string(sought.seen) + " of " +
                            std::to_string(sought.looked) + " cycles; also " + sought.other
                      : "no cycle in that time";
    } else {
      check.held = e.never ? sought.seen == 0 : sought.seen >= e.least;
      check.got = e.see == Sight::refused ? "the runtime started"
                  : sought.seen == 0
                      ? "not seen"
                      : std::to_string(sought.seen) + " times, first at " + seconds(sought.first_s);
    }
    out.push_back(std::move(check));
  }
  return out;
}

}  // namespace saggar::suite
