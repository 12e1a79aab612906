#include "hil/validate/laws.hpp"

#include <cmath>
#include <functional>
#include <tuple>
#include <utility>
#include <vector>

#include "hil/validate/tga.hpp"

namespace saggar::validate {
namespace {

using kiln::MaterialFigures;
using material::kZeroCelsius_K;

const Origin kHydratePair{"R A", "LIOH2009", true};
const Origin kHydroxidePair{"R A", "CARNEY2015", true};
const Origin kLithium{"R A", "LIOHVAP"};
const Origin kProposed{"E", "facts 2.5", true};

std::string degrees(double degC) { return std::to_string(std::lround(degC)) + " degC"; }

/// Temperature at which `extent` of a sample of NCM811 grows fastest, heated in dry nitrogen.
double peak_degC(const MaterialFigures& m, double K_per_min,
                 const std::function<double(const Sample&)>& extent) {
  Sample sample(m, 1.03);
  constexpr double kStep_K = 0.05;
  double best = 0, at = 0;
  for (double degC = 25; degC < 450; degC += kStep_K) {
    const double before = extent(sample);
    sample.step(degC + 0.5 * kStep_K + kZeroCelsius_K, {0, 0, 0}, 60.0 * kStep_K / K_per_min);
    const double rate = extent(sample) - before;
    if (rate > best) {
      best = rate;
      at = degC + 0.5 * kStep_K;
    }
  }
  return at;
}

void check_hydrate(const MaterialFigures& m, Checks& out) {
  out.group("R1, LiOH.H2O to LiOH");
  const auto law = kiln::drying(m).hydrate;
  using Row = std::pair<double, double>;
  for (const auto& [degC, minutes] : {Row{50, 128}, {60, 49}, {80, 8.5}, {100, 1.8}}) {
    out.near("R1", "first-order half-life at " + degrees(degC), "min", minutes,
             std::log(2.0) / law.k.rate(degC + kZeroCelsius_K) / 60.0,
             percent(1, minutes < 10 ? 0.05 : 0.5), kHydratePair);
  }
  for (const auto& [rate, degC] : {Row{1, 80}, {2, 88}, {5, 100}, {10, 108}, {20, 118}}) {
    out.near("R1", "DTG peak at " + std::to_string(std::lround(rate)) + " K/min, dry", "degC", degC,
             peak_degC(m, rate, [](const Sample& s) { return s.hydrate_gone(); }), absolute(1),
             kHydratePair);
  }
  const Origin curve{"D", "facts 2.3"};
  for (const auto& [degC, kPa] : {Row{25, 0.44}, {50, 3.0}, {70, 11.3}, {90, 37}, {100, 64}}) {
    const double half = kPa < 1 ? 0.005 : kPa < 20 ? 0.05 : 0.5;
    out.near("R1", "steam over LiOH.H2O and LiOH at " + degrees(degC), "kPa", kPa,
             1e-3 * law.equilibrium.pressure_Pa(degC + kZeroCelsius_K), percent(1, half), curve);
  }
  out.near("R1", "LiOH.H2O loses its water under 1e5 Pa of steam at", "degC", 108.7,
           law.equilibrium.temperature_K(1e5) - kZeroCelsius_K, absolute(1), curve);
}

void check_hydroxide(const MaterialFigures& m, Checks& out) {
  out.group("R2, M(OH)2 to MO");
  const auto law = kiln::drying(m).hydroxide;
  struct HalfLife {
    double degC, minutes, half_digit;
  };
  for (const HalfLife& row : {HalfLife{200, 565, 0.5},
                              {220, 142, 0.5},
                              {240, 40, 0.5},
                              {250, 21.8, 0.05},
                              {260, 12.2, 0.05},
                              {280, 4.1, 0.05},
                              {300, 1.5, 0.05}}) {
    out.near("V2", "isothermal half-life at " + degrees(row.degC), "min", row.minutes,
             std::log(2.0) / law.rate(row.degC + kZeroCelsius_K, 0) / 60.0,
             percent(1, row.half_digit), kHydroxidePair);
  }
  using Row = std::pair<double, double>;
  for (const auto& [rate, degC] : {Row{1, 260}, {2, 272}, {5, 288}, {10, 301}, {20, 314}}) {
    out.near("R2", "DTG peak at " + std::to_string(std::lround(rate)) + " K/min, dry", "degC", degC,
             peak_degC(m, rate, [](const Sample& s) { return s.hydroxide_gone(); }), absolute(1),
             kHydroxidePair);
  }
  out.within("V3", "rate in 20 kPa of steam over rate in dry nitrogen, 270 degC", "1", 0.05, 0.95,
             law.rate(270 + kZeroCelsius_K, 20e3) / law.rate(270 + kZeroCelsius_K, 0),
             {"R A", "KOGA2026"})
      .note("only that steam slows it clearly is known; by how much is an estimate");
}

void check_lithium(const MaterialFigures& m, Checks& out) {
  out.group("Equilibria and heats");
  const material::OxideEquilibrium oxide;
  struct Row {
    double degC, Pa, half_digit;
    bool measured;
  };
  for (const Row& row : {Row{400, 42, 0.5, true},
                         {473, 363, 0.5, true},
                         {500, 564, 0.5, true},
                         {600, 2300, 50, false},
                         {700, 6800, 50, false},
                         {750, 10900, 50, false},
                         {800, 16800, 50, false}}) {
    out.near("V4", "steam over LiOH and Li2O at " + degrees(row.degC), "Pa", row.Pa,
             oxide.pressure_Pa(row.degC + kZeroCelsius_K), percent(1, row.half_digit),
             row.measured ? kLithium : Origin{"D", "LIOHVAP, extrapolated"});
  }
  out.near("V4", "lines below and above melting cross at", "degC", 473.3,
           oxide.crossing_K() - kZeroCelsius_K, absolute(1), kLithium);
  out.near("V4", "LiOH melts in the bed at", "degC", 473.3, m.melting.melts_degC.value, absolute(2),
           kLithium);
  out.near("V4", "heat of melting of LiOH", "kJ/mol", 22.85, 1e-3 * m.melting.heat_J_per_mol.value,
           percent(1), {"R A", "LIOHVAP", true});
  const auto drying = kiln::drying(m);
  const auto heat = kiln::synthesis(m).heat;
  out.near("V5", "heat of R1 against the storage enthalpy of LiOH.H2O", "kJ/kg", 1440,
           1e-3 * drying.hydrate.heat_J_per_mol / material::kHydrate_kg_per_mol, percent(2),
           {"R A", "DENG2022"});
  const Origin formation{"D", "facts 2.1", true};
  out.near("2.1", "heat of R2", "kJ/kg", 520,
           1e-3 * drying.hydroxide.heat_J_per_mol / m.hydroxide_kg_per_mol.value, percent(1),
           formation);
  out.near(
      "2.1", "heat from M(OH)2 and LiOH.H2O to LiMO2", "kJ/mol", 120.1,
      1e-3 * (drying.hydrate.heat_J_per_mol + drying.hydroxide.heat_J_per_mol + heat.hydroxide),
      percent(2), formation);
}

/// Where x of a sample heated at 5 K/min in oxygen passes `share`.
double passes_degC(const MaterialFigures& m, double share) {
  Sample sample(m, 1.03);
  constexpr double kStep_K = 0.1;
  for (double degC = 25; degC < 1000; degC += kStep_K) {
    sample.step(degC + 0.5 * kStep_K + kZeroCelsius_K, {0, 1, 0}, 12.0 * kStep_K);
    if (sample.fired().conversion >= share) return degC + kStep_K;
  }
  return 1000;
}

void check_lithiation(const MaterialFigures& m, Checks& out) {
  out.group("R3, lithiation");
  using Row = std::pair<double, double>;
  for (const auto& [share, degC] :
       {Row{0.10, 420}, {0.50, 500}, {0.90, 600}, {0.95, 640}, {0.99, 742}}) {
    out.near("R3", std::to_string(std::lround(100 * share)) + " % at 5 K/min in oxygen", "degC",
             degC, passes_degC(m, share), absolute(1), kProposed);
  }
  Sample hour(m, 1.03);
  fire(hour, {{700, 5, 1, {0, 1, 0}}});
  out.near("R3", "conversion after 1 h at 700 degC in oxygen", "1", 0.996, hour.fired().conversion,
           percent(1), kProposed);
  Sample fast(m, 1.03);
  fire(fast, {{800, 5, 1, {0, 1, 0}}});
  out.within("R3", "conversion after 1 h at 800 degC in oxygen: phase-pure", "1", 0.98, 1,
             fast.fired().conversion, {"R A", "PRICE2023", true});
}

const char* const kPrintedTable =
    "known: the table of the facts differs in its last digit from the formula printed above it, "
    "such as 1.2 % + 0.8 % / root(0.21) = 2.95 % at 750 degC for a printed 3.0; the code follows "
    "the "
    "formula";

void check_ordering(const MaterialFigures& m, Checks& out) {
  out.group("R4, ordering");
  const auto law = kiln::synthesis(m).ordering;
  struct Row {
    double degC, oxygen_percent, air_percent;
  };
  for (const Row& row : {Row{700, 1.6, 2.1},
                         {730, 1.8, 2.5},
                         {750, 2.0, 3.0},
                         {770, 2.3, 3.5},
                         {800, 2.7, 4.6},
                         {850, 4.0, 7.3},
                         {900, 6.1, 11.8}}) {
    const double T = row.degC + kZeroCelsius_K;
    for (const auto& [gas, share, expected] : {std::tuple("oxygen", 1.0, row.oxygen_percent),
                                               std::tuple("21 % O2", 0.21, row.air_percent)}) {
      Check& check =
          out.near("R4", "mixing at rest in " + std::string(gas) + ", " + degrees(row.degC), "%",
                   expected, 100 * law.equilibrium(T, share, 1.03), percent(1, 0.05), kProposed);
      // Only a slip of the last digit is explained by this.
      if (std::abs(check.got - expected) < 0.1) check.known_misfit(kPrintedTable);
    }
  }
  struct Time {
    double degC, hours, half_digit;
  };
  for (const Time& row : {Time{600, 20, 0.5},
                          {650, 5.2, 0.05},
                          {700, 1.6, 0.05},
                          {720, 1.0, 0.05},
                          {750, 0.5, 0.05}}) {
    out.near("R4", "time constant at " + degrees(row.degC), "h", row.hours,
             1.0 / law.k.rate(row.degC + kZeroCelsius_K) / 3600.0, percent(1, row.half_digit),
             kProposed);
  }
}

void check_growth(const MaterialFigures& m, Checks& out) {
  out.group("R5, growth of primary particles");
  const auto law = kiln::synthesis(m).growth;
  using Row = std::pair<double, double>;
  for (const auto& [degC, nm] : {Row{600, 36},
                                 {650, 44},
                                 {700, 87},
                                 {720, 120},
                                 {750, 192},
                                 {760, 223},
                                 {780, 300},
                                 {800, 399},
                                 {820, 525},
                                 {850, 778}}) {
    const double cube = law.start_nm * law.start_nm * law.start_nm +
                        12 * 3600.0 * law.cube_rate(degC + kZeroCelsius_K, 1.03);
    out.near("R5", "size after 12 h at " + degrees(degC), "nm", nm,
             material::Growth::diameter_nm(cube), percent(1, 0.5), kProposed);
  }
  const double up = law.cube_rate(771 + kZeroCelsius_K, 1.03);
  const double here = law.cube_rate(770 + kZeroCelsius_K, 1.03);
  out.near("R5", "growth of the size per kelvin at 770 degC", "%/K", 1.5,
           100.0 * std::log(up / here) / 3.0, percent(1, 0.05), kProposed);
}

}  // namespace

void check_laws(const Subject& subject, Checks& checks) {
  const MaterialFigures& m = subject.material("ncm811");
  check_hydrate(m, checks);
  check_hydroxide(m, checks);
  check_lithium(m, checks);
  check_lithiation(m, checks);
  check_ordering(m, checks);
  check_growth(m, checks);
}

}  // namespace saggar::validate
