#include "hil/campaign/coverage.hpp"

#include <algorithm>
#include <span>

#include "hil/suite/reach.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/domain/mode.hpp"

namespace saggar::campaign {
namespace {

using suite::Reached;

/// Counts of one kind; null for an unknown one.
const Reached::Counts* of(const Reached& reached, const std::string& kind) {
  if (kind == "reasons") return &reached.reasons;
  if (kind == "events") return &reached.events;
  if (kind == "gates") return &reached.gates;
  if (kind == "faults") return &reached.faults;
  if (kind == "modes") return &reached.modes;
  if (kind == "applications") return &reached.applications;
  return nullptr;
}

std::vector<std::string> names(const Reached::Counts& counts) {
  std::vector<std::string> out;
  for (const auto& [name, times] : counts) out.push_back(name);
  return out;
}

constexpr const char* kRequirements = "requirements";

/// Letters, a hyphen, digits.
bool is_id(const std::string& text) {
  const std::size_t hyphen = text.find('-');
  if (hyphen == std::string::npos || hyphen == 0 || hyphen + 1 == text.size()) return false;
  return text.substr(0, hyphen).find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
             std::string::npos &&
         text.find_first_not_of("0123456789", hyphen + 1) == std::string::npos;
}

/// It carries the requirement and passed, or it reached the name.
bool shows(const suite::CaseResult& result, const Unreached& one) {
  if (one.kind == kRequirements) {
    return !result.compared && result.outcome == "passed" &&
           std::find(result.requirements.begin(), result.requirements.end(), one.name) !=
               result.requirements.end();
  }
  const Reached::Counts* counts = of(result.reached, one.kind);
  return counts != nullptr && counts->contains(one.name);
}

template <class State>
bool is_transition(const std::string& text, int count) {
  const std::size_t arrow = text.find('>');
  if (arrow == std::string::npos) return false;
  bool from = false, to = false;
  for (int i = 0; i < count; ++i) {
    const std::string_view name = domain::name(static_cast<State>(i));
    from = from || name == text.substr(0, arrow);
    to = to || name == text.substr(arrow + 1);
  }
  return from && to;
}

}  // namespace

void Coverage::check(config::Checks& checks) const {
  Reached all = suite::everything();
  for (const std::string& one : modes) all.modes[one] = 1;
  for (const std::string& one : applications) all.applications[one] = 1;
  Reached::Counts asked;
  for (const std::string& one : requirements) asked[one] = 1;
  for (std::size_t i = 0; i < unreached.size(); ++i) {
    const std::string at = "unreached[" + std::to_string(i) + "].";
    const Reached::Counts* known =
        unreached[i].kind == kRequirements ? &asked : of(all, unreached[i].kind);
    if (known == nullptr) {
      checks.complain(at + "kind",
                      "is one of reasons, events, gates, faults, modes, applications, "
                      "requirements");
    } else if (!known->contains(unreached[i].name)) {
      checks.complain(at + "name", "there is no \"" + unreached[i].name + "\" among the " +
                                       unreached[i].kind +
                                       config::did_you_mean(unreached[i].name, names(*known)));
    }
    if (unreached[i].why.size() < 10) checks.complain(at + "why", "says too little to review it");
  }
  for (std::size_t i = 0; i < requirements.size(); ++i) {
    if (is_id(requirements[i])) continue;
    checks.complain("requirements[" + std::to_string(i) + "]",
                    "is letters, a hyphen and digits, such as SC-55");
  }
  for (std::size_t i = 0; i < modes.size(); ++i) {
    if (is_transition<domain::Mode>(modes[i], domain::kModeCount)) continue;
    checks.complain("modes[" + std::to_string(i) + "]", "is two modes, such as CAS>RCAS");
  }
  for (std::size_t i = 0; i < applications.size(); ++i) {
    if (is_transition<domain::AppState>(applications[i], domain::kAppStateCount)) continue;
    checks.complain("applications[" + std::to_string(i) + "]",
                    "is two states, such as OFF>PREPARE");
  }
}

std::map<std::string, std::set<std::string>> wanted(const Coverage& coverage) {
  std::map<std::string, std::set<std::string>> out;
  const Reached all = suite::everything();
  for (const char* kind : {"reasons", "events", "gates", "faults"}) {
    const std::vector<std::string> list = names(*of(all, kind));
    out[kind] = {list.begin(), list.end()};
  }
  out["modes"] = {coverage.modes.begin(), coverage.modes.end()};
  out["applications"] = {coverage.applications.begin(), coverage.applications.end()};
  out[kRequirements] = {coverage.requirements.begin(), coverage.requirements.end()};
  for (const Unreached& one : coverage.unreached) out[one.kind].erase(one.name);
  return out;
}

std::vector<std::string> stale(const Coverage& coverage,
                               std::span<const suite::CaseResult> results) {
  std::vector<std::string> out;
  for (const Unreached& one : coverage.unreached) {
    for (const suite::CaseResult& result : results) {
      if (!shows(result, one)) continue;
      out.push_back(one.kind + " " + one.name);
      break;
    }
  }
  return out;
}

}  // namespace saggar::campaign
