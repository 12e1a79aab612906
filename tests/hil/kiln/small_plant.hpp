// A kiln of five zones for tests: P2's figures on a tenth of its length, near operation in a blink.
#pragma once

#include <memory>
#include <stdexcept>
#include <vector>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"

namespace saggar::kiln {

template <class T>
T load_or_throw(const std::string& path) {
  auto loaded = config::load<T>(std::string(SAGGAR_SOURCE_DIR) + "/configs/" + path);
  if (!loaded.ok()) throw std::runtime_error(loaded.error().text());
  return loaded.value();
}

/// A shipped plant with its material.
inline PlantParams plant_or_throw(const std::string& path) {
  auto loaded = load_plant(std::string(SAGGAR_SOURCE_DIR) + "/configs/" + path);
  if (!loaded.ok()) throw std::runtime_error(loaded.error().text());
  return loaded.value();
}

inline PlantParams small_params() {
  auto p = plant_or_throw("kiln/p2.plant.toml");
  p.kiln = "small";
  p.gas.port_zones.clear();
  p.gas.exhaust_mol_per_s_rootPa.value = {0.27};
  p.gas.leak_mol_per_s_rootPa.value = 0.03;
  p.gas.neighbour_mol_per_s.value = 0.02;
  p.gas.chamber_Pa_s2_per_mol2.value = 1.0;
  p.gas.pressure_zone = 1;
  p.faults.door_mol_per_s_rootPa.value = 0.2;
  p.faults.door_exchange_mol_per_s.value = 0.15;
  p.chamber.cooling_length_m.value = 1.0;
  p.numerics.settle_s.value = 600;
  return p;
}

inline config::KilnConfig small_config() {
  auto c = load_or_throw<config::KilnConfig>("kiln/p2.toml");
  c.name = "small";
  c.chamber.zones = 5;
  c.chamber.soak_zones = {4, 5};
  c.chamber.saggar_rows = 2;
  c.heat.trip_degC.value = {928, 928, 540, 928, 928};
  c.transport.groups = 2;
  c.atmosphere.inlet_zones = {4, 5};
  c.atmosphere.gas_point_zones = {2, 5};
  c.exhaust.damper_zones = {1};
  return c;
}

/// One value per write tag: ten setpoints, two speeds, two flows, one damper.
inline std::vector<double> small_recipe() {
  return {200, 200, 350, 350, 500, 500, 600, 600, 650, 650, 0.3, 0.3, 30, 30, 50};
}

inline std::unique_ptr<Kiln> small_kiln(std::uint64_t seed = 1) {
  auto made = Kiln::make(small_config(), small_params(), small_recipe(), seed);
  if (!made.ok()) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// Value of a tag now.
inline domain::Sample sample(const Kiln& kiln, const std::string& tag) {
  domain::Frame frame(kiln.tags().size());
  kiln.read(frame);
  return frame.samples.at(kiln.tags().find(tag).value());
}

}  // namespace saggar::kiln
