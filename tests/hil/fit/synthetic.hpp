// Series of a known truth: P2 with some figures of a drawn plant, measured with noise by the model.
#pragma once

#include <cstdio>
#include <initializer_list>
#include <string>

#include "hil/fit/figures.hpp"
#include "hil/instruments/noise.hpp"
#include "hil/kiln/draw.hpp"
#include "hil/validate/score.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {

inline kiln::PlantParams nominal() { return kiln::plant_or_throw("kiln/p2.plant.toml"); }

/// The nominal plant, but these figures as seed `seed` draws them.
inline kiln::PlantParams truth(std::uint64_t seed, std::initializer_list<const char*> keys) {
  kiln::PlantParams out = nominal(), drawn = kiln::draw_plant(out, seed);
  for (const char* key : keys) *find_figure(out, key) = *find_figure(drawn, key);
  return out;
}

/// 10 K/min in oxygen to 800 degC, a value each half minute.
inline validate::Measured tga_plan() {
  validate::Measured m;
  m.name = "own_tga.csv";
  m.kind = validate::MeasuredKind::tga;
  m.material = "ncm811";
  m.li_per_m = 1.03;
  m.muffle.points = {{0, 25}, {1.291667, 800}};
  m.columns = {{"mass_percent", {}}};
  for (int i = 0; i <= 160; ++i) m.time_h.push_back(i / 120.0);
  return m;
}

/// Three thermocouples in 5 kg while they dry, a value each five minutes.
inline validate::Measured bed_plan() {
  validate::Measured m;
  m.name = "own_thermocouples.csv";
  m.kind = validate::MeasuredKind::thermocouple_in_powder;
  m.material = "ncm811";
  m.mix_kg = 5;
  m.moisture_percent = 0.5;
  m.gas = {0.02, 0.93, 0};
  m.position_mm = {5, 33, 60};
  m.muffle.points = {{0, 25}, {4, 500}, {6.5, 500}};
  m.columns = {{"temperature_1_degC", {}}, {"temperature_2_degC", {}}, {"temperature_3_degC", {}}};
  for (int i = 0; i <= 78; ++i) m.time_h.push_back(i / 12.0);
  return m;
}

/// The plan with what the model shows of `plant`, and noise of this size.
inline validate::Measured measured(validate::Measured plan, const kiln::PlantParams& plant,
                                   double noise, std::uint64_t seed) {
  const auto exact = validate::model_of(plan, plant);
  for (std::size_t k = 0; k < exact.size(); ++k) {
    const std::uint64_t key = instruments::stream(seed, plan.columns[k].name);
    for (std::size_t i = 0; i < exact[k].size(); ++i) {
      plan.columns[k].values.push_back(exact[k][i] + noise * instruments::normal(key, i));
    }
  }
  return plan;
}

inline std::string joined(const std::vector<double>& values) {
  std::string out;
  char text[32];
  for (const double v : values) {
    std::snprintf(text, sizeof text, "%s%g", out.empty() ? "" : ", ", v);
    out += text;
  }
  return out;
}

/// As a file that the program reads.
inline std::string csv_of(const validate::Measured& m, const std::string& remark) {
  const bool bed = m.kind == validate::MeasuredKind::thermocouple_in_powder;
  char text[200];
  std::string out = "## " + remark + "\n# kind: " + (bed ? "thermocouple_in_powder" : "tga");
  out += "\n# material: " + m.material + "\n";
  std::snprintf(text, sizeof text, "# li_per_m: %g\n# moisture_percent: %g\n# o2: %g\n# h2o: %g\n",
                m.li_per_m, m.moisture_percent, m.gas.oxygen, m.gas.steam);
  out += text;
  if (bed) {
    std::snprintf(text, sizeof text, "# mix_kg: %g\n# position_mm: ", m.mix_kg);
    out += text + joined(m.position_mm) + "\n";
  }
  if (!m.standard_error.empty()) out += "# standard_error: " + joined(m.standard_error) + "\n";
  out += "# profile: ";
  for (const auto& p : m.muffle.points) {
    std::snprintf(text, sizeof text, "%s%g %g", p.time_h > 0 ? ", " : "", p.time_h,
                  p.temperature_degC);
    out += text;
  }
  out += "\ntime_h";
  for (const auto& column : m.columns) out += "," + column.name;
  for (std::size_t i = 0; i < m.time_h.size(); ++i) {
    std::snprintf(text, sizeof text, "\n%.6g", m.time_h[i]);
    out += text;
    for (const auto& column : m.columns) {
      std::snprintf(text, sizeof text, bed ? ",%.1f" : ",%.3f", column.values[i]);
      out += text;
    }
  }
  return out + "\n";
}

}  // namespace saggar::fit
