#include "hil/validate/tga.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::validate {

using namespace material;  // NOLINT(google-build-using-namespace): the laws are their names

namespace {

constexpr double kPressure_Pa = 101325.0;
constexpr double kThinnest = 1e-3, kThinnestOrder = 0.01;  // oxygen, as in the beds
constexpr double kStart_degC = 25.0;

double cube(double y) noexcept { return y * y * y; }

}  // namespace

Sample::Sample(const kiln::MaterialFigures& figures, double li_per_m, double moisture)
    : drying_(kiln::drying(figures)),
      synthesis_(kiln::synthesis(figures)),
      carbonate_feed_(figures.lithium_source == kiln::LithiumSource::carbonate),
      li_(li_per_m),
      core_(carbonate_feed_ ? 0.0 : 1.0),
      z_(synthesis_.ordering.at_formation),
      cube_nm3_(cube(synthesis_.growth.start_nm)),
      carbonate_(carbonate_feed_ ? li_per_m : 0.0) {
  const double dry_kg = 1.0 / drying_.mix.hydroxide_mol_per_kg(li_per_m);
  fed_kg_ = dry_kg / (1.0 - moisture);
  moisture_mol_ = (fed_kg_ - dry_kg) / kWater_kg_per_mol;
}

void Sample::dry(double temperature_K, double steam_Pa, double dt_s) noexcept {
  moisture_left_ *= std::exp(-dt_s * drying_.moisture.rate(temperature_K, steam_Pa));
  core_ = std::max(0.0, core_ - dt_s * drying_.hydrate.core_rate(temperature_K, steam_Pa));
  hydroxide_left_ *= std::exp(-dt_s * drying_.hydroxide.rate(temperature_K, steam_Pa));
}

void Sample::synthesise(double temperature_K, const kiln::Breath& gas, double dt_s) noexcept {
  const Synthesis& s = synthesis_;
  const double before = x_, oxygen = gas.oxygen;
  double free_li = std::max(0.0, li_ - x_ - carbonate_ - oxide_);
  // R3 from all sources at once; implicit in the open places of the lattice.
  const double thin = oxygen > 0 ? std::pow(oxygen, s.lithiation.oxygen_power) : 0.0;
  const double k_li = s.lithiation.k.rate(temperature_K) * thin;
  const double k_c = s.carbonate.rate(temperature_K) * thin;
  const double pool = free_li + carbonate_ + oxide_;
  const double by_source = k_li * (free_li + oxide_) + k_c * carbonate_;
  const double open = std::min(std::max(0.0, 1.0 - hydroxide_left_ - x_), pool);
  const double go = by_source / std::max(pool, 1e-12) * open * dt_s;
  const double per_source = open * go / (1.0 + go) / std::max(by_source, 1e-300);
  const double from_li = std::min(k_li * free_li * per_source, free_li);
  const double from_oxide = std::min(k_li * oxide_ * per_source, oxide_);
  const double from_c = std::min(k_c * carbonate_ * per_source, carbonate_);
  const double made = from_li + from_oxide + from_c;
  // R8 and R7
  const double back_rate = s.decomposition.rate(temperature_K, 1.0, std::max(oxygen, kThinnest));
  const double back = before * (1.0 - std::exp(-back_rate * dt_s));
  free_li -= from_li;
  const double bind_rate = s.carbonation.rate(temperature_K, gas.carbon_dioxide * kPressure_Pa);
  const double bind = free_li * (1.0 - std::exp(-bind_rate * dt_s));
  // R4 with what has just formed mixed in, R5
  if (before + made > 0) {
    z_ = (before * z_ + made * s.ordering.at_formation) / (before + made);
  }
  const double rest = s.ordering.equilibrium(temperature_K, std::max(oxygen, kThinnestOrder), li_);
  z_ = rest + (z_ - rest) * std::exp(-dt_s * s.ordering.k.rate(temperature_K));
  cube_nm3_ += dt_s * s.growth.cube_rate(temperature_K, li_);
  x_ += made - back;
  carbonate_ += bind - from_c;
  oxide_ += back - from_oxide;
}

void Sample::step(double temperature_K, const kiln::Breath& gas, double dt_s) noexcept {
  dry(temperature_K, gas.steam * kPressure_Pa, dt_s);
  synthesise(temperature_K, gas, dt_s);
  carbon_dioxide_Pa_ = gas.carbon_dioxide * kPressure_Pa;
}

double Sample::mass_share() const noexcept {
  // Water: of moisture, hydrate and hydroxide, and half a mole of each lithium that is LiOH.
  const double hydrate_mol = carbonate_feed_ ? 0.0 : li_,
               as_hydroxide = li_ - x_ - carbonate_ - oxide_;
  const double lost_water = moisture_mol_ * (1.0 - moisture_left_) + hydrate_mol * hydrate_gone() +
                            hydroxide_gone() + 0.5 * ((carbonate_feed_ ? 0.0 : li_) - as_hydroxide);
  const double lost_co2 = 0.5 * ((carbonate_feed_ ? li_ : 0.0) - carbonate_);
  return (fed_kg_ - kWater_kg_per_mol * lost_water - kCarbonDioxide_kg_per_mol * lost_co2 +
          kOxygen_kg_per_mol * 0.25 * x_) /
         fed_kg_;
}

Fired Sample::fired() const noexcept {
  return {x_, z_, std::cbrt(cube_nm3_), li_, carbonate_, carbon_dioxide_Pa_};
}

void fire(Sample& sample, const std::vector<Stage>& stages, Trace* trace, double every_s) {
  constexpr double kStep_K = 0.2, kHold_s = 10.0;
  double degC = kStart_degC, time_s = 0, due_s = 0;
  const auto advance = [&](double at_degC, const kiln::Breath& gas, double dt_s) {
    if (trace != nullptr && time_s >= due_s) {
      trace->time_h.push_back(time_s / 3600.0);
      trace->degC.push_back(degC);
      trace->mass_share.push_back(sample.mass_share());
      due_s += every_s;
    }
    sample.step(at_degC + kZeroCelsius_K, gas, dt_s);
    time_s += dt_s;
  };
  for (const Stage& stage : stages) {
    const double way = stage.degC - degC;
    const auto steps = static_cast<long>(std::ceil(std::abs(way) / kStep_K));
    for (long i = 0; i < steps; ++i) {
      const double step_K = way / static_cast<double>(steps);
      advance(degC + 0.5 * step_K, stage.gas, 60.0 * std::abs(step_K) / stage.K_per_min);
      degC += step_K;
    }
    const double end_s = time_s + 3600.0 * stage.hold_h;
    while (time_s < end_s - 1e-6) advance(degC, stage.gas, std::min(kHold_s, end_s - time_s));
  }
}

}  // namespace saggar::validate
