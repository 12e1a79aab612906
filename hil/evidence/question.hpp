// The question that a suite file asks of its campaign.
#pragma once

#include "hil/evidence/judge.hpp"
#include "hil/scenario/suite_file.hpp"

namespace saggar::evidence {

/// Arms in the order of the file; its margins, with `baseline` as the previous release; its
/// funnels as tubes. Date, build, `previous` and `wanted` are for the caller to fill in.
Question question_of(const scenario::SuiteFile& file);

}  // namespace saggar::evidence
