// Lithiation, ordering and growth of the rows (R3 to R5).
#include <algorithm>
#include <cmath>

#include "controllers/twin/block.hpp"
#include "hil/material/fast_exp.hpp"

namespace saggar::twin {
namespace {
using material::fast_exp;
using material::kGasConstant_J_per_molK;
constexpr double kPressure_Pa = 101325.0;
constexpr double kOxygenPerLithium = 0.25, kWaterPerLithium = 0.5;
constexpr double kThin = 1e-2;  ///< oxygen below which the laws see no less
constexpr double kCold_K = 550.0;  ///< nothing of this goes on below
}  // namespace

namespace {

/// Constants of R3 to R5 as the lanes use them.
struct Laws {
  explicit Laws(const Figures& f)
      : e3(f.lithiation_J_per_mol / kGasConstant_J_per_molK),
        e4(f.ordering_J_per_mol / kGasConstant_J_per_molK),
        e5(f.growth_J_per_mol / kGasConstant_J_per_molK),
        ez(f.mixing_J_per_mol / kGasConstant_J_per_molK),
        excess(twin_positive((1.0 - f.li_per_m) / (1.0 + f.li_per_m))) {}
  double e3, e4, e5, ez, excess;
};

}  // namespace

/// Oxygen at each node of one layer: what the head-space gets by its exchange with the chamber, less
/// what the powder takes, and the drop by diffusion on the way down.
void Rows::inhale(const double* around, std::size_t layer, std::size_t first,
                  double (*oxygen)[kLanes]) noexcept {
  const double swap_m3_per_s = by_.breath * f_.head_space_m3 * f_.head_exchange_per_min / 60.0;
  alignas(64) double below[kLanes] = {}, here[kLanes];
  for (std::size_t i = 0; i < nodes_; ++i) {
    const double* taken = at(taken_, layer * nodes_ + i, first);
    SAGGAR_TWIN_LANES(w) below[w] += taken[w];
  }
  const double* steam = at(pore_steam, layer * nodes_, first);
  const double* surface = surface_K_.data() + layer * stride_ + first;
  SAGGAR_TWIN_LANES(w) {
    const double swap = swap_m3_per_s * kPressure_Pa / (kGasConstant_J_per_molK * surface[w]);
    const double uptake = kOxygenPerLithium * below[w], water = kWaterPerLithium * below[w];
    here[w] = std::max(kThin, (swap * around[w] * (1.0 - steam[w]) - uptake) / (swap + water - uptake));
  }
  const double* mix = at(mix_kg_, 0, first);
  const double depth_per_kg = 1.0 / (f_.bulk_kg_per_m3 * f_.inner_area_m2);
  for (std::size_t i = 0; i < nodes_; ++i) {
    const std::size_t n = layer * nodes_ + i;
    const double* T = at(temperature_K, layer * (nodes_ + 1) + i, first);
    const double* taken = at(taken_, n, first);
    const double length = i == 0 ? 0.5 * share_[0] : 0.5 * (share_[i - 1] + share_[i]);
    SAGGAR_TWIN_LANES(w) {
      const double t = 1e-3 * T[w], root = std::sqrt(t);
      const double conducts = f_.pore_m2_per_s * kPressure_Pa /
                              (kGasConstant_J_per_molK * 1000.0) * root * std::sqrt(root);
      here[w] = std::max(kThin, here[w] - length * depth_per_kg * mix[w] * kOxygenPerLithium *
                                              below[w] / (conducts * f_.inner_area_m2));
      below[w] -= taken[w];
      oxygen[i][w] = here[w];
    }
  }
}

void Rows::fire(double dt_s, const Surroundings& around, const double* position_m,
                std::size_t from, std::size_t count) noexcept {
  const Laws k(f_);
  alignas(64) double zone[kLanes], oxygen[kMostNodes][kLanes];
  for (std::size_t first = from / kLanes * kLanes; first < count; first += kLanes) {
    double hottest = 0;
    for (std::size_t w = 0; w < kLanes; ++w) {
      const Place p = place(position_m[std::min(first + w, count - 1)]);
      zone[w] = p.wa * around.oxygen[p.a] + p.wb * around.oxygen[p.b];
      hottest = std::max({hottest, surface_K_[first + w],
                          temperature_K[(layers_ * (nodes_ + 1) - 1) * stride_ + first + w]});
    }
    if (hottest < kCold_K) {
      for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
        std::fill_n(at(taken_, n, first), kLanes, 0.0);
      }
      continue;
    }
    for (std::size_t l = 0; l < layers_; ++l) {
      inhale(zone, l, first, oxygen);
      for (std::size_t i = 0; i < nodes_; ++i) {
        const std::size_t n = l * nodes_ + i;
        const double* T = at(temperature_K, n + l, first);
        const double* left = at(hydroxide, n, first);
        const double* mix = at(mix_kg_, 0, first);
        double *x = at(conversion_, n, first), *z = at(mixing_, n, first);
        double *cube = at(cube_nm3_, n, first), *trend = at(cube_per_K_, n, first);
        double* rate = at(taken_, n, first);
        const double mol = mix_mol_per_kg_ * share_[i];
        SAGGAR_TWIN_LANES(w) {
          const double inverse = 1.0 / T[w], root = std::sqrt(oxygen[i][w]);
          const double open = twin_positive(1.0 - left[w] - x[w]);
          const double go = dt_s * root * fast_exp(f_.lithiation_ln_per_s - k.e3 * inverse);
          const double taken = open * open * go / (1.0 + go * open);
          const double now = x[w] + taken;
          const double blend = now > 0 ? (x[w] * z[w] + taken * f_.mixing_at_formation) / now
                                       : f_.mixing_at_formation;
          const double rest = f_.mixing_offset + k.excess +
                              f_.mixing_thermal * fast_exp(k.ez * (1.0 / 1023.15 - inverse)) / root;
          const double k4 = dt_s * fast_exp(f_.ordering_ln_per_s - k.e4 * inverse);
          z[w] = rest + (blend - rest) / (1.0 + k4 * (1.0 + 0.5 * k4));
          x[w] = now;
          const double grown = dt_s * fast_exp(f_.growth_ln_nm3_per_s - k.e5 * inverse);
          cube[w] += grown;
          trend[w] += grown * k.e5 * inverse * inverse;
          rate[w] = mol * mix[w] * taken / dt_s;
        }
      }
    }
  }
}

void Rows::fire_as(const Rows& other) noexcept {
  std::copy(other.taken_.begin(), other.taken_.end(), taken_.begin());
  std::copy(other.conversion_.begin(), other.conversion_.end(), conversion_.begin());
}

double Rows::conversion(std::size_t j) const noexcept {
  double sum = 0;
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    sum += share_[n % nodes_] * conversion_[n * stride_ + j];
  }
  return sum / static_cast<double>(layers_);
}

double Rows::mixing(std::size_t j, std::size_t layer) const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < nodes_; ++i) {
    sum += share_[i] * mixing_[(layer * nodes_ + i) * stride_ + j];
  }
  return sum;
}

double Rows::size_nm(std::size_t j, std::size_t layer) const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < nodes_; ++i) {
    sum += share_[i] * std::cbrt(cube_nm3_[(layer * nodes_ + i) * stride_ + j]);
  }
  return sum;
}

double Rows::size_per_K(std::size_t j) const noexcept {
  double cube = 0, trend = 0;
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    cube += cube_nm3_[n * stride_ + j];
    trend += cube_per_K_[n * stride_ + j];
  }
  return cube > 0 ? trend / (3.0 * cube) : 0.0;
}

}  // namespace saggar::twin
