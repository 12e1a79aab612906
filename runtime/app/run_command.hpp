// `saggar run`: the runtime as a process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "runtime/domain/result.hpp"

namespace saggar::app {

struct ConfigFiles {
  std::filesystem::path site, kiln, recipe, control;
};

struct RunOptions {
  ConfigFiles files;
  std::vector<std::string> switch_on;  ///< duties to switch on with the first cycle
  std::vector<std::filesystem::path> plugin_dirs;
  std::string journal;  ///< overrides the site's path; "none" = no journal
  std::string summary;  ///< JSON file with the figures of the run, or empty
  bool force = false;   ///< `summary` may replace a file that is there
  double for_s = 0;     ///< of field time; 0 = until a signal
  double settle_s = 0;  ///< of field time, not judged
  double chaos_ms = 0;  ///< test: random sleeps up to this in every thread
  bool quiet = false;   ///< no log on standard error
  /// Allocations of the calling thread so far, see allocation_watch.hpp; nullptr: not watched.
  std::uint64_t (*allocations)() noexcept = nullptr;
};

/// Runs until SIGINT or SIGTERM, or for the given time; always comes up not driving (SC-49).
/// @return exit code: 0 ended as asked, 1 could not start, or not write its summary, 2 a
/// summary that cannot be written, before anything runs; the process ends with 3 when a controller
/// does not come back within two seconds after the signal: the journal is complete even then
int run(const RunOptions& options);

}  // namespace saggar::app
