// expand: a suite as the cases that are run, each a scenario with one value in every field.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/scenario/files.hpp"

namespace saggar::scenario {

/// One run. Its id is `scenario[/key=value...]/arm/seedN`; cases of one group differ in the seed
/// only, and cases of the same scenario, variant and seed are paired across arms.
struct Case {
  std::string id, scenario, variant, arm, group;
  std::uint64_t seed = 1;
  Scenario story;  ///< with one seed, nothing to vary, no name with @
  BenchFiles files;
  bool compared = false;  ///< runs only for its key figures: what it is to show is not asked of it
};

/// Combinations in the order of the file, the last key fastest; arms after each; seeds innermost.
/// The arm of the scenario's own control file is called by its name. Errors name the file and
/// field.
domain::Result<std::vector<Case>> expand(const LoadedSuite& suite);
/// The same for one scenario, without arms.
domain::Result<std::vector<Case>> expand(const LoadedScenario& scenario);

}  // namespace saggar::scenario
