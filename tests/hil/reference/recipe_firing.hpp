// What one saggar sees on its way through a kiln that keeps its recipe: the setpoints, zone by
// zone, as straight lines between the middles of the zones, at the speed of the recipe.
#pragma once

#include <string>

#include "hil/kiln/single_saggar.hpp"
#include "runtime/config/kiln_config.hpp"
#include "runtime/config/recipe_config.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::reference {

struct RecipeFiring {
  kiln::BedFigures figures;
  kiln::Charge charge;
  kiln::Profile profile;
  kiln::MuffleFigures muffle;
  double hours = 0;
};

/// @param kiln  p1 or p2; @param recipe  file of configs/recipes
inline RecipeFiring recipe_firing(const std::string& kiln, const std::string& recipe,
                                  kiln::Breath gas) {
  const auto plant = kiln::plant_or_throw("kiln/" + kiln + ".plant.toml");
  const auto config = kiln::load_or_throw<config::KilnConfig>("kiln/" + kiln + ".toml");
  const auto set = kiln::load_or_throw<config::RecipeConfig>("recipes/" + recipe + ".toml");
  RecipeFiring out;
  out.figures = kiln::BedFigures::from(plant, 1);
  out.charge = {plant.lots.mass_kg.value, plant.lots.moisture_percent.value / 100.0,
                plant.lots.li_per_m.value, 298.15};
  const double m_per_h = 3.6 * config::at(set.transport.speed_mm_per_s, 0);
  const double zone_h = config.chamber.zone_length_m.value / m_per_h;
  out.profile.points.push_back({0, 25});
  for (std::size_t k = 0; k < config.chamber.zones; ++k) {
    const double middle = static_cast<double>(k) + 0.5;
    out.profile.points.push_back({middle * zone_h, config::at(set.heat.setpoint_degC, k)});
  }
  out.hours = zone_h * config.chamber.zones;
  out.muffle.gas = gas;
  return out;
}

/// Kiln P2 with NCM811 under oxygen, little diluted; kiln P1 with NCM622 in air.
inline RecipeFiring p2_firing() { return recipe_firing("p2", "ncm811-p2", {0.02, 0.93, 0.0}); }
inline RecipeFiring p1_firing() { return recipe_firing("p1", "ncm622-p1", {0.02, 0.205, 0.0004}); }

}  // namespace saggar::reference
