#include "hil/kiln/parameters.hpp"

#include <filesystem>

#include "hil/kiln/figure_sources.hpp"
#include "runtime/config/load.hpp"

namespace saggar::kiln {
namespace {

domain::Result<MaterialFigures> powder_of(const PlantParams& params, const std::string& file) {
  return config::load<MaterialFigures>(std::filesystem::path(file).parent_path() / params.material);
}

}  // namespace

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
  check_sources(*this, checks);
  for (std::size_t i = 0; i < precalciner.size(); ++i) {
    check_sources(precalciner[i], checks, "precalciner[" + std::to_string(i) + "].");
  }
  for (std::size_t i = 0; i < device.size(); ++i) {
    const std::string at = "device[" + std::to_string(i) + "]";
    check_sources(device[i], checks, at + ".");
    for (std::size_t j = 0; j < i; ++j) {
      if (device[j].of != device[i].of) continue;
      checks.complain(at + ".of", "of: is the same as of device[" + std::to_string(j) +
                                      "]; one table for each of heat, transport, atmosphere, "
                                      "exhaust would be right");
    }
  }
}

instruments::DeviceMake device_make(const PlantParams& p, DeviceOf of) noexcept {
  for (const DeviceMakeFigures& f : p.device) {
    if (f.of == of) return f.make();
  }
  return {};
}

material::PackedBed packed_bed(const PlantParams& p) noexcept {
  const PowderFigures& powder = p.powder.powder;
  return {powder.porosity.value,    powder.solid_W_per_mK.value,
          powder.shape.value,       p.bed.gas_300K_W_per_mK.value,
          p.bed.gas_exponent.value, p.bed.conductivity_factor.value};
}

material::HeatCapacity saggar_capacity(const PlantParams& p) noexcept {
  return {p.saggar.cp_300K_J_per_kgK.value, p.saggar.cp_slope_J_per_kgK2.value};
}

void PlantParams::check_named(const std::string& file, config::Checks& checks) const {
  const auto powder_file = powder_of(*this, file);
  if (!powder_file) checks.complain("material", "material: " + powder_file.error().text());
}

domain::Result<PlantParams> load_plant(const std::string& file) {
  const auto text = config::read_file(file);
  if (!text) return text.error();
  PlantParams params;
  config::Source source;
  source.file = file;
  config::Complaints complaints;
  config::load_into(text.value(), params, source, complaints);
  if (!complaints.empty()) return complaints.error();
  auto powder = powder_of(params, file);
  if (!powder) {
    complaints.add(source, "material", "material: " + powder.error().text());
    return complaints.error();
  }
  params.powder = std::move(powder).value();
  return params;
}

std::string text_of(const PlantParams& params) {
  return config::save_text(params) + config::save_text(params.powder);
}

}  // namespace saggar::kiln
