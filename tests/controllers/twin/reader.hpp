// Reads what the twin measures out of frames of a simulated kiln.
#pragma once

#include <cmath>
#include <limits>
#include <string>

#include "controllers/twin/twin.hpp"
#include "hil/kiln/kiln.hpp"
#include "runtime/config/kiln_config.hpp"

namespace saggar::twin {

inline Places places_of(const config::KilnConfig& config) {
  Places p;
  p.zones = config.chamber.zones;
  p.layers = config.chamber.saggar_layers;
  p.groups = config.transport.groups;
  for (const auto z : config.atmosphere.inlet_zones) p.inlet_zone.push_back(z - 1U);
  for (const auto z : config.atmosphere.gas_point_zones) p.gas_point_zone.push_back(z - 1U);
  // The collector as its drawing has it: ports and the share of each.
  p.port_zone = {0, 3, 6, 8, 10, 11};
  p.port_share = {0.05, 0.08, 0.12, 0.2, 0.3, 0.25};
  return p;
}

/// Thread: one.
class Reader {
 public:
  Reader(const kiln::Kiln& kiln, const Places& places)
      : table_(kiln.tags()), places_(places), frame_(kiln.tags().size()) {}

  void read(const kiln::Kiln& kiln, Measured& m) {
    kiln.read(frame_);
    const double volts = value("kiln.mains_voltage");
    for (std::size_t k = 0; k < places_.zones; ++k) {
      const std::string top = "zone" + two(k + 1) + ".top",
                        bottom = "zone" + two(k + 1) + ".bottom";
      m.top_degC[k] = value(top + ".temperature");
      m.bottom_degC[k] = value(bottom + ".temperature");
      m.top_kW[k] = 1e-3 * volts * value(top + ".current");
      m.bottom_kW[k] = 1e-3 * volts * value(bottom + ".current");
    }
    for (std::size_t i = 0; i < m.inlet_Nm3_per_h.size(); ++i) {
      m.inlet_Nm3_per_h[i] = value("o2.inlet" + two(i + 1) + ".flow");
    }
    for (std::size_t g = 0; g < places_.groups; ++g) {
      m.speed_mm_per_s[g] = value("transport.group" + std::to_string(g + 1) + ".speed");
    }
    for (std::size_t p = 0; p < m.h2o_percent.size(); ++p) {
      m.h2o_percent[p] = value("gas.point" + std::to_string(p + 1) + ".h2o");
    }
    m.pressure_Pa = value("kiln.pressure");
    m.present = value("feed.present");
    m.saggar_kg = value("feed.saggar_mass");
    m.sample.age_h = value("lab.sample_age");
    m.sample.mixing = 0.01 * value("lab.li_ni_mixing");
    m.sample.size_nm = value("lab.primary_size");
    m.sample.residual_lithium =
        1e-6 * 0.09728 *
        (value("lab.residual_lioh") / 0.023947 + value("lab.residual_li2co3") / 0.036944);
  }

 private:
  static std::string two(std::size_t n) { return (n < 10 ? "0" : "") + std::to_string(n); }
  double value(const std::string& name) const {
    const auto id = table_.find(name);
    if (!id) throw std::runtime_error("no tag " + name);
    const domain::Sample& s = frame_.samples[*id];
    return s.quality == domain::Quality::good ? s.value : std::numeric_limits<double>::quiet_NaN();
  }
  const domain::TagTable& table_;
  const Places& places_;
  domain::Frame frame_;
};

}  // namespace saggar::twin
