// What a tile of the bed needs in a step, by the state of its columns. Private to bed_step.cpp.
#pragma once

#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_synthesis.hpp"
#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

/// How long R3 to R8 may wait where nothing but ordering and growth goes on: both change by far
/// less than a percent in it.
constexpr double kLongestWait_s = 20.0;
/// Oxide without lithium above which R3 does not wait.
constexpr double kOpen = 5e-3;

/// Below these the reactions move nothing that anybody could see: 1e-9 per second of R3, 1e-7 of
/// R4; R5 and R6 begin later still.
struct IdleBelow {
  double lithiation_K, ordering_K;

  static IdleBelow of(const SynthesisRates& k) noexcept {
    const auto reach = [](double ln_a, double e, double ln_idle) {
      return ln_a > ln_idle ? e / (ln_a - ln_idle) : 1e9;
    };
    constexpr double kLithiation = -20.7, kOrdering = -16.1;
    return {std::min(reach(k.ln_a, k.e, kLithiation), reach(k.ln_c, k.ec, kLithiation)),
            reach(k.ln_o, k.eo, kOrdering)};
  }
};

/// What a tile needs in this step.
inline void look(Tile& t, const IdleBelow& idle) noexcept {
  const material::Melting& m = t.f->synthesis.melting;
  alignas(64) double hottest[kW] = {}, near[kW] = {}, widest[kW] = {};
  for (std::size_t l = 0; l < t.f->layers; ++l) {
    for (std::size_t i = 0; i < t.f->nodes; ++i) {
      In T = t.T + (l * (t.f->nodes + 1) + i) * t.stride;
      In left = t.left + (l * t.f->nodes + i) * t.stride, x = t.x + (l * t.f->nodes + i) * t.stride;
      SAGGAR_LANES(w) {
        hottest[w] = at_least(T[w], hottest[w]);
        near[w] = at_least(m.band_K - std::abs(T[w] - m.middle_K), near[w]);
        widest[w] = at_least(1.0 - left[w] - x[w], widest[w]);
      }
    }
  }
  const auto most = [](const double* v) { return *std::max_element(v, v + kW); };
  const double top_K = most(hottest);
  const bool hot = top_K > idle.lithiation_K, open = most(widest) > kOpen;
  t.hot = hot;
  t.late = top_K > idle.ordering_K;
  t.melting = most(near) > 0.0;
  double longest_s = 0;
  for (std::size_t w = 0; w < kW; ++w) {
    if (hot) t.since[w] += t.dt_s;
    longest_s = std::max(longest_s, t.since[w]);
  }
  const bool dries = t.moist || t.hydrate || t.hydroxide;
  if (dries && !hot) std::fill(t.since, t.since + kW, t.dt_s);
  t.fires = dries || (hot && (t.melting || open)) || longest_s >= kLongestWait_s;
}

}  // namespace saggar::kiln::tile
