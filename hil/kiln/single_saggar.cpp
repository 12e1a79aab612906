#include "hil/kiln/single_saggar.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace saggar::kiln {

using material::kZeroCelsius_K;

namespace {
constexpr double kThin =
    1.0;  ///< share of its difference to the face that a node makes up in a step
}

double Profile::at_K(double time_s) const noexcept {
  const double h = time_s / 3600.0;
  if (points.empty()) return material::kReference_K;
  if (h <= points.front().time_h) return points.front().temperature_degC + kZeroCelsius_K;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point &a = points[i - 1], &b = points[i];
    if (h > b.time_h) continue;
    const double share = (h - a.time_h) / std::max(b.time_h - a.time_h, 1e-12);
    return a.temperature_degC + share * (b.temperature_degC - a.temperature_degC) + kZeroCelsius_K;
  }
  return points.back().temperature_degC + kZeroCelsius_K;
}

Profile reference_profile() { return {{{0, 25}, {6, 500}, {8, 500}, {11, 770}, {21, 770}}}; }

SingleSaggar::SingleSaggar(const BedFigures& figures, const Charge& charge, Profile profile,
                           const MuffleFigures& muffle)
    : beds_(figures, 1), profile_(std::move(profile)), muffle_(muffle) {
  beds_.push(charge);
  for (std::size_t l = 0; l < beds_.layers(); ++l) {
    beds_.head_steam[l * beds_.stride()] = muffle.gas.steam;
    beds_.head_oxygen[l * beds_.stride()] = muffle.gas.oxygen;
    beds_.head_carbon_dioxide[l * beds_.stride()] = muffle.gas.carbon_dioxide;
  }
  for (std::size_t n = 0; n < beds_.layers() * beds_.nodes(); ++n) {
    beds_.pore_steam[n * beds_.stride()] = muffle.gas.steam;
    beds_.pore_oxygen[n * beds_.stride()] = muffle.gas.oxygen;
    beds_.pore_carbon_dioxide[n * beds_.stride()] = muffle.gas.carbon_dioxide;
  }
}

double SingleSaggar::face_J(double surface_K, double node_K, double resistance,
                            double dt_s) const noexcept {
  const double muffle = profile_.at_K(time_s_ + 0.5 * dt_s);
  const double radiation = muffle_.emissivity * material::kStefanBoltzmann_W_per_m2K4 *
                           (muffle * muffle + surface_K * surface_K) * (muffle + surface_K);
  return beds_.figures().area_m2 * dt_s * (muffle - node_K) /
         (1.0 / (radiation + muffle_.film_W_per_m2K) + resistance);
}

void SingleSaggar::step(double dt_s) noexcept {
  const BedFigures& f = beds_.figures();
  const std::size_t base = beds_.base_row(0) * beds_.stride();
  const double half = 0.5 * beds_.depth_m[0] / beds_.top_conductivity[0];
  // Both sides as they are in the middle of the step; the bed goes on as it did in the last. A node
  // so thin that it follows its face within a step would ring: it is taken as it stands.
  const double node_J_per_K =
      beds_.solid_kg(0) / static_cast<double>(beds_.nodes()) * f.powder.cp(beds_.temperature_K[0]);
  const double follows = dt_s * f.area_m2 / (half * node_J_per_K);
  const double lead_s = follows < kThin ? 0.5 * dt_s : 0.0;
  const double top_K = beds_.temperature_K[0] + lead_s * top_K_per_s_;
  const double top_J = face_J(beds_.surface_K[0], top_K, half, dt_s);
  beds_.heat_top_J[0] = top_J;
  beds_.surface_K[0] = top_K + top_J / (f.area_m2 * dt_s) * half;
  const double base_K = beds_.temperature_K[base] + 0.5 * dt_s * base_K_per_s_;
  beds_.heat_base_J[0] = face_J(base_K, base_K, f.half_base_m2K_per_W, dt_s);
  const double wall_K = beds_.wall_K[0];
  beds_.heat_wall_J[0] = muffle_.heats_walls ? face_J(wall_K, wall_K, 0.0, dt_s) : 0.0;
  beds_.zone_steam[0] = muffle_.gas.steam;
  beds_.zone_oxygen[0] = muffle_.gas.oxygen;
  beds_.zone_carbon_dioxide[0] = muffle_.gas.carbon_dioxide;
  const double top_before_K = beds_.temperature_K[0], base_before_K = beds_.temperature_K[base];
  beds_.step(dt_s);
  top_K_per_s_ = (beds_.temperature_K[0] - top_before_K) / dt_s;
  base_K_per_s_ = (beds_.temperature_K[base] - base_before_K) / dt_s;
  firing_.supplied_J += beds_.heat_top_J[0] + beds_.heat_base_J[0] + beds_.heat_wall_J[0];
  time_s_ += dt_s;
  watch(dt_s);
}

void SingleSaggar::watch(double dt_s) noexcept {
  Firing& o = firing_;
  const double hours = time_s_ / 3600.0, core_K = beds_.core_K(0);
  o.absorbed_J += beds_.absorbed_J[0];
  o.released_J += beds_.released_J[0];
  o.released += Matter{beds_.released_mol[0], beds_.released_oxygen_mol[0],
                       beds_.released_carbon_dioxide_mol[0], 0, 0};
  const double lag = muffle_K() - core_K;
  if (lag > o.largest_lag_K) {
    o.largest_lag_K = lag;
    o.lag_at_h = hours;
  }
  // The core rests where it warms slowest while it loses its hydrate, about half of its water.
  const double wet = beds_.wetness(0, 0, beds_.nodes() / 2);
  const double rise_K_per_s = (core_K - core_before_K_) / dt_s;
  core_before_K_ = core_K;
  if (wet < 0.995 && wet > 0.5 && rise_K_per_s < slowest_K_per_s_) {
    slowest_K_per_s_ = rise_K_per_s;
    o.plateau_degC = core_K - kZeroCelsius_K;
  }
  const double steam = beds_.released_mol[0] / dt_s * 3600.0 * material::kStandardMolar_m3;
  if (steam > o.steam_peak_Nm3_per_h) {
    o.steam_peak_Nm3_per_h = steam;
    o.steam_peak_h = hours;
  }
  bool dry = true, lithiated = true;
  for (std::size_t i = 0; i < beds_.nodes(); ++i) {
    dry = dry && beds_.dry(0, 0, i, 0.99);
    lithiated = lithiated && beds_.conversion[i * beds_.stride()] > 0.95;
  }
  if (o.dry_h == 0 && dry) o.dry_h = hours;
  if (o.lithiated_h == 0 && lithiated) o.lithiated_h = hours;
}

void SingleSaggar::run(double hours, double dt_s) noexcept {
  const double end_s = time_s_ + hours * 3600.0;
  while (time_s_ + 0.5 * dt_s < end_s) step(dt_s);
}

BedFigures table_assumptions(BedFigures f) noexcept {
  f.pore_m2_per_s = 1e9;        // uniform
  f.head_exchange_per_s = 1e6;  // and that of the chamber
  f.keeps_mass = true;          // rho c dT/dt with constant rho
  f.drying.hydroxide.retarding_Pa = 1e15;
  f.drying.hydroxide.retarding_power = 1.0;
  f.steam_J_per_molK = f.oxygen_J_per_molK = f.carbon_dioxide_J_per_molK = 0.0;
  return f;
}

}  // namespace saggar::kiln
