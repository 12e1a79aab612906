// The step of the beds, for kLanes columns at a time so that everything stays in the first cache.
// Loops over lanes have a fixed length and no calls: the compiler vectorises them.
#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_tile.hpp"
#include "hil/kiln/beds.hpp"

// Wider vectors where the machine has them. Every operation is IEEE and nothing is contracted or
// reordered, so all versions give the same bits. Sanitizers cannot start with such functions.
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__clang__)
#define SAGGAR_WIDE __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define SAGGAR_WIDE
#endif
namespace saggar::kiln {
namespace {

using namespace tile;

/// Conductances and heat capacities of one layer at the old temperatures.
SAGGAR_INLINE void conduct(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const std::size_t first = layer * (f.nodes + 1);
  alignas(64) double k[kW], kg[kW], per_depth[kW];
  Out top = t.top_k + layer * t.stride;
  SAGGAR_LANES(w) per_depth[w] = 0.5 * f.area_m2 / t.depth[w];
  for (std::size_t i = 0; i < f.nodes; ++i) {
    In T = t.T + (first + i) * t.stride;
    Out link = t.link + (first + i) * kW, mass = t.mass + (first + i) * kW;
    node_mass(t, layer * f.nodes + i, kg);
    SAGGAR_LANES(w) {
      k[w] = f.conductivity(T[w]);
      mass[w] = kg[w] * f.powder.cp(T[w]);
      link[w] = k[w];
    }
    if (i == 0) {
      SAGGAR_LANES(w) top[w] = k[w];
    } else {
      Out above = link - kW;
      SAGGAR_LANES(w) { above[w] = (above[w] + k[w]) * per_depth[w]; }
    }
  }
  In T = t.T + (first + f.nodes) * t.stride;
  Out last = t.link + (first + f.nodes - 1) * kW, link = last + kW;
  Out mass = t.mass + (first + f.nodes) * kW;
  const bool floor = layer + 1 == f.layers;
  In below = t.surface_K + (floor ? layer : layer + 1) * t.stride;
  In below_k =
      t.top_k + (floor ? layer : layer + 1) * t.stride;  // of the step before: close enough
  SAGGAR_LANES(w) {
    last[w] = f.area_m2 / (0.5 * t.depth[w] / last[w] + f.half_base_m2K_per_W);
    mass[w] = f.base_kg * f.ceramic.cp(T[w]);
    const double a = T[w], b = below[w];
    const double gap =
        f.layer_exchange_m2 * kStefanBoltzmann_W_per_m2K4 * (a * a + b * b) * (a + b);
    link[w] = floor ? 0.0 : 1.0 / (1.0 / gap + 0.5 * t.depth[w] / (below_k[w] * f.area_m2));
  }
}

/// Rates of one layer, and the heat (W) and steam (mol/s) they would give at the old temperatures.
/// The place for lithiation, ordering and growth: further rates, added to the same heat.
SAGGAR_INLINE void react(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const double dt = t.dt_s, per_s = 1.0 / dt;
  In head = t.head + layer * t.stride;
  alignas(64) double retard[kW];
  if (t.hydroxide) {
    SAGGAR_LANES(w) { retard[w] = f.drying.hydroxide.retardation(head[w] * kPressure_bar * 1e5); }
  }
  for (std::size_t i = 0; i < f.nodes; ++i) {
    const std::size_t r = layer * (f.nodes + 1) + i, n = layer * f.nodes + i;
    In T = t.T + r * t.stride;
    Out heat = t.heat + r * kW, slope = t.slope + r * kW, steam = t.steam + r * kW;
    SAGGAR_LANES(w) heat[w] = slope[w] = steam[w] = 0.0;
    if (t.moist) {
      In left = t.damp + n * t.stride;
      Out v = t.v0 + r * kW, d = t.d0 + r * kW;
      moisture_rates(t, T, head, v, d);
      SAGGAR_LANES(w) {
        const double x = v[w] * dt, keep = decay(x);
        const double mol = t.moisture_mol[w] * left[w];
        heat[w] += f.drying.moisture.heat_J_per_mol * mol * (1.0 - keep) * per_s;
        slope[w] += f.drying.moisture.heat_J_per_mol * mol * (1.0 + x) * keep * keep * d[w];
        steam[w] += mol * (1.0 - keep) * per_s;
      }
    }
    if (t.hydrate) {
      In y = t.core + n * t.stride;
      Out v = t.v1 + r * kW, d = t.d1 + r * kW;
      hydrate_rates(t, T, head, v, d);
      SAGGAR_LANES(w) {
        const double after = positive(y[w] - dt * v[w]);
        const double mol = t.hydrate_mol[w] * (cube(y[w]) - cube(after)) * per_s;
        heat[w] += f.drying.hydrate.heat_J_per_mol * mol;
        slope[w] += f.drying.hydrate.heat_J_per_mol * t.hydrate_mol[w] * 3.0 * after * after * d[w];
        steam[w] += mol;
      }
    }
    if (t.hydroxide) {
      In left = t.left + n * t.stride;
      Out v = t.v2 + r * kW, d = t.d2 + r * kW;
      hydroxide_rates(t, T, retard, v, d);
      SAGGAR_LANES(w) {
        const double x = v[w] * dt, keep = decay(x);
        const double mol = t.hydroxide_mol[w] * left[w];
        heat[w] += f.drying.hydroxide.heat_J_per_mol * mol * (1.0 - keep) * per_s;
        slope[w] += f.drying.hydroxide.heat_J_per_mol * mol * (1.0 + x) * keep * keep * d[w];
        steam[w] += mol * (1.0 - keep) * per_s;
      }
    }
  }
}

alignas(64) constexpr double kNothing[kW] = {};  ///< stands for a row that is not there

/// External heat in J of one row over the step.
SAGGAR_INLINE const double* external(const Tile& t, std::size_t layer, std::size_t i) noexcept {
  if (i == 0) return t.heat_top + layer * t.stride;
  if (i == t.f->nodes) return t.heat_base + layer * t.stride;
  return kNothing;
}

/// Forward elimination from the top row down, with the steam that rises from row to row inside a
/// layer carried along; then substitution upward. `next` holds the new temperatures.
SAGGAR_INLINE void solve(const Tile& t) {
  const BedFigures& f = *t.f;
  const std::size_t rows = f.layers * (f.nodes + 1);
  const double per_s = 1.0 / t.dt_s, c = f.steam_J_per_molK;
  alignas(64) double rising[kW] = {};
  for (std::size_t r = rows; r-- > 0;) {  // steam entering each row from below, kept in `upper`
    Out upper = t.upper + r * kW;
    In steam = t.steam + r * kW;
    const std::size_t i = r % (f.nodes + 1);
    SAGGAR_LANES(w) {
      upper[w] = c * rising[w];
      rising[w] = i == f.nodes ? 0.0 : rising[w] + steam[w];
    }
  }
  for (std::size_t r = 0; r < rows; ++r) {
    const std::size_t layer = r / (f.nodes + 1), i = r % (f.nodes + 1);
    const bool bed = i < f.nodes;
    In T = t.T + r * t.stride, mass = t.mass + r * kW, heat = t.heat + r * kW;
    In slope = t.slope + r * kW, steam = t.steam + r * kW, link = t.link + r * kW;
    Out upper = t.upper + r * kW, next = t.next + r * kW;
    const double* outside = external(t, layer, i);
    const double* link_up = r > 0 ? link - kW : kNothing;
    const double* upper_up = r > 0 ? upper - kW : kNothing;
    const double* next_up = r > 0 ? next - kW : kNothing;
    const double on = bed ? 1.0 : 0.0;  // reactions and steam
    SAGGAR_LANES(w) {
      const double store = mass[w] * per_s, s = on * slope[w];
      const double below = link[w] + on * upper[w], above = link_up[w];
      const double solid = f.powder.enthalpy(T[w]) * kWater_kg_per_mol;
      const double sink = heat[w] + steam[w] * (c * (T[w] - kReference_K) - solid);
      const double rhs = (store + s) * T[w] - on * sink + outside[w] * per_s + above * next_up[w];
      const double inverse = 1.0 / (store + s + below + above * (1.0 + upper_up[w]));
      upper[w] = -below * inverse;
      next[w] = rhs * inverse;
    }
  }
  for (std::size_t r = rows - 1; r-- > 0;) {
    Out next = t.next + r * kW;
    In lower = next + kW, upper = t.upper + r * kW;
    SAGGAR_LANES(w) next[w] -= upper[w] * lower[w];
  }
}

/// Reacts one node at its new temperature. Heat taken up in J and steam in mol go to `heat`,
/// `steam`.
SAGGAR_INLINE void advance_node(const Tile& t, std::size_t r, std::size_t n) {
  const material::Drying& m = t.f->drying;
  const double dt = t.dt_s;
  In T = t.T + r * t.stride, next = t.next + r * kW;
  Out heat = t.heat + r * kW, steam = t.steam + r * kW;
  SAGGAR_LANES(w) heat[w] = steam[w] = 0.0;
  if (t.moist) {
    Out left = t.damp + n * t.stride;
    In v = t.v0 + r * kW, d = t.d0 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = left[w] * decay(dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double after = kept < kGone ? 0.0 : kept;
      const double mol = t.moisture_mol[w] * (left[w] - after);
      left[w] = after;
      steam[w] += mol;
      heat[w] += mol * m.moisture.heat_J_per_mol;
    }
  }
  if (t.hydrate) {
    Out y = t.core + n * t.stride;
    In v = t.v1 + r * kW, d = t.d1 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = positive(y[w] - dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double mol = t.hydrate_mol[w] * (cube(y[w]) - cube(kept));
      y[w] = kept;
      steam[w] += mol;
      heat[w] += mol * m.hydrate.heat_J_per_mol;
    }
  }
  if (t.hydroxide) {
    Out left = t.left + n * t.stride;
    In v = t.v2 + r * kW, d = t.d2 + r * kW;
    SAGGAR_LANES(w) {
      const double kept = left[w] * decay(dt * positive(v[w] + d[w] * (next[w] - T[w])));
      const double after = kept < kGone ? 0.0 : kept;
      const double mol = t.hydroxide_mol[w] * (left[w] - after);
      left[w] = after;
      steam[w] += mol;
      heat[w] += mol * m.hydroxide.heat_J_per_mol;
    }
  }
}

/// New enthalpies from the flows at the new temperatures, and the temperatures that follow from
/// them: energy is kept whatever the linearisation left over.
SAGGAR_INLINE void update(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const double c = f.steam_J_per_molK;
  alignas(64) double rising[kW] = {}, carried[kW] = {}, absorbed[kW] = {}, kg[kW];
  for (std::size_t i = f.nodes + 1; i-- > 0;) {
    const std::size_t r = layer * (f.nodes + 1) + i;
    const bool bed = i < f.nodes;
    if (bed) advance_node(t, r, layer * f.nodes + i);
    Out H = t.H + r * t.stride, T = t.T + r * t.stride;
    In next = t.next + r * kW, link = t.link + r * kW, heat = t.heat + r * kW;
    In steam = t.steam + r * kW;
    const bool last = !bed && layer + 1 == f.layers;  // its link is 0
    const double* below = last ? next : next + kW;
    const double* link_up = r > 0 ? link - kW : kNothing;
    const double* next_up = r > 0 ? next - kW : next;
    const double* outside = external(t, layer, i);
    const double on = bed ? 1.0 : 0.0;
    SAGGAR_LANES(w) {
      rising[w] += on * steam[w];
      const double leaving = on * c * rising[w] * (next[w] - kReference_K);
      H[w] += outside[w] +
              t.dt_s * (link_up[w] * (next_up[w] - next[w]) - link[w] * (next[w] - below[w])) +
              carried[w] - leaving - on * heat[w];
      carried[w] = bed ? leaving : 0.0;
      absorbed[w] += on * heat[w];
    }
    if (bed) {
      node_mass(t, layer * f.nodes + i, kg);
      SAGGAR_LANES(w) T[w] = f.powder.temperature(H[w] / kg[w]);
    } else {
      const double per_kg = 1.0 / f.base_kg;
      SAGGAR_LANES(w) T[w] = f.ceramic.temperature(H[w] * per_kg);
    }
  }
  Out head = t.head + layer * t.stride;
  In wall_heat = t.heat_wall + layer * t.stride, surface = t.surface_K + layer * t.stride;
  Out wall_H = t.wall_H + layer * t.stride, wall_K = t.wall_K + layer * t.stride;
  const double wall_per_kg = 1.0 / f.wall_kg;
  SAGGAR_LANES(w) {
    t.absorbed_J[w] += absorbed[w];
    t.released_mol[w] += rising[w];
    t.released_J[w] += carried[w];
    // Head-space: steam from below, exchange with the chamber; implicit.
    const double gas_mol =
        kPressure_bar * 1e5 * f.head_space_m3 / (kGasConstant_J_per_molK * surface[w]);
    const double flush = rising[w] / gas_mol, swap = f.head_exchange_per_s * t.dt_s;
    head[w] = (head[w] + flush + swap * t.zone_steam[w]) / (1.0 + flush + swap);
    wall_H[w] += wall_heat[w];
    wall_K[w] = f.ceramic.temperature(wall_H[w] * wall_per_kg);
  }
}

SAGGAR_WIDE void step_tile(const Tile& t) noexcept {
  SAGGAR_LANES(w) t.released_mol[w] = t.released_J[w] = t.absorbed_J[w] = 0.0;
  for (std::size_t l = 0; l < t.f->layers; ++l) conduct(t, l);
  for (std::size_t l = 0; l < t.f->layers; ++l) react(t, l);
  solve(t);
  for (std::size_t l = 0; l < t.f->layers; ++l) update(t, l);
}

}  // namespace

void Beds::step(double dt_s) noexcept {
  Tile t{};
  t.f = &f_;
  t.stride = stride_;
  t.dt_s = dt_s;
  double** const work[kScratch] = {&t.link,  &t.mass, &t.heat, &t.slope, &t.steam,
                                   &t.upper, &t.next, &t.v1,   &t.d1,    &t.v2,
                                   &t.d2,    &t.v0,   &t.d0,   nullptr};
  for (std::size_t i = 0; i < kScratch; ++i) {
    if (work[i] != nullptr) *work[i] = scratch_.data() + i * rows() * kLanes;
  }
  constexpr double kR = kGasConstant_J_per_molK;
  const material::Drying& m = f_.drying;
  t.ln_a1 = std::log(m.hydrate.k.factor_per_s / 3.0);
  t.e1 = m.hydrate.k.energy_J_per_mol / kR;
  t.h1 = m.hydrate.equilibrium.enthalpy_J_per_mol / kR;
  t.s1 = m.hydrate.equilibrium.entropy_J_per_molK / kR;
  t.ln_a2 = std::log(m.hydroxide.k.factor_per_s);
  t.e2 = m.hydroxide.k.energy_J_per_mol / kR;
  t.h0 = m.moisture.saturation.enthalpy_J_per_mol / kR;
  t.s0 = m.moisture.saturation.entropy_J_per_molK / kR;
  for (std::size_t j = 0; j < count_; j += kLanes) {
    t.moist = j < moist_;
    t.hydrate = j < hydrate_;
    t.hydroxide = j < hydroxide_;
    t.T = temperature_K.data() + j;
    t.H = enthalpy_.data() + j;
    t.core = core_.data() + j;
    t.left = hydroxide_left_.data() + j;
    t.damp = moisture_left_.data() + j;
    t.wall_K = wall_K.data() + j;
    t.wall_H = wall_enthalpy_.data() + j;
    t.surface_K = surface_K.data() + j;
    t.head = head_steam.data() + j;
    t.top_k = top_conductivity.data() + j;
    t.depth = depth_m.data() + j;
    t.hydrate_mol = hydrate_mol_.data() + j;
    t.hydroxide_mol = hydroxide_mol_.data() + j;
    t.moisture_mol = moisture_mol_.data() + j;
    t.dry_kg = dry_kg_.data() + j;
    t.heat_top = heat_top_J.data() + j;
    t.heat_base = heat_base_J.data() + j;
    t.heat_wall = heat_wall_J.data() + j;
    t.zone_steam = zone_steam.data() + j;
    t.released_mol = released_mol.data() + j;
    t.released_J = released_J.data() + j;
    t.absorbed_J = absorbed_J.data() + j;
    step_tile(t);
  }
  find_wet();
}

/// How many columns from the entry on still hold some of each kind of water.
void Beds::find_wet() noexcept {
  const auto reach = [this](const std::vector<double>& left, std::size_t from) {
    while (from > 0) {
      for (std::size_t n = 0; n < f_.layers * f_.nodes; ++n) {
        if (left[n * stride_ + from - 1] > 0.0) return from;
      }
      --from;
    }
    return from;
  };
  moist_ = reach(moisture_left_, moist_);
  hydrate_ = reach(core_, hydrate_);
  hydroxide_ = reach(hydroxide_left_, hydroxide_);
}

}  // namespace saggar::kiln
