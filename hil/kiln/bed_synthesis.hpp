// The slow reactions of one row of nodes (R3 to R8), and temperature from
// enthalpy with melting. Private to bed_step.cpp; laws: hil/material/synthesis.hpp, whose functions
// the tests hold against these.
#pragma once

#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_laws.hpp"
#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

constexpr double kThinnest = 1e-3;  ///< oxygen fraction below which R3 and R8 see no less

/// Lithium per M that is still LiOH or its hydrate.
SAGGAR_INLINE double hydroxide_left(const Tile& t, std::size_t n, std::size_t w) noexcept {
  const std::size_t at = n * t.stride + w;
  return positive(t.li[w] - t.x[at] - t.carbonate[at] - t.oxide[at] - t.in_wall[at]);
}

/// What R3 to R8 have changed of the mass of a node, kg: against M as oxide and Li as LiOH.
SAGGAR_INLINE double synthesis_kg(const Tile& t, std::size_t n, std::size_t w) noexcept {
  using namespace material;
  constexpr double kHalfWater = kWaterPerLithium * kWater_kg_per_mol;
  constexpr double kTaken = kOxygenPerLithium * kOxygen_kg_per_mol - kHalfWater;
  constexpr double kBound = kCarbonPerLithium * kCarbonDioxide_kg_per_mol - kHalfWater;
  const std::size_t at = n * t.stride + w;
  return t.hydroxide_mol[w] * (kTaken * t.x[at] + kBound * t.carbonate[at] -
                               kHalfWater * t.oxide[at] - kHydroxide_kg_per_mol * t.in_wall[at]);
}

/// Temperature of a node from its enthalpy, beginning with the one that the step foresaw. Enthalpy
/// is quadratic in temperature and the two are close: two rounds of Newton's method leave less than
/// 1e-9 K; where LiOH of some column is near its melting, six.
SAGGAR_INLINE void bed_temperature(const Tile& t, std::size_t n, In H, In foreseen, Out T) {
  const BedFigures& f = *t.f;
  In kg = t.kg + n * t.stride, latent = t.latent + n * t.stride;
  const material::Melting m = f.synthesis.melting;
  const double a = f.powder.at_300K_J_per_kgK + f.powder.slope_J_per_kgK2 * (kReference_K - 300.0);
  const double b = f.powder.slope_J_per_kgK2;
  if ((t.does[n] & kMelts) == 0) {
    SAGGAR_LANES(w) {
      const double share = foreseen[w] > m.middle_K ? 1.0 : 0.0;
      const double d = foreseen[w] - kReference_K;
      const double kept = H[w] - share * latent[w];
      const double per_slope = 1.0 / (kg[w] * (a + b * d));
      const double e = (kept - kg[w] * d * (a + 0.5 * b * d)) * per_slope;
      // The second round has a closed form: its error is b e^2 / 2 against the slope.
      T[w] = foreseen[w] + e - 0.5 * kg[w] * b * e * e * per_slope;
    }
    return;
  }
  constexpr int kRounds = 6;
  const double per_band = 1.0 / m.band_K;
  SAGGAR_LANES(w) {
    double at = foreseen[w];
    for (int i = 0; i < kRounds; ++i) {
      const double s = clamped((at - m.middle_K) * per_band + 0.5), d = at - kReference_K;
      const double held = kg[w] * d * (a + 0.5 * b * d) + latent[w] * s * s * (3.0 - 2.0 * s);
      const double slope = kg[w] * (a + b * d) + latent[w] * 6.0 * s * (1.0 - s) * per_band;
      at -= (held - H[w]) / slope;
    }
    T[w] = at;
  }
}

/// Advances one node of all lanes by R3 to R8 over the time since they last did, at its new
/// temperature; takes what they need from its enthalpy, and adds what they give to row `i` of the
/// gas made (mol), with how that changes with the fraction of the gas.
///
/// With `Late` false the slowest (R4 to R6 beyond mixing in what forms) are left out: nothing of
/// the tile is hot enough for them.
template <bool Late>
SAGGAR_INLINE void synthesise(const Tile& t, const SynthesisRates& k, std::size_t r, std::size_t n,
                              std::size_t i, double base_m2, In wall_uptake) {
  const BedFigures& f = *t.f;
  const material::Synthesis& s = f.synthesis;
  In T = t.next + r * kW, left = t.left + n * t.stride, since = t.since;
  In o2 = t.pore_oxygen + n * t.stride, co2 = t.pore_carbon + n * t.stride;
  Out H = t.H + r * t.stride, x = t.x + n * t.stride, z = t.z + n * t.stride;
  Out cube_nm3 = t.cube + n * t.stride, bound = t.carbonate + n * t.stride;
  Out oxide = t.oxide + n * t.stride, in_wall = t.in_wall + n * t.stride;
  Out water = t.made_water + i * kW, oxygen = t.made_oxygen + i * kW;
  Out carbon = t.made_carbon + i * kW;
  Out oxygen_slope = t.oxygen_slope + i * kW, carbon_slope = t.carbon_slope + i * kW;
  SAGGAR_LANES(w) {
    const Instant at{T[w], 1.0 / T[w], fast_log(at_least(o2[w], kThinnest)), since[w],
                     t.hydroxide_mol[w]};
    const double before = x[w], li = t.li[w] - in_wall[w];
    const double free_li = positive(li - before - bound[w] - oxide[w]);
    const Taken taken = lithiate(k, at, 1.0 - left[w] - before, free_li, bound[w], oxide[w]);
    const Back back = decompose(s.decomposition, k, at, before);
    // Less is taken, and more comes back from R8, where there is less oxygen.
    oxygen_slope[w] = o2[w] > kThinnest ? -kOxygenPerLithium * at.mol *
                                              (k.power * taken.all + back.per_ln) / o2[w]
                                        : 0.0;
    // R7 and R6, of what is left as LiOH
    const double rest_li = free_li - taken.from_li;
    const Carbonated made = carbonate(s.carbonation, at, rest_li, co2[w]);
    carbon_slope[w] = -kCarbonPerLithium * at.mol * made.per_fraction;
    // R4, what has just formed mixed in
    const double formed = before + taken.all, first = s.ordering.at_formation;
    const double blend = (before * z[w] + taken.all * first) / at_least(formed, 1e-300);
    const double mixed = formed > 0.0 ? blend : first;
    const double contact_m2 = (f.side_m * t.depth[w] + base_m2) * wall_uptake[w];
    const double lost = Late ? lose(k, at, contact_m2, rest_li - made.lithium) : 0.0;
    z[w] = Late ? order(s.ordering, k, at, mixed, li) : mixed;
    if constexpr (Late) cube_nm3[w] += grow(s.growth, k, at, li);
    x[w] = formed - back.lithium;
    bound[w] += made.lithium - taken.from_c;
    oxide[w] += back.lithium - taken.from_oxide;
    in_wall[w] += lost;
    const double heat = s.heat.hydroxide * taken.from_li + s.heat.carbonate * taken.from_c +
                        s.heat.oxide * (taken.from_oxide - back.lithium) +
                        s.heat.carbonation * made.lithium;
    const double h2o = at.mol * kWaterPerLithium * (taken.from_li + made.lithium + lost);
    const double o = at.mol * kOxygenPerLithium * (back.lithium - taken.all);
    const double c = at.mol * kCarbonPerLithium * (taken.from_c - made.lithium);
    const double gas_J =
        (h2o * f.steam_J_per_molK + o * f.oxygen_J_per_molK + c * f.carbon_dioxide_J_per_molK) *
        (T[w] - kReference_K);
    H[w] -= at.mol * heat + gas_J;
    water[w] += h2o;
    oxygen[w] += o;
    carbon[w] += c;
    t.absorbed_J[w] += at.mol * heat;
    t.released_J[w] += gas_J;
    t.released_mol[w] += h2o;
    t.released_oxygen[w] += o;
    t.released_carbon[w] += c;
  }
}

}  // namespace saggar::kiln::tile
