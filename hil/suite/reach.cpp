#include "hil/suite/reach.hpp"

#include <string>

#include "hil/faults/kinds.hpp"

namespace saggar::suite {

using domain::Outcome;
using domain::Reason;
using domain::Record;

namespace {

void count(std::vector<std::uint64_t>& counts, std::size_t at) {
  if (at >= counts.size()) counts.resize(at + 1, 0);
  ++counts[at];
}

bool names_a_reason(domain::EventCode code) {
  return domain::text(code, false).find("{b:reason}") != std::string_view::npos;
}

std::string transition(std::string_view from, std::string_view to) {
  return std::string(from) + ">" + std::string(to);
}
std::string gate_name(std::size_t gate, std::size_t outcome) {
  return std::string(domain::name(static_cast<domain::Gate>(gate))) +
         (outcome == static_cast<std::size_t>(Outcome::clip)     ? " clip"
          : outcome == static_cast<std::size_t>(Outcome::reject) ? " reject"
                                                                 : " pass");
}

}  // namespace

void Reach::reason(Reason reason) {
  if (reason != Reason::none) count(reasons_, static_cast<std::size_t>(reason));
}

void Reach::add(const Record& record) {
  for (const domain::Event& event : record.events) {
    count(events_, static_cast<std::size_t>(event.code));
    if (names_a_reason(event.code)) reason(static_cast<Reason>(event.b));
  }
  for (const domain::IntentAnswer& answer : record.answers) reason(answer.reason);
  for (const domain::GuardAction& action : record.guard_actions) reason(action.limit);
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) gates_[g][o] += record.gates[g][o];
  }
  follow(record);
}

void Reach::follow(const Record& record) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const domain::DutyDecision& decision = record.decisions[d];
    if (decision.moved) reason(decision.reason);
    if (decision.application_reason != why_[d]) reason(decision.application_reason);
    why_[d] = decision.application_reason;
    for (std::size_t i = 0; i < decision.blocked.size();
         ++i) {  // what a person reads behind a rung
      if (decision.blocked[i] != blocked_[d][i]) reason(decision.blocked[i]);
      blocked_[d][i] = decision.blocked[i];
    }
  }
  for (std::size_t i = 0; has_any_ && i < mode_.size(); ++i) {
    const domain::Mode now = record.modes[i].actual;
    if (now == mode_[i]) continue;
    ++modes_[static_cast<std::size_t>(mode_[i])][static_cast<std::size_t>(now)];
  }
  for (std::size_t d = 0; has_any_ && d < domain::kDutyCount; ++d) {
    if (record.applications[d] == application_[d]) continue;
    ++applications_[static_cast<std::size_t>(application_[d])]
                   [static_cast<std::size_t>(record.applications[d])];
  }
  mode_.resize(record.modes.size());
  for (std::size_t i = 0; i < mode_.size(); ++i) mode_[i] = record.modes[i].actual;
  application_ = record.applications;
  has_any_ = true;
}

Reached Reach::reached() const {
  Reached out;
  for (std::size_t i = 0; i < reasons_.size(); ++i) {
    if (reasons_[i] > 0)
      out.reasons[std::string(domain::name(static_cast<Reason>(i)))] = reasons_[i];
  }
  for (std::size_t i = 0; i < events_.size(); ++i) {
    if (events_[i] == 0) continue;
    out.events[std::string(domain::name(static_cast<domain::EventCode>(i)))] = events_[i];
  }
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) {
      if (gates_[g][o] > 0) out.gates[gate_name(g, o)] = gates_[g][o];
    }
  }
  const auto take = [](const auto& table, auto name_of, Reached::Counts& into) {
    for (std::size_t a = 0; a < table.size(); ++a) {
      for (std::size_t b = 0; b < table.size(); ++b) {
        if (table[a][b] > 0) into[transition(name_of(a), name_of(b))] = table[a][b];
      }
    }
  };
  take(
      modes_, [](std::size_t i) { return domain::name(static_cast<domain::Mode>(i)); }, out.modes);
  take(
      applications_, [](std::size_t i) { return domain::name(static_cast<domain::AppState>(i)); },
      out.applications);
  return out;
}

Reached everything() {
  Reached all;
#define SAGGAR_REASON(code, name, english, korean) all.reasons[#name] = 1;
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
  all.reasons.erase("none");
#define SAGGAR_EVENT(code, name, severity, english, korean, response) all.events[#name] = 1;
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
  for (std::size_t g = 0; g < domain::kGateCount; ++g) {
    for (std::size_t o = 0; o < domain::kOutcomeCount; ++o) all.gates[gate_name(g, o)] = 1;
  }
  for (std::size_t k = 0; k < faults::kKindCount; ++k) {
    all.faults[std::string(faults::name(static_cast<faults::Kind>(k)))] = 1;
  }
  return all;
}

}  // namespace saggar::suite
