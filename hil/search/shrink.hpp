// shrink: a failing story made as small as it still fails in the same way.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::search {

/// Says of several stories whether each still fails in the same way. An error ends the shrinking.
using StillFails =
    std::function<domain::Result<std::vector<bool>>(const std::vector<scenario::Scenario>&)>;

struct ShrinkOptions {
  std::size_t budget = 200;   ///< at most so many stories are tried
  std::size_t at_a_time = 1;  ///< asked together; changes neither what is found nor what is counted
};

struct Shrunk {
  scenario::Scenario story;
  std::size_t tried = 0;           ///< stories that were looked at, each once
  bool whole = true;               ///< false: the budget ended it, there may be a smaller one
  std::vector<std::string> steps;  ///< what was left out or made smaller, in words
};

/// Delta debugging (Zeller and Hildebrandt, IEEE TSE 28(2), 2002: ddmin) over faults, requests and
/// duties switched on; then a shorter run, smaller severities, shorter and rounder times, until
/// nothing of it can be made smaller by one step. Deterministic. `vary` is dropped: a failing case
/// has one value in each field.
/// @param failing  fails; it is not tried again
domain::Result<Shrunk> shrink(const scenario::Scenario& failing, const StillFails& still_fails,
                              const ShrinkOptions& options);

}  // namespace saggar::search
