// The drying reactions of the bed over the lanes of a tile: free moisture, LiOH.H2O (R1), M(OH)2
// (R2). Private to bed_step.cpp; laws: hil/material/drying.hpp.
#pragma once

#include <cmath>

#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

SAGGAR_INLINE void hydrate_rates(const Tile& t, In per_K, In steam, Out v, Out d, Out p) {
  const double ln_a = t.ln_a1, e = t.e1, h = t.h1, s = t.s1;
  SAGGAR_LANES(w) {
    const double inverse = per_K[w];
    const double k = fast_exp(ln_a - e * inverse);
    const double per_fraction = kPressure_bar * fast_exp(h * inverse - s);
    const double ratio = per_fraction * steam[w];
    const double drive = positive(1.0 - ratio);
    v[w] = k * drive;
    d[w] = ratio < 1.0 ? k * inverse * inverse * (e * drive + h * ratio) : 0.0;
    p[w] = ratio < 1.0 ? k * per_fraction : 0.0;
  }
}

SAGGAR_INLINE void hydroxide_rates(const Tile& t, In per_K, In steam, Out v, Out d) {
  const double ln_a = t.ln_a2, e = t.e2, power = t.f->drying.hydroxide.retarding_power;
  SAGGAR_LANES(w) {
    const double inverse = per_K[w];
    const double p = steam[w] > 1e-12 ? steam[w] : 1e-12;
    const double retard = 1.0 / (1.0 + fast_exp(power * (fast_log(p) - t.ln_p0)));
    const double k = fast_exp(ln_a - e * inverse) * retard;
    v[w] = k;
    d[w] = k * e * inverse * inverse;
  }
}

SAGGAR_INLINE void moisture_rates(const Tile& t, In per_K, In steam, Out v, Out d, Out p) {
  const double h = t.h0, s = t.s0, rate = t.f->drying.moisture.rate_per_s;
  SAGGAR_LANES(w) {
    const double inverse = per_K[w];
    const double per_fraction = kPressure_bar * fast_exp(h * inverse - s);
    const double ratio = per_fraction * steam[w];
    v[w] = rate * positive(1.0 - ratio);
    d[w] = ratio < 1.0 ? rate * ratio * h * inverse * inverse : 0.0;
    p[w] = ratio < 1.0 ? rate * per_fraction : 0.0;
  }
}

/// Rates of drying of one layer, and the heat (W) and steam (mol/s) they would give at the old
/// temperatures; and how much less steam that would be per fraction of steam in the pores.
SAGGAR_INLINE void react(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const double dt = t.dt_s, per_s = 1.0 / dt;
  for (std::size_t i = 0; i < f.nodes; ++i) {
    const std::size_t r = layer * (f.nodes + 1) + i, n = layer * f.nodes + i;
    In T = t.T + r * t.stride;
    In pore = t.pore_steam + n * t.stride;
    Out heat = t.heat + r * kW, slope = t.slope + r * kW, steam = t.steam + r * kW;
    Out yields = t.water_slope + r * kW;
    alignas(64) double p[kW];  // by how much a rate falls per fraction of steam
    alignas(64) double per_K[kW];
    SAGGAR_LANES(w) heat[w] = slope[w] = steam[w] = yields[w] = 0.0;
    const unsigned does = t.does[n];
    if ((does & kDries) == 0) continue;
    SAGGAR_LANES(w) per_K[w] = 1.0 / T[w];
    if ((does & kEvaporates) != 0) {
      In left = t.damp + n * t.stride;
      Out v = t.v0 + r * kW, d = t.d0 + r * kW;
      moisture_rates(t, per_K, pore, v, d, p);
      SAGGAR_LANES(w) {
        const double x = v[w] * dt, keep = decay(x);
        const double mol = t.moisture_mol[w] * left[w];
        heat[w] += f.drying.moisture.heat_J_per_mol * mol * (1.0 - keep) * per_s;
        const double per_rate = mol * (1.0 + x) * keep * keep;
        slope[w] += f.drying.moisture.heat_J_per_mol * per_rate * d[w];
        steam[w] += mol * (1.0 - keep) * per_s;
        yields[w] -= per_rate * p[w] * dt;
      }
    }
    if ((does & kLosesHydrate) != 0) {
      In y = t.core + n * t.stride;
      Out v = t.v1 + r * kW, d = t.d1 + r * kW;
      hydrate_rates(t, per_K, pore, v, d, p);
      SAGGAR_LANES(w) {
        const double after = positive(y[w] - dt * v[w]);
        const double mol = t.hydrate_mol[w] * (cube(y[w]) - cube(after)) * per_s;
        heat[w] += f.drying.hydrate.heat_J_per_mol * mol;
        const double per_rate = t.hydrate_mol[w] * 3.0 * after * after;
        slope[w] += f.drying.hydrate.heat_J_per_mol * per_rate * d[w];
        steam[w] += mol;
        yields[w] -= per_rate * p[w] * dt;
      }
    }
    if ((does & kLosesHydroxide) != 0) {
      In left = t.left + n * t.stride;
      Out v = t.v2 + r * kW, d = t.d2 + r * kW;
      hydroxide_rates(t, per_K, pore, v, d);
      SAGGAR_LANES(w) {
        const double x = v[w] * dt, keep = decay(x);
        const double mol = t.hydroxide_mol[w] * left[w];
        heat[w] += f.drying.hydroxide.heat_J_per_mol * mol * (1.0 - keep) * per_s;
        slope[w] += f.drying.hydroxide.heat_J_per_mol * mol * (1.0 + x) * keep * keep * d[w];
        steam[w] += mol * (1.0 - keep) * per_s;
      }
    }
    // What dries less leaves its heat, which warms the node and lets it dry again.
    In mass = t.mass + r * kW;
    SAGGAR_LANES(w) yields[w] *= mass[w] / (mass[w] + slope[w] * dt * kPart);
  }
}

/// Reacts one node at its new temperature. Heat taken up in J and steam in mol go to `heat`,
/// `steam`.
SAGGAR_INLINE void advance_node(const Tile& t, std::size_t r, std::size_t n) {
  const material::Drying& m = t.f->drying;
  const double dt = t.dt_s;
  In T = t.T + r * t.stride, next = t.next + r * kW;
  Out heat = t.heat + r * kW, steam = t.steam + r * kW;
  SAGGAR_LANES(w) heat[w] = steam[w] = 0.0;
  const unsigned does = t.does[n];
  if ((does & kEvaporates) != 0) {
    Out left = t.damp + n * t.stride;
    In v = t.v0 + r * kW, d = t.d0 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = left[w] * decay(dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double after = kept < kGone ? 0.0 : kept;
      const double mol = t.moisture_mol[w] * (left[w] - after);
      left[w] = after;
      steam[w] += mol;
      heat[w] += mol * m.moisture.heat_J_per_mol;
    }
  }
  if ((does & kLosesHydrate) != 0) {
    Out y = t.core + n * t.stride;
    In v = t.v1 + r * kW, d = t.d1 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = positive(y[w] - dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double mol = t.hydrate_mol[w] * (cube(y[w]) - cube(kept));
      y[w] = kept;
      steam[w] += mol;
      heat[w] += mol * m.hydrate.heat_J_per_mol;
    }
  }
  if ((does & kLosesHydroxide) != 0) {
    Out left = t.left + n * t.stride;
    In v = t.v2 + r * kW, d = t.d2 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = left[w] * decay(dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double after = kept < kGone ? 0.0 : kept;
      const double mol = t.hydroxide_mol[w] * (left[w] - after);
      left[w] = after;
      steam[w] += mol;
      heat[w] += mol * m.hydroxide.heat_J_per_mol;
    }
  }
}

}  // namespace saggar::kiln::tile
