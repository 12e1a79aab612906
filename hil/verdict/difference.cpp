#include "hil/verdict/difference.hpp"

#include <limits>
#include <map>
#include <set>

namespace saggar::verdict {
namespace {

std::map<std::string, Digests> digests(const Baseline& baseline) {
  std::map<std::string, Digests> out;
  for (const BaselineCase& one : baseline.cases) out[one.id] = {one.inputs, one.hash};
  return out;
}

double value_of(const config::Parameters& figures, const std::string& name) {
  const auto found = figures.find(name);
  return found == figures.end() ? std::numeric_limits<double>::quiet_NaN() : found->second.value;
}

}  // namespace

Difference difference(const Baseline& before, const Baseline& after) {
  Difference out;
  out.cases = exact(digests(after), digests(before));
  std::map<std::string, const BaselineCase*> old_cases, new_cases;
  for (const BaselineCase& one : before.cases) old_cases[one.id] = &one;
  for (const BaselineCase& one : after.cases) new_cases[one.id] = &one;
  for (const auto& [id, now] : new_cases) {
    const auto then = old_cases.find(id);
    if (then == old_cases.end()) continue;
    std::set<std::string> names;
    for (const auto& [name, figure] : then->second->figures) names.insert(name);
    for (const auto& [name, figure] : now->figures) names.insert(name);
    for (const std::string& name : names) {
      const double a = value_of(then->second->figures, name), b = value_of(now->figures, name);
      if (a != b) out.figures.push_back({id, name, a, b});
    }
  }
  return out;
}

}  // namespace saggar::verdict
