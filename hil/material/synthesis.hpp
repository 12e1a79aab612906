// From dried mix to layered oxide: lithiation (R3), ordering (R4), growth of primary particles
// (R5), lithium lost to the saggar (R6), carbonation (R7), decomposition in thin oxygen (R8). Rate
// laws as functions of values; the numbers of each law and their grades come from the caller's
// data. Source of all forms: facts, section 2.5. R4 does not hold for a large loss of oxygen:
// measured LiNiO2 in air is 10-15 % mixed where R4 says 2-3 %; R8 has to carry that case.
#pragma once

#include <algorithm>
#include <cmath>

#include "hil/material/drying.hpp"
#include "hil/material/equilibria.hpp"

namespace saggar::material {

/// R3: dx/dt = k (a2 - x)^2 xO2^m. Only what has lost its water (a2) can take up lithium.
struct Lithiation {
  Arrhenius k;
  double oxygen_power = 0.5;  ///< m, [0, 1]

  /// dx/dt in 1/s. @param x conversion in [0, a2]; @param a2 of M(OH)2; @param oxygen mole fraction
  double rate(double temperature_K, double x, double a2, double oxygen) const noexcept {
    const double free = a2 - x;
    if (free <= 0 || oxygen <= 0) return 0.0;
    return k.rate(temperature_K) * free * free * std::pow(oxygen, oxygen_power);
  }
};

/// R4: dz/dt = -k (z - zeq), z = share of nickel on lithium sites.
struct Ordering {
  Arrhenius k;
  double at_formation = 0.12;       ///< z of what has just formed
  double offset = 0.012;            ///< that no temperature removes
  double thermal = 0.008;           ///< at `anchor_K` in pure oxygen
  double energy_J_per_mol = 120e3;  ///< of the thermal part
  double anchor_K = 1023.15;

  /// Where z comes to rest. @param oxygen mole fraction > 0; @param li_per_m Li/M still in the
  /// powder
  double equilibrium(double temperature_K, double oxygen, double li_per_m) const noexcept {
    const double thermal_part = thermal *
                                std::exp(-energy_J_per_mol / kGasConstant_J_per_molK *
                                         (1.0 / temperature_K - 1.0 / anchor_K)) /
                                std::sqrt(oxygen);
    return offset + thermal_part + std::max(0.0, (1.0 - li_per_m) / (1.0 + li_per_m));
  }
  /// dz/dt in 1/s.
  double rate(double temperature_K, double z, double oxygen, double li_per_m) const noexcept {
    return -k.rate(temperature_K) * (z - equilibrium(temperature_K, oxygen, li_per_m));
  }
};

/// R5: d(d^3)/dt = k g(r). Above Li/M 1 a melt carries the growth.
struct Growth {
  Arrhenius k;                ///< factor in nm3/s
  double start_nm = 35.0;     ///< d0
  double without_melt = 0.2;  ///< g for Li/M <= 1

  /// In nm3/s.
  double cube_rate(double temperature_K, double li_per_m) const noexcept {
    return k.rate(temperature_K) * (li_per_m > 1.0 ? 1.0 : without_melt);
  }
  static double diameter_nm(double cube_nm3) noexcept { return std::cbrt(cube_nm3); }
};

/// R6: lithium that the saggar takes through the face it shares with the powder.
struct WallLoss {
  double factor_mol_per_m2s = 0;
  double energy_J_per_mol = 200e3;

  /// In mol/s for this contact area.
  double rate(double temperature_K, double contact_m2) const noexcept {
    return contact_m2 * factor_mol_per_m2s *
           std::exp(-energy_J_per_mol / (kGasConstant_J_per_molK * temperature_K));
  }
  /// The factor for which `mol` are lost in `time_s` at one temperature.
  static double factor_of(double mol, double contact_m2, double time_s, double temperature_K,
                          double energy_J_per_mol) noexcept {
    return mol / (contact_m2 * time_s *
                  std::exp(-energy_J_per_mol / (kGasConstant_J_per_molK * temperature_K)));
  }
};

/// R7: LiOH + 1/2 CO2 -> 1/2 Li2CO3 + 1/2 H2O, first order in the CO2 and in what is left of the
/// LiOH.
struct Carbonation {
  double rate_per_Pa_s = 0;
  double onset_K = 673.15;  ///< slower below: not modelled

  /// First-order rate constant in 1/s.
  double rate(double temperature_K, double carbon_dioxide_Pa) const noexcept {
    return temperature_K < onset_K || carbon_dioxide_Pa <= 0 ? 0.0
                                                             : rate_per_Pa_s * carbon_dioxide_Pa;
  }
};

/// R8: dx/dt = -k x above a temperature that rises with the oxygen: two points, straight in ln xO2.
/// The rate comes up linearly over `width_K`, so that a step of time does not jump over it.
struct Decomposition {
  double rate_per_s = 1e-4;
  double in_air_K = 963.15;      ///< at xO2 = 0.21
  double oxygen_gain_K = 110.0;  ///< by which pure oxygen raises it
  double width_K = 10.0;         ///< > 0

  double onset_K(double oxygen) const noexcept {
    return in_air_K + oxygen_gain_K * (1.0 - std::log(oxygen) / std::log(0.21));
  }
  /// -dx/dt in 1/s.
  double rate(double temperature_K, double x, double oxygen) const noexcept {
    if (oxygen <= 0) return rate_per_s * x;
    const double share = (temperature_K - onset_K(oxygen)) / width_K;
    return rate_per_s * x * std::min(1.0, std::max(0.0, share));
  }
};

/// Heats taken up in J per mol of lithium, at 298 K, and of what R3 takes its lithium from. From
/// solid LiOH: what has melted gives its heat of melting back by itself.
struct SynthesisHeats {
  double hydroxide = 12e3;
  double carbonate = 58e3;
  double oxide = -50e3;        ///< R8 takes up the same, with the other sign
  double carbonation = -47e3;  ///< R7
};

/// R3 to R8 of one material.
struct Synthesis {
  Lithiation lithiation;
  Arrhenius carbonate;  ///< R3 where the lithium comes as Li2CO3; same form and oxygen power
  Ordering ordering;
  Growth growth;
  WallLoss wall;
  Carbonation carbonation;
  Decomposition decomposition;
  SynthesisHeats heat;
  Melting melting;
};

}  // namespace saggar::material
