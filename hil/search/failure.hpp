// Failure: whether a run failed, and in which way, for comparing.
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"
#include "hil/suite/result.hpp"

namespace saggar::search {

/// The check that a fault happened at all: if it does not hold, the run shows nothing.
bool is_of_fault(const suite::Check& check);

/// Something was shown that must not be: a check that does not hold, or a crash. Faults that the
/// bench could not realise are the search's own fault and do not count.
bool broken(const suite::CaseResult& result);

/// The way in which a run failed.
struct Failure {
  std::string outcome;
  std::string problem;              ///< of crashes and refusals, without what names the run
  std::vector<std::string> checks;  ///< what did not hold, in order of the bytes; figures without
                                    ///< anything to judge are another failure than wrong ones

  friend bool operator==(const Failure&, const Failure&) = default;
  /// In words, one line each.
  std::vector<std::string> lines() const;
};
Failure failure_of(const suite::CaseResult& result);

/// The story without the expectations and bounds that held: nothing of the run changes.
/// @param result  of this story
scenario::Scenario only_what_fails(const scenario::Scenario& story,
                                   const suite::CaseResult& result);

}  // namespace saggar::search
