// Layout: where things stand along the kiln, from the configuration; zones counted from 0.
#pragma once

#include <cstddef>
#include <vector>

#include "hil/kiln/parameters.hpp"
#include "runtime/config/kiln_config.hpp"

namespace saggar::kiln {

struct Layout {
  std::size_t zones = 0;
  std::size_t loops_per_zone = 2;  ///< 1: top only
  double zone_length_m = 0;
  std::size_t rows = 1, layers = 1;
  double pitch_m = 0;
  std::vector<double> rated_W;  ///< zone-major, then loop
  std::vector<double> trip_K;   ///< per zone
  std::vector<std::size_t> inlet_zone, gas_point_zone, damper_zone;
  std::size_t groups = 1;
  bool air = false;  ///< inlets blow air, not oxygen

  std::size_t loops() const noexcept { return zones * loops_per_zone; }
  double heated_m() const noexcept { return static_cast<double>(zones) * zone_length_m; }
  double total_m(const PlantParams& p) const noexcept {
    return heated_m() + p.chamber.cooling_length_m.value;
  }
  /// Saggars that stand in a full zone.
  double saggars_per_zone() const noexcept {
    return zone_length_m / pitch_m * static_cast<double>(rows * layers);
  }
  /// Saggar columns that fit into furnace and cooling section, with a few to spare.
  std::size_t columns(const PlantParams& p) const noexcept {
    return static_cast<std::size_t>(total_m(p) / p.saggar.length_m.value) + 4;
  }

  static Layout from(const config::KilnConfig& kiln);
};

/// What the beds exchange with one zone while their surfaces stay as they are: heat to the load
/// from an environment at T is `W_per_K` * T - `W`.
struct Exchange {
  std::vector<double> W_per_K, W;
  explicit Exchange(std::size_t zones = 0) : W_per_K(zones, 0.0), W(zones, 0.0) {}
  void clear() noexcept {
    for (double& x : W_per_K) x = 0;
    for (double& x : W) x = 0;
  }
  void add(std::size_t zone, double conductance, double weighted) noexcept {
    W_per_K[zone] += conductance;
    W[zone] += weighted;
  }
};

/// The load as the chamber sees it.
struct Coupling {
  explicit Coupling(std::size_t zones = 0)
      : roof(zones),
        floor(zones),
        gas(zones),
        steam_mol_per_s(zones),
        oxygen_mol_per_s(zones),
        carbon_dioxide_mol_per_s(zones),
        released_W(zones),
        cover(zones) {}
  Exchange roof, floor, gas;
  // From the beds; oxygen is taken by them, which is negative.
  std::vector<double> steam_mol_per_s, oxygen_mol_per_s, carbon_dioxide_mol_per_s;
  double made_mol_per_s(std::size_t zone) const noexcept {
    return steam_mol_per_s[zone] + oxygen_mol_per_s[zone] + carbon_dioxide_mol_per_s[zone];
  }
  std::vector<double> released_W;  ///< enthalpy that comes with all three
  std::vector<double> cover;       ///< share of the zone's length that holds saggars
};

/// The chamber as the load sees it: per zone, in K, and mole fractions.
struct Surroundings {
  explicit Surroundings(std::size_t zones = 0)
      : roof_K(zones, 300.0),
        floor_K(zones, 300.0),
        gas_K(zones, 300.0),
        steam(zones, 0.0),
        oxygen(zones, 0.0),
        carbon_dioxide(zones, 0.0),
        lance_mol_per_s(zones, 0.0),
        lance_oxygen_mol_per_s(zones, 0.0) {}
  std::vector<double> roof_K, floor_K, gas_K, steam, oxygen, carbon_dioxide;
  /// What lances blow straight into the head-spaces of the saggars of a full zone, and its oxygen.
  std::vector<double> lance_mol_per_s, lance_oxygen_mol_per_s;
  void clear() noexcept {
    for (auto* v : {&roof_K, &floor_K, &gas_K, &steam, &oxygen, &carbon_dioxide, &lance_mol_per_s,
                    &lance_oxygen_mol_per_s}) {
      for (double& x : *v) x = 0;
    }
  }
};

}  // namespace saggar::kiln
