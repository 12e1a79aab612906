// The slow reactions of one row of nodes (R3 to R8), and temperature from
// enthalpy with melting. Private to bed_step.cpp; laws: hil/material/synthesis.hpp, whose functions
// the tests hold against these.
#pragma once

#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_tile.hpp"

namespace saggar::kiln::tile {

constexpr double kThinnest = 1e-3;  ///< oxygen fraction below which R3 and R8 see no less
constexpr double kLnThinOrder = -4.605170185988091;  ///< ln 0.01: R4 has no meaning below
constexpr double kWaterPerLithium = 0.5, kOxygenPerLithium = 0.25, kCarbonPerLithium = 0.5;

SAGGAR_INLINE double at_least(double x, double low) noexcept { return x > low ? x : low; }
SAGGAR_INLINE double at_most(double x, double high) noexcept { return x < high ? x : high; }
SAGGAR_INLINE double clamped(double x) noexcept { return at_most(at_least(x, 0.0), 1.0); }

/// Lithium per M that is still LiOH or its hydrate.
SAGGAR_INLINE double hydroxide_left(const Tile& t, std::size_t n, std::size_t w) noexcept {
  const std::size_t at = n * t.stride + w;
  return positive(t.li[w] - t.x[at] - t.carbonate[at] - t.oxide[at] - t.in_wall[at]);
}

/// What R3 to R8 have changed of the mass of a node, kg: against M as oxide and Li as LiOH.
SAGGAR_INLINE double synthesis_kg(const Tile& t, std::size_t n, std::size_t w) noexcept {
  using namespace material;
  constexpr double kHalfWater = kWaterPerLithium * kWater_kg_per_mol;
  constexpr double kTaken = kOxygenPerLithium * kOxygen_kg_per_mol - kHalfWater;
  constexpr double kBound = kCarbonPerLithium * kCarbonDioxide_kg_per_mol - kHalfWater;
  const std::size_t at = n * t.stride + w;
  return t.hydroxide_mol[w] * (kTaken * t.x[at] + kBound * t.carbonate[at] -
                               kHalfWater * t.oxide[at] - kHydroxide_kg_per_mol * t.in_wall[at]);
}

/// Temperature of a node from its enthalpy; with the melting of LiOH by Newton's method where some
/// column of the tile is near it, else with the molten share of the old temperature, which is then
/// 0 or 1 on both sides.
SAGGAR_INLINE void bed_temperature(const Tile& t, std::size_t n, In H, In kg, Out T) {
  const BedFigures& f = *t.f;
  const material::Melting m = f.synthesis.melting;
  const double a = f.powder.at_300K_J_per_kgK + f.powder.slope_J_per_kgK2 * (kReference_K - 300.0);
  const double b = f.powder.slope_J_per_kgK2;
  if (!t.melting) {
    SAGGAR_LANES(w) {
      const double latent =
          T[w] > m.middle_K ? m.heat_J_per_mol * t.hydroxide_mol[w] * hydroxide_left(t, n, w) : 0.0;
      const double h = (H[w] - latent) / kg[w];
      T[w] = kReference_K + 2.0 * h / (a + std::sqrt(a * a + 2.0 * b * h));
    }
    return;
  }
  constexpr int kRounds = 6;
  const double per_band = 1.0 / m.band_K;
  SAGGAR_LANES(w) {
    const double latent = m.heat_J_per_mol * t.hydroxide_mol[w] * hydroxide_left(t, n, w);
    double at = T[w];
    for (int i = 0; i < kRounds; ++i) {
      const double s = clamped((at - m.middle_K) * per_band + 0.5), d = at - kReference_K;
      const double held = kg[w] * d * (a + 0.5 * b * d) + latent * s * s * (3.0 - 2.0 * s);
      const double slope = kg[w] * (a + b * d) + latent * 6.0 * s * (1.0 - s) * per_band;
      at -= (held - H[w]) / slope;
    }
    T[w] = at;
  }
}

/// Constants of the rate laws as the lanes use them: ln A and E/R.
struct SynthesisRates {
  double ln_a, e, ln_c, ec, power;  // R3 with LiOH, with Li2CO3
  double ln_o, eo, ez, thermal;     // R4
  double ln_g, eg;                  // R5
  double ln_w, ew;                  // R6
  double per_log;                   // R8: K per ln xO2

  static SynthesisRates of(const material::Synthesis& s) noexcept {
    constexpr double kR = kGasConstant_J_per_molK;
    const auto ln = [](double a) { return std::log(std::max(a, 1e-300)); };
    return {ln(s.lithiation.k.factor_per_s),
            s.lithiation.k.energy_J_per_mol / kR,
            ln(s.carbonate.factor_per_s),
            s.carbonate.energy_J_per_mol / kR,
            s.lithiation.oxygen_power,
            ln(s.ordering.k.factor_per_s),
            s.ordering.k.energy_J_per_mol / kR,
            s.ordering.energy_J_per_mol / kR,
            ln(s.ordering.thermal) + s.ordering.energy_J_per_mol / (kR * s.ordering.anchor_K),
            ln(s.growth.k.factor_per_s),
            s.growth.k.energy_J_per_mol / kR,
            ln(s.wall.factor_mol_per_m2s),
            s.wall.energy_J_per_mol / kR,
            -s.decomposition.oxygen_gain_K / std::log(0.21)};
  }
};

/// Advances one node of all lanes by R3 to R8 over the time since they last did, at its new
/// temperature; takes what they need from its enthalpy, and adds what they give to row `i` of the
/// gas made (mol), with how that changes with the fraction of the gas.
SAGGAR_INLINE void synthesise(const Tile& t, const SynthesisRates& k, std::size_t r, std::size_t n,
                              std::size_t i, double contact_m2) {
  const BedFigures& f = *t.f;
  const material::Synthesis& s = f.synthesis;
  In T = t.next + r * kW, left = t.left + n * t.stride, since = t.since;
  In o2 = t.pore_oxygen + n * t.stride, co2 = t.pore_carbon + n * t.stride;
  Out H = t.H + r * t.stride, x = t.x + n * t.stride, z = t.z + n * t.stride;
  Out cube_nm3 = t.cube + n * t.stride, bound = t.carbonate + n * t.stride;
  Out oxide = t.oxide + n * t.stride, in_wall = t.in_wall + n * t.stride;
  Out water = t.made_water + i * kW, oxygen = t.made_oxygen + i * kW;
  Out carbon = t.made_carbon + i * kW;
  Out oxygen_slope = t.oxygen_slope + i * kW, carbon_slope = t.carbon_slope + i * kW;
  SAGGAR_LANES(w) {
    const double dt = since[w], inverse = 1.0 / T[w];
    const double thin = fast_log(at_least(o2[w], kThinnest));
    const double mol = t.hydroxide_mol[w], a2 = 1.0 - left[w], before = x[w];
    const double li = t.li[w] - in_wall[w];
    double free_li = positive(li - before - bound[w] - oxide[w]);
    // R3: (a2 - x)^2 of the oxide that has found no lithium yet; sources by their own rates.
    const double k_li = fast_exp(k.ln_a - k.e * inverse + k.power * thin);
    const double k_c = t.bound ? fast_exp(k.ln_c - k.ec * inverse + k.power * thin) : 0.0;
    const double pool = free_li + bound[w] + oxide[w];
    const double by_source = k_li * (free_li + oxide[w]) + k_c * bound[w];
    const double open = at_most(positive(a2 - before), pool);
    const double per_pool = 1.0 / at_least(pool, 1e-12);
    const double go = by_source * per_pool * open * dt;
    const double taken = open * go / (1.0 + go);
    const double per_source = taken / at_least(by_source, 1e-300);
    const double from_li = at_most(k_li * free_li * per_source, free_li);
    const double from_oxide = at_most(k_li * oxide[w] * per_source, oxide[w]);
    const double from_c = at_most(k_c * bound[w] * per_source, bound[w]);
    const double made = from_li + from_oxide + from_c;
    // R8
    const double onset =
        s.decomposition.in_air_K + s.decomposition.oxygen_gain_K + k.per_log * thin;
    const double share = clamped((T[w] - onset) / s.decomposition.width_K);
    const double go_back = s.decomposition.rate_per_s * share * dt;
    const double back = before * go_back / (1.0 + go_back);
    const double yields = share * (1.0 - share) > 0.0 ? before * s.decomposition.rate_per_s * dt *
                                                            k.per_log / s.decomposition.width_K
                                                      : 0.0;
    // Less is taken, and more comes back from R8, where there is less oxygen.
    oxygen_slope[w] =
        o2[w] > kThinnest ? -kOxygenPerLithium * mol * (k.power * made + yields) / o2[w] : 0.0;
    // R7 and R6, of what is left as LiOH
    free_li -= from_li;
    const double go_per =
        T[w] < s.carbonation.onset_K ? 0.0 : s.carbonation.rate_per_Pa_s * kPressure_bar * 1e5 * dt;
    const double go_c = go_per * co2[w];
    const double bind = free_li * go_c / (1.0 + go_c);
    carbon_slope[w] = -kCarbonPerLithium * mol * free_li * go_per / (1.0 + go_c);
    const double lose =
        at_most(contact_m2 * fast_exp(k.ln_w - k.ew * inverse) * dt / mol, 0.5 * (free_li - bind));
    // R4, with what has just formed mixed in
    const double formed = before + made;
    const double mixed =
        formed > 0.0 ? (before * z[w] + made * s.ordering.at_formation) / at_least(formed, 1e-300)
                     : s.ordering.at_formation;
    const double short_of = (1.0 - li) / (1.0 + li);
    const double thin_order = at_least(thin, kLnThinOrder);
    const double rest = s.ordering.offset + positive(short_of) +
                        fast_exp(k.thermal - k.ez * inverse - 0.5 * thin_order);
    z[w] = rest + (mixed - rest) * decay(dt * fast_exp(k.ln_o - k.eo * inverse));
    // R5
    const double melt = li > 1.0 ? 1.0 : s.growth.without_melt;
    cube_nm3[w] += dt * melt * fast_exp(k.ln_g - k.eg * inverse);
    x[w] = formed - back;
    bound[w] += bind - from_c;
    oxide[w] += back - from_oxide;
    in_wall[w] += lose;
    const double heat = s.heat.hydroxide * from_li + s.heat.carbonate * from_c +
                        s.heat.oxide * (from_oxide - back) + s.heat.carbonation * bind;
    const double h2o = mol * kWaterPerLithium * (from_li + bind + lose);
    const double o = mol * kOxygenPerLithium * (back - made);
    const double c = mol * kCarbonPerLithium * (from_c - bind);
    const double gas_J =
        (h2o * f.steam_J_per_molK + o * f.oxygen_J_per_molK + c * f.carbon_dioxide_J_per_molK) *
        (T[w] - kReference_K);
    H[w] -= mol * heat + gas_J;
    water[w] += h2o;
    oxygen[w] += o;
    carbon[w] += c;
    t.absorbed_J[w] += mol * heat;
    t.released_J[w] += gas_J;
    t.released_mol[w] += h2o;
    t.released_oxygen[w] += o;
    t.released_carbon[w] += c;
  }
}

}  // namespace saggar::kiln::tile
