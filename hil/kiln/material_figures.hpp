// MaterialFigures: what is known of one cathode material, from configs/material/*.toml: properties,
// rate laws R1 to R8, quality. Every figure carries its uncertainty, source and grade.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "hil/material/bed_properties.hpp"
#include "hil/material/drying.hpp"
#include "hil/material/quality.hpp"
#include "hil/material/synthesis.hpp"
#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

enum class LithiumSource : std::uint8_t { hydroxide, carbonate };

/// Loose powder as it lies in the saggar.
struct PowderFigures {
  config::Figure bulk_kg_per_m3;
  config::Figure porosity;
  config::Figure solid_W_per_mK;
  config::Figure shape;
  config::Figure emissivity;
  config::Figure cp_300K_J_per_kgK;
  config::Figure cp_slope_J_per_kgK2;
  config::Figure pore_diffusivity_1000K_m2_per_s;
  config::Figure pore_lag_s;

  template <class V>
  void visit(V& v) {
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
    v("emissivity", emissivity,
      {.doc = "Of the powder surface, effective towards the chamber",
       .low = 0.1,
       .high = 1,
       .required = true});
    v("cp_300K_J_per_kgK", cp_300K_J_per_kgK,
      {.doc = "Heat capacity at 300 K", .low = 300, .high = 2000, .required = true});
    v("cp_slope_J_per_kgK2", cp_slope_J_per_kgK2,
      {.doc = "Rise of the heat capacity", .low = 0, .high = 2, .required = true});
    v("pore_diffusivity_1000K_m2_per_s", pore_diffusivity_1000K_m2_per_s,
      {.doc = "Effective gas diffusivity in the bed at 1000 K; rises with T^1.75",
       .low = 1e-7,
       .high = 1e9,
       .required = true});
    v("pore_lag_s", pore_lag_s,
      {.doc = "Time in which the gas in the pores follows its steady profile",
       .low = 0.1,
       .high = 1000,
       .required = true});
  }
};

/// k = A exp(-E / RT). Where a plant is drawn, E varies within its uncertainty with k held at the
/// anchor, then A within its own.
struct RateFigures {
  config::Figure factor_per_s;
  config::Figure energy_J_per_mol;
  config::Figure anchor_degC;

  material::Arrhenius law() const noexcept { return {factor_per_s.value, energy_J_per_mol.value}; }
  template <class V>
  void visit(V& v) {
    v("factor_per_s", factor_per_s,
      {.doc = "A; for growth in nm3/s", .low = 0, .high = 1e60, .required = true});
    v("energy_J_per_mol", energy_J_per_mol, {.doc = "E", .low = 0, .high = 1e6, .required = true});
    v("anchor_degC", anchor_degC,
      {.doc = "Where the rate is known best", .low = 20, .high = 1200, .required = true});
  }
};

struct MeltingFigures {
  config::Figure melts_degC;
  config::Figure band_K;
  config::Figure heat_J_per_mol;

  template <class V>
  void visit(V& v) {
    v("melts_degC", melts_degC,
      {.doc = "Middle of the melting of LiOH", .low = 100, .high = 1000, .required = true});
    v("band_K", band_K,
      {.doc = "Width over which it melts", .low = 1, .high = 100, .required = true});
    v("heat_J_per_mol", heat_J_per_mol,
      {.doc = "Heat of melting", .low = 0, .high = 1e5, .required = true});
  }
};

/// Free moisture, and R1 and R2 beside their rates.
struct WaterFigures {
  config::Figure hydrate_equilibrium_J_per_mol;
  config::Figure hydrate_equilibrium_J_per_molK;
  config::Figure hydrate_heat_J_per_mol;
  config::Figure hydroxide_retarding_Pa;
  config::Figure hydroxide_retarding_power;
  config::Figure hydroxide_heat_J_per_mol;
  config::Figure moisture_rate_per_s;
  config::Figure moisture_saturation_J_per_mol;
  config::Figure moisture_saturation_J_per_molK;
  config::Figure moisture_heat_J_per_mol;

  template <class V>
  void visit(V& v) {
    v("hydrate_equilibrium_J_per_mol", hydrate_equilibrium_J_per_mol,
      {.doc = "R1: enthalpy of the vapour pressure", .low = 1000, .high = 1e6, .required = true});
    v("hydrate_equilibrium_J_per_molK", hydrate_equilibrium_J_per_molK,
      {.doc = "R1: entropy of the vapour pressure", .low = 1, .high = 1000, .required = true});
    v("hydrate_heat_J_per_mol", hydrate_heat_J_per_mol,
      {.doc = "R1: heat taken up, H2O as gas", .low = 0, .high = 1e6, .required = true});
    v("hydroxide_retarding_Pa", hydroxide_retarding_Pa,
      {.doc = "R2: steam pressure that halves the rate", .low = 1, .high = 1e15, .required = true});
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
  }
};

/// R3 to R8 beside their rates.
struct SynthesisFigures {
  config::Figure oxygen_power;
  config::Figure heat_hydroxide_J_per_mol;
  config::Figure heat_carbonate_J_per_mol;
  config::Figure heat_oxide_J_per_mol;
  config::Figure heat_carbonation_J_per_mol;
  config::Figure mixing_at_formation;
  config::Figure mixing_offset;
  config::Figure mixing_thermal;
  config::Figure mixing_energy_J_per_mol;
  config::Figure mixing_anchor_degC;
  config::Figure growth_start_nm;
  config::Figure growth_without_melt;
  config::Figure wall_mol_per_m2s;
  config::Figure wall_energy_J_per_mol;
  config::Figure carbonation_per_Pa_s;
  config::Figure carbonation_onset_degC;
  config::Figure decomposition_per_s;
  config::Figure decomposes_in_air_degC;
  config::Figure decomposition_oxygen_gain_K;
  config::Figure decomposition_width_K;

  template <class V>
  void visit(V& v);
};

template <class V>
void SynthesisFigures::visit(V& v) {
  v("oxygen_power", oxygen_power,
    {.doc = "R3: power of the oxygen fraction", .low = 0, .high = 1, .required = true});
  v("heat_hydroxide_J_per_mol", heat_hydroxide_J_per_mol,
    {.doc = "R3: heat taken up with solid LiOH", .low = -2e5, .high = 2e5, .required = true});
  v("heat_carbonate_J_per_mol", heat_carbonate_J_per_mol,
    {.doc = "R3: the same with Li2CO3, per Li", .low = -2e5, .high = 2e5, .required = true});
  v("heat_oxide_J_per_mol", heat_oxide_J_per_mol,
    {.doc = "R3: the same with Li2O, per Li; R8 gives it back",
     .low = -2e5,
     .high = 2e5,
     .required = true});
  v("heat_carbonation_J_per_mol", heat_carbonation_J_per_mol,
    {.doc = "R7: heat taken up, per Li", .low = -2e5, .high = 2e5, .required = true});
  v("mixing_at_formation", mixing_at_formation,
    {.doc = "R4: z of what has just formed", .low = 0, .high = 0.5, .required = true});
  v("mixing_offset", mixing_offset,
    {.doc = "R4: part of zeq that nothing removes", .low = 0, .high = 0.5, .required = true});
  v("mixing_thermal", mixing_thermal,
    {.doc = "R4: thermal part of zeq at the anchor in O2",
     .low = 0,
     .high = 0.5,
     .required = true});
  v("mixing_energy_J_per_mol", mixing_energy_J_per_mol,
    {.doc = "R4: energy of the thermal part", .low = 0, .high = 1e6, .required = true});
  v("mixing_anchor_degC", mixing_anchor_degC,
    {.doc = "R4: where the thermal part is stated", .low = 20, .high = 1200, .required = true});
  v("growth_start_nm", growth_start_nm,
    {.doc = "R5: primary size at formation", .low = 1, .high = 10000, .required = true});
  v("growth_without_melt", growth_without_melt,
    {.doc = "R5: share of the rate for Li/M <= 1", .low = 0, .high = 1, .required = true});
  v("wall_mol_per_m2s", wall_mol_per_m2s,
    {.doc = "R6: factor of the loss to the saggar", .low = 0, .high = 1e12, .required = true});
  v("wall_energy_J_per_mol", wall_energy_J_per_mol,
    {.doc = "R6: its energy", .low = 0, .high = 1e6, .required = true});
  v("carbonation_per_Pa_s", carbonation_per_Pa_s,
    {.doc = "R7: rate per pressure of CO2", .low = 0, .high = 1, .required = true});
  v("carbonation_onset_degC", carbonation_onset_degC,
    {.doc = "R7: slower below: not modelled", .low = 20, .high = 1200, .required = true});
  v("decomposition_per_s", decomposition_per_s,
    {.doc = "R8: rate above its temperature", .low = 0, .high = 1, .required = true});
  v("decomposes_in_air_degC", decomposes_in_air_degC,
    {.doc = "R8: temperature at 21 % O2", .low = 200, .high = 1500, .required = true});
  v("decomposition_oxygen_gain_K", decomposition_oxygen_gain_K,
    {.doc = "R8: by which pure oxygen raises it", .low = 0, .high = 1000, .required = true});
  v("decomposition_width_K", decomposition_width_K,
    {.doc = "R8: over which it comes to its full rate", .low = 0.1, .high = 200, .required = true});
}

/// Maps from state to what a laboratory measures, and the purchase specification.
struct QualityFigures {
  config::Figure intensity_ratio;
  config::Figure intensity_slope;
  config::Figure surface_lithium;
  config::Figure capacity_mAh_per_g;
  config::Figure capacity_size_nm;
  config::Figure spec_capacity_mAh_per_g;
  config::Figure spec_mixing;
  config::Figure spec_intensity_ratio;
  config::Figure spec_hydroxide_ppm;
  config::Figure spec_carbonate_ppm;
  config::Figure spec_conversion;
  config::Figure spec_soak_degC;
  config::Figure spec_soak_spread_K;
  config::Figure spec_size_low_nm;
  config::Figure spec_size_high_nm;

  template <class V>
  void visit(V& v);
};

template <class V>
void QualityFigures::visit(V& v) {
  v("intensity_ratio", intensity_ratio,
    {.doc = "I003/I104 without mixing", .low = 0.5, .high = 3, .required = true});
  v("intensity_slope", intensity_slope,
    {.doc = "Its fall with z", .low = 0, .high = 20, .required = true});
  v("surface_lithium", surface_lithium,
    {.doc = "Residual Li that forms on cooling, per M", .low = 0, .high = 0.1, .required = true});
  v("capacity_mAh_per_g", capacity_mAh_per_g,
    {.doc = "Q0 at 0.1C", .low = 50, .high = 300, .required = true});
  v("capacity_size_nm", capacity_size_nm,
    {.doc = "Primary size of the best capacity", .low = 10, .high = 5000, .required = true});
  v("spec_capacity_mAh_per_g", spec_capacity_mAh_per_g,
    {.doc = "At least", .low = 0, .high = 300, .required = true});
  v("spec_mixing", spec_mixing,
    {.doc = "Li/Ni mixing at most", .low = 0, .high = 1, .required = true});
  v("spec_intensity_ratio", spec_intensity_ratio,
    {.doc = "I003/I104 at least", .low = 0, .high = 3, .required = true});
  v("spec_hydroxide_ppm", spec_hydroxide_ppm,
    {.doc = "Residual LiOH at most, before wash", .low = 0, .high = 1e6, .required = true});
  v("spec_carbonate_ppm", spec_carbonate_ppm,
    {.doc = "Residual Li2CO3 at most, before wash", .low = 0, .high = 1e6, .required = true});
  v("spec_conversion", spec_conversion,
    {.doc = "Conversion at least", .low = 0, .high = 1, .required = true});
  v("spec_soak_degC", spec_soak_degC,
    {.doc = "Soak temperature of the powder", .low = 200, .high = 1200, .required = true});
  v("spec_soak_spread_K", spec_soak_spread_K,
    {.doc = "Around it, for the peak of every node", .low = 0, .high = 100, .required = true});
  v("spec_size_low_nm", spec_size_low_nm,
    {.doc = "Primary size at least", .low = 0, .high = 1e4, .required = true});
  v("spec_size_high_nm", spec_size_high_nm,
    {.doc = "Primary size at most", .low = 0, .high = 1e4, .required = true});
}

/// One file of configs/material.
struct MaterialFigures {
  static constexpr std::string_view kKind = "material";

  std::string name;
  std::string description;
  LithiumSource lithium_source = LithiumSource::hydroxide;
  config::Figure hydroxide_kg_per_mol;
  config::Figure product_kg_per_mol;
  PowderFigures powder;
  WaterFigures water;
  RateFigures hydrate, hydroxide, lithiation, lithiation_carbonate, ordering, growth;
  MeltingFigures melting;
  SynthesisFigures synthesis;
  QualityFigures quality;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it is"});
    v("lithium_source", lithium_source, {.doc = "hydroxide or carbonate"});
    v("hydroxide_kg_per_mol", hydroxide_kg_per_mol,
      {.doc = "Molar mass of M(OH)2", .low = 0.05, .high = 0.2, .required = true});
    v("product_kg_per_mol", product_kg_per_mol,
      {.doc = "Molar mass of LiMO2", .low = 0.05, .high = 0.2, .required = true});
    v("powder", powder, {.doc = "The powder bed", .required = true});
    v("water", water, {.doc = "Moisture, and R1 and R2 beside their rates", .required = true});
    v("hydrate", hydrate, {.doc = "R1: rate", .required = true});
    v("hydroxide", hydroxide, {.doc = "R2: rate", .required = true});
    v("lithiation", lithiation, {.doc = "R3: rate with LiOH", .required = true});
    v("lithiation_carbonate", lithiation_carbonate,
      {.doc = "R3: rate with Li2CO3", .required = true});
    v("ordering", ordering, {.doc = "R4: rate", .required = true});
    v("growth", growth, {.doc = "R5: rate", .required = true});
    v("melting", melting, {.doc = "Melting of LiOH", .required = true});
    v("synthesis", synthesis, {.doc = "R3 to R8 beside their rates", .required = true});
    v("quality", quality, {.doc = "Laboratory maps and specification", .required = true});
  }
  void check(config::Checks& checks) const;
};

/// Values for the pure functions of hil/material.
material::HeatCapacity powder_capacity(const MaterialFigures& m) noexcept;
material::Drying drying(const MaterialFigures& m) noexcept;
material::Synthesis synthesis(const MaterialFigures& m) noexcept;
material::QualityMap quality_map(const MaterialFigures& m) noexcept;
material::Specification specification(const MaterialFigures& m) noexcept;

}  // namespace saggar::kiln

template <>
struct saggar::config::Spelling<saggar::kiln::LithiumSource> {
  static constexpr std::array<std::string_view, 2> names = {"hydroxide", "carbonate"};
};
