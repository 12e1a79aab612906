// What a tile of the bed needs in a step, by the state of its columns. Private to bed_step.cpp.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>

#include "hil/kiln/bed_synthesis.hpp"
#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

/// Below these the reactions move nothing that anybody could see: 1e-9 per second of R2 and R3,
/// 1e-7 of R4; R5 and R6 begin later still.
struct IdleBelow {
  double hydroxide_K, lithiation_K, ordering_K;

  static IdleBelow of(const Tile& t, const SynthesisRates& k) noexcept {
    const auto reach = [](double ln_a, double e, double ln_idle) {
      return ln_a > ln_idle ? e / (ln_a - ln_idle) : 1e9;
    };
    constexpr double kDrying = -20.7, kLithiation = -20.7, kOrdering = -16.1;
    const double lithiation_K =
        std::min(reach(k.ln_a, k.e, kLithiation), reach(k.ln_c, k.ec, kLithiation));
    // R7 and R8 advance with R3: none of them may be left out above where it begins.
    const material::Synthesis& s = t.f->synthesis;
    return {reach(t.ln_a2, t.e2, kDrying),
            std::min({lithiation_K, s.carbonation.onset_K, s.decomposition.onset_K(kThinnest)}),
            reach(k.ln_o, k.eo, kOrdering)};
  }
};

/// Some lane is above `bound`.
SAGGAR_INLINE bool any_above(In v, double bound) noexcept {
  std::int64_t found = 0;
  SAGGAR_LANES(w) found |= v[w] > bound ? 1 : 0;
  return found != 0;
}
SAGGAR_INLINE double highest(In v) noexcept { return *std::max_element(v, v + kW); }
SAGGAR_INLINE double lowest(In v) noexcept { return *std::min_element(v, v + kW); }

/// Extremes over a whole tile: temperatures, the oxide that has found no lithium yet, and the
/// oxygen in the pores.
struct Extremes {
  double hottest_K, coldest_K, widest, thinnest;

  SAGGAR_INLINE static Extremes of(const Tile& t) noexcept {
    alignas(64) double hot[kW], cold[kW], thin[kW], open[kW] = {};
    SAGGAR_LANES(w) {
      hot[w] = cold[w] = t.T[w];
      thin[w] = t.pore_oxygen[w];
    }
    for (std::size_t l = 0; l < t.f->layers; ++l) {
      for (std::size_t i = 0; i < t.f->nodes; ++i) {
        const std::size_t n = l * t.f->nodes + i;
        In T = t.T + (n + l) * t.stride, left = t.left + n * t.stride, x = t.x + n * t.stride;
        In o2 = t.pore_oxygen + n * t.stride;
        SAGGAR_LANES(w) {
          thin[w] = at_most(o2[w], thin[w]);
          hot[w] = at_least(T[w], hot[w]);
          cold[w] = at_most(T[w], cold[w]);
          open[w] = at_least(1.0 - left[w] - x[w], open[w]);
        }
      }
    }
    return {highest(hot), lowest(cold), highest(open), at_least(lowest(thin), kThinnest)};
  }
};

/// What one row of nodes may do. Melting counts a whole band to either side: a node may come into
/// it within the step.
SAGGAR_INLINE std::uint8_t row_does(const Tile& t, std::size_t l, std::size_t n,
                                    const IdleBelow& idle) noexcept {
  const material::Melting& m = t.f->synthesis.melting;
  In T = t.T + (n + l) * t.stride;
  std::int64_t wet = 0, molten = 0, solid = 0, lithiates = 0, orders = 0;
  SAGGAR_LANES(w) {
    wet |= T[w] > idle.hydroxide_K ? 1 : 0;
    molten |= T[w] > m.middle_K - m.band_K ? 1 : 0;
    solid |= T[w] < m.middle_K + m.band_K ? 1 : 0;
    lithiates |= T[w] > idle.lithiation_K ? 1 : 0;
    orders |= T[w] > idle.ordering_K ? 1 : 0;
  }
  unsigned does = 0;
  if (t.moist && any_above(t.damp + n * t.stride, 0.0)) does |= kEvaporates;
  if (t.hydrate && any_above(t.core + n * t.stride, 0.0)) does |= kLosesHydrate;
  if (t.hydroxide && wet != 0 && any_above(t.left + n * t.stride, 0.0)) does |= kLosesHydroxide;
  if (molten != 0 && solid != 0) does |= kMelts;
  if (lithiates != 0) does |= kLithiates;
  if (orders != 0) does |= kOrders;
  return static_cast<std::uint8_t>(does);
}

/// How much of x the fastest node of a tile would gain by R3 or lose by R8 within `over_s`, at
/// most.
SAGGAR_INLINE double fastest(const material::Decomposition& r8, const SynthesisRates& k,
                             const Extremes& tile, double over_s) noexcept {
  const double inverse = 1.0 / tile.hottest_K;
  const double ln_k = std::max(k.ln_a - k.e * inverse, k.ln_c - k.ec * inverse);
  const double gained = over_s * fast_exp(ln_k) * tile.widest * tile.widest;
  const Instant at{tile.hottest_K, inverse, fast_log(tile.thinnest), over_s, 1.0};
  return std::max(gained, decompose(r8, k, at, 1.0).lithium);
}

/// What a tile needs in this step.
SAGGAR_INLINE void look(Tile& t, const SynthesisRates& rates, const IdleBelow& idle) noexcept {
  const Extremes tile = Extremes::of(t);
  t.dries = t.moist || t.hydrate || t.hydroxide;
  const bool hot = tile.hottest_K > idle.lithiation_K;
  if (hot) {
    SAGGAR_LANES(w) t.since[w] += t.dt_s;
  } else if (t.dries) {
    SAGGAR_LANES(w) t.since[w] = t.dt_s;
  }
  const double waited_s = highest(t.since);
  t.fires = t.dries || waited_s >= t.f->reactions_wait_s ||
            (hot && fastest(t.f->synthesis.decomposition, rates, tile, waited_s + t.dt_s) >
                        t.f->reactions_share);
  const std::size_t nodes = t.f->layers * t.f->nodes;
  std::memset(t.does, 0, nodes);
  const material::Melting& m = t.f->synthesis.melting;
  const bool melts =
      tile.hottest_K > m.middle_K - m.band_K && tile.coldest_K < m.middle_K + m.band_K;
  if (!t.fires && !melts) return;
  for (std::size_t n = 0; n < nodes; ++n) t.does[n] = row_does(t, n / t.f->nodes, n, idle);
}

}  // namespace saggar::kiln::tile
