// Rig: what a search runs its stories on: ordinary cases in processes of their own, none of them
// twice.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "hil/campaign/run.hpp"

namespace saggar::search {

/// Runs stories and gives their results in the same order. An error ends the search: a file that is
/// wrong, or somebody stopped it.
using RunStories = std::function<domain::Result<std::vector<suite::CaseResult>>(
    const std::vector<scenario::Scenario>&)>;

/// The id of a story's case: the name it is given and a digest of all that it says, so that equal
/// stories are one case.
std::string story_id(const scenario::Scenario& story);

/// Runs them here. Results are kept in the folder of the store: a search that goes on from where it
/// was stopped finds what it ran before. This process must have one thread only.
class Rig {
 public:
  Rig(scenario::Place place, campaign::Build build, campaign::Store store,
      campaign::RunOptions options)
      : place_(std::move(place)),
        build_(std::move(build)),
        store_(std::move(store)),
        options_(std::move(options)) {}

  domain::Result<std::vector<suite::CaseResult>> run(
      const std::vector<scenario::Scenario>& stories);
  /// Runs that were really made.
  std::size_t made() const noexcept { return made_; }
  /// Wall time after which a run counts as hanging.
  double limit_s = 600;

 private:
  scenario::Place place_;
  campaign::Build build_;
  campaign::Store store_;
  campaign::RunOptions options_;
  std::size_t made_ = 0;
};

}  // namespace saggar::search
