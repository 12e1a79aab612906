// The rule that names tags; everything is counted from 0 here and from 1 in the names.
#pragma once

#include <string>

#include "runtime/config/kiln_config.hpp"
#include "runtime/config/plant.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::config {

std::string loop_name(std::size_t zone, std::size_t loop);  ///< zone07.top
std::string group_name(std::size_t group);                  ///< transport.group1
std::string inlet_name(std::size_t inlet);                  ///< o2.inlet03
std::string damper_name(std::size_t damper);                ///< exhaust.damper1

/// As `tags_of`, or which tag was refused and why.
domain::Result<domain::TagTable> tag_table(const KilnConfig& kiln);

}  // namespace saggar::config
