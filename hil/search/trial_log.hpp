// trial_log: every run of a search as JSON, for programs.
#pragma once

#include <string>

#include "hil/search/falsify.hpp"

namespace saggar::search {

/// One object and a line end per trial, in the order in which they were asked for; the fields are
/// those of docs/qa/falsify.md. Equal searches give equal bytes.
/// @param from  the scenario that was searched: its faults say what a severity is measured in
std::string trial_log(const FalsifyFile& file, const scenario::Scenario& from,
                      const Findings& findings);

/// "s" of "event[0].time_s", the unit of the catalogue for a severity; empty for words, counts and
/// seeds.
std::string unit_of(const Range& range, const scenario::Scenario& from);

}  // namespace saggar::search
