// Problems for the tests of the solver: a chain of heated zones, and random ones.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "controllers/mpc/ocp/solver.hpp"

namespace saggar::ocp {

/// splitmix64, the same everywhere.
struct Dice {
  std::uint64_t state;
  double operator()(double from, double to) {
    std::uint64_t z = (state += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    const double unit = static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    return from + (to - from) * unit;
  }
  int operator()(int from, int to) {
    return from + static_cast<int>((*this)(0.0, 1.0) * (to - from + 1));
  }
};

/// Zones in a row, each with a temperature that its heater, its neighbours and the hall move:
/// x+ = 0.85 x + 0.05 (neighbours) + 0.3 u. Bands of +-0.5 about the reference, |u| <= 1, 0.2 a
/// stage; the reference steps from 0 to `step`.
inline void fill_chain(Problem& p, double step) {
  const std::size_t n = p.size().states;
  std::vector<double> a(n * n), b(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    a[i * (n + 1)] = 0.85, b[i * (n + 1)] = 0.3;
    if (i > 0) a[i - 1 + i * n] = a[i + (i - 1) * n] = 0.05;
  }
  for (std::size_t k = 0; k < p.stages(); ++k) {
    p.dynamics(k, a.data(), b.data());
    for (std::size_t i = 0; i < n; ++i) {
      const double wanted = i % 2 == 0 ? step : 0.5 * step;
      p.q(k)[i] = 1, p.reference(k)[i] = wanted;
      p.r_weight(k)[i] = 0.05, p.s_weight(k)[i] = 0.3;
      p.low(k)[i] = -1, p.high(k)[i] = 1, p.fall(k)[i] = p.rise(k)[i] = 0.2;
    }
    for (std::size_t i = 0; i < p.size().banded; ++i) {
      p.band_low(k)[i] = p.reference(k)[i] - 0.5, p.band_high(k)[i] = p.reference(k)[i] + 0.5;
      p.rho1(k)[i] = 5, p.rho2(k)[i] = 5;
    }
  }
}

inline Size chain(std::size_t zones, std::size_t stages, bool bands) {
  return {zones, zones, bands ? zones : 0, stages, !bands};
}

}  // namespace saggar::ocp
