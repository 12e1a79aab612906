// Conductivity and heat capacity of a loose powder bed and of the saggar that carries it.
// Pure functions of temperature; every figure is a value given by the caller.
#pragma once

#include <array>
#include <cmath>

namespace saggar::material {

inline constexpr double kGasConstant_J_per_molK = 8.314462618;         // CODATA 2018
inline constexpr double kStefanBoltzmann_W_per_m2K4 = 5.670374419e-8;  // CODATA 2018
inline constexpr double kZeroCelsius_K = 273.15;
inline constexpr double kReference_K = 298.15;                 ///< enthalpies are zero here
inline constexpr double kWater_kg_per_mol = 0.018015;          // IUPAC weights
inline constexpr double kOxygen_kg_per_mol = 0.031998;         // O2
inline constexpr double kCarbonDioxide_kg_per_mol = 0.044009;  // CO2
inline constexpr double kHydroxide_kg_per_mol = 0.023947;      // LiOH
inline constexpr double kHydrate_kg_per_mol = 0.041962;        // LiOH.H2O
inline constexpr double kHalfCarbonate_kg_per_mol = 0.036944;  // Li2CO3 per Li
inline constexpr double kStandardMolar_m3 = 0.022413969;       // at 0 degC and 101325 Pa

/// Zehner-Bauer-Schluender cell model of a bed without flow and radiation.
struct PackedBed {
  double porosity = 0.67;       ///< (0.2, 0.95)
  double solid_W_per_mK = 2.0;  ///< > gas conductivity
  double shape = 1.25;          ///< C of the deformation parameter: 1.25 spheres, 1.4 broken
  double gas_300K_W_per_mK = 0.0267;
  double gas_exponent = 0.8;  ///< k_gas ~ (T / 300 K)^exponent
  double factor = 1.0;        ///< correction to be identified on the plant, 0.8 to 2.0
};

/// Effective conductivity in W/(m K) at `temperature_K`.
double bed_conductivity(const PackedBed& bed, double temperature_K) noexcept;

/// A quartic in (T - 700 K) / 500 K through five Chebyshev nodes of [250, 1350] K.
struct ConductivityFit {
  std::array<double, 5> c{};
  double operator()(double temperature_K) const noexcept {
    const double u = (temperature_K - 700.0) * (1.0 / 500.0);
    return c[0] + u * (c[1] + u * (c[2] + u * (c[3] + u * c[4])));
  }
};

/// Fit of `bed_conductivity`, for loops without powers and logarithms. Error below 0.2 % between
/// 300 and 1300 K for exponents of 0.5 to 1.2 (test).
ConductivityFit fit_conductivity(const PackedBed& bed) noexcept;

/// cp = c300 + slope (T - 300 K).
struct HeatCapacity {
  double at_300K_J_per_kgK = 900.0;
  double slope_J_per_kgK2 = 0.25;

  double cp(double temperature_K) const noexcept {
    return at_300K_J_per_kgK + slope_J_per_kgK2 * (temperature_K - 300.0);
  }
  /// Enthalpy in J/kg relative to kReference_K.
  double enthalpy(double temperature_K) const noexcept {
    const double a = at_300K_J_per_kgK + slope_J_per_kgK2 * (kReference_K - 300.0);
    const double d = temperature_K - kReference_K;
    return d * (a + 0.5 * slope_J_per_kgK2 * d);
  }
  /// The temperature at which `enthalpy` has this value; exact inverse up to rounding.
  double temperature(double enthalpy_J_per_kg) const noexcept {
    const double a = at_300K_J_per_kgK + slope_J_per_kgK2 * (kReference_K - 300.0);
    // 2h / (a + sqrt(a^2 + 2 b h)) is the stable root, also for b = 0.
    const double root = std::sqrt(a * a + 2.0 * slope_J_per_kgK2 * enthalpy_J_per_kg);
    return kReference_K + 2.0 * enthalpy_J_per_kg / (a + root);
  }
};

}  // namespace saggar::material
