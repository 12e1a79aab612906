// The answer to a campaign for machines, as one JSON object.
#pragma once

#include <string>

#include "hil/evidence/judge.hpp"

namespace saggar::evidence {

/// {"campaign", "date", "build", "ours", "passed", "sentence", "cases": {...}, "checks": {...},
/// "digest", "figures": [{"name", "unit", "better", "ours", "against": [{"arm", "pairs", ...}]}],
/// "strayed": [...], "coverage": {...}, "baseline": {...}}. Numbers in full, null for none. Equal
/// answers give equal bytes; wall-clock time is not in it.
std::string summary_json(const Question& question, const Answer& answer);

}  // namespace saggar::evidence
