// The slow reactions of one row of nodes (R3 to R8), the gas in the pores, and temperature from
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
SAGGAR_INLINE void bed_temperature(const Tile& t, std::size_t n, In H, In kg, In foreseen, Out T) {
  const BedFigures& f = *t.f;
  const material::Melting m = f.synthesis.melting;
  const double a = f.powder.at_300K_J_per_kgK + f.powder.slope_J_per_kgK2 * (kReference_K - 300.0);
  const double b = f.powder.slope_J_per_kgK2;
  if (!t.melting) {
    SAGGAR_LANES(w) {
      const double share = foreseen[w] > m.middle_K ? m.heat_J_per_mol : 0.0;
      const double d = foreseen[w] - kReference_K;
      const double kept = H[w] - share * t.hydroxide_mol[w] * hydroxide_left(t, n, w);
      const double slope = kg[w] * (a + b * d);
      const double e = (kept - kg[w] * d * (a + 0.5 * b * d)) / slope;
      // The second round has a closed form: its error is b e^2 / 2 against the slope.
      T[w] = foreseen[w] + e - 0.5 * kg[w] * b * e * e / slope;
    }
    return;
  }
  constexpr int kRounds = 6;
  const double per_band = 1.0 / m.band_K;
  SAGGAR_LANES(w) {
    const double latent = m.heat_J_per_mol * t.hydroxide_mol[w] * hydroxide_left(t, n, w);
    double at = foreseen[w];
    for (int i = 0; i < kRounds; ++i) {
      const double s = clamped((at - m.middle_K) * per_band + 0.5), d = at - kReference_K;
      const double held = kg[w] * d * (a + 0.5 * b * d) + latent * s * s * (3.0 - 2.0 * s);
      const double slope = kg[w] * (a + b * d) + latent * 6.0 * s * (1.0 - s) * per_band;
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
                              std::size_t i, double contact_m2) {
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

/// The gas that one layer makes in this step, on its way up: mol through the top of the bed. What
/// the reactions take or give depends on the fraction they find, so that each gas also has a slope:
/// mol per fraction in the head-space.
struct Rising {
  alignas(64) double water[kW], oxygen[kW], carbon[kW], all[kW];
  alignas(64) double water_slope[kW], oxygen_slope[kW], carbon_slope[kW];
  alignas(64) double share[kW];  ///< by which the pores follow in this step
};

/// One gas through one cell: what rises from below with what is made here. At the new fraction x
/// the pores hold pore + share (x - pore), `owed` is share * pore.
SAGGAR_INLINE void rise_through(In g, In thin, In share, In owed, Out made, Out slope, Out up,
                                Out up_slope) {
  SAGGAR_LANES(w) {
    const double all_slope = up_slope[w] + share[w] * slope[w];
    const double all_made = up[w] + made[w] - slope[w] * owed[w];
    const double follows = 1.0 / (thin[w] - g[w] * all_slope);
    const double fraction = g[w] * all_made * follows;
    slope[w] = follows;
    made[w] = fraction;
    up[w] = all_made + all_slope * fraction;
    up_slope[w] = all_slope * follows;
  }
}

/// The profile at rest of the gas made in this step, x_i N - c D dx_i/dz = N_i in each cell, from
/// the bottom up: leaves in each row what the fraction is and how it follows the one above,
/// x = made + slope x_above. N_i is taken at the new fractions: the reactions of a whole bed answer
/// within seconds to what they make, and would swing about their balance from step to step.
SAGGAR_INLINE void rise(const Tile& t, std::size_t layer, Rising& up) {
  const BedFigures& f = *t.f;
  const std::size_t first = layer * (f.nodes + 1);
  // c D = p / (R 1000 K) D1000 (T / 1000 K)^0.75, as D ~ T^1.75 and c ~ 1/T; at the temperature in
  // the middle of the layer.
  const double per_cd =
      kGasConstant_J_per_molK * 1000.0 / (kPressure_bar * 1e5 * f.pore_m2_per_s * f.area_m2);
  In middle_K = t.T + (layer * (f.nodes + 1) + f.nodes / 2) * t.stride, since = t.since;
  alignas(64) double cell[kW];
  SAGGAR_LANES(w) {
    const double root = std::sqrt(middle_K[w] * 1e-3);
    cell[w] = t.depth[w] * per_cd / (since[w] * root * std::sqrt(root));
    up.share[w] = since[w] / (since[w] + f.pore_lag_s);
    up.water[w] = up.oxygen[w] = up.carbon[w] = up.all[w] = 0.0;
    up.water_slope[w] = up.oxygen_slope[w] = up.carbon_slope[w] = 0.0;
  }
  for (std::size_t i = f.nodes; i-- > 0;) {
    const std::size_t n = layer * f.nodes + i;
    In ph = t.pore_steam + n * t.stride, po = t.pore_oxygen + n * t.stride;
    In pc = t.pore_carbon + n * t.stride;
    In th = t.steam_trend + n * t.stride;
    Out h = t.made_water + i * kW, o = t.made_oxygen + i * kW, c = t.made_carbon + i * kW;
    Out sh = t.water_slope + (first + i) * kW, so = t.oxygen_slope + i * kW,
        sc = t.carbon_slope + i * kW;
    const double cells = i == 0 ? 0.5 : 1.0;
    alignas(64) double g[kW], thin[kW], owed[kW];
    SAGGAR_LANES(w) {
      g[w] = cells * cell[w];
      up.all[w] += h[w] + o[w] + c[w];
      thin[w] = 1.0 + g[w] * positive(up.all[w]);
      // Steam: drying follows a rise that goes on, as the bed grows warmer with it.
      owed[w] = up.share[w] * ph[w] + th[w] * since[w];
    }
    rise_through(g, thin, up.share, owed, h, sh, up.water, up.water_slope);
    SAGGAR_LANES(w) owed[w] = up.share[w] * po[w];
    rise_through(g, thin, up.share, owed, o, so, up.oxygen, up.oxygen_slope);
    SAGGAR_LANES(w) owed[w] = up.share[w] * pc[w];
    rise_through(g, thin, up.share, owed, c, sc, up.carbon, up.carbon_slope);
  }
}

/// Mole fractions in the pores of one layer from the head-space down; they follow the profile at
/// rest with their lag.
SAGGAR_INLINE void breathe(const Tile& t, std::size_t layer, const Rising& up) {
  const BedFigures& f = *t.f;
  const std::size_t first = layer * (f.nodes + 1);
  In head_h = t.head + layer * t.stride, head_o = t.head_oxygen + layer * t.stride;
  In head_c = t.head_carbon + layer * t.stride;
  alignas(64) double h[kW], o[kW], c[kW];
  SAGGAR_LANES(w) {
    h[w] = head_h[w];
    o[w] = head_o[w];
    c[w] = head_c[w];
  }
  for (std::size_t i = 0; i < f.nodes; ++i) {
    const std::size_t n = layer * f.nodes + i;
    Out ph = t.pore_steam + n * t.stride, po = t.pore_oxygen + n * t.stride;
    Out pc = t.pore_carbon + n * t.stride;
    Out th = t.steam_trend + n * t.stride;
    In mh = t.made_water + i * kW, mo = t.made_oxygen + i * kW, mc = t.made_carbon + i * kW;
    In sh = t.water_slope + (first + i) * kW, so = t.oxygen_slope + i * kW,
       sc = t.carbon_slope + i * kW;
    SAGGAR_LANES(w) {
      h[w] = clamped(mh[w] + sh[w] * h[w]);
      o[w] = clamped(mo[w] + so[w] * o[w]);
      c[w] = clamped(mc[w] + sc[w] * c[w]);
      const double wetter = up.share[w] * (h[w] - ph[w]);
      ph[w] += wetter;
      po[w] += up.share[w] * (o[w] - po[w]);
      th[w] = wetter / t.since[w];
      pc[w] += up.share[w] * (c[w] - pc[w]);
    }
  }
}

}  // namespace saggar::kiln::tile
