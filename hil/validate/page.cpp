#include "hil/validate/page.hpp"

#include "hil/validate/tga.hpp"

namespace saggar::validate {

using report::Block;
using report::HeatMap;
using report::Histogram;
using report::LineChart;
using report::Side;

namespace {

const char* const kHowToRead =
    "Each row holds one figure of the model against one that is known from elsewhere. Grade: R "
    "read "
    "in its source (A peer-reviewed, B patent or data sheet), D derived by arithmetic, M "
    "remembered, "
    "E estimated. Fitted: the figure was used to choose parameters, so agreement proves little.\n\n"
    "pass: within the stated error. miss: not, and nobody knows why. misfit: not, and the reason "
    "is "
    "known and stands in the row; do not use the model there. info: not judged.\n\n"
    "The simulator is calibrated to estimated and remembered figures in R3 to R6. Only rows that "
    "are not fitted check it.";

HeatMap over_bed(const BedFilm& film, const std::string& title, const report::Axis& amount,
                 const std::vector<double>& values) {
  HeatMap map;
  map.title = title;
  map.x = {"Time", "h"};
  map.y = {"Depth", "mm"};
  map.amount = amount;
  map.x_values = film.time_h;
  map.y_values = film.depth_mm;
  map.values = values;
  map.y_down = true;
  return map;
}

LineChart temperatures(const PlantFilm& film) {
  LineChart chart;
  chart.title = "Temperatures along P2";
  chart.x = {"From the entry", "m"};
  chart.y = {"Temperature", "degC"};
  chart.series = {{"setpoint of the zone, top", film.zone_m, film.setpoint_degC, Side::left,
                   report::Mark::steps},
                  {"brick", film.zone_m, film.face_degC},
                  {"gas", film.zone_m, film.gas_degC},
                  {"surface of the bed", film.column_m, film.surface_degC},
                  {"core of the bed", film.column_m, film.core_degC}};
  return chart;
}

LineChart gases(const PlantFilm& film) {
  LineChart chart;
  chart.title = "Gas and conversion along P2";
  chart.x = {"From the entry", "m"};
  chart.y = {"Gas", "%"};
  chart.right = report::Axis{"Least conversion of any node", "%"};
  chart.series = {{"O2", film.zone_m, film.o2_percent},
                  {"H2O", film.zone_m, film.h2o_percent},
                  {"conversion", film.column_m, film.conversion, Side::right}};
  return chart;
}

Histogram counted(const std::string& title, const std::string& unit,
                  const std::vector<double>& samples) {
  Histogram chart;
  chart.title = title;
  chart.x = {title, unit};
  chart.samples = samples;
  return chart;
}

report::StackedBars energy(const PlantFilm& film) {
  report::StackedBars chart;
  chart.title = "Where the energy of P2 goes";
  chart.x_title = "For the same gas per kg";
  chart.y = {"Energy per product", "kWh/kg"};
  chart.bars = {"model", "plant facts 1.6"};
  for (std::size_t i = 0; i < film.split_names.size(); ++i) {
    chart.parts.push_back({film.split_names[i], {film.split_model[i], film.split_facts[i]}});
  }
  return chart;
}

LineChart step_response(const ZoneStep& step) {
  LineChart chart;
  chart.title = "Zone 24 after 4 kW, per kW, all loops in manual";
  chart.x = {"Time", "h"};
  chart.y = {"Rise", "K/kW"};
  const char* const names[] = {"brick of zone 23", "brick of zone 24", "brick of zone 25",
                               "thermocouple of zone 24"};
  for (std::size_t i = 0; i < 4; ++i) {
    report::Series series{names[i]};
    for (std::size_t t = 0; t < step.rise_K_per_kW.size(); ++t) {
      series.x.push_back(static_cast<double>(t + 1) / 360.0);
      series.y.push_back(step.rise_K_per_kW[t][i]);
    }
    chart.series.push_back(std::move(series));
  }
  return chart;
}

}  // namespace

LineChart masses_chart(const Subject& subject) {
  LineChart chart;
  chart.title = "Thermogravimetry at 5 K/min in oxygen";
  chart.x = {"Temperature", "degC"};
  chart.y = {"Mass of the mix", "%"};
  for (const std::string& name : subject.chosen) {
    Sample sample(subject.material(name), 1.03);
    Trace trace;
    fire(sample, {{800, 5, 0, {0, 1, 0}}}, &trace);
    report::Series series{name, trace.degC};
    for (const double share : trace.mass_share) series.y.push_back(100 * share);
    chart.series.push_back(std::move(series));
  }
  chart.caption = "Li/M 1.03; a sample so small that gas and heat reach all of it.";
  return chart;
}

std::vector<Block> bed_charts(const BedFilm& film) {
  LineChart muffle;
  muffle.title = "The firing";
  muffle.x = {"Time", "h"};
  muffle.y = {"Muffle", "degC"};
  muffle.series = {{"muffle", film.time_h, film.muffle_degC}};
  muffle.height_px = 180;
  return {
      report::Paragraph{"One saggar with 5 kg of NCM811 mix, Li/M 1.03, in 93 % O2 and 2 % H2O: "
                        "what no instrument sees."},
      muffle,
      over_bed(film, "How far the bed is behind the muffle", {"Lag", "K"}, film.lag_K),
      over_bed(film, "Conversion", {"Conversion x", "1"}, film.conversion),
      over_bed(film, "Oxygen in the pores", {"O2", "%"}, film.oxygen),
      over_bed(film, "Li/Ni mixing", {"Mixing z", "%"}, film.mixing)};
}

std::vector<Block> plant_charts(const PlantFilm& film) {
  std::vector<Block> out = {temperatures(film),
                            gases(film),
                            energy(film),
                            counted("Capacity at the exit", "mAh/g", film.capacity),
                            counted("Li/Ni mixing at the exit", "%", film.mixing_percent),
                            counted("Primary size at the exit", "nm", film.size_nm),
                            counted("Residual LiOH at the exit", "ppm", film.hydroxide_ppm)};
  if (!film.step.rise_K_per_kW.empty()) out.emplace_back(step_response(film.step));
  return out;
}

report::Page page_of(const Checks& checks, const Subject& subject, const BedFilm& bed,
                     const PlantFilm& plant, const std::string& date) {
  report::Page page;
  page.title = "Validation of the kiln";
  std::string materials;
  for (const std::string& name : subject.chosen)
    materials += (materials.empty() ? "" : ", ") + name;
  page.subtitle = "Materials: " + materials;
  page.date = date;
  const std::size_t misses = checks.count(report::Verdict::miss);
  report::Section verdict{
      "Verdict",
      {report::Paragraph{misses == 0 ? "The model holds: no check misses without a known reason."
                                     : "The model does not hold: " + std::to_string(misses) +
                                           " checks miss and nobody knows why."},
       counts_of(checks)}};
  report::Table failed = not_passed(checks);
  if (!failed.rows.empty()) verdict.blocks.emplace_back(std::move(failed));
  report::Section all{"Checks", {report::Paragraph{kHowToRead}}};
  for (auto& table : tables_of(checks)) all.blocks.emplace_back(std::move(table));
  page.sections = {std::move(verdict),
                   std::move(all),
                   {"Thermogravimetry", {masses_chart(subject)}},
                   {"One saggar", bed_charts(bed)},
                   {"Plant P2", plant_charts(plant)}};
  return page;
}

}  // namespace saggar::validate
