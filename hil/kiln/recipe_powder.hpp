// check_recipe_powder: a recipe is for one material, a plant has one in its saggars.
#pragma once

#include "runtime/config/complaint.hpp"
#include "runtime/config/kinds.hpp"

namespace saggar::kiln {

/// Complains about each recipe whose material is not that of a plant of the same kiln among
/// `files`. Case and what is no letter or digit do not count, and a plant may say more than the
/// recipe: "NCM622" goes with "ncm622" and "ncm622-carbonate". Reads the files again; those that do
/// not load are passed over.
void check_recipe_powder(const config::FilesByKind& files, config::Complaints& complaints);

}  // namespace saggar::kiln
