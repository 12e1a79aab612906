// Figures: what the twin takes a kiln, its load and its powder to be. Nominal, never identified.
#pragma once

#include <cstddef>
#include <vector>

#include <saggar/plugin/state.hpp>

namespace saggar::twin {

/// Units are the suffix of each name; defaults and ranges: figures.def.
struct Figures {
#define SAGGAR_TWIN_FIGURE(name, low, high, nominal, doc) double name = nominal;
#include "controllers/twin/figures.def"
#undef SAGGAR_TWIN_FIGURE
};

/// Where things stand; zones from 0.
struct Places {
  std::size_t zones = 0;
  std::size_t layers = 1;
  std::size_t groups = 1;  ///< of drives, evenly over kiln and cooling section
  std::vector<std::size_t> inlet_zone, gas_point_zone;
  std::vector<std::size_t> port_zone;  ///< where the exhaust draws
  std::vector<double> port_share;      ///< of each, sum 1

  double heated_m(const Figures& f) const { return static_cast<double>(zones) * f.zone_length_m; }
  double total_m(const Figures& f) const { return heated_m(f) + f.cooling_length_m; }
  /// Rows that fit, with some to spare.
  std::size_t capacity(const Figures& f) const {
    return static_cast<std::size_t>(total_m(f) / f.saggar_length_m) + 4;
  }
};

/// What of the model is unknown and common to all rows, as factors on the figures.
struct Factors {
  double conduction = 1;  ///< of the bed: conductivity and bulk density together
  double exchange = 1;    ///< radiation of saggar and powder with the chamber
  double capacity = 1;    ///< heat capacity of powder and saggar
  double heat = 1;        ///< of the drying reactions
  double kinetics = 1;    ///< rate of R2
  double film = 1;        ///< gas to everything
  double breath = 1;      ///< exchange of the head-spaces
  double wall = 1;        ///< heat that the side walls take
  double lithiation = 1;  ///< rate of R3
  double pores = 1;       ///< diffusivity of gas in the bed
  double binding = 1;     ///< heat of R3 from LiOH

  void state(plugin::State& s);
};
inline constexpr std::size_t kFactors = 11;
/// Factors from here on change how the powder fires; so does breath.
inline constexpr std::size_t kBreath = 6, kFiring = 8, kPores = 9;

inline double& factor(Factors& f, std::size_t i) noexcept {
  double* const all[kFactors] = {&f.conduction, &f.exchange, &f.capacity, &f.heat,
                                 &f.kinetics,   &f.film,     &f.breath,   &f.wall,
                                 &f.lithiation, &f.pores,    &f.binding};
  return *all[i];
}

}  // namespace saggar::twin
