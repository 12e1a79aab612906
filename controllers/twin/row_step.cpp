// One step of heat and drying for a block of rows: implicit in conduction and surroundings, linear
// in the drying reactions about the old temperatures.
#include <algorithm>
#include <cmath>
#include <utility>

#include "controllers/twin/block.hpp"
#include "hil/material/fast_exp.hpp"

namespace saggar::twin {
namespace {

using material::fast_exp;
using material::kGasConstant_J_per_molK;
using material::kReference_K;
using material::kStefanBoltzmann_W_per_m2K4;
using material::kWater_kg_per_mol;
using material::kZeroCelsius_K;

constexpr double kPressure_Pa = 101325.0;
constexpr double kMostDrop_K = 25.0;  ///< per step, by drying
constexpr double kGone = 1e-4;  ///< what is left of the water below this share is taken for none

double radiative(double emissivity, double a_K, double b_K) noexcept {
  return emissivity * kStefanBoltzmann_W_per_m2K4 * (a_K * a_K + b_K * b_K) * (a_K + b_K);
}

}  // namespace

/// What the rows of the block see.
void Rows::look(Block& b, const Surroundings& around, const double* position_m,
                std::size_t count) const noexcept {
  const double moisture_mol_per_kg = f_.moisture / kWater_kg_per_mol;
  for (std::size_t w = 0; w < kLanes; ++w) {
    const std::size_t j = b.first + w;
    Place p = place(position_m[std::min(j, count - 1)]);
    if (j >= count) p.inside = p.cooled = 0.0;
    b.place[w] = p;
    b.inside[w] = p.inside;
    b.cooled[w] = p.cooled;
    b.roof[w] = p.wa * around.roof_K[p.a] + p.wb * around.roof_K[p.b];
    b.floor[w] = p.wa * around.floor_K[p.a] + p.wb * around.floor_K[p.b];
    b.gas[w] = p.wa * around.gas_K[p.a] + p.wb * around.gas_K[p.b];
    b.steam_around[w] = p.wa * around.steam[p.a] + p.wb * around.steam[p.b];
    const double mix = mix_kg_[j];
    b.depth[w] = mix / (f_.bulk_kg_per_m3 * f_.inner_area_m2);
    b.mix_kg[w] = mix;
    b.hydroxide_mol[w] = mix * mix_mol_per_kg_;
    b.hydrate_mol[w] = b.hydroxide_mol[w] * f_.li_per_m + mix * moisture_mol_per_kg;
  }
}

/// Links and heat capacities at the old temperatures.
SAGGAR_TWIN_WIDE void Rows::conduct(Block& b) noexcept {
  const std::size_t N = nodes_;
  const double area = f_.inner_area_m2, base_kg = saggar_kg_ * f_.base_share;
  const double band = f_.melting_band_K, melts = f_.melting_degC + kZeroCelsius_K;
  for (std::size_t l = 0; l < layers_; ++l) {
    for (std::size_t i = 0; i < N; ++i) {
      const std::size_t r = l * (N + 1) + i, n = l * N + i;
      const double* T = at(temperature_K, r, b.first);
      const double* y = at(hydrate, n, b.first);
      const double* left = at(hydroxide, n, b.first);
      const double* x = at(conversion_, n, b.first);
      const double* oxide = at(oxide_, n, b.first);
      const double* fired = at(fired_W_, n, b.first);
      SAGGAR_TWIN_LANES(w) {
        const double k = conductivity_(T[w]) * by_.conduction;
        b.link[r][w] = k;
        const double gone =
            b.hydrate_mol[w] * (1.0 - y[w] * y[w] * y[w]) + b.hydroxide_mol[w] * (1.0 - left[w]);
        const double kg = share_[i] * (b.mix_kg[w] - kWater_kg_per_mol * gone);
        const double m = twin_unit((T[w] - melts) / band + 0.5);
        const double latent = share_[i] * f_.melting_J_per_mol * b.hydroxide_mol[w] *
                              twin_positive(f_.li_per_m - x[w] - oxide[w]) * 6.0 * m * (1.0 - m) /
                              band;
        b.store[r][w] = (by_.capacity * kg * powder_.cp(T[w]) + latent) / b.dt;
        b.outer[r][w] = b.outer_K[r][w] = 0.0;
        b.heat[r][w] = b.fired[r][w] = fired[w];
        b.slope[r][w] = b.made[r][w] = 0.0;
        if (i == 0) b.top_k[l][w] = k;
      }
    }
    for (std::size_t i = 0; i + 1 < N; ++i) {
      const std::size_t r = l * (N + 1) + i;
      const double above = 0.5 * share_[i], below = 0.5 * share_[i + 1];
      SAGGAR_TWIN_LANES(w) {
        b.link[r][w] = area / (b.depth[w] * (above / b.link[r][w] + below / b.link[r + 1][w]));
      }
    }
    const std::size_t last = l * (N + 1) + N - 1, base = last + 1;
    const double* T = at(temperature_K, base, b.first);
    SAGGAR_TWIN_LANES(w) {
      b.link[last][w] =
          area / (0.5 * share_[N - 1] * b.depth[w] / b.link[last][w] + f_.half_base_m2K_per_W);
      b.store[base][w] = by_.capacity * base_kg * ceramic_.cp(T[w]) / b.dt;
      b.outer[base][w] = b.outer_K[base][w] = b.heat[base][w] = 0.0;
      b.slope[base][w] = b.made[base][w] = b.link[base][w] = 0.0;
    }
  }
}

/// Conductances of the surfaces to the chamber, and between the layers, at the old temperatures.
SAGGAR_TWIN_WIDE void Rows::face(Block& b) noexcept {
  const std::size_t N = nodes_, s = stride_;
  const double area = f_.inner_area_m2, film = f_.film_W_per_m2K * by_.film;
  const double half_base = f_.half_base_m2K_per_W;
  const double bed_e = f_.powder_emissivity * by_.exchange;
  const double ceramic_e = f_.ceramic_emissivity * by_.exchange;
  const double gap_m2 = f_.layer_view * f_.ceramic_emissivity * f_.powder_emissivity * area;
  for (std::size_t l = 0; l < layers_; ++l) {
    const bool first = l == 0, last = l + 1 == layers_;
    const std::size_t top = l * (N + 1), base = top + N;
    const double* Tb = at(temperature_K, base, b.first);
    const double* Tw = at(wall_K, l, b.first);
    const double* Ts = surface_K_.data() + l * s + b.first;
    const double seen_top = first ? area : area * (1.0 - f_.layer_view);
    const double seen_base = last ? area : area * (1.0 - f_.layer_view);
    const double side = f_.side_area_m2 * by_.wall;
    SAGGAR_TWIN_LANES(w) {
      const double middle = 0.5 * (b.roof[w] + b.floor[w]);
      const double rt = first ? b.roof[w] : middle, rb = last ? b.floor[w] : middle;
      const double half_bed = 0.5 * share_[0] * b.depth[w] / b.top_k[l][w];
      const double ht = radiative(bed_e, Ts[w], rt), hb = radiative(ceramic_e, Tb[w], rb);
      const double hw = radiative(ceramic_e, Tw[w], middle);
      const double ut = seen_top * b.inside[w] / (1.0 + (ht + film) * half_bed);
      const double ub = seen_base * b.inside[w] / (1.0 + (hb + film) * half_base);
      const double cool = f_.cooling_W_per_m2K * area * b.cooled[w];
      const double ct = cool / (1.0 + f_.cooling_W_per_m2K * half_bed);
      const double cooling_K = f_.cooling_degC + kZeroCelsius_K;
      b.top_r[l][w] = ut * ht;
      b.top_g[l][w] = ut * film;
      b.base_r[l][w] = ub * hb;
      b.base_g[l][w] = ub * film;
      b.wall_r[l][w] = side * b.inside[w] * hw;
      b.wall_g[l][w] = side * b.inside[w] * film;
      b.outer[top][w] = ut * (ht + film) + ct;
      b.outer_K[top][w] = ut * (ht * rt + film * b.gas[w]) + ct * cooling_K;
      b.outer[base][w] = ub * (hb + film) + cool;
      b.outer_K[base][w] = ub * (hb * rb + film * b.gas[w]) + cool * cooling_K;
    }
    if (last) continue;
    const double* below = at(temperature_K, base + 1, b.first);
    SAGGAR_TWIN_LANES(w) {
      const double gap = gap_m2 * by_.exchange * radiative(1.0, Tb[w], below[w]);
      b.link[base][w] =
          1.0 / (1.0 / gap + 0.5 * share_[0] * b.depth[w] / (b.top_k[l + 1][w] * area));
    }
  }
}

/// Drying of one layer: heat (W) and steam (mol/s) at the old temperatures, and their slopes.
SAGGAR_TWIN_WIDE void Rows::react(Block& b, std::size_t layer) noexcept {
  const double per_R = 1.0 / kGasConstant_J_per_molK, dt = b.dt, per_s = 1.0 / dt;
  const double e1 = f_.hydrate_J_per_mol * per_R, e2 = f_.hydroxide_J_per_mol * per_R;
  const double h = f_.hydrate_equilibrium_J_per_mol * per_R;
  const double s = f_.hydrate_equilibrium_J_per_molK * per_R;
  const double ln_k2 = f_.hydroxide_ln_per_s + std::log(by_.kinetics);
  const double half_Pa = 1.0 / f_.hydroxide_retarding_Pa, c = f_.steam_J_per_molK;
  if (layer == 0) b.dries = false;
  for (std::size_t i = 0; i < nodes_; ++i) {
    const std::size_t r = layer * (nodes_ + 1) + i, n = layer * nodes_ + i;
    const double* T = at(temperature_K, r, b.first);
    const double* y = at(hydrate, n, b.first);
    const double* left = at(hydroxide, n, b.first);
    const double* steam = at(pore_steam, n, b.first);
    const double part = share_[i];
    double wettest = 0;
    SAGGAR_TWIN_LANES(w) wettest = std::max(wettest, y[w] + left[w]);
    if (wettest <= 0.0) {
      SAGGAR_TWIN_LANES(w) b.v1[r][w] = b.d1[r][w] = b.v2[r][w] = b.d2[r][w] = 0.0;
      continue;
    }
    b.dries = true;
    SAGGAR_TWIN_LANES(w) {
      const double inverse = 1.0 / T[w];
      const double k1 = fast_exp(f_.hydrate_ln_per_s - e1 * inverse) / 3.0;
      const double ratio = steam[w] * (kPressure_Pa * 1e-5) * fast_exp(h * inverse - s);
      const double drive = twin_positive(1.0 - ratio);
      const double retard = 1.0 / (1.0 + std::sqrt(steam[w] * kPressure_Pa * half_Pa));
      const double k2 = fast_exp(ln_k2 - e2 * inverse) * retard;
      const double sensible = (c - powder_.cp(T[w]) * kWater_kg_per_mol) * (T[w] - kReference_K);
      const double heat1 = by_.heat * f_.hydrate_heat_J_per_mol + sensible;
      const double heat2 = by_.heat * f_.hydroxide_heat_J_per_mol + sensible;
      const double hydrate_mol = part * b.hydrate_mol[w], hydroxide_mol = part * b.hydroxide_mol[w];
      const double per_y = 3.0 * hydrate_mol * y[w] * y[w];
      // A node that is hot and wet at once could ask for more heat than it has: no more than a step
      // of kMostDrop_K pays for.
      const double asks = heat1 * per_y * k1 * drive + heat2 * hydroxide_mol * left[w] * k2;
      const double most = kMostDrop_K * b.store[r][w];
      const double share = asks > most ? most / asks : 1.0;
      const double v1 = share * k1 * drive;
      const double d1 =
          ratio < 1.0 ? share * k1 * inverse * inverse * (e1 * drive + h * ratio) : 0.0;
      const double after = twin_positive(y[w] - dt * v1);
      const double mol1 = hydrate_mol * (y[w] * y[w] * y[w] - after * after * after) * per_s;
      const double v2 = share * k2;
      const double keep = 1.0 / (1.0 + v2 * dt * (1.0 + 0.5 * v2 * dt));
      const double mol2 = hydroxide_mol * left[w] * (1.0 - keep) * per_s;
      b.v1[r][w] = v1;
      b.d1[r][w] = d1;
      b.v2[r][w] = v2;
      b.d2[r][w] = v2 * e2 * inverse * inverse;
      b.heat[r][w] += heat1 * mol1 + heat2 * mol2;
      b.slope[r][w] += heat1 * hydrate_mol * 3.0 * after * after * d1 +
                       heat2 * hydroxide_mol * left[w] * keep * keep * b.d2[r][w];
      b.made[r][w] = mol1 + mol2;
    }
  }
}

/// Thomas' elimination over the chain of all layers, with the steam that rises inside each layer.
SAGGAR_TWIN_WIDE void Rows::solve(Block& b) const noexcept {
  const std::size_t chain = layers_ * (nodes_ + 1);
  const double c = f_.steam_J_per_molK;
  alignas(64) double rising[Block::W] = {};
  for (std::size_t r = chain; r-- > 0;) {
    const bool base = r % (nodes_ + 1) == nodes_;
    SAGGAR_TWIN_LANES(w) {
      if (base) rising[w] = 0.0;
      b.upper[r][w] = c * rising[w];
      rising[w] += b.made[r][w];
    }
  }
  alignas(64) static constexpr double kNone[Block::W] = {};
  for (std::size_t r = 0; r < chain; ++r) {
    const double* T = temperature_K.data() + r * stride_ + b.first;
    const double* link_up = r > 0 ? b.link[r - 1] : kNone;
    const double* upper_up = r > 0 ? b.upper[r - 1] : kNone;
    const double* next_up = r > 0 ? b.next[r - 1] : kNone;
    SAGGAR_TWIN_LANES(w) {
      const double store = b.store[r][w] + b.slope[r][w];
      const double below = b.link[r][w] + b.upper[r][w];
      const double rhs = store * T[w] - b.heat[r][w] + b.outer_K[r][w] + link_up[w] * next_up[w];
      const double inverse =
          1.0 / (store + b.outer[r][w] + below + link_up[w] * (1.0 + upper_up[w]));
      b.upper[r][w] = -below * inverse;
      b.next[r][w] = rhs * inverse;
    }
  }
  for (std::size_t r = chain - 1; r-- > 0;) {
    SAGGAR_TWIN_LANES(w) b.next[r][w] -= b.upper[r][w] * b.next[r + 1][w];
  }
}

/// Reactions at the new temperatures; heat that the linear form asked for and the reaction did not
/// take stays in its node.
SAGGAR_TWIN_WIDE void Rows::settle(Block& b) noexcept {
  const double c = f_.steam_J_per_molK;
  for (std::size_t l = 0; l < layers_; ++l) {
    for (std::size_t i = 0; i <= nodes_; ++i) {
      const std::size_t r = l * (nodes_ + 1) + i, n = l * nodes_ + i;
      double* T = at(temperature_K, r, b.first);
      const double* next = b.next[r];
      if (i == nodes_ || !b.dries) {
        SAGGAR_TWIN_LANES(w) T[w] = next[w];
        if (i < nodes_) std::fill_n(at(dried_, n, b.first), Block::W, 0.0);
        continue;
      }
      double* dried = at(dried_, n, b.first);
      double* y = at(hydrate, n, b.first);
      double* left = at(hydroxide, n, b.first);
      SAGGAR_TWIN_LANES(w) {
        const double rise = next[w] - T[w];
        const double after =
            twin_positive(y[w] - b.dt * twin_positive(b.v1[r][w] + b.d1[r][w] * rise));
        const double k = b.dt * twin_positive(b.v2[r][w] + b.d2[r][w] * rise);
        const double kept = left[w] / (1.0 + k * (1.0 + 0.5 * k));
        const double w2 = kept < kGone ? 0.0 : kept, y1 = after < kGone ? 0.0 : after;
        const double mol1 =
            share_[i] * b.hydrate_mol[w] * (y[w] * y[w] * y[w] - y1 * y1 * y1) / b.dt;
        const double mol2 = share_[i] * b.hydroxide_mol[w] * (left[w] - w2) / b.dt;
        const double sensible = (c - powder_.cp(T[w]) * kWater_kg_per_mol) * (T[w] - kReference_K);
        const double took = (by_.heat * f_.hydrate_heat_J_per_mol + sensible) * mol1 +
                            (by_.heat * f_.hydroxide_heat_J_per_mol + sensible) * mol2;
        const double asked = b.heat[r][w] - b.fired[r][w] + b.slope[r][w] * rise;
        y[w] = y1;
        left[w] = w2;
        b.made[r][w] = dried[w] = mol1 + mol2;
        T[w] = next[w] + (asked - took) / (b.store[r][w] + b.outer[r][w] + b.link[r][w]);
      }
    }
    const double wall_kg = saggar_kg_ * (1.0 - f_.base_share);
    double* wall = at(wall_K, l, b.first);
    SAGGAR_TWIN_LANES(w) {
      const double middle = 0.5 * (b.roof[w] + b.floor[w]);
      const double store = by_.capacity * wall_kg * ceramic_.cp(wall[w]) / b.dt;
      const double cool = f_.cooling_W_per_m2K * f_.side_area_m2 * b.cooled[w];
      const double u = b.wall_r[l][w] + b.wall_g[l][w] + cool;
      wall[w] = (store * wall[w] + b.wall_r[l][w] * middle + b.wall_g[l][w] * b.gas[w] +
                 cool * (f_.cooling_degC + kZeroCelsius_K)) /
                (store + u);
    }
  }
}

/// Pores of powder that no longer dries: they go over to the gas of the chamber.
SAGGAR_TWIN_WIDE void Rows::air(Block& b) noexcept {
  const double share = b.dt / (b.dt + f_.pore_lag_s);
  for (std::size_t n = 0; n < layers_ * nodes_; ++n) {
    double* pore = at(pore_steam, n, b.first);
    SAGGAR_TWIN_LANES(w) pore[w] += share * (b.steam_around[w] - pore[w]);
  }
}

/// Steam in head-space and pores: a steady profile of diffusion against what rises, with a lag.
SAGGAR_TWIN_WIDE void Rows::breathe(Block& b) noexcept {
  const double share = b.dt / (b.dt + f_.pore_lag_s);
  const double swap_m3_per_s = by_.breath * f_.head_space_m3 * f_.head_exchange_per_min / 60.0;
  for (std::size_t l = 0; l < layers_; ++l) {
    alignas(64) double rising[Block::W] = {}, dry[Block::W];
    for (std::size_t i = 0; i < nodes_; ++i) {
      SAGGAR_TWIN_LANES(w) rising[w] += b.made[l * (nodes_ + 1) + i][w];
    }
    const double* surface = surface_K_.data() + l * stride_ + b.first;
    SAGGAR_TWIN_LANES(w) {
      const double swap = swap_m3_per_s * kPressure_Pa / (kGasConstant_J_per_molK * surface[w]);
      dry[w] = 1.0 - (rising[w] + swap * b.steam_around[w]) / (rising[w] + swap);
    }
    for (std::size_t i = 0; i < nodes_; ++i) {
      const std::size_t r = l * (nodes_ + 1) + i;
      const double* T = at(temperature_K, r, b.first);
      double* pore = at(pore_steam, l * nodes_ + i, b.first);
      const double length = i == 0 ? 0.5 * share_[0] : 0.5 * (share_[i - 1] + share_[i]);
      SAGGAR_TWIN_LANES(w) {
        // c D ~ T^0.75 of the gas at 1000 K; sqrt(t) * sqrt(sqrt(t)) is t^0.75
        const double t = 1e-3 * T[w], root = std::sqrt(t);
        const double conducts = by_.pores * f_.pore_m2_per_s * kPressure_Pa /
                                (kGasConstant_J_per_molK * 1000.0) * root * std::sqrt(root);
        const double q = length * b.depth[w] * rising[w] / (conducts * f_.inner_area_m2);
        dry[w] /= 1.0 + q * (1.0 + 0.5 * q);
        pore[w] += share * (1.0 - dry[w] - pore[w]);
        rising[w] -= b.made[r][w];
      }
    }
  }
}

/// Surface of the powder of each layer.
SAGGAR_TWIN_WIDE void Rows::surface(Block& b) noexcept {
  for (std::size_t l = 0; l < layers_; ++l) {
    const double* top = at(temperature_K, l * (nodes_ + 1), b.first);
    double* surface = at(surface_K_, l, b.first);
    const double half = 0.5 * share_[0] / f_.inner_area_m2;
    SAGGAR_TWIN_LANES(w) {
      const double roof = l == 0 ? b.roof[w] : 0.5 * (b.roof[w] + b.floor[w]);
      const double taken = b.top_r[l][w] * (roof - top[w]) + b.top_g[l][w] * (b.gas[w] - top[w]);
      surface[w] = top[w] + taken * half * b.depth[w] / b.top_k[l][w];
    }
  }
}

/// What the block took and gave, to its zones.
void Rows::collect(const Block& b, std::size_t count, Exchange& out) const noexcept {
  const double across = f_.rows_across;
  for (std::size_t w = 0; w < kLanes && b.first + w < count; ++w) {
    const std::size_t j = b.first + w;
    double roof = 0, roof_K = 0, floor = 0, floor_K = 0, gas = 0, gas_K = 0, steam = 0, steam_W = 0;
    for (std::size_t l = 0; l < layers_; ++l) {
      const std::size_t top = l * (nodes_ + 1), base = top + nodes_;
      const double Tt = temperature_K[top * stride_ + j], Tb = temperature_K[base * stride_ + j];
      const double Tw = wall_K[l * stride_ + j];
      const double t = l == 0 ? 1.0 : 0.5, s = l + 1 == layers_ ? 0.0 : 0.5;  // shares of the roof
      const double tr = b.top_r[l][w], br = b.base_r[l][w], wr = b.wall_r[l][w];
      roof += t * tr + s * br + 0.5 * wr;
      roof_K += t * tr * Tt + s * br * Tb + 0.5 * wr * Tw;
      floor += (1.0 - t) * tr + (1.0 - s) * br + 0.5 * wr;
      floor_K += (1.0 - t) * tr * Tt + (1.0 - s) * br * Tb + 0.5 * wr * Tw;
      gas += b.top_g[l][w] + b.base_g[l][w] + b.wall_g[l][w];
      gas_K += b.top_g[l][w] * Tt + b.base_g[l][w] * Tb + b.wall_g[l][w] * Tw;
      double made = 0;
      for (std::size_t i = 0; i < nodes_; ++i) {
        made += b.made[top + i][w] + water_[(l * nodes_ + i) * stride_ + j];
      }
      steam += made;
      steam_W += f_.steam_J_per_molK * made * (Tt - kReference_K);
    }
    const Place& p = b.place[w];
    for (const auto& [zone, share] : {std::pair{p.a, p.wa}, std::pair{p.b, p.wb}}) {
      const double x = share * across;
      out.roof_W_per_K[zone] += x * roof;
      out.roof_W[zone] += x * roof_K;
      out.floor_W_per_K[zone] += x * floor;
      out.floor_W[zone] += x * floor_K;
      out.gas_W_per_K[zone] += x * gas;
      out.gas_W[zone] += x * gas_K;
      out.steam_mol_per_s[zone] += x * steam;
      out.steam_W[zone] += x * steam_W;
    }
  }
}

}  // namespace saggar::twin
