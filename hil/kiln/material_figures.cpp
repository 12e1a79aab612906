#include "hil/kiln/material_figures.hpp"

#include "hil/kiln/figure_sources.hpp"

namespace saggar::kiln {

using material::kZeroCelsius_K;

void MaterialFigures::check(config::Checks& checks) const {
  if (product_kg_per_mol.value <= 0.9 * hydroxide_kg_per_mol.value) {
    checks.complain("product_kg_per_mol",
                    "product_kg_per_mol is less than M(OH)2 without its water could weigh with "
                    "lithium and oxygen; "
                    "check both molar masses");
  }
  if (quality.spec_size_low_nm.value >= quality.spec_size_high_nm.value) {
    checks.complain("quality.spec_size_low_nm", "spec_size_low_nm must be below spec_size_high_nm");
  }
  if (synthesis.growth_start_nm.value >= quality.spec_size_high_nm.value) {
    checks.complain("synthesis.growth_start_nm",
                    "growth_start_nm is already above quality.spec_size_high_nm");
  }
  check_sources(*this, checks);
}

material::HeatCapacity powder_capacity(const MaterialFigures& m) noexcept {
  return {m.powder.cp_300K_J_per_kgK.value, m.powder.cp_slope_J_per_kgK2.value};
}

material::Drying drying(const MaterialFigures& m) noexcept {
  const WaterFigures& w = m.water;
  material::Drying out;
  out.hydrate = {m.hydrate.law(),
                 {w.hydrate_equilibrium_J_per_mol.value, w.hydrate_equilibrium_J_per_molK.value},
                 w.hydrate_heat_J_per_mol.value};
  out.hydroxide = {m.hydroxide.law(), w.hydroxide_retarding_Pa.value,
                   w.hydroxide_retarding_power.value, w.hydroxide_heat_J_per_mol.value};
  out.moisture = {w.moisture_rate_per_s.value,
                  {w.moisture_saturation_J_per_mol.value, w.moisture_saturation_J_per_molK.value},
                  w.moisture_heat_J_per_mol.value};
  out.mix = {m.hydroxide_kg_per_mol.value, m.lithium_source == LithiumSource::hydroxide
                                               ? material::kHydrate_kg_per_mol
                                               : material::kHalfCarbonate_kg_per_mol};
  return out;
}

material::Synthesis synthesis(const MaterialFigures& m) noexcept {
  const SynthesisFigures& s = m.synthesis;
  material::Synthesis out;
  out.lithiation = {m.lithiation.law(), s.oxygen_power.value};
  out.carbonate = m.lithiation_carbonate.law();
  out.ordering.k = m.ordering.law();
  out.ordering.at_formation = s.mixing_at_formation.value;
  out.ordering.offset = s.mixing_offset.value;
  out.ordering.thermal = s.mixing_thermal.value;
  out.ordering.energy_J_per_mol = s.mixing_energy_J_per_mol.value;
  out.ordering.anchor_K = s.mixing_anchor_degC.value + kZeroCelsius_K;
  out.growth = {m.growth.law(), s.growth_start_nm.value, s.growth_without_melt.value};
  out.wall = {s.wall_mol_per_m2s.value, s.wall_energy_J_per_mol.value};
  out.carbonation = {s.carbonation_per_Pa_s.value, s.carbonation_onset_degC.value + kZeroCelsius_K};
  out.decomposition = {s.decomposition_per_s.value, s.decomposes_in_air_degC.value + kZeroCelsius_K,
                       s.decomposition_oxygen_gain_K.value, s.decomposition_width_K.value};
  out.heat = {s.heat_hydroxide_J_per_mol.value, s.heat_carbonate_J_per_mol.value,
              s.heat_oxide_J_per_mol.value, s.heat_carbonation_J_per_mol.value};
  out.melting = {m.melting.melts_degC.value + kZeroCelsius_K, m.melting.band_K.value,
                 m.melting.heat_J_per_mol.value};
  return out;
}

material::QualityMap quality_map(const MaterialFigures& m) noexcept {
  const QualityFigures& q = m.quality;
  return {q.intensity_ratio.value,    q.intensity_slope.value,  q.surface_lithium.value,
          q.capacity_mAh_per_g.value, q.capacity_size_nm.value, m.product_kg_per_mol.value};
}

material::Specification specification(const MaterialFigures& m) noexcept {
  const QualityFigures& q = m.quality;
  return {q.spec_capacity_mAh_per_g.value, q.spec_mixing.value,        q.spec_intensity_ratio.value,
          q.spec_hydroxide_ppm.value,      q.spec_carbonate_ppm.value, q.spec_conversion.value,
          q.spec_soak_degC.value,          q.spec_soak_spread_K.value, q.spec_size_low_nm.value,
          q.spec_size_high_nm.value};
}

}  // namespace saggar::kiln
