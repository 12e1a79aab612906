#include "hil/kiln/layout.hpp"

#include "hil/material/bed_properties.hpp"

namespace saggar::kiln {

Layout Layout::from(const config::KilnConfig& kiln) {
  Layout out;
  out.zones = kiln.chamber.zones;
  out.loops_per_zone = kiln.chamber.loops_per_zone;
  out.zone_length_m = kiln.chamber.zone_length_m.value;
  out.rows = kiln.chamber.saggar_rows;
  out.layers = kiln.chamber.saggar_layers;
  out.pitch_m = kiln.chamber.saggar_pitch_m.value;
  out.groups = kiln.transport.groups;
  out.air = kiln.atmosphere.gas == config::Gas::air;
  for (std::size_t k = 0; k < out.zones; ++k) {
    for (std::size_t l = 0; l < out.loops_per_zone; ++l) {
      out.rated_W.push_back(1000.0 * config::at(kiln.heat.rated_kW, k));
    }
    out.trip_K.push_back(config::at(kiln.heat.trip_degC, k) + material::kZeroCelsius_K);
  }
  const auto from_0 = [](const std::vector<std::uint16_t>& zones) {
    std::vector<std::size_t> list;
    for (const std::uint16_t zone : zones) list.push_back(zone - 1U);
    return list;
  };
  out.inlet_zone = from_0(kiln.atmosphere.inlet_zones);
  out.gas_point_zone = from_0(kiln.atmosphere.gas_point_zones);
  out.damper_zone = from_0(kiln.exhaust.damper_zones);
  return out;
}

}  // namespace saggar::kiln
