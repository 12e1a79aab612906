// `saggar plugins`: what a folder of plugins holds, and whether it fits a kiln.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace saggar::app {

struct PluginsOptions {
  std::filesystem::path path;  ///< a folder, or one library
  std::filesystem::path kiln;  ///< kiln file on which the ports are tried; empty: none
};

/// Lists a folder, or prints one library in full. Thread: main, before any other: it forks.
/// @return exit code: 0 all usable, 1 nothing could be looked at, 2 one or more refused
int plugins(const PluginsOptions& options, std::ostream& out);

}  // namespace saggar::app
