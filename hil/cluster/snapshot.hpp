// snapshot: copies of the files that a campaign needs, at places that depend on nothing but the
// folder it was planned in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/cluster/manifest.hpp"

namespace saggar::cluster {

/// Where a file is copied to: its path from the folder `from` if it is below it, else its whole
/// path below `outside/`. What stands beside each other still does, so files find what they name.
/// @param from  absolute
std::string place_of(const std::filesystem::path& file, const std::filesystem::path& from);

/// Copies a file to `into / place_of(file)`. Errors: the disk, and a file that is not what its
/// digest says: it was changed meanwhile.
domain::Result<FileCopy> copy(const std::filesystem::path& file, const std::filesystem::path& from,
                              const std::filesystem::path& into, const std::string& sha256);

/// What is not as it was copied: "configs/control/pid.toml was changed", "... is gone". Reads all.
std::vector<std::string> differences(const std::vector<FileCopy>& files,
                                     const std::filesystem::path& into);

/// What another build differs in: "plugin saggar-pid-trim.so is another one", "... is not there".
std::vector<std::string> differences(const std::vector<campaign::BuildPart>& planned,
                                     const std::vector<campaign::BuildPart>& here);

}  // namespace saggar::cluster
