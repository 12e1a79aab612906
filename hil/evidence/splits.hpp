// Splits: key figures lot by lot of one case, and recipe by recipe of a campaign (HI-35, HI-41).
#pragma once

#include <vector>

#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"
#include "hil/suite/result.hpp"

namespace saggar::evidence {

/// A row per lot, from the details of a case; no rows where it has none.
report::Table lot_table(const suite::CaseResult& result, Language l);

/// A run has one recipe from its start to its end: a row per recipe over the cases under test that
/// ran. Shares and means are weighed with the hours judged, off-spec with the product, and the
/// largest error is the largest of all.
/// @param cases  of all arms
report::Table recipe_table(const std::vector<const suite::CaseResult*>& cases, Language l);

}  // namespace saggar::evidence
