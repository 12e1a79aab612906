// What a tile of the bed needs in a step, by the state of its columns. Private to bed_step.cpp.
#pragma once

#include <algorithm>

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
  const double low = m.middle_K - m.band_K, high = m.middle_K + m.band_K;
  int hot = 0, late = 0, melting = 0, open = 0;
  for (std::size_t l = 0; l < t.f->layers; ++l) {
    for (std::size_t i = 0; i < t.f->nodes; ++i) {
      const double* T = t.T + (l * (t.f->nodes + 1) + i) * t.stride;
      const std::size_t n = (l * t.f->nodes + i) * t.stride;
      const double *left = t.left + n, *x = t.x + n;
      for (std::size_t w = 0; w < kW; ++w) {
        hot |= T[w] > idle.lithiation_K ? 1 : 0;
        late |= T[w] > idle.ordering_K ? 1 : 0;
        melting |= (T[w] > low ? 1 : 0) & (T[w] < high ? 1 : 0);
        open |= 1.0 - left[w] - x[w] > kOpen ? 1 : 0;
      }
    }
  }
  double longest_s = 0;
  for (std::size_t w = 0; w < kW; ++w) {
    if (hot != 0) t.since[w] += t.dt_s;
    longest_s = std::max(longest_s, t.since[w]);
  }
  const bool dries = t.moist || t.hydrate || t.hydroxide;
  if (dries && hot == 0) std::fill(t.since, t.since + kW, t.dt_s);
  t.hot = hot != 0;
  t.late = late != 0;
  t.melting = melting != 0;
  t.fires = dries || (hot != 0 && (melting | open) != 0) || longest_s >= kLongestWait_s;
}

}  // namespace saggar::kiln::tile
