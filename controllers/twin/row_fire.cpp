// Lithiation, ordering and growth of the rows (R3 to R5), decomposition in thin oxygen (R8).
#include <algorithm>
#include <cmath>
#include <utility>

#include "controllers/twin/block.hpp"
#include "hil/material/fast_exp.hpp"
#include "hil/material/fast_log.hpp"

namespace saggar::twin {
namespace {
using material::fast_exp;
using material::kGasConstant_J_per_molK;
constexpr double kPressure_Pa = 101325.0;
constexpr double kOxygenPerLithium = 0.25, kWaterPerLithium = 0.5;
constexpr double kThinOrder = 1e-2;    ///< the same for R4, which has no meaning below
constexpr double kAnchor_K = 1023.15;  ///< where the thermal part of z is stated
constexpr double kThin = 1e-3;         ///< oxygen below which the laws see no less
constexpr double kNone = 1e-12;        ///< of x: what z is where nothing has formed
constexpr double kCold_K = 550.0;      ///< nothing of this goes on below
}  // namespace

namespace {

/// Constants of R3, R4, R5 and R8 as the lanes use them.
struct Laws {
  Laws(const Figures& f, const Factors& by)
      : e3(f.lithiation_J_per_mol / kGasConstant_J_per_molK),
        e4(f.ordering_J_per_mol / kGasConstant_J_per_molK),
        e5(f.growth_J_per_mol / kGasConstant_J_per_molK),
        ez(f.mixing_J_per_mol / kGasConstant_J_per_molK),
        ln_k3(f.lithiation_ln_per_s + std::log(by.lithiation)),
        excess(twin_positive((1.0 - f.li_per_m) / (1.0 + f.li_per_m))),
        onset_K(f.decomposes_in_air_degC + f.decomposition_gain_K + material::kZeroCelsius_K),
        onset_per_ln(-f.decomposition_gain_K / std::log(0.21)),
        melts_K(f.melting_degC + material::kZeroCelsius_K),
        heat_J_per_mol(by.binding * f.lithiation_heat_J_per_mol),
        falls(f.decomposition_per_s * onset_per_ln / f.decomposition_width_K) {}
  double e3, e4, e5, ez, ln_k3, excess, onset_K, onset_per_ln, melts_K;
  double heat_J_per_mol;  ///< of R3 from LiOH
  double falls;           ///< rate of R8 less per ln of oxygen, where it comes
};

}  // namespace

/// Oxygen in the pores of one layer: the profile at rest x N - c D dx/dz = N_O2 against all gas
/// that rises, below a head-space that exchanges with the chamber; followed with the lag of the
/// pores. What is taken depends on what is there, and in thin oxygen within seconds: N_O2 is taken
/// at the new fraction (`slope`, mol/s per fraction), or the bed would swing about its balance.
SAGGAR_TWIN_WIDE void Rows::inhale(double dt_s, const double* around, std::size_t layer,
                                   std::size_t first, const double (*slope)[kLanes]) noexcept {
  alignas(64) double follows[kMostNodes][kLanes], made[kMostNodes][kLanes];
  alignas(64) double all[kLanes] = {}, up[kLanes] = {}, up_slope[kLanes] = {}, above[kLanes];
  const double share = dt_s / (dt_s + f_.pore_lag_s);
  const double* mix = at(mix_kg_, 0, first);
  const double per_cd = kGasConstant_J_per_molK * 1000.0 /
                        (kPressure_Pa * by_.pores * f_.pore_m2_per_s * f_.inner_area_m2 *
                         f_.inner_area_m2 * f_.bulk_kg_per_m3);
  for (std::size_t i = nodes_; i-- > 0;) {
    const std::size_t n = layer * nodes_ + i;
    const double* T = at(temperature_K, layer * (nodes_ + 1) + i, first);
    const double *taken = at(taken_, n, first), *water = at(water_, n, first);
    const double *dried = at(dried_, n, first), *pore = at(pore_oxygen, n, first);
    const double length = per_cd * (i == 0 ? 0.5 * share_[0] : 0.5 * (share_[i - 1] + share_[i]));
    SAGGAR_TWIN_LANES(w) {
      const double root = std::sqrt(1e-3 * T[w]);
      const double g = length * mix[w] / (root * std::sqrt(root));
      const double used = kOxygenPerLithium * taken[w];
      all[w] += dried[w] + water[w] - used;
      const double all_slope = up_slope[w] + share * slope[i][w];
      const double all_made = up[w] - used - slope[i][w] * share * pore[w];
      const double f = 1.0 / (1.0 + g * twin_positive(all[w]) - g * all_slope);
      follows[i][w] = f;
      made[i][w] = g * all_made * f;
      up[w] = all_made + all_slope * made[i][w];
      up_slope[w] = all_slope * f;
    }
  }
  const double swap_m3_per_s = by_.breath * f_.head_space_m3 * f_.head_exchange_per_min / 60.0;
  const double* surface = surface_K_.data() + layer * stride_ + first;
  SAGGAR_TWIN_LANES(w) {
    const double swap = swap_m3_per_s * kPressure_Pa / (kGasConstant_J_per_molK * surface[w]);
    above[w] = twin_unit((swap * around[w] + up[w]) / (swap + twin_positive(all[w]) - up_slope[w]));
  }
  for (std::size_t i = 0; i < nodes_; ++i) {
    double* pore = at(pore_oxygen, layer * nodes_ + i, first);
    SAGGAR_TWIN_LANES(w) {
      above[w] = twin_unit(made[i][w] + follows[i][w] * above[w]);
      pore[w] += share * (above[w] - pore[w]);
    }
  }
}

void Rows::fire(double dt_s, const Surroundings& around, const double* position_m, std::size_t from,
                std::size_t count) noexcept {
  alignas(64) double zone[kLanes], slope[kMostNodes][kLanes];
  for (std::size_t first = from / kLanes * kLanes; first < count; first += kLanes) {
    double hottest = 0;
    for (std::size_t w = 0; w < kLanes; ++w) {
      const Place p = place(position_m[std::min(first + w, count - 1)]);
      zone[w] = p.wa * around.oxygen[p.a] + p.wb * around.oxygen[p.b];
      hottest = std::max({hottest, surface_K_[first + w],
                          temperature_K[(layers_ * (nodes_ + 1) - 1) * stride_ + first + w]});
    }
    for (std::size_t l = 0; l < layers_; ++l) {
      for (std::size_t i = 0; i < nodes_; ++i) {
        const std::size_t n = l * nodes_ + i;
        if (hottest >= kCold_K) {
          lithiate(dt_s, n, first, slope[i]);
          ripen(dt_s, n, first);
        } else {
          for (auto* v : {&taken_, &water_, &fired_W_}) std::fill_n(at(*v, n, first), kLanes, 0.0);
          std::fill_n(slope[i], kLanes, 0.0);
        }
      }
      inhale(dt_s, zone, l, first, slope);
    }
  }
}

/// R3 and R8 of one node: what is lithiated takes up oxygen, what decomposes gives it back and
/// leaves Li2O, from which it is lithiated again where oxygen comes.
/// @param slope  how much more oxygen is given per fraction more of it, mol/s: negative
SAGGAR_TWIN_WIDE void Rows::lithiate(double dt_s, std::size_t n, std::size_t first,
                                     double* slope) noexcept {
  const Laws k(f_, by_);
  const double* T = at(temperature_K, n + n / nodes_, first);
  const double* left = at(hydroxide, n, first);
  const double *mix = at(mix_kg_, 0, first), *pore = at(pore_oxygen, n, first);
  double *x = at(conversion_, n, first), *z = at(mixing_, n, first);
  double *oxide = at(oxide_, n, first), *taken = at(taken_, n, first);
  double *water = at(water_, n, first), *heat = at(fired_W_, n, first);
  const double mol = mix_mol_per_kg_ * share_[n % nodes_] / dt_s, li = f_.li_per_m;
  const double first_z = f_.mixing_at_formation;
  SAGGAR_TWIN_LANES(w) {
    const double oxygen = kThin + twin_positive(pore[w] - kThin);
    const double thin = material::fast_log(oxygen);
    const double inverse = 1.0 / T[w];
    const double open = twin_positive(1.0 - left[w] - x[w]);
    const double go = dt_s * fast_exp(k.ln_k3 + f_.lithiation_power * thin - k.e3 * inverse);
    const double made = open * open * go / (1.0 + go * open);
    const double of_oxide = made * oxide[w] / twin_at_least(li - x[w], 1e-9);
    const double onset_K = k.onset_K + k.onset_per_ln * thin;
    const double part = twin_unit((T[w] - onset_K) / f_.decomposition_width_K);
    const double gone = dt_s * f_.decomposition_per_s * part;
    const double back = x[w] * gone / (1.0 + gone);
    const double now = x[w] + made;
    z[w] = (x[w] * z[w] + (made + kNone) * first_z) / (now + kNone);
    const double had = x[w];
    x[w] = now - back;
    oxide[w] = twin_positive(oxide[w] + back - of_oxide);
    const double m = twin_unit((T[w] - k.melts_K) / f_.melting_band_K + 0.5);
    const double molten = m * m * (3.0 - 2.0 * m), warm_K = T[w] - material::kReference_K;
    const double of_hydroxide = made - of_oxide, metal = mol * mix[w];
    taken[w] = metal * (made - back);
    // Only damps: what is at rest does not depend on it. R8 has its slope between none and all.
    const double between = 4.0 * part * (1.0 - part);
    const double steeper = f_.lithiation_power * made + between * k.falls * dt_s * had;
    slope[w] = -kOxygenPerLithium * metal * steeper / oxygen;
    water[w] = metal * kWaterPerLithium * of_hydroxide;
    heat[w] = metal * of_hydroxide * (k.heat_J_per_mol - f_.melting_J_per_mol * molten) +
              metal * (of_oxide - back) * f_.oxide_heat_J_per_mol +
              warm_K * (f_.steam_J_per_molK * water[w] -
                        f_.gas_J_per_molK * kOxygenPerLithium * taken[w]);
  }
}

/// R4 and R5 of one node.
SAGGAR_TWIN_WIDE void Rows::ripen(double dt_s, std::size_t n, std::size_t first) noexcept {
  const Laws k(f_, by_);
  const double* T = at(temperature_K, n + n / nodes_, first);
  const double* pore = at(pore_oxygen, n, first);
  double* z = at(mixing_, n, first);
  double *cube = at(cube_nm3_, n, first), *trend = at(cube_per_K_, n, first);
  SAGGAR_TWIN_LANES(w) {
    const double inverse = 1.0 / T[w], o2 = twin_at_least(pore[w], kThinOrder);
    const double rest =
        f_.mixing_offset + k.excess +
        f_.mixing_thermal * fast_exp(k.ez * (1.0 / kAnchor_K - inverse)) / std::sqrt(o2);
    const double k4 = dt_s * fast_exp(f_.ordering_ln_per_s - k.e4 * inverse);
    z[w] = rest + (z[w] - rest) / (1.0 + k4 * (1.0 + 0.5 * k4));
    const double grown = dt_s * fast_exp(f_.growth_ln_nm3_per_s - k.e5 * inverse);
    cube[w] += grown;
    trend[w] += grown * k.e5 * inverse * inverse;
  }
}

void Rows::fire_as(const Rows& other) noexcept {
  for (const auto& [mine, its] :
       {std::pair{&taken_, &other.taken_}, std::pair{&water_, &other.water_},
        std::pair{&fired_W_, &other.fired_W_}}) {
    std::copy(its->begin(), its->end(), mine->begin());
  }
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
