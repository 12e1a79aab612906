// keep: a story as a scenario file that a person would have written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/scenario/files.hpp"

namespace saggar::search {

/// The story as TOML, without fields that say what is so anyway. Reading it gives the same story.
/// @param lines  what stands over it as a comment
std::string brief_text(const scenario::Scenario& story, const std::vector<std::string>& lines);

/// The story with its paths as seen from another folder; bare names stay.
/// @param place  where they are seen from now
scenario::Scenario moved(const scenario::Scenario& story, const scenario::Place& place,
                         const std::filesystem::path& folder);

}  // namespace saggar::search
