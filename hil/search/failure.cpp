#include "hil/search/failure.hpp"

#include <algorithm>

namespace saggar::search {

bool is_of_fault(const suite::Check& check) {
  return check.text.rfind("fault ", 0) == 0 && check.expected == "realised";
}

bool broken(const suite::CaseResult& result) {
  if (result.outcome == "crashed") return true;
  if (result.outcome != "failed") return false;
  const auto& checks = result.checks;
  return std::none_of(checks.begin(), checks.end(),
                      [](const suite::Check& c) { return !c.held && is_of_fault(c); });
}

Failure failure_of(const suite::CaseResult& result) {
  Failure failure;
  failure.outcome = result.outcome;
  // Where its log is, and by which id it went, is no part of how it failed.
  failure.problem = result.problem.substr(0, result.problem.find("; see "));
  const std::size_t id = result.id.empty() ? std::string::npos : failure.problem.find(result.id);
  if (id != std::string::npos) failure.problem.erase(id, result.id.size());
  for (const suite::Check& check : result.checks) {
    if (check.held) continue;
    const bool empty = check.got == "nothing to judge";
    failure.checks.push_back(check.text + " (" + check.expected + ")" + (empty ? ", empty" : ""));
  }
  std::sort(failure.checks.begin(), failure.checks.end());
  return failure;
}

std::vector<std::string> Failure::lines() const {
  std::vector<std::string> out;
  if (!problem.empty()) out.push_back(outcome + ": " + problem);
  for (const std::string& check : checks) out.push_back(outcome + ": " + check);
  if (out.empty()) out.push_back(outcome);
  return out;
}

namespace {

/// Those elements of a list whose checks did not hold. The checks of a run stand in the order of
/// its expectations, then its faults, then its bounds (suite::Observers::tell).
template <class T>
std::vector<T> failing(const std::vector<T>& list, const std::vector<suite::Check>& checks,
                       std::size_t from) {
  std::vector<T> out;
  for (std::size_t i = 0; i < list.size() && from + i < checks.size(); ++i) {
    if (!checks[from + i].held) out.push_back(list[i]);
  }
  return out;
}

}  // namespace

scenario::Scenario only_what_fails(const scenario::Scenario& story,
                                   const suite::CaseResult& result) {
  scenario::Scenario out = story;
  if (result.outcome == "refused") return out;
  const std::size_t bounds = story.bounds.size();
  const std::size_t first_bound =
      result.checks.size() >= bounds ? result.checks.size() - bounds : result.checks.size();
  out.expectations = failing(story.expectations, result.checks, 0);
  out.bounds = failing(story.bounds, result.checks, first_bound);
  return out;
}

}  // namespace saggar::search
