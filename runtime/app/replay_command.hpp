// `saggar replay`: runs the controllers again on recorded frames and intents and compares.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace saggar::app {

struct ReplayOptions {
  std::string journal;
  std::string site, kiln, recipe, control;  ///< files instead of the recorded texts
  std::vector<std::filesystem::path> plugin_dirs;
  bool everything = false;  ///< compare every part of the record, not commands only
  /// Allocations of the calling thread so far, see allocation_watch.hpp; nullptr: not watched.
  std::uint64_t (*allocations)() noexcept = nullptr;
};

/// Every command must come out bit for bit; else says the first cycle and tag that differ.
/// @return exit code: 0 identical, 1 could not run, 2 differs
int replay(const ReplayOptions& options);

}  // namespace saggar::app
