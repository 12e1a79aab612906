// The work of one block of rows: private to rows.cpp, row_step.cpp, row_fire.cpp.
#pragma once

#include "controllers/twin/rows.hpp"

namespace saggar::twin {

// Wider vectors where the machine has them. Every operation is IEEE and nothing is contracted or
// reordered, so all versions give the same bits. Sanitizers cannot start with such functions.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)
#define SAGGAR_TWIN_WIDE \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SAGGAR_TWIN_WIDE
#endif
// Fixed length and no calls: the compiler vectorises. Lanes never depend on each other, and rows of
// different arrays never overlap.
#if defined(__clang__)
#define SAGGAR_TWIN_LANES(w) for (std::size_t w = 0; w < Rows::kLanes; ++w)
#else
#define SAGGAR_TWIN_LANES(w) _Pragma("GCC ivdep") for (std::size_t w = 0; w < Rows::kLanes; ++w)
#endif

struct Rows::Block {
  static constexpr std::size_t W = kLanes;
  static constexpr std::size_t kChain = kMostLayers * (kMostNodes + 1);
  using Lanes = double[W];

  double dt = 0;
  std::size_t first = 0;
  bool dries = false;
  Place place[W];
  alignas(64) Lanes roof, floor, gas, steam_around, inside, cooled;
  alignas(64) Lanes depth, mix_kg, hydrate_mol, hydroxide_mol;
  alignas(64) double link[kChain][W], store[kChain][W], outer[kChain][W], outer_K[kChain][W];
  alignas(64) double heat[kChain][W], fired[kChain][W], slope[kChain][W], made[kChain][W];
  alignas(64) double v1[kChain][W], d1[kChain][W], v2[kChain][W], d2[kChain][W];
  alignas(64) double upper[kChain][W], next[kChain][W];
  alignas(64) double top_k[kMostLayers][W];  ///< conductivity of the top nodes
  // Conductances of the surfaces of one layer: radiation and gas, of powder, base and walls.
  alignas(64) double top_r[kMostLayers][W], top_g[kMostLayers][W], base_r[kMostLayers][W];
  alignas(64) double base_g[kMostLayers][W], wall_r[kMostLayers][W], wall_g[kMostLayers][W];
};

inline double twin_positive(double x) noexcept { return x > 0.0 ? x : 0.0; }
inline double twin_at_least(double x, double low) noexcept { return x > low ? x : low; }
inline double twin_unit(double x) noexcept {
  const double low = x < 0.0 ? 0.0 : x;
  return low > 1.0 ? 1.0 : low;
}

}  // namespace saggar::twin
