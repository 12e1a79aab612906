#include "hil/validate/masses.hpp"

#include <string>

#include "hil/kiln/single_saggar.hpp"
#include "hil/validate/tga.hpp"

namespace saggar::validate {
namespace {

using kiln::MaterialFigures;

const Origin kExact{"D", "V1, molar masses"};
const Origin kListed{"D", "facts 2.2"};

/// Losses in % of the mix as a balance sees them: hydrate in nitrogen at 110 degC, hydroxide in
/// nitrogen at 350 degC, the rest in oxygen until nothing moves.
struct Steps {
  double hydrate, hydroxide, lithiation, all;
};

Steps steps_of(const MaterialFigures& figures, double li_per_m) {
  Sample sample(figures, li_per_m);
  // 840 degC is as hot as NCM811 stays whole in oxygen, and hot enough for Li2CO3.
  const bool carbonate = figures.lithium_source == kiln::LithiumSource::carbonate;
  fire(sample, {{110, 5, 1.0, {0, 0, 0}}});
  const double first = sample.mass_share();
  fire(sample, {{350, 5, 1.0, {0, 0, 0}}});
  const double second = sample.mass_share();
  fire(sample, {{carbonate ? 840.0 : 760.0, 5, 60, {0, 1, 0}}});
  const double last = sample.mass_share();
  return {100 * (1 - first), 100 * (first - second), 100 * (second - last), 100 * (1 - last)};
}

/// The same from atoms: M(OH)2 + r LiOH.H2O (or r/2 Li2CO3) + 1/4 O2 -> LiMO2 + excess + gas.
Steps stoichiometry(const MaterialFigures& m, double r) {
  constexpr double kWater = 0.018015, kOxygen = 0.031998, kCo2 = 0.044009;
  const bool carbonate = m.lithium_source == kiln::LithiumSource::carbonate;
  const double mix = m.hydroxide_kg_per_mol.value + r * (carbonate ? 0.036944 : 0.041962);
  Steps s{};
  s.hydrate = carbonate ? 0 : 100 * r * kWater / mix;
  s.hydroxide = 100 * kWater / mix;
  s.lithiation = 100 * (0.5 * (carbonate ? kCo2 : kWater) - 0.25 * kOxygen) / mix;
  s.all = s.hydrate + s.hydroxide + s.lithiation;
  return s;
}

void compare(const std::string& mix, const Steps& got, const Steps& expected, double half_digit,
             const Origin& origin, Checks& out) {
  const Allowed allowed = percent(0.1, half_digit);
  if (expected.hydrate > 0) {
    out.near("V1", mix + ": loss of LiOH.H2O", "%", expected.hydrate, got.hydrate, allowed, origin);
  }
  if (expected.hydroxide > 0) {
    out.near("V1", mix + ": loss of M(OH)2", "%", expected.hydroxide, got.hydroxide, allowed,
             origin);
  }
  if (expected.lithiation > 0) {
    out.near("V1", mix + ": net loss of lithiation", "%", expected.lithiation, got.lithiation,
             allowed, origin);
  }
  out.near("V1", mix + ": final loss", "%", expected.all, got.all, allowed, origin);
}

/// The bed of 16 nodes of the kiln, without what its walls take, against the same stoichiometry.
void check_bed(const Subject& subject, Checks& out) {
  const auto preset = load_preset(subject, "p2", "ncm811-p2");
  if (!preset) return;
  auto figures = kiln::BedFigures::from(preset.value().params, 1);
  figures.synthesis.wall.factor_mol_per_m2s = 0;
  kiln::MuffleFigures muffle;
  muffle.gas = {0, 1, 0};
  kiln::SingleSaggar saggar(figures, {5.0, 0.0, 1.03, 298.15},
                            {{{0, 25}, {6, 500}, {8, 500}, {11, 770}, {40, 770}}}, muffle);
  saggar.run(40);
  out.near("V1", "bed of 5 kg in its saggar, Li/M 1.03: final loss", "%", 27.72,
           100 * (1 - saggar.beds().solid_kg(0) / 5.0), percent(0.1, 0.005), kListed);
}

}  // namespace

void check_masses(const Subject& subject, Checks& checks) {
  checks.group("V1, mass steps of thermogravimetry");
  MaterialFigures m = subject.material("ncm811");
  struct Row {
    double li_per_m;
    Steps steps;
  };
  for (const Row& row : {Row{1.00, {13.41, 13.41, 0.75, 27.57}},
                         {1.03, {13.69, 13.29, 0.74, 27.72}},
                         {1.05, {13.87, 13.21, 0.74, 27.81}}}) {
    compare("NCM811, Li/M " + std::to_string(row.li_per_m).substr(0, 4), steps_of(m, row.li_per_m),
            row.steps, 0.005, kListed, checks);
  }
  m.lithium_source = kiln::LithiumSource::carbonate;
  compare("NCM811 with Li2CO3, Li/M 1.00", steps_of(m, 1.00), {0, 13.93, 0, 24.76}, 0.005, kListed,
          checks);
  compare("NCM811 with Li2CO3, Li/M 1.03", steps_of(m, 1.03), {0, 13.81, 0, 24.55}, 0.005, kListed,
          checks);
  for (const std::string& name : subject.chosen) {
    const MaterialFigures& own = subject.material(name);
    compare(name + ", Li/M 1.03", steps_of(own, 1.03), stoichiometry(own, 1.03), 0, kExact, checks);
  }
  check_bed(subject, checks);
}

}  // namespace saggar::validate
