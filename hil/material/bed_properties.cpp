#include "hil/material/bed_properties.hpp"

#include <cmath>
#include <numbers>

namespace saggar::material {

double bed_conductivity(const PackedBed& bed, double temperature_K) noexcept {
  const double gas = bed.gas_300K_W_per_mK * std::pow(temperature_K / 300.0, bed.gas_exponent);
  const double kappa = bed.solid_W_per_mK / gas;
  const double solid = 1.0 - bed.porosity;
  const double b = bed.shape * std::pow(solid / bed.porosity, 10.0 / 9.0);
  const double n = 1.0 - b / kappa;
  const double core =
      2.0 / n *
      ((1.0 - 1.0 / kappa) * b / (n * n) * std::log(kappa / b) - 0.5 * (b + 1.0) - (b - 1.0) / n);
  const double root = std::sqrt(solid);
  return bed.factor * gas * (1.0 - root + root * core);
}

ConductivityFit fit_conductivity(const PackedBed& bed) noexcept {
  constexpr int kN = 5;
  std::array<double, kN> u{}, d{};
  for (int i = 0; i < kN; ++i) {
    const double node = std::cos(std::numbers::pi * (2 * i + 1) / (2.0 * kN));
    const double temperature_K = 800.0 + 550.0 * node;
    u[i] = (temperature_K - 700.0) / 500.0;
    d[i] = bed_conductivity(bed, temperature_K);
  }
  // Newton's divided differences, then the Newton form expanded to powers of u.
  for (int j = 1; j < kN; ++j) {
    for (int i = kN - 1; i >= j; --i) d[i] = (d[i] - d[i - 1]) / (u[i] - u[i - j]);
  }
  ConductivityFit fit;
  for (int i = kN - 1; i >= 0; --i) {
    for (int k = kN - 1; k > 0; --k) fit.c[k] = fit.c[k - 1] - u[i] * fit.c[k];
    fit.c[0] = d[i] - u[i] * fit.c[0];
  }
  return fit;
}

}  // namespace saggar::material
