// worth: what a run is worth to a search; smaller is worse for the ladder.
#pragma once

#include "hil/scenario/falsify_file.hpp"
#include "hil/suite/result.hpp"

namespace saggar::search {

using scenario::Aim;
using scenario::FalsifyFile;
using scenario::Objective;
using scenario::Range;

/// Worth of a run that ended in a crash: below all margins.
inline constexpr double kCrashed = -1000;
/// Worth of a run that shows nothing: a fault that was not realised, no such figure, a refusal.
inline constexpr double kNothing = 1000;

/// `margin`: the least over the bounds of (limit - value) / max(1, |limit|), turned so that it is
/// negative once the bound is broken, so that there is a slope before anything breaks. An
/// expectation that is not met counts as -1, and so does a bound with nothing to judge. `most` and
/// `least`: the figure, or its negative.
double worth(const Objective& objective, const scenario::Scenario& story,
             const suite::CaseResult& result);

}  // namespace saggar::search
