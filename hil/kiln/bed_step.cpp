// The step of the beds, for kLanes columns at a time so that everything stays in the first cache.
// Loops over lanes have a fixed length and no calls: the compiler vectorises them.
#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_drying.hpp"
#include "hil/kiln/bed_gas.hpp"
#include "hil/kiln/bed_needs.hpp"
#include "hil/kiln/bed_synthesis.hpp"
#include "hil/kiln/bed_tile.hpp"
#include "hil/kiln/beds.hpp"

namespace saggar::kiln {
namespace {

using namespace tile;

/// What a node weighs, and what melting takes, after its extents have changed.
SAGGAR_INLINE void weigh(const Tile& t, std::size_t n) {
  In y = t.core + n * t.stride, w2 = t.left + n * t.stride, wm = t.damp + n * t.stride;
  Out kg = t.kg + n * t.stride, latent = t.latent + n * t.stride;
  const double heat_J_per_mol = t.f->synthesis.melting.heat_J_per_mol;
  SAGGAR_LANES(w) latent[w] = heat_J_per_mol * t.hydroxide_mol[w] * hydroxide_left(t, n, w);
  if (t.f->keeps_mass) return;
  SAGGAR_LANES(w) {
    kg[w] = t.dry_kg[w] + synthesis_kg(t, n, w) +
            kWater_kg_per_mol * (t.hydrate_mol[w] * cube(y[w]) + t.hydroxide_mol[w] * w2[w] +
                                 t.moisture_mol[w] * wm[w]);
  }
}

/// Adds what melting takes per kelvin to the heat capacity of a node.
SAGGAR_INLINE void melt_capacity(const Tile& t, std::size_t n, In T, Out mass) {
  const material::Melting& m = t.f->synthesis.melting;
  const double per_band = 1.0 / m.band_K;
  In latent = t.latent + n * t.stride;
  SAGGAR_LANES(w) {
    const double s = clamped((T[w] - m.middle_K) * per_band + 0.5);
    mass[w] += latent[w] * 6.0 * s * (1.0 - s) * per_band;
  }
}

/// Conductances and heat capacities of one layer at the old temperatures.
SAGGAR_INLINE void conduct(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const std::size_t first = layer * (f.nodes + 1);
  alignas(64) double k[kW], per_depth[kW];
  Out top = t.top_k + layer * t.stride;
  SAGGAR_LANES(w) per_depth[w] = 0.5 * f.area_m2 / t.depth[w];
  for (std::size_t i = 0; i < f.nodes; ++i) {
    In T = t.T + (first + i) * t.stride;
    Out link = t.link + (first + i) * kW, mass = t.mass + (first + i) * kW;
    In kg = t.kg + (layer * f.nodes + i) * t.stride;
    SAGGAR_LANES(w) {
      k[w] = f.conductivity(T[w]);
      mass[w] = kg[w] * f.powder.cp(T[w]);
      link[w] = k[w];
    }
    if ((t.does[layer * f.nodes + i] & kMelts) != 0) melt_capacity(t, layer * f.nodes + i, T, mass);
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

alignas(64) constexpr double kNothing[kW] = {};  ///< stands for a row that is not there

/// External heat in J of one row over the step.
SAGGAR_INLINE const double* external(const Tile& t, std::size_t layer, std::size_t i) noexcept {
  if (i == 0) return t.heat_top + layer * t.stride;
  if (i == t.f->nodes) return t.heat_base + layer * t.stride;
  return kNothing;
}

/// Forward elimination from the top row down, with the steam that rises from row to row inside a
/// layer carried along; then substitution upward. `next` holds the temperatures at the part of the
/// step at which flows are taken. Where no node of the tile dries there is no steam and no sink.
template <bool Dries>
SAGGAR_INLINE void solve(const Tile& t) {
  const BedFigures& f = *t.f;
  const std::size_t rows = f.layers * (f.nodes + 1);
  const double per_s = 1.0 / t.dt_s, c = f.steam_J_per_molK;
  alignas(64) double rising[kW] = {};
  for (std::size_t r = Dries ? rows : 0;
       r-- > 0;) {  // steam entering each row from below, kept in `upper`
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
      // A thin or well conducting node, which would ring, is taken nearer to the end of the step,
      // at 1 - store / links of it.
      double store = mass[w] * per_s, below = link[w], sink = 0.0;
      const double above = link_up[w], links = below + above, left = links - store;
      const bool thin = left > kPart * links;
      store *= (thin ? links : 1.0) / (thin ? left : kPart);
      if constexpr (Dries) {
        const double solid = f.powder.enthalpy(T[w]) * kWater_kg_per_mol;
        sink = on * (heat[w] + steam[w] * (c * (T[w] - kReference_K) - solid));
        store += on * slope[w];
        below += on * upper[w];
      }
      const double rhs = store * T[w] - sink + outside[w] * per_s + above * next_up[w];
      const double inverse = 1.0 / (store + below + above * (1.0 + upper_up[w]));
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

/// New enthalpies from the flows at the new temperatures, and the temperatures that follow from
/// them: energy is kept whatever the linearisation left over.
template <bool Dries>
SAGGAR_INLINE void update(const Tile& t, std::size_t layer) {
  const BedFigures& f = *t.f;
  const double c = f.steam_J_per_molK;
  alignas(64) double rising[kW] = {}, carried[kW] = {}, absorbed[kW] = {};
  for (std::size_t i = f.nodes + 1; i-- > 0;) {
    const std::size_t r = layer * (f.nodes + 1) + i;
    const bool bed = i < f.nodes;
    if (Dries && bed) advance_node(t, r, layer * f.nodes + i);
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
      H[w] += outside[w] +
              t.dt_s * (link_up[w] * (next_up[w] - next[w]) - link[w] * (next[w] - below[w]));
      if constexpr (Dries) {
        rising[w] += on * steam[w];
        const double leaving = on * c * rising[w] * (next[w] - kReference_K);
        H[w] += carried[w] - leaving - on * heat[w];
        carried[w] = bed ? leaving : 0.0;
        absorbed[w] += on * heat[w];
      }
    }
    if (Dries && bed && (t.does[layer * f.nodes + i] & kDries) != 0) weigh(t, layer * f.nodes + i);
    if (bed && !t.fires) {
      bed_temperature(t, layer * f.nodes + i, H, next, T);
    } else if (bed) {
      Out water = t.made_water + i * kW, oxygen = t.made_oxygen + i * kW;
      Out carbon = t.made_carbon + i * kW;
      SAGGAR_LANES(w) {
        water[w] = Dries ? steam[w] : 0.0;
        oxygen[w] = carbon[w] = 0.0;
      }
    } else {
      const double per_kg = 1.0 / f.base_kg;
      SAGGAR_LANES(w) T[w] = f.ceramic.temperature(H[w] * per_kg);
    }
  }
  Out wall_H = t.wall_H + layer * t.stride, wall_K = t.wall_K + layer * t.stride;
  In wall_heat = t.heat_wall + layer * t.stride;
  const double wall_per_kg = 1.0 / f.wall_kg;
  SAGGAR_LANES(w) {
    t.absorbed_J[w] += absorbed[w];
    t.released_mol[w] += rising[w];
    t.released_J[w] += carried[w];
    wall_H[w] += wall_heat[w];
    wall_K[w] = f.ceramic.temperature(wall_H[w] * wall_per_kg);
  }
}

/// R3 to R8 of one layer, and the temperatures after them.
SAGGAR_INLINE void fire(const Tile& t, const SynthesisRates& rates, std::size_t layer) {
  const BedFigures& f = *t.f;
  for (std::size_t i = 0; i < f.nodes; ++i) {
    const std::size_t r = layer * (f.nodes + 1) + i, n = layer * f.nodes + i;
    const double base_m2 = i + 1 == f.nodes ? f.area_m2 : 0.0;
    In uptake = t.wall_uptake + layer * t.stride;
    if ((t.does[n] & kOrders) != 0) {
      synthesise<true>(t, rates, r, n, i, base_m2, uptake);
    } else if ((t.does[n] & kLithiates) != 0) {
      synthesise<false>(t, rates, r, n, i, base_m2, uptake);
    } else {
      Out oxygen_slope = t.oxygen_slope + i * kW, carbon_slope = t.carbon_slope + i * kW;
      SAGGAR_LANES(w) oxygen_slope[w] = carbon_slope[w] = 0.0;
    }
    if ((t.does[n] & (kLithiates | kOrders)) != 0) weigh(t, n);
    Out T = t.T + r * t.stride, peak = t.peak + n * t.stride, soaked = t.soaked + n * t.stride;
    bed_temperature(t, n, t.H + r * t.stride, t.next + r * kW, T);
    SAGGAR_LANES(w) {
      peak[w] = at_least(peak[w], T[w]);
      soaked[w] += T[w] >= f.soak_K ? t.since[w] : 0.0;
    }
  }
}

template <bool Dries>
SAGGAR_INLINE void step_as(const Tile& t, const SynthesisRates& rates) noexcept {
  SAGGAR_LANES(w) {
    t.released_mol[w] = t.released_oxygen[w] = t.released_carbon[w] = 0.0;
    t.released_J[w] = t.absorbed_J[w] = 0.0;
  }
  for (std::size_t l = 0; l < t.f->layers; ++l) conduct(t, l);
  for (std::size_t l = 0; Dries && l < t.f->layers; ++l) react(t, l);
  // Where nothing dries, no steam answers to the steam there is; work rows hold another tile's.
  if (!Dries && t.fires) std::fill_n(t.water_slope, t.f->layers * (t.f->nodes + 1) * kW, 0.0);
  solve<Dries>(t);
  for (std::size_t l = 0; l < t.f->layers; ++l) {
    update<Dries>(t, l);
    if (!t.fires) continue;
    fire(t, rates, l);
    Rising up;
    rise(t, l, up);
    mix_head(t, l, up);
    breathe(t, l, up);
  }
  if (!t.fires) return;
  SAGGAR_LANES(w) t.since[w] = 0.0;
}

SAGGAR_WIDE void step_tile(Tile& t, const SynthesisRates& rates, const IdleBelow& idle) noexcept {
  look(t, rates, idle);
  if (t.dries) {
    step_as<true>(t, rates);
  } else {
    step_as<false>(t, rates);
  }
}

}  // namespace

/// Points the tile at its columns, `j` and those after it.
void Beds::point(tile::Tile& t, std::size_t j) noexcept {
  const auto at = [j](std::vector<double>& v) { return v.data() + j; };
  t.kg = at(powder_kg_);
  t.latent = at(latent_J_);
  t.T = at(temperature_K);
  t.H = at(enthalpy_);
  t.core = at(core_);
  t.left = at(hydroxide_left_);
  t.damp = at(moisture_left_);
  t.x = at(conversion);
  t.z = at(mixing);
  t.cube = at(size_nm3);
  t.carbonate = at(carbonate);
  t.oxide = at(oxide);
  t.in_wall = at(in_wall);
  t.peak = at(peak_K);
  t.soaked = at(soaked_s);
  t.pore_steam = at(pore_steam);
  t.steam_trend = at(steam_per_s_);
  t.pore_oxygen = at(pore_oxygen);
  t.pore_carbon = at(pore_carbon_dioxide);
  t.wall_K = at(wall_K);
  t.wall_H = at(wall_enthalpy_);
  t.surface_K = at(surface_K);
  t.head = at(head_steam);
  t.head_oxygen = at(head_oxygen);
  t.head_carbon = at(head_carbon_dioxide);
  t.top_k = at(top_conductivity);
  t.wall_uptake = at(wall_uptake);
  t.depth = at(depth_m);
  t.li = at(li_per_m);
  t.since = at(since_s_);
  t.hydrate_mol = at(hydrate_mol_);
  t.hydroxide_mol = at(hydroxide_mol_);
  t.moisture_mol = at(moisture_mol_);
  t.dry_kg = at(dry_kg_);
  t.heat_top = at(heat_top_J);
  t.heat_base = at(heat_base_J);
  t.heat_wall = at(heat_wall_J);
  t.zone_steam = at(zone_steam);
  t.zone_oxygen = at(zone_oxygen);
  t.zone_carbon = at(zone_carbon_dioxide);
  t.lance = at(lance_mol_per_s);
  t.lance_oxygen = at(lance_oxygen_mol_per_s);
  t.released_mol = at(released_mol);
  t.released_oxygen = at(released_oxygen_mol);
  t.released_carbon = at(released_carbon_dioxide_mol);
  t.released_J = at(released_J);
  t.absorbed_J = at(absorbed_J);
}

void Beds::step(double dt_s) noexcept {
  Tile t{};
  t.f = &f_;
  t.does = does_.data();
  t.stride = stride_;
  t.dt_s = dt_s;
  double** const work[kScratch] = {&t.water_slope, &t.link,       &t.mass, &t.heat, &t.slope,
                                   &t.steam,       &t.upper,      &t.next, &t.v1,   &t.d1,
                                   &t.v2,          &t.d2,         &t.v0,   &t.d0,   &t.made_water,
                                   &t.made_oxygen, &t.made_carbon};
  for (std::size_t i = 0; i < kScratch; ++i) *work[i] = scratch_.data() + i * rows() * kLanes;
  // The rates of drying of a layer are done with when its gas is made.
  t.oxygen_slope = t.v1;
  t.carbon_slope = t.d1;
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
  t.ln_p0 = std::log(m.hydroxide.retarding_Pa / (kPressure_bar * 1e5));
  const SynthesisRates rates = SynthesisRates::of(f_.synthesis);
  const IdleBelow idle = IdleBelow::of(t, rates);
  rest_unused();
  for (std::size_t j = 0; j < count_; j += kLanes) {
    t.moist = j < moist_;
    t.hydrate = j < hydrate_;
    t.hydroxide = j < hydroxide_;
    point(t, j);
    step_tile(t, rates, idle);
  }
  find_wet();
}

/// Places without a column are worked on with the others of their tile: nothing may come to them,
/// also not what was left there before a column went or a snapshot came.
void Beds::rest_unused() noexcept {
  const std::size_t end = (count_ + kLanes - 1) / kLanes * kLanes;
  for (std::size_t j = count_; j < end; ++j) {
    for (std::size_t l = 0; l < f_.layers; ++l) {
      const std::size_t at = l * stride_ + j;
      heat_top_J[at] = heat_base_J[at] = heat_wall_J[at] = 0.0;
    }
    zone_steam[j] = zone_oxygen[j] = zone_carbon_dioxide[j] = 0.0;
    lance_mol_per_s[j] = lance_oxygen_mol_per_s[j] = 0.0;
  }
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
