// Equilibria of the lithium side: LiOH with Li2O and steam, and how LiOH melts.
#pragma once

#include <algorithm>
#include <cmath>

namespace saggar::material {

/// 2 LiOH = Li2O + H2O: log10 p[Pa] = -a / T + b, with one line below and one above the melting of
/// LiOH, where they cross. Source: LIOHVAP (570-820 K); beyond 820 K extrapolated.
struct OxideEquilibrium {
  double solid_a_K = 6462.0, solid_b = 11.22;
  double melt_a_K = 4074.0, melt_b = 8.021;

  double crossing_K() const noexcept { return (solid_a_K - melt_a_K) / (solid_b - melt_b); }
  double pressure_Pa(double temperature_K) const noexcept {
    const bool solid = temperature_K < crossing_K();
    return std::pow(10.0,
                    (solid ? solid_b : melt_b) - (solid ? solid_a_K : melt_a_K) / temperature_K);
  }
};

/// Melting spread over a band: the molten share rises from 0 to 1 as a smooth step of third order
/// over `band_K` about `middle_K`. Its heat makes melting part of the enthalpy, so nothing is lost.
struct Melting {
  double middle_K = 744.15;
  double band_K = 8.0;
  double heat_J_per_mol = 22850.0;

  double share(double temperature_K) const noexcept {
    const double s = std::min(1.0, std::max(0.0, (temperature_K - middle_K) / band_K + 0.5));
    return s * s * (3.0 - 2.0 * s);
  }
  /// d share / dT in 1/K.
  double slope(double temperature_K) const noexcept {
    const double s = std::min(1.0, std::max(0.0, (temperature_K - middle_K) / band_K + 0.5));
    return 6.0 * s * (1.0 - s) / band_K;
  }
};

}  // namespace saggar::material
