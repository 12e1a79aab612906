// The gas of one layer over the lanes of a tile: what rises through the bed, the head-space, and
// the fractions in the pores. Private to bed_step.cpp.
#pragma once

#include <cmath>

#include "hil/kiln/bed_synthesis.hpp"
#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

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

/// Head-space of one layer: gas from below, exchange with the chamber; implicit.
SAGGAR_INLINE void mix_head(const Tile& t, std::size_t layer, const Rising& up) {
  const BedFigures& f = *t.f;
  const std::size_t at = layer * t.stride;
  Out steam = t.head + at, oxygen = t.head_oxygen + at, carbon = t.head_carbon + at;
  In surface = t.surface_K + at;
  SAGGAR_LANES(w) {
    const double swap = f.head_exchange_per_s * t.since[w];
    const double per_mol =
        kGasConstant_J_per_molK * surface[w] / (kPressure_bar * 1e5 * f.head_space_m3);
    const double jet = t.since[w] * per_mol;  // per mol/s of a lance, volumes
    const double out = 1.0 + positive(up.all[w]) * per_mol + swap + jet * t.lance[w];
    steam[w] = clamped((steam[w] + up.water[w] * per_mol + swap * t.zone_steam[w]) /
                       (out - up.water_slope[w] * per_mol));
    oxygen[w] = clamped(
        (oxygen[w] + up.oxygen[w] * per_mol + swap * t.zone_oxygen[w] + jet * t.lance_oxygen[w]) /
        (out - up.oxygen_slope[w] * per_mol));
    carbon[w] = clamped((carbon[w] + up.carbon[w] * per_mol + swap * t.zone_carbon[w]) /
                        (out - up.carbon_slope[w] * per_mol));
  }
}

/// Mole fractions in the pores of one layer from the head-space down; they follow the profile at
/// rest with their lag.
SAGGAR_INLINE void breathe(const Tile& t, std::size_t layer, const Rising& up) {
  const BedFigures& f = *t.f;
  const std::size_t first = layer * (f.nodes + 1);
  In head_h = t.head + layer * t.stride, head_o = t.head_oxygen + layer * t.stride;
  In head_c = t.head_carbon + layer * t.stride;
  alignas(64) double h[kW], o[kW], c[kW], per_s[kW];
  SAGGAR_LANES(w) {
    per_s[w] = 1.0 / t.since[w];
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
      th[w] = wetter * per_s[w];
      pc[w] += up.share[w] * (c[w] - pc[w]);
    }
  }
}

}  // namespace saggar::kiln::tile
