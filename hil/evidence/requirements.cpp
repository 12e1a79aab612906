#include "hil/evidence/requirements.hpp"

#include <algorithm>

namespace saggar::evidence {

std::map<std::string, Shown> by_requirement(const std::vector<const suite::CaseResult*>& cases) {
  std::map<std::string, Shown> out;
  for (const suite::CaseResult* one : cases) {
    if (one->compared) continue;
    for (const std::string& id : one->requirements) {
      Shown& shown = out[id];
      const bool passed = one->outcome == "passed";
      shown.passed += passed ? 1 : 0, shown.failed += passed ? 0 : 1;
      auto& names = shown.scenarios;
      const auto at = std::lower_bound(names.begin(), names.end(), one->scenario);
      if (at == names.end() || *at != one->scenario) names.insert(at, one->scenario);
    }
  }
  return out;
}

report::Table requirement_table(const std::vector<const suite::CaseResult*>& cases, Language l) {
  report::Table t{"",
                  {{say(Say::requirement, l)},
                   {say(Say::shown_by, l)},
                   {say(Say::passed, l)},
                   {say(Say::not_passed_cases, l)}}};
  t.verdict_header = say(Say::verdict, l);
  for (const auto& [id, shown] : by_requirement(cases)) {
    std::string names;
    for (const std::string& name : shown.scenarios) names += (names.empty() ? "" : ", ") + name;
    const bool held = shown.failed == 0;
    t.rows.push_back({{id, names, shown.passed, shown.failed},
                      held ? report::Verdict::pass : report::Verdict::miss,
                      say(held ? Say::pass_word : Say::miss_word, l)});
  }
  return t;
}

}  // namespace saggar::evidence
