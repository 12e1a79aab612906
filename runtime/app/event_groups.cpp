#include "runtime/app/event_groups.hpp"

#include "runtime/operate/permissives.hpp"
#include "runtime/record/event_text.hpp"

namespace saggar::app {
namespace {

using domain::AppState;
using domain::EventCode;
using domain::Reason;

bool missing(std::uint32_t bits, operate::Permissive which) {
  return (bits >> static_cast<unsigned>(which) & 1U) != 0;
}

/// A permissive that says by itself what happened is a better cause than that one was missing.
Reason plain_cause(Reason reason, std::uint32_t lost) {
  if (reason != Reason::permissive_missing) return reason;
  if (missing(lost, operate::Permissive::link)) return Reason::link_lost;
  if (missing(lost, operate::Permissive::heartbeat)) return Reason::stale_frame;
  return reason;
}

struct Group {
  std::vector<domain::Event> events;  // of one code
  Reason cause = Reason::none;
};

Reason cause_of(const domain::Event& event, const domain::Record& record, const OffCauses& causes) {
  if (event.code == EventCode::mode_changed && event.a < record.modes.size()) {
    return record.modes[event.a].why;
  }
  if (event.code == EventCode::application_state && event.a < domain::kDutyCount) {
    return causes.of(event.a).reason;
  }
  return Reason::none;
}

bool belongs(const Group& group, const domain::Event& event, Reason cause) {
  const domain::Event& first = group.events.front();
  return record::is_of_one_of_many(event.code) && first.code == event.code && first.b == event.b &&
         group.cause == cause;
}

std::string text_of(const Group& group, const record::Names& names, bool korean) {
  std::string text = record::group_text(group.events, names, korean);
  if (group.cause != Reason::none) {
    text += ", " + std::string(domain::text(group.cause, korean));
  }
  return text;
}

}  // namespace

void OffCauses::add(const domain::Record& record) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const AppState state = record.applications[d];
    const domain::DutyDecision& decision = record.decisions[d];
    OffCause& cause = causes_[d];
    const bool came = state != states_[d];
    states_[d] = state;
    // Data stop before the link is given up: what began as the one is told as the other.
    const bool silent = missing(decision.missing, operate::Permissive::heartbeat);
    silent_[d] = silent && (silent_[d] || came);
    if (silent_[d] && cause.reason == Reason::stale_frame && !record.frame.link_up) {
      cause.reason = Reason::link_lost;
    }
    if (!came && cause.reason != Reason::none) continue;
    if (decision.application_reason == Reason::application_off) continue;  // the cause came before
    cause.lost = decision.application_reason == Reason::permissive_missing ? decision.missing : 0;
    cause.reason = plain_cause(decision.application_reason, cause.lost);
    if (cause.reason == Reason::cascade_open) cause.reason = why_none_is_left(record, d);
  }
}

/// No MV was left to the application: because all were shed, or because people took them.
Reason OffCauses::why_none_is_left(const domain::Record& record, std::size_t duty) const {
  bool meant = false;
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    if (static_cast<std::size_t>(plant_.mvs[i].duty) != duty) continue;
    const domain::ModeBlock& block = record.modes[i];
    if (block.why == Reason::shed) return Reason::shed;
    meant = meant || block.target == domain::Mode::rcas || block.target == domain::Mode::rout;
  }
  return meant ? Reason::cascade_open : Reason::operator_request;
}

std::vector<wire::DigestEvent> grouped_events(const domain::Record& record,
                                              const record::Names& names, const OffCauses& causes) {
  std::vector<Group> groups;
  for (const domain::Event& event : record.events) {
    if (domain::severity(event.code) == domain::Severity::debug) continue;
    const Reason cause = cause_of(event, record, causes);
    Group* found = nullptr;
    for (Group& group : groups) {
      if (belongs(group, event, cause)) found = &group;
    }
    if (found == nullptr) found = &groups.emplace_back(Group{{}, cause});
    found->events.push_back(event);
  }
  std::vector<wire::DigestEvent> out;
  for (const Group& group : groups) {
    const EventCode code = group.events.front().code;
    out.push_back({record.cycle, code, domain::severity(code), text_of(group, names, false),
                   text_of(group, names, true)});
  }
  return out;
}

}  // namespace saggar::app
