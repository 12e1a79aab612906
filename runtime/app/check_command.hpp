// `saggar check`: configuration files, alone and together, without starting. `saggar schema`: files
// generated from the configuration.
#pragma once

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "runtime/config/kinds.hpp"

namespace saggar::app {

struct CheckOptions {
  std::vector<std::filesystem::path> files;
  std::vector<std::filesystem::path> plugin_dirs;  ///< looked through before those of the site
  /// What is wrong between files of kinds that this folder does not know; may be empty.
  std::function<void(const config::FilesByKind&, config::Complaints&)> between;
};

/// Checks each file by its kind, and what is said of them together (`config::check_files`,
/// `between`). With one site, one kiln, one recipe and one control file among them it also makes
/// the controllers as `saggar run` would, in a child process, and says what `run` would say; no
/// socket and no journal is opened. Thread: main, before any other: it forks.
/// @return exit code: 0 all right, 1 not
int check(const CheckOptions& options, const config::Kinds& kinds, std::ostream& out);

/// Writes the JSON schemas of all kinds into `dir`. @return exit code
int write_schema(const std::string& dir, const config::Kinds& kinds);

}  // namespace saggar::app
