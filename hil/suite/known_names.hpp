// all_known: whether a bench has what the expectations and bounds of a story name. A misspelled
// name is never seen, so that what must never be seen would hold whatever happens.
#pragma once

#include "hil/scenario/scenario.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::suite {

/// Rungs, MVs, intents, what event texts can name, and key figures that repeat. Cost: microseconds
/// per expectation. Error: the first field that names something else, what there is, and what may
/// have been meant. A bound on a figure of the machine is one, too, unless the case measures time:
/// what it got would be another in every run.
domain::Status all_known(const scenario::Scenario& story, const record::Names& names);

}  // namespace saggar::suite
