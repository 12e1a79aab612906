// A guard with the predictive filter around a kiln whose zones answer as declared, or not quite.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "runtime/filter/filter.hpp"
#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {

/// The recipe of the guard's rig, degC.
inline constexpr double kRecipe_degC = 750;

/// `zones` zones, trims of 25 K, PV limits of `below` and `above` K around the recipe.
inline domain::Plant limited_plant(int zones, double below_K, double above_K) {
  domain::Plant plant = small_plant(zones);
  for (domain::Mv& mv : plant.mvs) {
    mv.limits = {0, 1000, -25, 25, 1, 2, 50};
    mv.pv_low = kRecipe_degC - below_K;
    mv.pv_high = kRecipe_degC + above_K;
    mv.resolution = 0;
    mv.trip = 1100;
  }
  return plant;
}

/// Figures that are easy to work with by hand: lag exactly 600 s, no dead time, no errors.
inline filter::Settings exact(const domain::Plant& plant) {
  filter::Settings s;
  s.margin_K = 0;
  s.noise_K = 0;
  s.drift_K_per_h = 0;
  s.offset_K = 0;
  s.loops = filter::nominal_loops(plant, {{1, 1}, {600, 600}, {0, 0}});
  return s;
}

/// One zone temperature of a true plant. Steps of any length, setpoint constant within one.
struct TrueZone {
  double gain = 1, lag_s = 600, dead_time_s = 0, offset_K = 0;
  double x = kRecipe_degC;
  std::vector<std::pair<double, double>> waiting;  ///< (acts from s, setpoint)
  double setpoint = kRecipe_degC;

  void command(double now_s, double value) { waiting.push_back({now_s + dead_time_s, value}); }
  void advance(double now_s, double dt_s) {
    while (!waiting.empty() && waiting.front().first <= now_s + 1e-9) {
      setpoint = waiting.front().second;
      waiting.erase(waiting.begin());
    }
    const double end = kRecipe_degC + gain * (setpoint - kRecipe_degC);
    x = end + (x - end) * std::exp(-dt_s / lag_s);
  }
  double pv() const { return x + offset_K; }
};

/// Guard, filter and true zones in a loop. `filtered` false: the guard alone.
class FilterRig {
 public:
  FilterRig(domain::Plant plant, filter::Settings settings, bool filtered = true, double dt = 10)
      : rig(std::move(plant), {10}), filter(rig.plant, settings), dt_s(dt) {
    zones.resize(rig.plant.mvs.size());
    if (filtered) rig.guard.set_predictive(&filter::Filter::stage, &filter);
    show();
  }

  void show() {
    for (std::size_t i = 0; i < zones.size(); ++i) {
      rig.set(rig.plant.mvs[i].pv, zones[i].pv() + (noise ? noise() : 0.0));
    }
  }
  /// Asks the same of all MVs, as a controller, and lets one cycle pass.
  void step(double ask_degC) {
    for (std::size_t i = 0; i < zones.size(); ++i) {
      rig.ask(i, ask_degC, domain::Source::controller);
    }
    step();
  }
  void step() {
    before();
    rig.step(dt_s);
    after();
  }
  void before() {
    for (TrueZone& zone : zones) zone.advance(now_s(), dt_s);
    show();
  }
  void after() {
    for (std::size_t i = 0; i < zones.size(); ++i) {
      if (rig.command.action[i] == domain::Action::write) {
        zones[i].command(now_s(), rig.command.value[i]);
      }
    }
  }
  double now_s() const { return static_cast<double>(rig.time_ns) * 1e-9; }
  double hottest() const {
    double most = -1e9;
    for (const TrueZone& zone : zones) most = std::max(most, zone.pv());
    return most;
  }
  double coldest() const {
    double least = 1e9;
    for (const TrueZone& zone : zones) least = std::min(least, zone.pv());
    return least;
  }
  filter::Verdict verdict() const { return filter.outcome().verdict; }

  Rig rig;
  filter::Filter filter;
  std::vector<TrueZone> zones;
  std::function<double()> noise;
  double dt_s;
};

}  // namespace saggar::testing
