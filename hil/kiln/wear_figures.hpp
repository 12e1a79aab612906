// Figures of how saggars wear, and of the loop on which they come back.
#pragma once

#include <cstdint>

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// The works' saggars: their loop, their life, the layer that grows into their walls.
struct WearFigures {
  std::uint32_t spare_columns = 0;
  config::Figure life_firings;
  config::Figure retire_firings;
  config::Figure cracked_per_1000;
  config::Figure old_cracked_per_1000;
  config::Figure layer_um;
  config::Figure layer_firings;
  config::Figure layer_power;
  config::Figure layer_um_m2_per_mol;

  template <class V>
  void visit(V& v) {
    v("spare_columns", spare_columns,
      {.doc = "Columns of saggars that wait outside to be emptied, cleaned and filled again",
       .low = 1,
       .high = 10000,
       .required = true});
    v("life_firings", life_firings,
      {.doc = "Firings after which cracks become usual", .low = 1, .high = 1000, .required = true});
    v("retire_firings", retire_firings,
      {.doc = "Firings after which the works takes a saggar out",
       .low = 1,
       .high = 1000,
       .required = true});
    v("cracked_per_1000", cracked_per_1000,
      {.doc = "Saggars that a firing cracks, of 1000 within their life",
       .low = 0,
       .high = 1000,
       .required = true});
    v("old_cracked_per_1000", old_cracked_per_1000,
      {.doc = "The same beyond their life", .low = 0, .high = 1000, .required = true});
    v("layer_um", layer_um,
      {.doc = "Reaction layer after `layer_firings`: what the first stock has in proportion",
       .low = 0,
       .high = 5000,
       .required = true});
    v("layer_firings", layer_firings,
      {.doc = "Firings over which the rate of lithium into the wall (R6) is a mean",
       .low = 1,
       .high = 1000,
       .required = true});
    v("layer_power", layer_power,
      {.doc = "The layer grows as firings to this power: 1 each firing alike, 0.5 by diffusion",
       .low = 0.3,
       .high = 1,
       .required = true});
    v("layer_um_m2_per_mol", layer_um_m2_per_mol,
      {.doc = "Thickness of the layer per mol of lithium per m2 of wall",
       .low = 1,
       .high = 1000,
       .required = true});
  }
};

}  // namespace saggar::kiln
