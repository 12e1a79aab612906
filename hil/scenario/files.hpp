// Files: where the files are that scenarios and suites name.
#pragma once

#include <filesystem>
#include <string>

#include "hil/scenario/suite_file.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::scenario {

/// Every file of one bench.
struct BenchFiles {
  std::filesystem::path site, kiln, plant, recipe, control, mapping;  ///< mapping may be empty
};

/// A scenario or suite with the folder that its paths start from.
struct Place {
  std::filesystem::path configs = "configs";  ///< folder of bare names
  std::filesystem::path folder;               ///< of the file that names them
};

/// `<configs>/<kind>/NAME.toml` for a bare name, else a path from the folder of the file.
std::filesystem::path find_file(const Place& place, const std::string& kind,
                                const std::string& name);
/// Errors: the field whose file is not there, where it was looked for, and what there is.
domain::Result<BenchFiles> find_files(const Place& place, const Bench& bench);

/// A scenario by name or path, its names with @ resolved, and with them its files.
struct LoadedScenario {
  Scenario scenario;
  BenchFiles files;
  std::filesystem::path path;
  Place place;
};
domain::Result<LoadedScenario> load_scenario(const Place& place, const std::string& name);

/// Every scenario of a suite, unresolved, in its order.
struct LoadedSuite {
  SuiteFile suite;
  std::filesystem::path path;
  Place place;
};
/// @param name  of a file in <configs>/suites, or a path
domain::Result<LoadedSuite> load_suite(const Place& place, const std::string& name);

}  // namespace saggar::scenario
