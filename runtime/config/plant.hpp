// From configuration to the runtime's view: tags by rule, Plant, recipe values.
#pragma once

#include <vector>

#include "runtime/config/kiln_config.hpp"
#include "runtime/config/recipe_config.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::config {

/// All tags of a kiln in their order: read tags group by group (within a group zone by zone, top
/// then bottom), extra tags, write tags. Runtime and simulator both call this; the table is the
/// contract of the field link. Empty if the kiln is not valid (see make_plant for why).
domain::TagTable tags_of(const KilnConfig& kiln);

/// Plant of a kiln; limits in percent refer to the nominal values of the kiln. MVs in the order of
/// the write tags. Error: too many tags or MVs, or a field `KilnConfig::check` would refuse.
domain::Result<domain::Plant> make_plant(const KilnConfig& kiln);

/// As above with limits in percent of the recipe's own values. Error: also if the recipe does not
/// fit the kiln.
domain::Result<domain::Plant> make_plant(const KilnConfig& kiln, const RecipeConfig& recipe);

/// Recipe value per MV of the plant, in the MV's unit. Error: counts that do not fit the kiln, a
/// value outside the MV's limits or above its trip minus margin (SC-38).
domain::Result<std::vector<double>> recipe_values(const RecipeConfig& recipe,
                                                  const domain::Plant& plant);

}  // namespace saggar::config
