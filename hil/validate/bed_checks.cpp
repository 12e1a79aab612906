#include "hil/validate/bed_checks.hpp"

#include <cmath>
#include <string>

namespace saggar::validate {
namespace {

using kiln::BedFigures;
using kiln::Firing;
using kiln::MuffleFigures;
using kiln::SingleSaggar;

constexpr double kPressure_Pa = 101325.0;

std::string text(double value, int digits) {
  char out[32];
  std::snprintf(out, sizeof out, "%.*f", digits, value);
  return out;
}

void check_conductivity(const kiln::PlantParams& params, Checks& out) {
  out.group("Conductivity of the bed");
  struct Row {
    double porosity, solid, T_K, W_per_mK;
  };
  const Origin table{"D", "facts 1.5"};
  for (const Row& row : {Row{0.67, 2, 300, 0.087},
                         {0.67, 2, 500, 0.118},
                         {0.67, 2, 700, 0.148},
                         {0.67, 2, 1050, 0.195},
                         {0.60, 4, 300, 0.128},
                         {0.60, 4, 500, 0.175},
                         {0.60, 4, 700, 0.218},
                         {0.60, 4, 1050, 0.286}}) {
    auto bed = kiln::packed_bed(params);
    bed.porosity = row.porosity;
    bed.solid_W_per_mK = row.solid;
    bed.factor = 1;
    out.near("1.5",
             "porosity " + text(row.porosity, 2) + ", grains of " + text(row.solid, 0) + " W/mK, " +
                 text(row.T_K, 0) + " K",
             "W/mK", row.W_per_mK, material::bed_conductivity(bed, row.T_K), percent(3), table);
  }
}

/// The slowest time constant of a slab between two walls of one temperature, with nothing that
/// reacts or melts: from the decay of its middle after a step.
double slab_s(BedFigures f, double depth_m) {
  f.conductivity = {};
  f.conductivity.c[0] = 0.20;
  f.powder = {1000, 0};
  f.ceramic = {1000, 0};
  f.bulk_kg_per_m3 = 900;
  f.base_kg = 0.5;  // next to nothing, but not so little that the step of its face overshoots
  f.half_base_m2K_per_W = 0;
  f.keeps_mass = true;
  f.steam_J_per_molK = f.oxygen_J_per_molK = f.carbon_dioxide_J_per_molK = 0;
  f.drying.hydrate.k.factor_per_s = f.drying.hydroxide.k.factor_per_s = 1e-300;
  f.synthesis.melting.heat_J_per_mol = 0;
  MuffleFigures muffle;
  muffle.film_W_per_m2K = 2000;  // the walls are at the temperature of the muffle
  SingleSaggar saggar(f, {900 * f.area_m2 * depth_m, 0, 1.03, 298.15}, {{{0, 100}, {1, 100}}},
                      muffle);
  const double first_s = 3500 * depth_m / 0.065, more_s = first_s;
  const auto behind = [&] { return saggar.muffle_K() - saggar.beds().core_K(0); };
  saggar.run(first_s / 3600, 1);
  const double before = behind(), began = saggar.time_s();
  saggar.run(more_s / 3600, 1);
  return (saggar.time_s() - began) / std::log(before / behind());
}

void check_time_constants(const BedFigures& figures, Checks& out) {
  out.group("Time constants of the bed");
  const Origin slab{"D", "facts 1.5"};
  for (const auto& [mm, seconds] :
       {std::pair(40.0, 730.0), std::pair(65.0, 1926.0), std::pair(90.0, 3693.0)}) {
    out.near("1.5", text(mm, 0) + " mm heated from both sides, 0.20 W/mK", "s", seconds,
             slab_s(figures, 1e-3 * mm), percent(3), slab);
  }
}

struct TableRow {
  double mix_kg, steam_Pa, plateau_degC, lag_K, lag_h, dry_h, lithiated_h, peak_Nm3_per_h, peak_h,
      size_nm;
};

Firing fire_row(const BedFigures& figures, const TableRow& row, double* mean_nm = nullptr) {
  MuffleFigures muffle;
  muffle.gas = {row.steam_Pa / kPressure_Pa, 1.0, 0.0};  // xO2 constant, whatever the steam
  SingleSaggar saggar(kiln::table_assumptions(figures), {row.mix_kg, 0.0, 1.03, 298.15},
                      kiln::reference_profile(), muffle);
  saggar.run(21);
  if (mean_nm != nullptr) {
    *mean_nm = 0;
    for (std::size_t i = 0; i < figures.nodes; ++i) {
      *mean_nm += saggar.beds().fired(0, 0, i).size_nm / static_cast<double>(figures.nodes);
    }
  }
  return saggar.firing();
}

void check_table_row(const BedFigures& figures, const TableRow& row, Checks& out) {
  double mean_nm = 0;
  const Firing o = fire_row(figures, row, &mean_nm);
  const std::string of = text(row.mix_kg, 0) + " kg, " + text(row.steam_Pa / 1e3, 0) + " kPa: ";
  const Origin table{"D", "facts 2.6"};
  out.near("2.6", of + "largest lag", "K", row.lag_K, o.largest_lag_K, absolute(10), table);
  out.near("2.6", of + "time of it", "h", row.lag_h, o.lag_at_h, absolute(0.2), table);
  out.near("2.6", of + "plateau of the core", "degC", row.plateau_degC, o.plateau_degC,
           absolute(10), table)
      .note(row.mix_kg < 4 ? "the first of two; then about 250 degC" : "");
  out.near("2.6", of + "last node dry", "h", row.dry_h, o.dry_h, absolute(0.2), table);
  out.near("2.6", of + "last node with x > 0.95", "h", row.lithiated_h, o.lithiated_h,
           absolute(0.2), table);
  out.near("2.6", of + "steam at its peak", "Nm3/h", row.peak_Nm3_per_h, o.steam_peak_Nm3_per_h,
           percent(3), table);
  out.near("2.6", of + "time of the peak", "h", row.peak_h, o.steam_peak_h, absolute(0.2), table);
  out.near("2.6", of + "primary size at the end", "nm", row.size_nm, mean_nm, percent(3), table);
}

void check_table(const BedFigures& sourced, Checks& out) {
  out.group("One saggar on the reference firing, under the assumptions of the table");
  BedFigures figures = sourced;
  figures.drying.hydrate.k = {2.66e6, 60e3};  // as the table had it
  const TableRow rows[] = {{3, 3e3, 50, 233, 3.5, 5.3, 9.0, 0.37, 4.2, 244.5},
                           {5, 3e3, 50, 368, 5.2, 7.2, 10.0, 0.44, 6.0, 242},
                           {5, 30e3, 86, 376, 5.6, 7.3, 10.1, 0.45, 6.1, 242},
                           {5, 80e3, 104, 379, 5.9, 7.4, 10.1, 0.44, 6.2, 241.5}};
  for (const TableRow& row : rows) check_table_row(figures, row, out);
  const Firing then = fire_row(figures, rows[3]), now = fire_row(sourced, rows[3]);
  const Origin table{"D", "facts 2.6"};
  out.near("2.6", "R1 of LIOH2009 instead of 60 kJ/mol, 5 kg, 80 kPa: change of the lag", "K", -6,
           now.largest_lag_K - then.largest_lag_K, absolute(10), table);
  out.near("2.6", "R1 of LIOH2009 instead of 60 kJ/mol, 5 kg, 80 kPa: change of dry-out", "h", 0.02,
           now.dry_h - then.dry_h, absolute(0.2), table);
}

SingleSaggar in_oxygen(const BedFigures& figures, double mix_kg, double li_per_m) {
  MuffleFigures muffle;
  muffle.gas = {0.02, 0.93, 0.0};
  return {figures, {mix_kg, 0.0, li_per_m, 298.15}, kiln::reference_profile(), muffle};
}

void check_lithium(const kiln::PlantParams& params, const BedFigures& figures, Checks& out) {
  out.group("Lithium: walls and residuals");
  SingleSaggar saggar = in_oxygen(figures, 5.0, 1.03);
  saggar.run(21);
  const kiln::Beds& beds = saggar.beds();
  const double lost = beds.lithium_in_walls_mol(0), held = beds.content(0).lithium;
  out.within("V18", "lithium lost per firing of 5 kg: little, and not by vapour", "mol%", 0.05, 1.0,
             100 * lost / (lost + held), {"R A", "COESSENS2026"})
      .note("1-10 % of small samples in crucibles, scaling with contact area over mass");
  const double bed_m = 5.0 / (figures.bulk_kg_per_m3 * figures.area_m2);
  const double contact_cm2 = 1e4 * (figures.area_m2 + figures.side_m * bed_m);
  out.within("V19", "lithium per firing and contact area (layer of 211-447 um in 25)",
             "1e-5 mol/cm2", 1.6 / 2, 3.4 * 2, 1e5 * lost / contact_cm2, {"R A", "CERADIR", true})
      .note("factor 2");
  SingleSaggar thin = in_oxygen(figures, 2.5, 1.03);
  thin.run(21);
  const double thin_lost = thin.beds().lithium_in_walls_mol(0);
  out.within("V18", "share lost by 2.5 kg over that of 5 kg; by contact area alone 1.53", "1", 1.0,
             2.0, 2 * thin_lost / lost, {"R A", "COESSENS2026"})
      .note("scales with contact area over mass, and the smaller bed is hot for longer");
  const auto report = kiln::report_of(beds, 0, 0, kiln::quality_map(params.powder),
                                      kiln::specification(params.powder));
  const double residual_mol =
      1e-6 * params.powder.product_kg_per_mol.value *
      (report.laboratory.hydroxide_ppm / material::kHydroxide_kg_per_mol +
       report.laboratory.carbonate_ppm / material::kHalfCarbonate_kg_per_mol);
  out.within("V17", "residual lithium before washing (measured 0.042 + 0.075)", "mol/mol",
             0.117 / 2, 0.117 * 2, residual_mol, {"R A", "H2O2WASH"})
      .note("factor 2; how the powder is handled after firing dominates");
}

void check_head_space(const kiln::PlantParams& params, Checks& out) {
  out.group("How oxygen comes into a saggar");
  // Head-space of 1.8 l at 800 K and 101325 Pa: 0.0274 mol. 5 kg hold 36.9 mol M: 9.2 mol O2.
  const double head_mol =
      kPressure_Pa * params.bed.head_space_m3.value / (material::kGasConstant_J_per_molK * 800.0);
  const double uptake_mol = 0.25 * 5.0 * kiln::drying(params.powder).mix.hydroxide_mol_per_kg(1.03);
  const auto hours = [&](double per_min) {
    return uptake_mol / (per_min * head_mol * 0.93) / 60.0;
  };
  const std::string arithmetic =
      "known: 5 kg take up " + text(uptake_mol, 1) + " mol O2 and the head-space holds " +
      text(head_mol, 4) +
      " mol of gas at 800 K; at 0.02 to 0.2 volumes a minute of 93 % O2 that is " +
      text(hours(0.2), 0) + " to " + text(hours(0.02), 0) +
      " h. A reaction that is done within 8 h shows that more gets in: the plant file takes 5 a "
      "minute, from diffusion through the windows";
  const Origin spread{"D", "facts 2.6: uptake over 2-8 h"};
  out.within("6.2", "hours to bring it in at 0.2 volumes a minute, the most the facts say", "h", 0,
             8, hours(0.2), spread)
      .known_misfit(arithmetic);
  out.within("6.2", "hours to bring it in at the exchange of the plant file", "h", 0, 8,
             hours(params.bed.head_exchange_per_min.value), spread);
}

}  // namespace

void check_beds(const Preset& p2, Checks& checks) {
  const BedFigures figures = BedFigures::from(p2.params, 1);
  check_conductivity(p2.params, checks);
  check_time_constants(figures, checks);
  check_table(figures, checks);
  check_lithium(p2.params, figures, checks);
  check_head_space(p2.params, checks);
}

BedFilm film_of(const kiln::PlantParams& params, double every_s) {
  BedFilm film;
  const BedFigures figures = BedFigures::from(params, 1);
  SingleSaggar saggar = in_oxygen(figures, 5.0, 1.03);
  const kiln::Beds& beds = saggar.beds();
  const std::size_t nodes = beds.nodes();
  for (std::size_t i = 0; i < nodes; ++i) {
    film.depth_mm.push_back(1e3 * beds.depth_m[0] * (static_cast<double>(i) + 0.5));
  }
  std::vector<std::vector<double>> lag(nodes), x(nodes), oxygen(nodes), z(nodes);
  while (saggar.time_s() < 21 * 3600) {
    saggar.run(every_s / 3600);
    film.time_h.push_back(saggar.time_s() / 3600);
    film.muffle_degC.push_back(saggar.muffle_K() - material::kZeroCelsius_K);
    for (std::size_t i = 0; i < nodes; ++i) {
      const std::size_t at = i * beds.stride();
      lag[i].push_back(saggar.muffle_K() - beds.temperature_K[at]);
      x[i].push_back(beds.conversion[at]);
      oxygen[i].push_back(100 * beds.pore_oxygen[at]);
      // Nothing is ordered or mixed while nothing has formed.
      z[i].push_back(beds.conversion[at] > 0.01 ? 100 * beds.mixing[at] : NAN);
    }
  }
  for (std::size_t i = 0; i < nodes; ++i) {
    film.lag_K.insert(film.lag_K.end(), lag[i].begin(), lag[i].end());
    film.conversion.insert(film.conversion.end(), x[i].begin(), x[i].end());
    film.oxygen.insert(film.oxygen.end(), oxygen[i].begin(), oxygen[i].end());
    film.mixing.insert(film.mixing.end(), z[i].begin(), z[i].end());
  }
  return film;
}

}  // namespace saggar::validate
