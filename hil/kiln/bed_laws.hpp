// R3 to R8 over one step of one node and one column: closed or implicit forms of the laws in
// hil/material/synthesis.hpp. Private to bed_synthesis.hpp, whose loop over lanes calls them.
#pragma once

#include <algorithm>
#include <cmath>

#include "hil/kiln/bed_tile.hpp"
#include "hil/material/synthesis.hpp"

namespace saggar::kiln::tile {

constexpr double kLnThinOrder = -4.605170185988091;  ///< ln 0.01: R4 has no meaning below
constexpr double kWaterPerLithium = 0.5, kOxygenPerLithium = 0.25, kCarbonPerLithium = 0.5;

SAGGAR_INLINE double at_least(double x, double low) noexcept { return x > low ? x : low; }
SAGGAR_INLINE double at_most(double x, double high) noexcept { return x < high ? x : high; }
SAGGAR_INLINE double clamped(double x) noexcept { return at_most(at_least(x, 0.0), 1.0); }

/// Constants of the rate laws as the lanes use them: ln A and E/R.
struct SynthesisRates {
  double ln_a, e, ln_c, ec, power;  // R3 with LiOH, with Li2CO3
  double ln_o, eo, ez, thermal;     // R4
  double ln_g, eg;                  // R5
  double ln_w, ew;                  // R6
  double per_log, per_width;        // R8: K per ln xO2, 1/K of the rise of its rate

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
            -s.decomposition.oxygen_gain_K / std::log(0.21),
            1.0 / s.decomposition.width_K};
  }
};

/// What one step finds: 1/T, ln xO2 (not below its floor), seconds, mol M.
struct Instant {
  double temperature_K, inverse, thin, dt, mol;
};

/// Lithium per M that R3 takes from each source.
struct Taken {
  double from_li, from_oxide, from_c, all;
};

/// R3: (a2 - x)^2 of the oxide that has found no lithium yet, sources by their own rates; exact for
/// constant rates. @param open a2 - x
SAGGAR_INLINE Taken lithiate(const SynthesisRates& k, const Instant& at, double open,
                             double free_li, double bound, double oxide) noexcept {
  const double k_li = fast_exp(k.ln_a - k.e * at.inverse + k.power * at.thin);
  const double k_c = fast_exp(k.ln_c - k.ec * at.inverse + k.power * at.thin);
  const double pool = free_li + bound + oxide;
  const double by_source = k_li * (free_li + oxide) + k_c * bound;
  const double may = at_most(positive(open), pool);
  const double per_source = may * may * at.dt / (at_least(pool, 1e-12) + by_source * may * at.dt);
  const double from_li = at_most(k_li * free_li * per_source, free_li);
  const double from_oxide = at_most(k_li * oxide * per_source, oxide);
  const double from_c = at_most(k_c * bound * per_source, bound);
  return {from_li, from_oxide, from_c, from_li + from_oxide + from_c};
}

/// R8: lithium per M that comes back, and how much more would per ln xO2 less.
struct Back {
  double lithium, per_ln;
};
SAGGAR_INLINE Back decompose(const material::Decomposition& d, const SynthesisRates& k,
                             const Instant& at, double x) noexcept {
  const double onset = d.in_air_K + d.oxygen_gain_K + k.per_log * at.thin;
  const double share = clamped((at.temperature_K - onset) * k.per_width);
  const double go = d.rate_per_s * share * at.dt;
  const bool between = share * (1.0 - share) > 0.0;
  return {x * go / (1.0 + go), between ? x * d.rate_per_s * at.dt * k.per_log * k.per_width : 0.0};
}

/// R7: lithium per M that becomes Li2CO3, and how much more per fraction of CO2.
struct Carbonated {
  double lithium, per_fraction;
};
SAGGAR_INLINE Carbonated carbonate(const material::Carbonation& c, const Instant& at, double li,
                                   double co2) noexcept {
  const double active = at.temperature_K < c.onset_K ? 0.0 : c.rate_per_Pa_s;
  const double per = active * kPressure_bar * 1e5 * at.dt;
  const double per_fraction = li * per / (1.0 + per * co2);
  return {per_fraction * co2, per_fraction};
}

/// R4: z after the step, with relaxation to its rest.
SAGGAR_INLINE double order(const material::Ordering& o, const SynthesisRates& k, const Instant& at,
                           double mixed, double li) noexcept {
  const double rest =
      o.offset + positive((1.0 - li) / (1.0 + li)) +
      fast_exp(k.thermal - k.ez * at.inverse - 0.5 * at_least(at.thin, kLnThinOrder));
  return rest + (mixed - rest) * decay(at.dt * fast_exp(k.ln_o - k.eo * at.inverse));
}

/// R5: growth of the cube of the primary size, nm3.
SAGGAR_INLINE double grow(const material::Growth& g, const SynthesisRates& k, const Instant& at,
                          double li) noexcept {
  const double melt = li > 1.0 ? 1.0 : 0.0;  // no choice between loads: it would not vectorise
  const double share = g.without_melt + (1.0 - g.without_melt) * melt;
  return at.dt * share * fast_exp(k.ln_g - k.eg * at.inverse);
}

/// R6: lithium per M that the wall takes, at most half of what is there.
SAGGAR_INLINE double lose(const SynthesisRates& k, const Instant& at, double contact_m2,
                          double there) noexcept {
  return at_most(contact_m2 * fast_exp(k.ln_w - k.ew * at.inverse) * at.dt / at.mol, 0.5 * there);
}

}  // namespace saggar::kiln::tile
