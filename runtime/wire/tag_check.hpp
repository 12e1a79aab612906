// Compares the field's tag table with the Plant, and translates between the two orders. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::wire {

/// Between the field's tag order and the Plant's.
struct TagMap {
  std::vector<domain::TagId> plant_tag;    ///< per field tag: TagId of the Plant, or kNoTag
  std::vector<domain::MvId> plant_mv;      ///< per field tag: MvId of the Plant, or kNoMv
  std::vector<domain::TagId> field_of_mv;  ///< per MV of the Plant: index of its tag at the field
};

/// Every tag of the Plant must be at the field with the same unit, range and access (write tags
/// also resolution), and the kiln must have the same name. The field may offer more tags to read,
/// which are ignored, but no more to write.
/// @return the translation, or all differences, one a line: the name, and what each side says
domain::Result<TagMap> map_tags(const domain::Plant& plant, std::string_view field_kiln,
                                const domain::TagTable& field_tags);

}  // namespace saggar::wire
