#include "hil/faults/schedule.hpp"

#include <algorithm>
#include <cstdio>

namespace saggar::faults {
namespace {

bool needs_loop(Kind kind) noexcept {
  return kind == Kind::thermocouple_open || kind == Kind::thermocouple_stuck ||
         kind == Kind::heater_open || kind == Kind::scr_short;
}
bool no_loop(Kind kind) noexcept {
  return kind == Kind::link_loss || kind == Kind::o2_supply_drop || kind == Kind::feed_gap;
}
double end_s(const Fault& fault) noexcept {
  return fault.duration_s > 0 ? fault.time_s + fault.duration_s : 1e300;
}

}  // namespace

std::string_view name(Kind kind) noexcept {
  const auto& names = config::Spelling<Kind>::names;
  const auto i = static_cast<std::size_t>(kind);
  return i < names.size() ? names[i] : "unknown";
}

std::string_view name(State state) noexcept {
  switch (state) {
    case State::waiting:
      return "waiting";
    case State::active:
      return "active";
    case State::over:
      return "over";
    case State::not_realised:
      return "not realised";
  }
  return "unknown";
}

void Scenario::check(config::Checks& checks) const {
  for (std::size_t i = 0; i < events.size(); ++i) {
    const std::string path = "event[" + std::to_string(i) + "].target";
    if (needs_loop(events[i].fault) && events[i].target.empty()) {
      checks.complain(path, "is missing: " + std::string(faults::name(events[i].fault)) +
                                " needs a loop, such as \"zone07.top\"");
    }
    if (momentary(events[i].fault) && events[i].duration_s != 0) {
      checks.complain("event[" + std::to_string(i) + "].duration_s",
                      "duration_s means nothing to " + std::string(faults::name(events[i].fault)) +
                          ", which is done in a moment: leave it out");
    }
    if (no_loop(events[i].fault) && !events[i].target.empty()) {
      checks.complain(path, "\"" + events[i].target + "\" means nothing to " +
                                std::string(faults::name(events[i].fault)) + ": leave it out");
    }
  }
}

std::string Statement::text() const {
  char time[64];
  std::snprintf(time, sizeof time, " at %.0f s: ", fault.time_s);
  std::string line(name(fault.fault));
  if (!fault.target.empty()) line += " " + fault.target;
  line += time;
  line += name(state);
  if (!why_not.empty()) line += ": " + why_not;
  return line;
}

Schedule::Schedule(std::vector<Fault> faults) {
  for (Fault& fault : faults) statements_.push_back({std::move(fault), State::waiting, {}});
  plan();
}

void Schedule::add(const Fault& fault) {
  statements_.push_back({fault, State::waiting, {}});
  plan();
}

void Schedule::plan() noexcept {
  next_s_ = 1e300;
  for (const Statement& s : statements_) {
    if (s.state == State::waiting) next_s_ = std::min(next_s_, s.fault.time_s);
    if (s.state == State::active) next_s_ = std::min(next_s_, end_s(s.fault));
  }
}

void Schedule::run(double time_s, Target& target) {
  if (time_s < next_s_) return;
  for (Statement& s : statements_) {
    if (s.state == State::active && time_s >= end_s(s.fault)) {
      s.state = State::over;
      target.end(s.fault);
    }
  }
  for (Statement& s : statements_) {
    if (s.state != State::waiting || time_s < s.fault.time_s) continue;
    s.state = State::active;
    s.why_not = target.begin(s.fault);
    if (momentary(s.fault.fault)) s.state = State::over;
    if (!s.why_not.empty()) s.state = State::not_realised;
  }
  plan();
}

std::optional<double> Schedule::worst(Kind kind, std::string_view target) const noexcept {
  std::optional<double> worst;
  for (const Statement& s : statements_) {
    if (s.state != State::active || s.fault.fault != kind || s.fault.target != target) continue;
    worst = std::max(worst.value_or(0.0), s.fault.severity);
  }
  return worst;
}

void Schedule::serialize(domain::Archive& archive) {
  // The events themselves come from the scenario; what is saved is how far it has gone.
  std::vector<State> states;
  for (const Statement& s : statements_) states.push_back(s.state);
  archive(states);
  if (archive.is_saving() || !archive.ok()) return;
  for (std::size_t i = 0; i < statements_.size(); ++i) statements_[i].state = states[i];
  plan();
}

}  // namespace saggar::faults
