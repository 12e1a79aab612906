// Figures of what goes through the kiln: saggar, bed, lots.
#pragma once

#include <cstdint>

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// The ceramic box.
struct Saggar {
  config::Figure length_m;
  config::Figure inner_area_m2;
  config::Figure side_area_m2;
  config::Figure mass_kg;
  config::Figure base_share;
  config::Figure base_thickness_m;
  config::Figure conductivity_W_per_mK;
  config::Figure cp_300K_J_per_kgK;
  config::Figure cp_slope_J_per_kgK2;
  config::Figure emissivity;
  config::Figure layer_view;

  template <class V>
  void visit(V& v) {
    v("length_m", length_m,
      {.doc = "Outer length along the kiln", .low = 0.05, .high = 1, .required = true});
    v("inner_area_m2", inner_area_m2,
      {.doc = "Area of powder surface and base inside", .low = 0.005, .high = 1, .required = true});
    v("side_area_m2", side_area_m2,
      {.doc = "Outer area of the side walls that sees the chamber",
       .low = 0.001,
       .high = 1,
       .required = true});
    v("mass_kg", mass_kg,
      {.doc = "Mass of one empty saggar", .low = 0.1, .high = 50, .required = true});
    v("base_share", base_share,
      {.doc = "Share of the mass that is base; the rest is side walls",
       .low = 0.1,
       .high = 0.9,
       .required = true});
    v("base_thickness_m", base_thickness_m,
      {.doc = "Thickness of the base", .low = 0.002, .high = 0.1, .required = true});
    v("conductivity_W_per_mK", conductivity_W_per_mK,
      {.doc = "Conductivity of the ceramic", .low = 0.1, .high = 50, .required = true});
    v("cp_300K_J_per_kgK", cp_300K_J_per_kgK,
      {.doc = "Heat capacity at 300 K", .low = 300, .high = 2000, .required = true});
    v("cp_slope_J_per_kgK2", cp_slope_J_per_kgK2,
      {.doc = "Rise of the heat capacity", .low = 0, .high = 2, .required = true});
    v("emissivity", emissivity,
      {.doc = "Of the ceramic, effective towards the chamber",
       .low = 0.1,
       .high = 1,
       .required = true});
    v("layer_view", layer_view,
      {.doc = "Share of the view between a base and the powder below it; the rest sees the chamber",
       .low = 0,
       .high = 1,
       .required = true});
  }
};

/// The bed in its saggar; what the powder itself is stands in the material file.
struct Bed {
  std::uint32_t nodes = 0;
  config::Figure gas_300K_W_per_mK;
  config::Figure gas_exponent;
  config::Figure conductivity_factor;
  config::Figure head_space_m3;
  config::Figure head_exchange_per_min;

  template <class V>
  void visit(V& v) {
    v("nodes", nodes, {.doc = "Nodes over the depth", .low = 4, .high = 32, .required = true});
    v("gas_300K_W_per_mK", gas_300K_W_per_mK,
      {.doc = "Conductivity of the gas at 300 K", .low = 0.005, .high = 0.2, .required = true});
    v("gas_exponent", gas_exponent,
      {.doc = "Its power of the temperature", .low = 0.4, .high = 1.3, .required = true});
    v("conductivity_factor", conductivity_factor,
      {.doc = "Correction of the effective conductivity", .low = 0.3, .high = 5, .required = true});
    v("head_space_m3", head_space_m3,
      {.doc = "Gas over the powder in one saggar", .low = 1e-5, .high = 0.1, .required = true});
    v("head_exchange_per_min", head_exchange_per_min,
      {.doc = "Head-space volumes exchanged with the chamber per minute",
       .low = 0,
       .high = 100,
       .required = true});
  }
};

/// What is fed, and how it varies.
struct LotFigures {
  config::Figure mass_kg;
  config::Figure mass_percent;
  config::Figure moisture_percent;
  config::Figure moisture_lot_percent;
  config::Figure li_per_m;
  config::Figure li_per_m_lot;
  std::uint32_t columns_per_lot = 0;

  template <class V>
  void visit(V& v) {
    v("mass_kg", mass_kg, {.doc = "Mix per saggar", .low = 0.1, .high = 50, .required = true});
    v("mass_percent", mass_percent,
      {.doc = "Standard deviation from saggar column to saggar column",
       .low = 0,
       .high = 50,
       .required = true});
    v("moisture_percent", moisture_percent,
      {.doc = "Free moisture of the mix, mean over the lots",
       .low = 0,
       .high = 20,
       .required = true});
    v("moisture_lot_percent", moisture_lot_percent,
      {.doc = "Half width of its variation from lot to lot, absolute",
       .low = 0,
       .high = 20,
       .required = true});
    v("li_per_m", li_per_m,
      {.doc = "Li/M, mean over the lots", .low = 0.8, .high = 1.3, .required = true});
    v("li_per_m_lot", li_per_m_lot,
      {.doc = "Half width of its variation from lot to lot",
       .low = 0,
       .high = 0.1,
       .required = true});
    v("columns_per_lot", columns_per_lot,
      {.doc = "Saggar columns filled from one lot", .low = 1, .high = 100000, .required = true});
  }
};

}  // namespace saggar::kiln
