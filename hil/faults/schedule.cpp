#include "hil/faults/schedule.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace saggar::faults {
namespace {

/// What a target may be, for complaints.
std::string_view example(Where where) noexcept {
  switch (where) {
    case Where::nothing:
      return "nothing";
    case Where::loop:
    case Where::loop_or_all:
      return "a loop, such as \"zone07.top\"";
    case Where::damper_or_all:
      return "a damper, such as \"exhaust.damper1\"";
    case Where::group:
      return "a drive group, such as \"transport.group1\"";
    case Where::end:
      return "an end of the kiln, \"entry\" or \"exit\"";
    case Where::analyser:
      return "an analyser, such as \"gas.point2.o2\"";
    case Where::direction:
    case Where::direction_or_all:
      return "a direction of the link, \"frames\" or \"commands\"";
    case Where::controller:
      return "a controller of the runtime, by its name in the control file";
    case Where::inlet:
      return "a gas inlet, such as \"o2.inlet01\"";
    case Where::write_tag:
      return "what a host writes, such as \"zone07.top.setpoint\" or \"exhaust.damper1\"";
  }
  return "nothing";
}
bool may_be_empty(Where where) noexcept {
  return where == Where::nothing || where == Where::loop_or_all || where == Where::damper_or_all ||
         where == Where::direction_or_all;
}
std::string plain(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", x);
  return text;
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

std::vector<Objection> objections(const Fault& fault) {
  const Meaning& what = meaning(fault.fault);
  const std::string kind(name(fault.fault));
  std::vector<Objection> list;
  if (fault.target.empty() && !may_be_empty(what.where)) {
    list.push_back(
        {"target", "is missing: " + kind + " needs " + std::string(example(what.where))});
  }
  if (!fault.target.empty() && what.where == Where::nothing) {
    list.push_back(
        {"target", "\"" + fault.target + "\" means nothing to " + kind + ": leave it out"});
  }
  if (!fault.target.empty() &&
      (what.where == Where::direction || what.where == Where::direction_or_all) &&
      fault.target != "frames" && fault.target != "commands") {
    list.push_back({"target", "is \"" + fault.target + "\"; right for " + kind + " is " +
                                  std::string(example(what.where))});
  }
  if (what.has_degrees && !(fault.severity >= what.low && fault.severity <= what.high)) {
    list.push_back({"severity", "is " + plain(fault.severity) + "; right for " + kind + " is " +
                                    plain(what.low) + " to " + plain(what.high)});
  }
  if (momentary(fault.fault) && fault.duration_s != 0) {
    list.push_back({"duration_s", "duration_s means nothing to " + kind +
                                      ", which is done in a moment: leave it out"});
  }
  return list;
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
    if (!worst || std::abs(s.fault.severity) > std::abs(*worst)) worst = s.fault.severity;
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
