// Tile: one group of saggar columns as the step of the beds works on it, and the rates of the
// drying reactions over its lanes. Private to bed_step.cpp.
#pragma once

#include <cmath>
#include <cstddef>

#include "hil/kiln/beds.hpp"
#include "hil/material/fast_exp.hpp"

#define SAGGAR_INLINE [[gnu::always_inline]] inline
// Lanes never depend on each other, and rows of different arrays never overlap.
#define SAGGAR_LANES(w) _Pragma("GCC ivdep") for (std::size_t w = 0; w < kW; ++w)

namespace saggar::kiln::tile {

using material::fast_exp;
using material::kGasConstant_J_per_molK;
using material::kReference_K;
using material::kStefanBoltzmann_W_per_m2K4;
using material::kWater_kg_per_mol;

constexpr std::size_t kW = Beds::kLanes;
constexpr double kPressure_bar = 1.01325;
constexpr double kGone = 1e-7;  ///< remaining share below which a node counts as done

using Out = double* __restrict;
using In = const double* __restrict;

/// Pointers to lane 0 of a group of columns; state rows are `stride` apart, work rows kW.
struct Tile {
  const BedFigures* f;
  std::size_t stride;
  double dt_s;
  bool moist, hydrate, hydroxide;
  // state
  double *T, *H, *core, *left, *damp, *wall_K, *wall_H, *surface_K, *head, *top_k;
  const double *depth, *hydrate_mol, *hydroxide_mol, *moisture_mol, *dry_kg;
  const double *heat_top, *heat_base, *heat_wall, *zone_steam;
  double *released_mol, *released_J, *absorbed_J;
  // work: conductance to the row below (W/K), heat capacity (J/K), predicted reaction heat (W) and
  // its slope (W/K), steam made (mol/s), Thomas, rates of the three reactions and their slopes
  double *link, *mass, *heat, *slope, *steam, *upper, *next;
  double *v1, *d1, *v2, *d2, *v0, *d0;
  // ln A, E/R, dH/R, dS/R of the reactions
  double ln_a1, e1, h1, s1, ln_a2, e2, h0, s0;
};

SAGGAR_INLINE double positive(double x) noexcept { return x > 0.0 ? x : 0.0; }
/// Share left of a first-order decay over x = rate dt: second order, positive, stable.
SAGGAR_INLINE double decay(double x) noexcept { return 1.0 / (1.0 + x + 0.5 * x * x); }
SAGGAR_INLINE double cube(double x) noexcept { return x * x * x; }

SAGGAR_INLINE void node_mass(const Tile& t, std::size_t n, Out kg) {
  In y = t.core + n * t.stride, w2 = t.left + n * t.stride, wm = t.damp + n * t.stride;
  SAGGAR_LANES(w) {
    kg[w] =
        t.dry_kg[w] + kWater_kg_per_mol * (t.hydrate_mol[w] * cube(y[w]) +
                                           t.hydroxide_mol[w] * w2[w] + t.moisture_mol[w] * wm[w]);
  }
}

SAGGAR_INLINE void hydrate_rates(const Tile& t, In T, In head, Out v, Out d) {
  const double ln_a = t.ln_a1, e = t.e1, h = t.h1, s = t.s1;
  SAGGAR_LANES(w) {
    const double inverse = 1.0 / T[w];
    const double k = fast_exp(ln_a - e * inverse);
    const double ratio = kPressure_bar * head[w] * fast_exp(h * inverse - s);
    const double drive = positive(1.0 - ratio);
    v[w] = k * drive;
    d[w] = ratio < 1.0 ? k * inverse * inverse * (e * drive + h * ratio) : 0.0;
  }
}

SAGGAR_INLINE void hydroxide_rates(const Tile& t, In T, In retard, Out v, Out d) {
  const double ln_a = t.ln_a2, e = t.e2;
  SAGGAR_LANES(w) {
    const double inverse = 1.0 / T[w];
    const double k = fast_exp(ln_a - e * inverse) * retard[w];
    v[w] = k;
    d[w] = k * e * inverse * inverse;
  }
}

SAGGAR_INLINE void moisture_rates(const Tile& t, In T, In head, Out v, Out d) {
  const double h = t.h0, s = t.s0, rate = t.f->drying.moisture.rate_per_s;
  SAGGAR_LANES(w) {
    const double inverse = 1.0 / T[w];
    const double ratio = kPressure_bar * head[w] * fast_exp(h * inverse - s);
    v[w] = rate * positive(1.0 - ratio);
    d[w] = ratio < 1.0 ? rate * ratio * h * inverse * inverse : 0.0;
  }
}

}  // namespace saggar::kiln::tile
