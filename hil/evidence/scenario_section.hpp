// One scenario on the page: who drove, when alarms came, and its traces within their tubes.
#pragma once

#include <string>
#include <vector>

#include "hil/evidence/judge.hpp"
#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"

namespace saggar::evidence {

/// Charts of traces per scenario, at most.
inline constexpr std::size_t kMostCharts = 3;

/// Of all its cases one is drawn: the first that did not pass, else the one whose trace strays
/// farthest, else the first of the arm under test.
const suite::CaseResult& shown(const Answer& answer,
                               const std::vector<const suite::CaseResult*>& cases);

/// @param cases  of this scenario, by id, at least one
report::Section scenario_section(const Question& question, const Answer& answer,
                                 const std::string& name,
                                 const std::vector<const suite::CaseResult*>& cases, Language l);

/// Rows: the ladder of each duty that ever moved or drove, and the alarms.
report::Ribbon ladder(const suite::CaseResult& result, Language l);

}  // namespace saggar::evidence
