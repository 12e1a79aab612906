#include "hil/kiln/parameters.hpp"

namespace saggar::kiln {

void PlantParams::check(config::Checks& checks) const {
  if (kiln.empty())
    checks.complain("kiln", "is empty: the name of a kiln is needed, such as \"p2\"");
  double drawn = 0;
  for (std::size_t i = 0; i < gas.port_zones.size(); ++i) drawn += config::at(gas.port_shares, i);
  if (!gas.port_zones.empty() && (drawn < 0.999 || drawn > 1.001)) {
    checks.complain("gas.port_shares", "the shares of the ports add up to " +
                                           std::to_string(drawn) + "; they must add up to 1");
  }
  const double share = saggar.base_thickness_m.value * 2000.0 * saggar.inner_area_m2.value;
  if (share > 2.0 * saggar.mass_kg.value) {
    checks.complain(
        "saggar.mass_kg",
        "is far less than its base alone would weigh at 2 g/cm3; check base_thickness_m "
        "and inner_area_m2");
  }
}

material::PackedBed packed_bed(const PlantParams& p) noexcept {
  return {p.bed.porosity.value,     p.bed.solid_W_per_mK.value,
          p.bed.shape.value,        p.bed.gas_300K_W_per_mK.value,
          p.bed.gas_exponent.value, p.bed.conductivity_factor.value};
}

material::HeatCapacity bed_capacity(const PlantParams& p) noexcept {
  return {p.bed.cp_300K_J_per_kgK.value, p.bed.cp_slope_J_per_kgK2.value};
}

material::HeatCapacity saggar_capacity(const PlantParams& p) noexcept {
  return {p.saggar.cp_300K_J_per_kgK.value, p.saggar.cp_slope_J_per_kgK2.value};
}

material::Drying drying(const PlantParams& p) noexcept {
  const DryingFigures& d = p.drying;
  material::Drying out;
  out.hydrate = {{d.hydrate_factor_per_s.value, d.hydrate_energy_J_per_mol.value},
                 {d.hydrate_equilibrium_J_per_mol.value, d.hydrate_equilibrium_J_per_molK.value},
                 d.hydrate_heat_J_per_mol.value};
  out.hydroxide = {{d.hydroxide_factor_per_s.value, d.hydroxide_energy_J_per_mol.value},
                   d.hydroxide_retarding_Pa.value,
                   d.hydroxide_retarding_power.value,
                   d.hydroxide_heat_J_per_mol.value};
  out.moisture = {d.moisture_rate_per_s.value,
                  {d.moisture_saturation_J_per_mol.value, d.moisture_saturation_J_per_molK.value},
                  d.moisture_heat_J_per_mol.value};
  out.mix = {d.hydroxide_kg_per_mol.value, d.hydrate_kg_per_mol.value};
  return out;
}

}  // namespace saggar::kiln
