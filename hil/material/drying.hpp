// The drying reactions of the mix: free moisture, LiOH.H2O (R1) and M(OH)2 (R2).
// Rate laws, equilibrium pressures and heats as functions of values.
#pragma once

#include <cmath>

#include "hil/material/bed_properties.hpp"

namespace saggar::material {

/// k = A exp(-E / RT).
struct Arrhenius {
  double factor_per_s = 0;
  double energy_J_per_mol = 0;

  double rate(double temperature_K) const noexcept {
    return factor_per_s * std::exp(-energy_J_per_mol / (kGasConstant_J_per_molK * temperature_K));
  }
};

/// ln(p / 1e5 Pa) = -dH / RT + dS / R.
struct VapourPressure {
  double enthalpy_J_per_mol = 0;
  double entropy_J_per_molK = 0;

  double pressure_Pa(double temperature_K) const noexcept {
    return 1e5 * std::exp((entropy_J_per_molK - enthalpy_J_per_mol / temperature_K) /
                          kGasConstant_J_per_molK);
  }
  /// The temperature at which `pressure_Pa` has this value.
  double temperature_K(double pressure_Pa) const noexcept {
    return enthalpy_J_per_mol /
           (entropy_J_per_molK - kGasConstant_J_per_molK * std::log(pressure_Pa / 1e5));
  }
};

/// R1: LiOH.H2O -> LiOH + H2O, da/dt = k (1-a)^(2/3) max(0, 1 - p/p_eq). Contracting sphere: with
/// the core radius y = (1-a)^(1/3) the law is dy/dt = -k/3 max(0, 1 - p/p_eq), which is what
/// `core_rate` gives and the bed integrates.
struct HydrateReaction {
  Arrhenius k;
  VapourPressure equilibrium;
  double heat_J_per_mol = 0;  ///< at 298 K, H2O as gas, > 0 absorbed

  /// -dy/dt in 1/s.
  double core_rate(double temperature_K, double steam_Pa) const noexcept {
    const double drive = 1.0 - steam_Pa / equilibrium.pressure_Pa(temperature_K);
    return drive > 0 ? k.rate(temperature_K) * drive / 3.0 : 0.0;
  }
};

/// R2: M(OH)2 -> MO + H2O, da/dt = k (1-a) / (1 + (p/p0)^b).
struct HydroxideReaction {
  Arrhenius k;
  double retarding_Pa = 20e3;    ///< p0
  double retarding_power = 0.5;  ///< b; 0 halves the rate at any pressure
  double heat_J_per_mol = 0;

  /// 1 / (1 + (p/p0)^b).
  double retardation(double steam_Pa) const noexcept {
    if (steam_Pa <= 0) return 1.0;
    return 1.0 / (1.0 + std::pow(steam_Pa / retarding_Pa, retarding_power));
  }
  /// First-order rate constant in 1/s.
  double rate(double temperature_K, double steam_Pa) const noexcept {
    return k.rate(temperature_K) * retardation(steam_Pa);
  }
};

/// Free moisture: dw/dt = -k w max(0, 1 - p/p_sat).
struct Evaporation {
  double rate_per_s = 0;
  VapourPressure saturation;
  double heat_J_per_mol = 0;

  double rate(double temperature_K, double steam_Pa) const noexcept {
    const double drive = 1.0 - steam_Pa / saturation.pressure_Pa(temperature_K);
    return drive > 0 ? rate_per_s * drive : 0.0;
  }
};

/// The mix as fed: which masses hold which moles.
struct Mix {
  double hydroxide_kg_per_mol = 0.092356;           ///< M(OH)2
  double lithium_kg_per_mol = kHydrate_kg_per_mol;  ///< what brings the lithium, per Li

  /// Moles of M(OH)2 in one kg of dry mix with this Li/M.
  double hydroxide_mol_per_kg(double li_per_m) const noexcept {
    return 1.0 / (hydroxide_kg_per_mol + li_per_m * lithium_kg_per_mol);
  }
};

struct Drying {
  HydrateReaction hydrate;
  HydroxideReaction hydroxide;
  Evaporation moisture;
  Mix mix;
};

}  // namespace saggar::material
