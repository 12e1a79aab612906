// falsify: looks for the scenario in which a ladder does worst.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hil/scenario/falsify_file.hpp"
#include "hil/search/failure.hpp"
#include "hil/search/objective.hpp"
#include "hil/search/rig.hpp"
#include "hil/search/searcher.hpp"

namespace saggar::search {

/// One run of a search.
struct Trial {
  std::size_t run = 0, restart = 0;  ///< counted from 1 and 0
  std::size_t generation = 0;        ///< of points that were asked for together, from 1
  std::string id;                    ///< of its case
  Point place;
  double worth = 0;
  bool broken = false;
  std::string outcome;
};

struct Findings {
  std::vector<Trial> trials;     ///< in the order in which they were asked for
  std::size_t worst = 0;         ///< least worth among the trials that broke, else among all
  scenario::Scenario story;      ///< of the worst
  suite::CaseResult result;      ///< of it
  std::size_t first_broken = 0;  ///< number of the first run that broke something; 0: none did
};

/// What the file says: CMA-ES with restarts, or for comparison random places.
std::unique_ptr<Searcher> searcher_of(const FalsifyFile& file, bool random);

/// Searches until the budget is spent or, if the file says so, something broke. Points of one
/// generation are run together; which are counted does not depend on how many run at a time.
/// @param told  after each trial; may be empty
/// Errors: of the runs.
domain::Result<Findings> falsify(const FalsifyFile& file, const scenario::Scenario& from,
                                 Searcher& searcher, const RunStories& run,
                                 const std::function<void(const Trial&)>& told);

/// All trials as CSV: run, restart, worth, broken, outcome and the value of each range.
std::string csv(const FalsifyFile& file, const Findings& findings);

/// What stands over the scenario that was found, line by line, without marks of a comment.
std::vector<std::string> account(const FalsifyFile& file, const Findings& findings);

}  // namespace saggar::search
