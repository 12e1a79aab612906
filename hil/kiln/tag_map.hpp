// TagMap: where each signal of the kiln stands in its tag table.
#pragma once

#include <array>
#include <vector>

#include "hil/kiln/laboratory.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::kiln {

/// Ids by group; loops are zone-major, then top and bottom.
struct TagMap {
  explicit TagMap(const config::KilnConfig& config);

  domain::TagTable table;
  std::vector<domain::TagId> temperature, working, output, remote, current;  ///< per loop
  std::vector<domain::TagId> o2, h2o, co2;                                   ///< per gas point
  domain::TagId pressure = domain::kNoTag, mains = domain::kNoTag, power = domain::kNoTag,
                hall_o2 = domain::kNoTag, saggar_mass = domain::kNoTag, present = domain::kNoTag;
  std::vector<domain::TagId> speed, working_speed;        ///< per drive group
  std::vector<domain::TagId> flow, working_flow;          ///< per inlet
  std::vector<domain::TagId> position, working_position;  ///< per damper
  std::array<domain::TagId, kResultCount> laboratory{};   ///< extra tags of the kiln, or kNoTag
  domain::TagId sample_age = domain::kNoTag;              ///< hours since the sample left the kiln
  std::vector<domain::TagId> writes;                      ///< in table order
  std::vector<std::string> loop_names;                    ///< zone07.top
};

}  // namespace saggar::kiln
