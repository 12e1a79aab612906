// Resolves the ports a plugin declares against one kiln.
#pragma once

#include <saggar/plugin/abi.h>

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

/// One port with the tags it got. For outputs `mvs` runs beside `tags`.
struct ResolvedPort {
  std::string name;
  domain::Unit unit{};
  bool is_output = false;
  std::vector<domain::TagId> tags;
  std::vector<domain::MvId> mvs;  ///< outputs only
  std::vector<const char*> names;
  std::vector<double> low, high, resolution;
  std::vector<std::uint32_t> zone;  ///< 0xFFFFFFFF = none

  /// The same as the plugin sees it; points into this object.
  saggar_resolved_port view() const noexcept;
};

/// All ports, in the order of declaration. An input pattern that names no tag of the kiln names
/// virtual tags, those that `plant.estimates` has so far. Refuses: a pattern that names nothing of
/// this kiln, too few or too many matches, another unit than the tag's, an output that is no write
/// tag of the duty, an MV that two ports write. @param plant must outlive the result, which points
/// into it
domain::Result<std::vector<ResolvedPort>> resolve_ports(const saggar_plugin& table,
                                                        const domain::Plant& plant,
                                                        domain::Duty duty,
                                                        const std::string& where);

}  // namespace saggar::host
