// Kiln P2 as shipped, with its recipe, for tests of the whole plant.
#pragma once

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {

/// @param plant  its figures; @param seed of lots, noise and sensors
inline std::unique_ptr<Kiln> p2(const PlantParams& plant, std::uint64_t seed) {
  const auto config = load_or_throw<config::KilnConfig>("kiln/p2.toml");
  const auto recipe = load_or_throw<config::RecipeConfig>("recipes/ncm811-p2.toml");
  const auto made_plant = config::make_plant(config, recipe);
  if (!made_plant.ok()) throw std::runtime_error(made_plant.error().text());
  const auto values = config::recipe_values(recipe, made_plant.value());
  if (!values.ok()) throw std::runtime_error(values.error().text());
  auto made = Kiln::make(config, plant, values.value(), seed);
  if (!made.ok()) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

inline std::unique_ptr<Kiln> p2(std::uint64_t seed = 1) {
  return p2(plant_or_throw("kiln/p2.plant.toml"), seed);
}

}  // namespace saggar::kiln
