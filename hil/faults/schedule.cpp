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
/// Saves or restores how long a list is; a length that cannot be right leaves it empty.
template <class List>
void resize(domain::Archive& archive, List& list) {
  constexpr std::uint32_t kMost = 1U << 20U;
  auto n = static_cast<std::uint32_t>(list.size());
  archive(n);
  if (!archive.is_saving()) list.resize(archive.ok() && n <= kMost ? n : 0);
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

Schedule::Schedule(std::vector<Fault> faults, double origin_s) : origin_s_(origin_s) {
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

void Schedule::run(double plant_s, Target& target) {
  const double time_s = plant_s - origin_s_;
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

bool Schedule::has(const std::vector<Fault>& events) const noexcept {
  return std::equal(statements_.begin(), statements_.end(), events.begin(), events.end(),
                    [](const Statement& s, const Fault& f) { return s.fault == f; });
}

void Schedule::serialize(domain::Archive& archive) {
  archive(origin_s_);
  resize(archive, statements_);
  for (Statement& s : statements_) {
    archive(s.fault.time_s, s.fault.fault, s.fault.severity, s.fault.duration_s, s.state);
    for (std::string* text : {&s.fault.target, &s.why_not}) {
      resize(archive, *text);
      for (char& c : *text) archive(c);
    }
  }
  plan();
}

}  // namespace saggar::faults
