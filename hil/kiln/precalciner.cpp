#include "hil/kiln/precalciner.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saggar::kiln {

using material::kReference_K;
using material::kWater_kg_per_mol;
using material::kZeroCelsius_K;

namespace {

constexpr double kMostFilled = 0.3;

/// Angle at the axis over which a bed of this share of the section lies against the wall, rad: the
/// root of (a - sin a) / 2 pi = fill.
double wetted_angle(double fill) noexcept {
  double low = 0, high = 2.0 * std::numbers::pi;
  for (int i = 0; i < 60; ++i) {
    const double a = 0.5 * (low + high);
    ((a - std::sin(a)) / (2.0 * std::numbers::pi) < fill ? low : high) = a;
  }
  return 0.5 * (low + high);
}

}  // namespace

/// One kg of mix on its way.
struct Precalciner::Bed {
  double kg = 1, metal_mol = 0, hydrate_mol = 0, moisture_mol = 0;
  double moisture = 1, core = 1, hydroxide = 1, x = 0;
  double H = 0, T = 0;
  double steam_mol = 0, oxygen_mol = 0;  ///< of this step, given and taken
};

Precalciner::Precalciner(const PlantParams& p)
    : drying_(kiln::drying(p.powder)),
      synthesis_(kiln::synthesis(p.powder)),
      powder_(powder_capacity(p.powder)),
      ambient_K_(p.chamber.ambient_degC.value + kZeroCelsius_K),
      steam_J_per_molK_(p.gas.h2o_J_per_molK.value),
      oxygen_J_per_molK_(p.gas.o2_J_per_molK.value),
      carbonate_(p.powder.lithium_source == LithiumSource::carbonate) {
  const PrecalcinerFigures& f = p.precalciner.front();
  for (const double t : f.wall_degC.value) wall_K_.push_back(t + kZeroCelsius_K);
  steam_Pa_ = 0.01 * f.steam_percent.value * 101325.0;
  oxygen_ = 0.01 * f.oxygen_percent.value;
  const double d = f.diameter_m.value, l = f.heated_m.value;
  const double slope_deg = std::atan(0.01 * f.slope_percent.value) * 180.0 / std::numbers::pi;
  residence_s_ =
      60.0 * 1.77 * l * std::sqrt(f.repose_deg.value) / (slope_deg * d * f.speed_rpm.value);
  const double held_kg = f.mix_kg_per_h.value / 3600.0 * residence_s_;
  const double section_m2 = 0.25 * std::numbers::pi * d * d;
  fill_ = held_kg / (p.powder.powder.bulk_kg_per_m3.value * section_m2 * l);
  const double arc_m = 0.5 * d * wetted_angle(std::min(fill_, 1.0));
  wall_W_per_kgK_ = f.wall_W_per_m2K.value * arc_m * l / held_kg;
}

std::string Precalciner::objection() const {
  if (carbonate_) return "precalciner: its model knows LiOH.H2O only, and the mix brings Li2CO3";
  if (fill_ <= kMostFilled) return {};
  return "precalciner: mix_kg_per_h fills " + std::to_string(std::lround(100.0 * fill_)) +
         " % of its section, where 8 to 15 % are usual and more than 30 % runs over; more slope, "
         "speed or diameter would be right";
}

/// Advances the extents at the present temperature. @return heat taken up, J
double Precalciner::react(Bed& b, double dt) const noexcept {
  const double dry = b.moisture * (1.0 - std::exp(-dt * drying_.moisture.rate(b.T, steam_Pa_)));
  const double before = b.core * b.core * b.core;
  b.core = std::max(0.0, b.core - dt * drying_.hydrate.core_rate(b.T, steam_Pa_));
  const double gone = before - b.core * b.core * b.core;
  const double lost = b.hydroxide * (1.0 - std::exp(-dt * drying_.hydroxide.rate(b.T, steam_Pa_)));
  b.moisture -= dry;
  b.hydroxide -= lost;
  // dx/dt = k (a - x)^2 has this step at constant a; the lithium is there: Li/M is about 1.
  const double open = std::max(0.0, 1.0 - b.hydroxide - b.x);
  const double k =
      synthesis_.lithiation.k.rate(b.T) * std::pow(oxygen_, synthesis_.lithiation.oxygen_power);
  const double formed = open - open / (1.0 + k * open * dt);
  b.x += formed;
  const double water = b.moisture_mol * dry + b.hydrate_mol * gone + b.metal_mol * lost;
  b.steam_mol = water + 0.5 * b.metal_mol * formed;
  b.oxygen_mol = 0.25 * b.metal_mol * formed;
  return b.moisture_mol * dry * drying_.moisture.heat_J_per_mol +
         b.hydrate_mol * gone * drying_.hydrate.heat_J_per_mol +
         b.metal_mol *
             (lost * drying_.hydroxide.heat_J_per_mol + formed * synthesis_.heat.hydroxide);
}

Begun Precalciner::fire(double moisture_fraction, double li_per_m,
                        PrecalcinerHeat& heat) const noexcept {
  Bed b;
  b.moisture_mol = moisture_fraction / kWater_kg_per_mol;
  b.metal_mol = (1.0 - moisture_fraction) * drying_.mix.hydroxide_mol_per_kg(li_per_m);
  b.hydrate_mol = b.metal_mol * li_per_m;
  b.T = ambient_K_;
  b.H = powder_.enthalpy(b.T);
  const double started_J = b.H;
  heat = {};
  const double zones = static_cast<double>(wall_K_.size());
  const auto steps = static_cast<std::uint64_t>(std::ceil(residence_s_ / kStep_s));
  const double dt = residence_s_ / static_cast<double>(steps);
  for (std::uint64_t i = 0; i < steps; ++i) {
    const double way = (static_cast<double>(i) + 0.5) / static_cast<double>(steps);
    const double wall_K = wall_K_[static_cast<std::size_t>(way * zones)];
    const double reaction = react(b, dt);
    const double wall = dt * wall_W_per_kgK_ * (wall_K - b.T);
    const double gas = (b.steam_mol * steam_J_per_molK_ - b.oxygen_mol * oxygen_J_per_molK_) *
                       (b.T - kReference_K);
    b.H += wall - reaction - gas;
    b.kg -= b.steam_mol * kWater_kg_per_mol - b.oxygen_mol * material::kOxygen_kg_per_mol;
    b.T = powder_.temperature(b.H / b.kg);
    heat.wall_J += wall;
    heat.reaction_J += reaction;
    heat.gas_J += gas;
  }
  heat.powder_J = b.H - started_J;
  heat.outlet_K = b.T;
  return {b.moisture, b.core * b.core * b.core, b.hydroxide, b.x};
}

}  // namespace saggar::kiln
