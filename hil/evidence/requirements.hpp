// Requirements: which case shows which requirement (HI-49).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"
#include "hil/suite/result.hpp"

namespace saggar::evidence {

/// Cases that carry one requirement.
struct Shown {
  std::vector<std::string> scenarios;  ///< in order, each once
  std::size_t passed = 0, failed = 0;  ///< failed: whatever else than passed
};

/// By id. Cases that only run to be compared with show nothing.
std::map<std::string, Shown> by_requirement(const std::vector<const suite::CaseResult*>& cases);

/// The matrix: a row per requirement, and how its cases came out.
report::Table requirement_table(const std::vector<const suite::CaseResult*>& cases, Language l);

}  // namespace saggar::evidence
