// figures: what of a plant and its material a fit can adjust, by dotted key such as
// "powder.porosity" or "bed.conductivity_factor".
#pragma once

#include <string>
#include <vector>

#include "hil/kiln/parameters.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::fit {

/// A figure of the material, or of the saggar and bed of the plant. Not among them: what no
/// firing of powder depends on, such as the laboratory maps, and anchors, which are chosen.
struct Known {
  std::string key, doc;
  bool of_plant = false;  ///< it stands in the plant file, else in that of the material
  config::Figure figure;
  double low = 0, high = 0;  ///< what its file may hold
};

/// In the order of the files, material first.
std::vector<Known> known_figures(const kiln::PlantParams& plant);

/// Error: no such figure, with the nearest there is.
domain::Result<Known> known_figure(const kiln::PlantParams& plant, const std::string& key);

/// The figure itself, of the material or else of the plant, known to a fit or not; null when there
/// is none. Owned by the plant.
config::Figure* find_figure(kiln::PlantParams& plant, const std::string& key);
config::Figure* find_figure(kiln::MaterialFigures& material, const std::string& key);

/// What the key says: "W/mK" for `solid_W_per_mK`, "1/s" for `factor_per_s`; empty for none.
std::string unit_of(const std::string& key);

}  // namespace saggar::fit
