#include "tests/hil/reference/saggar_equations.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::reference {

using namespace material;

namespace {

constexpr double kPressure_Pa = 101325.0;
/// Floors under the oxygen fraction that the model states: R3 and R8, and R4.
constexpr double kThinnest = 1e-3, kThinnestOrdering = 1e-2;
/// The core of R1 vanishes at a finite speed; the last 1e-4 of its radius (1e-12 of its volume)
/// fade out instead, so that the right-hand side is smooth.
constexpr double kFade = 1e-4;

double positive(double x) { return std::max(x, 0.0); }
double fraction(double x) { return std::clamp(x, 0.0, 1.0); }

}  // namespace

SaggarEquations::SaggarEquations(const kiln::BedFigures& figures, const kiln::Charge& charge,
                                 const kiln::Profile& profile, const kiln::MuffleFigures& muffle)
    : f_(figures),
      profile_(profile),
      muffle_(muffle),
      start_K_(charge.temperature_K),
      li_per_m_(charge.li_per_m),
      surface_K_(charge.temperature_K),
      made_(figures.nodes),
      conductivity_(figures.nodes),
      kelvin_(figures.nodes, charge.temperature_K) {
  const double n = static_cast<double>(f_.nodes);
  const double water_kg = charge.mix_kg * charge.moisture_fraction;
  metal_mol_ = (charge.mix_kg - water_kg) * f_.drying.mix.hydroxide_mol_per_kg(charge.li_per_m) / n;
  hydrate_mol_ = f_.carbonate_feed ? 0.0 : metal_mol_ * li_per_m_;
  moisture_mol_ = water_kg / kWater_kg_per_mol / n;
  moisture_start_ = water_kg > 0 ? 1.0 : 0.0;
  depth_m_ = charge.mix_kg / (f_.bulk_kg_per_m3 * f_.area_m2) / n;
}

std::vector<double> SaggarEquations::start() const {
  std::vector<double> y(size(), 0.0);
  const double d = f_.synthesis.growth.start_nm;
  for (std::size_t i = 0; i < nodes(); ++i) {
    double* s = y.data() + at(i, kEnthalpy);
    s[kCore] = f_.carbonate_feed ? 0.0 : 1.0;
    s[kHydroxide] = 1.0;
    s[kMoisture] = moisture_start_;
    s[kMixing] = f_.synthesis.ordering.at_formation;
    s[kCube] = d * d * d;
    s[kCarbonate] = f_.carbonate_feed ? li_per_m_ : 0.0;
    s[kSteam] = muffle_.gas.steam;
    s[kOxygen] = muffle_.gas.oxygen;
    s[kCarbonDioxide] = muffle_.gas.carbon_dioxide;
    s[kEnthalpy] = mass_kg(s) * f_.powder.enthalpy(start_K_);
  }
  y[base()] = f_.base_kg * f_.ceramic.enthalpy(start_K_);
  y[head()] = muffle_.gas.steam;
  y[head() + 1] = muffle_.gas.oxygen;
  y[head() + 2] = muffle_.gas.carbon_dioxide;
  return y;
}

std::vector<double> SaggarEquations::tolerance(double relative) const {
  std::vector<double> out(size(), relative);
  for (std::size_t i = 0; i < nodes(); ++i) {
    out[at(i, kEnthalpy)] = 1e4 * relative;
    out[at(i, kCube)] = 4e4 * relative;
  }
  out[base()] = 1e4 * relative;
  return out;
}

/// Lithium as LiOH or its hydrate, which can melt.
double SaggarEquations::lithia_mol(const double* s) const noexcept {
  return metal_mol_ * positive(li_per_m_ - s[kConversion] - s[kOxide] - s[kCarbonate] - s[kInWall]);
}

/// The sum of the species.
double SaggarEquations::mass_kg(const double* s) const noexcept {
  constexpr double kHalfLithia = kHydroxide_kg_per_mol - 0.5 * kWater_kg_per_mol;
  constexpr double kInLattice = kHalfLithia + 0.25 * kOxygen_kg_per_mol;
  const double oxide_kg_per_mol = f_.drying.mix.hydroxide_kg_per_mol - kWater_kg_per_mol;
  const double y = s[kCore];
  return metal_mol_ *
             (oxide_kg_per_mol + kWater_kg_per_mol * s[kHydroxide] + kHalfLithia * s[kOxide] +
              kHalfCarbonate_kg_per_mol * s[kCarbonate] + kInLattice * s[kConversion]) +
         kHydroxide_kg_per_mol * lithia_mol(s) +
         kWater_kg_per_mol * (hydrate_mol_ * y * y * y + moisture_mol_ * s[kMoisture]);
}

double SaggarEquations::base_K(const double* y) const noexcept {
  return f_.ceramic.temperature(y[base()] / f_.base_kg);
}

/// Newton's method, kept between bounds that it closes itself: enthalpy rises with temperature.
double SaggarEquations::temperature_K(const double* y, std::size_t node) noexcept {
  const double* s = y + at(node, kEnthalpy);
  const Melting& melting = f_.synthesis.melting;
  const double kg = mass_kg(s), latent = melting.heat_J_per_mol * lithia_mol(s);
  double low = 200.0, high = 2000.0, t = kelvin_[node];
  for (int round = 0; round < 100; ++round) {
    const double over = kg * f_.powder.enthalpy(t) + latent * melting.share(t) - s[kEnthalpy];
    (over > 0 ? high : low) = t;
    double next = t - over / (kg * f_.powder.cp(t) + latent * melting.slope(t));
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double change = std::abs(next - t);
    t = next;
    if (change < 1e-12 * t) break;
  }
  kelvin_[node] = t;
  return t;
}

/// Free moisture, R1, R2.
void SaggarEquations::dry(double t, const double* s, double* d, Node& node) const noexcept {
  const double p = kPressure_Pa * positive(s[kSteam]);
  const double fade = std::clamp(s[kCore] / kFade, 0.0, 1.0);
  d[kMoisture] = -f_.drying.moisture.rate(t, p) * s[kMoisture];
  d[kCore] = -f_.drying.hydrate.core_rate(t, p) * fade;
  d[kHydroxide] = -f_.drying.hydroxide.rate(t, p) * s[kHydroxide];
  const double moisture = -moisture_mol_ * d[kMoisture];
  const double hydrate = -hydrate_mol_ * 3.0 * s[kCore] * s[kCore] * d[kCore];
  const double hydroxide = -metal_mol_ * d[kHydroxide];
  node.dried_mol_per_s = moisture + hydrate + hydroxide;
  node.heat_W = f_.drying.moisture.heat_J_per_mol * moisture +
                f_.drying.hydrate.heat_J_per_mol * hydrate +
                f_.drying.hydroxide.heat_J_per_mol * hydroxide;
}

/// R3 to R8. R3 draws on LiOH, Li2O (both with the rate of LiOH) and Li2CO3 in the measure of
/// their amounts and rates.
void SaggarEquations::synthesise(double t, const double* s, double* d, double contact_m2,
                                 Node& node) const noexcept {
  const Synthesis& law = f_.synthesis;
  const double x = s[kConversion], oxide = s[kOxide], bound = s[kCarbonate];
  const double li = li_per_m_ - s[kInWall];
  const double lithia = positive(li - x - oxide - bound);
  const double oxygen = std::max(s[kOxygen], kThinnest);
  const double pool = lithia + oxide + bound;
  const double open = std::min(positive(1.0 - s[kHydroxide] - x), pool);
  const double share = 1.0 / std::max(pool, 1e-12);
  const Lithiation with_carbonate{law.carbonate, law.lithiation.oxygen_power};
  const double fast = law.lithiation.rate(t, x, x + open, oxygen) * share;
  const double from_lithia = fast * lithia, from_oxide = fast * oxide;
  const double from_bound =
      bound > 0 ? with_carbonate.rate(t, x, x + open, oxygen) * share * bound : 0.0;
  const double made = from_lithia + from_oxide + from_bound;
  const double back = law.decomposition.rate(t, x, oxygen);
  const double bind = lithia * law.carbonation.rate(t, kPressure_Pa * s[kCarbonDioxide]);
  const double lost = lithia > 0 ? law.wall.rate(t, contact_m2) / metal_mol_ : 0.0;
  d[kConversion] = made - back;
  d[kOxide] = back - from_oxide;
  d[kCarbonate] = bind - from_bound;
  d[kInWall] = lost;
  d[kMixing] = made / std::max(x, 1e-10) * (law.ordering.at_formation - s[kMixing]) +
               law.ordering.rate(t, s[kMixing], std::max(oxygen, kThinnestOrdering), li);
  d[kCube] = law.growth.cube_rate(t, li);
  node.gas = {metal_mol_ * 0.5 * (from_lithia + bind + lost), metal_mol_ * 0.25 * (back - made),
              metal_mol_ * 0.5 * (from_bound - bind)};
  node.heat_W += metal_mol_ * (law.heat.hydroxide * from_lithia + law.heat.carbonate * from_bound +
                               law.heat.oxide * (from_oxide - back) + law.heat.carbonation * bind);
  node.heat_W += (node.gas.water * f_.steam_J_per_molK + node.gas.oxygen * f_.oxygen_J_per_molK +
                  node.gas.carbon_dioxide * f_.carbon_dioxide_J_per_molK) *
                 (t - kReference_K);
}

/// Heat: both faces, conduction, rising steam, reactions.
void SaggarEquations::conduct(double time_s, const double* y, double* dydt) noexcept {
  const double muffle = profile_.at_K(time_s), area = f_.area_m2;
  const auto film = [&](double surface) {
    return muffle_.emissivity * kStefanBoltzmann_W_per_m2K4 *
               (muffle * muffle + surface * surface) * (muffle + surface) +
           muffle_.film_W_per_m2K;
  };
  for (std::size_t i = 0; i < nodes(); ++i) conductivity_[i] = f_.conductivity(kelvin_[i]);
  // The surface has no mass: what reaches it passes through the upper half of the first node.
  const double top = kelvin_[0], floor = base_K(y), half = 0.5 * depth_m_ / conductivity_[0];
  for (int round = 0; round < 50; ++round) {
    const double next = top + half * (muffle - top) / (1.0 / film(surface_K_) + half);
    const double change = next - surface_K_;
    surface_K_ = next;
    if (std::abs(change) < 1e-11 * next) break;
  }
  double from_above = area * (muffle - surface_K_) * film(surface_K_);
  double steam = 0;
  for (const Node& node : made_) steam += node.dried_mol_per_s;
  for (std::size_t i = 0; i < nodes(); ++i) {
    const Node& node = made_[i];
    const double t = kelvin_[i];
    const bool last = i + 1 == nodes();
    const double below = last ? floor : kelvin_[i + 1];
    const double link = last ? area / (0.5 * depth_m_ / conductivity_[i] + f_.half_base_m2K_per_W)
                             : area / depth_m_ * 0.5 * (conductivity_[i] + conductivity_[i + 1]);
    const double down = link * (t - below);
    const double leaving = steam;
    steam -= node.dried_mol_per_s;
    const double carried =
        f_.steam_J_per_molK * (steam * (below - kReference_K) - leaving * (t - kReference_K));
    dydt[at(i, kEnthalpy)] = from_above - down + carried - node.heat_W;
    from_above = down;
  }
  const double from_below = area * (muffle - floor) / (1.0 / film(floor) + f_.half_base_m2K_per_W);
  dydt[base()] = from_above + from_below;
}

/// Head-space: gas from the powder and exchange with the muffle. Pores: a lag behind the profile at
/// rest, in which each cell balances flow and diffusion, x_i N - c D dx_i/dz = N_i.
void SaggarEquations::breathe(const double* y, double* dydt) noexcept {
  Gas flow;
  for (const Node& node : made_) {
    flow.water += node.gas.water + node.dried_mol_per_s;
    flow.oxygen += node.gas.oxygen;
    flow.carbon_dioxide += node.gas.carbon_dioxide;
  }
  const double head_mol = kPressure_Pa * f_.head_space_m3 / (kGasConstant_J_per_molK * surface_K_);
  const double out = positive(flow.water + flow.oxygen + flow.carbon_dioxide) / head_mol;
  const double* head_now = y + head();
  double* head_rate = dydt + head();
  head_rate[0] = flow.water / head_mol - out * head_now[0] +
                 f_.head_exchange_per_s * (muffle_.gas.steam - head_now[0]);
  head_rate[1] = flow.oxygen / head_mol - out * head_now[1] +
                 f_.head_exchange_per_s * (muffle_.gas.oxygen - head_now[1]);
  head_rate[2] = flow.carbon_dioxide / head_mol - out * head_now[2] +
                 f_.head_exchange_per_s * (muffle_.gas.carbon_dioxide - head_now[2]);
  // D ~ T^1.75 and c ~ 1/T, both at the temperature in the middle of the bed.
  const double middle = kelvin_[nodes() / 2];
  const double diffusion_mol_per_s = f_.area_m2 * kPressure_Pa /
                                     (kGasConstant_J_per_molK * 1000.0) * f_.pore_m2_per_s *
                                     std::pow(middle / 1000.0, 0.75) / depth_m_;
  double water = head_now[0], oxygen = head_now[1], carbon = head_now[2];
  for (std::size_t i = 0; i < nodes(); ++i) {
    const double path = (i == 0 ? 0.5 : 1.0) / diffusion_mol_per_s;
    const double thin = 1.0 + path * positive(flow.water + flow.oxygen + flow.carbon_dioxide);
    water = fraction((water + path * flow.water) / thin);
    oxygen = fraction((oxygen + path * flow.oxygen) / thin);
    carbon = fraction((carbon + path * flow.carbon_dioxide) / thin);
    const double* s = y + at(i, kEnthalpy);
    double* d = dydt + at(i, kEnthalpy);
    d[kSteam] = (water - s[kSteam]) / f_.pore_lag_s;
    d[kOxygen] = (oxygen - s[kOxygen]) / f_.pore_lag_s;
    d[kCarbonDioxide] = (carbon - s[kCarbonDioxide]) / f_.pore_lag_s;
    const Node& node = made_[i];
    flow.water -= node.gas.water + node.dried_mol_per_s;
    flow.oxygen -= node.gas.oxygen;
    flow.carbon_dioxide -= node.gas.carbon_dioxide;
  }
}

void SaggarEquations::operator()(double time_s, const double* y, double* dydt) noexcept {
  const double side_m2 = f_.side_m * depth_m_;
  for (std::size_t i = 0; i < nodes(); ++i) {
    const double* s = y + at(i, kEnthalpy);
    double* d = dydt + at(i, kEnthalpy);
    made_[i] = {};
    const double t = temperature_K(y, i);
    dry(t, s, d, made_[i]);
    synthesise(t, s, d, side_m2 + (i + 1 == nodes() ? f_.area_m2 : 0.0), made_[i]);
  }
  conduct(time_s, y, dydt);
  breathe(y, dydt);
}

}  // namespace saggar::reference
