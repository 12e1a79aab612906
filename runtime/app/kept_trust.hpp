// kept_trust: with how much trust a run begins where the journal knows how the last one ended.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "runtime/assembly/assembly.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::app {

/// The plugin of this controller and what it was given are the same in both runs; a folder it moved
/// to does not make it another.
bool same_controller(const std::map<std::string, std::string>& then,
                     const std::map<std::string, std::string>& now, const std::string& name);
/// Kiln and recipe are the same in both runs.
bool same_plant(const std::map<std::string, std::string>& then,
                const std::map<std::string, std::string>& now);

/// Gives each governed controller and group the level it had in the last record of the journal:
/// all of it if plugin, model, kiln and recipe are the same; at most `advise` if the kiln or the
/// recipe is another (LC-23); what the control file says if the plugin or its model is (SC-81), or
/// the group is new. A journal that is not there, or cannot be read, changes nothing.
/// @param assembly  before its first cycle
/// @return one line per group whose level is not that of the control file
std::vector<std::string> keep_trust(const std::string& journal, assembly::Assembly& assembly);

}  // namespace saggar::app
