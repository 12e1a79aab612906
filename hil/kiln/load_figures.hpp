// Figures of what goes through the kiln: saggar, bed, drying, lots.
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

/// The powder bed.
struct Bed {
  std::uint32_t nodes = 0;
  config::Figure bulk_kg_per_m3;
  config::Figure porosity;
  config::Figure solid_W_per_mK;
  config::Figure shape;
  config::Figure gas_300K_W_per_mK;
  config::Figure gas_exponent;
  config::Figure conductivity_factor;
  config::Figure emissivity;
  config::Figure cp_300K_J_per_kgK;
  config::Figure cp_slope_J_per_kgK2;

  template <class V>
  void visit(V& v) {
    v("nodes", nodes, {.doc = "Nodes over the depth", .low = 4, .high = 32, .required = true});
    v("bulk_kg_per_m3", bulk_kg_per_m3,
      {.doc = "Bulk density", .low = 200, .high = 4000, .required = true});
    v("porosity", porosity, {.doc = "Porosity", .low = 0.2, .high = 0.95, .required = true});
    v("solid_W_per_mK", solid_W_per_mK,
      {.doc = "Conductivity of the grains", .low = 0.3, .high = 100, .required = true});
    v("shape", shape,
      {.doc = "C of the Zehner-Bauer-Schluender deformation, 1.25 spheres",
       .low = 1,
       .high = 2.5,
       .required = true});
    v("gas_300K_W_per_mK", gas_300K_W_per_mK,
      {.doc = "Conductivity of the gas at 300 K", .low = 0.005, .high = 0.2, .required = true});
    v("gas_exponent", gas_exponent,
      {.doc = "Its power of the temperature", .low = 0.4, .high = 1.3, .required = true});
    v("conductivity_factor", conductivity_factor,
      {.doc = "Correction of the effective conductivity", .low = 0.3, .high = 5, .required = true});
    v("emissivity", emissivity,
      {.doc = "Of the powder surface, effective towards the chamber",
       .low = 0.1,
       .high = 1,
       .required = true});
    v("cp_300K_J_per_kgK", cp_300K_J_per_kgK,
      {.doc = "Heat capacity at 300 K", .low = 300, .high = 2000, .required = true});
    v("cp_slope_J_per_kgK2", cp_slope_J_per_kgK2,
      {.doc = "Rise of the heat capacity", .low = 0, .high = 2, .required = true});
  }
};

/// Drying of the mix.
struct DryingFigures {
  config::Figure hydrate_factor_per_s;
  config::Figure hydrate_energy_J_per_mol;
  config::Figure hydrate_equilibrium_J_per_mol;
  config::Figure hydrate_equilibrium_J_per_molK;
  config::Figure hydrate_heat_J_per_mol;
  config::Figure hydroxide_factor_per_s;
  config::Figure hydroxide_energy_J_per_mol;
  config::Figure hydroxide_retarding_Pa;
  config::Figure hydroxide_retarding_power;
  config::Figure hydroxide_heat_J_per_mol;
  config::Figure moisture_rate_per_s;
  config::Figure moisture_saturation_J_per_mol;
  config::Figure moisture_saturation_J_per_molK;
  config::Figure moisture_heat_J_per_mol;
  config::Figure hydroxide_kg_per_mol;
  config::Figure hydrate_kg_per_mol;
  config::Figure head_space_m3;
  config::Figure head_exchange_per_min;

  template <class V>
  void visit(V& v) {
    v("hydrate_factor_per_s", hydrate_factor_per_s,
      {.doc = "R1: A", .low = 1, .high = 1e30, .required = true});
    v("hydrate_energy_J_per_mol", hydrate_energy_J_per_mol,
      {.doc = "R1: E", .low = 1000, .high = 1e6, .required = true});
    v("hydrate_equilibrium_J_per_mol", hydrate_equilibrium_J_per_mol,
      {.doc = "R1: enthalpy of the vapour pressure", .low = 1000, .high = 1e6, .required = true});
    v("hydrate_equilibrium_J_per_molK", hydrate_equilibrium_J_per_molK,
      {.doc = "R1: entropy of the vapour pressure", .low = 1, .high = 1000, .required = true});
    v("hydrate_heat_J_per_mol", hydrate_heat_J_per_mol,
      {.doc = "R1: heat taken up, H2O as gas", .low = 0, .high = 1e6, .required = true});
    v("hydroxide_factor_per_s", hydroxide_factor_per_s,
      {.doc = "R2: A", .low = 1, .high = 1e30, .required = true});
    v("hydroxide_energy_J_per_mol", hydroxide_energy_J_per_mol,
      {.doc = "R2: E", .low = 1000, .high = 1e6, .required = true});
    v("hydroxide_retarding_Pa", hydroxide_retarding_Pa,
      {.doc = "R2: steam pressure that halves the rate", .low = 1, .high = 1e7, .required = true});
    v("hydroxide_retarding_power", hydroxide_retarding_power,
      {.doc = "R2: power of the retardation", .low = 0, .high = 2, .required = true});
    v("hydroxide_heat_J_per_mol", hydroxide_heat_J_per_mol,
      {.doc = "R2: heat taken up, H2O as gas", .low = 0, .high = 1e6, .required = true});
    v("moisture_rate_per_s", moisture_rate_per_s,
      {.doc = "Free moisture: rate", .low = 1e-6, .high = 1, .required = true});
    v("moisture_saturation_J_per_mol", moisture_saturation_J_per_mol,
      {.doc = "Free moisture: enthalpy of the vapour pressure",
       .low = 1000,
       .high = 1e6,
       .required = true});
    v("moisture_saturation_J_per_molK", moisture_saturation_J_per_molK,
      {.doc = "Free moisture: entropy of the vapour pressure",
       .low = 1,
       .high = 1000,
       .required = true});
    v("moisture_heat_J_per_mol", moisture_heat_J_per_mol,
      {.doc = "Free moisture: heat taken up", .low = 0, .high = 1e6, .required = true});
    v("hydroxide_kg_per_mol", hydroxide_kg_per_mol,
      {.doc = "Molar mass of M(OH)2", .low = 0.05, .high = 0.2, .required = true});
    v("hydrate_kg_per_mol", hydrate_kg_per_mol,
      {.doc = "Molar mass of LiOH.H2O", .low = 0.03, .high = 0.1, .required = true});
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
