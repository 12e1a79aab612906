// SameWay: whether stories still fail as one did, by running them.
#pragma once

#include "hil/search/failure.hpp"
#include "hil/search/rig.hpp"

namespace saggar::search {

/// Thread: one.
class SameWay {
 public:
  /// @param failing  story as `only_what_fails` leaves it
  /// @param how      it failed
  SameWay(RunStories run, scenario::Scenario failing, Failure how)
      : run_(std::move(run)), failing_(std::move(failing)), how_(std::move(how)) {}

  /// For `shrink`. A story counts only if it is its faults that make it fail, where that was so of
  /// the first one: a run that is too short to show anything would fail without them as well.
  domain::Result<std::vector<bool>> operator()(const std::vector<scenario::Scenario>& stories);

 private:
  domain::Result<std::vector<bool>> fail(const std::vector<scenario::Scenario>& stories);

  RunStories run_;
  scenario::Scenario failing_;
  Failure how_;
  bool asked_ = false, by_its_faults_ = false;
};

}  // namespace saggar::search
