// Tile: one group of saggar columns as the step of the beds works on it. Private to bed_step.cpp.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "hil/kiln/beds.hpp"
#include "hil/material/fast_exp.hpp"
#include "hil/material/fast_log.hpp"

#define SAGGAR_INLINE [[gnu::always_inline]] inline
// Wider vectors where the machine has them. Every operation is IEEE and nothing is contracted or
// reordered, so all versions give the same bits. Sanitizers cannot start with such functions.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)
#define SAGGAR_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SAGGAR_WIDE
#endif
// Lanes never depend on each other, and rows of different arrays never overlap.
#if defined(__clang__)
#define SAGGAR_LANES(w) for (std::size_t w = 0; w < kW; ++w)
#else
#define SAGGAR_LANES(w) _Pragma("GCC ivdep") for (std::size_t w = 0; w < kW; ++w)
#endif

namespace saggar::kiln::tile {

using material::fast_exp;
using material::fast_log;
using material::kGasConstant_J_per_molK;
using material::kReference_K;
using material::kStefanBoltzmann_W_per_m2K4;
using material::kWater_kg_per_mol;

constexpr std::size_t kW = Beds::kLanes;
constexpr double kPressure_bar = 1.01325;
/// Where in a step flows and rates are taken, as its share: 0.5 is second order but rings, 1 is
/// first order.
constexpr double kPart = 0.55;
/// What a row of nodes may do in a step.
enum Does : std::uint8_t {
  kEvaporates = 1,  ///< holds moisture
  kLosesHydrate = 2,
  kLosesHydroxide = 4,
  kMelts = 8,       ///< is in the band of melting
  kLithiates = 16,  ///< is hot enough for R3
  kOrders = 32,     ///< is hot enough for R4 to R6
};
constexpr unsigned kDries = kEvaporates | kLosesHydrate | kLosesHydroxide;
constexpr double kGone = 1e-7;  ///< remaining share below which a node counts as done

using Out = double* __restrict;
using In = const double* __restrict;

/// Pointers to lane 0 of a group of columns; state rows are `stride` apart, work rows kW.
struct Tile {
  const BedFigures* f;
  std::size_t stride;
  double dt_s;
  bool moist, hydrate, hydroxide;
  bool dries;          ///< some node may lose water
  bool fires;          ///< R3 to R8 or the gas in the pores advance in this step
  std::uint8_t* does;  ///< per bed node, bits of `Does`: what some lane of it may do in this step
  // state
  double *kg, *latent;  ///< of a node: mass, heat that melting all its LiOH takes
  double *T, *H, *core, *left, *damp, *wall_K, *wall_H, *surface_K, *top_k;
  double *head, *head_oxygen, *head_carbon;
  double *x, *z, *cube, *carbonate, *oxide, *in_wall, *peak, *soaked;
  double *pore_steam, *pore_oxygen, *pore_carbon;
  double* steam_trend;  ///< how the steam in the pores last changed, 1/s
  const double *depth, *hydrate_mol, *hydroxide_mol, *moisture_mol, *dry_kg, *li;
  double* since;  ///< time over which R3 to R8 have not advanced yet, s
  const double *heat_top, *heat_base, *heat_wall, *zone_steam, *zone_oxygen, *zone_carbon;
  const double *lance, *lance_oxygen, *wall_uptake;
  double *released_mol, *released_oxygen, *released_carbon, *released_J, *absorbed_J;
  // work: conductance to the row below (W/K), heat capacity (J/K), predicted reaction heat (W) and
  // its slope (W/K), steam made (mol/s), Thomas, rates of the three reactions and their slopes
  double *link, *mass, *heat, *slope, *steam, *upper, *next;
  double *v1, *d1, *v2, *d2, *v0, *d0;
  double *made_water, *made_oxygen, *made_carbon;  ///< gas of one layer, mol of this step, per node
  double *water_slope, *oxygen_slope, *carbon_slope;  ///< how it changes with its own fraction, mol
  // ln A, E/R, dH/R, dS/R of the reactions
  double ln_a1, e1, h1, s1, ln_a2, e2, h0, s0, ln_p0;
};

SAGGAR_INLINE double positive(double x) noexcept { return x > 0.0 ? x : 0.0; }
/// Share left of a first-order decay over x = rate dt: second order, positive, stable.
SAGGAR_INLINE double decay(double x) noexcept { return 1.0 / (1.0 + x + 0.5 * x * x); }
SAGGAR_INLINE double cube(double x) noexcept { return x * x * x; }

}  // namespace saggar::kiln::tile
