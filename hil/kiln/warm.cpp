// How a kiln begins. A start near operation: a column fired on the recipe's profile stands at every
// place, the brick has the temperatures of a steady state, then the whole plant is simulated for a
// while.
#include <algorithm>

#include "hil/kiln/kiln.hpp"

namespace saggar::kiln {

using material::kZeroCelsius_K;

void Kiln::guess_load() {
  Surroundings profile(layout_.zones);
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    const double top = recipe_[k * layout_.loops_per_zone];
    const double bottom = recipe_[(k + 1) * layout_.loops_per_zone - 1];
    profile.roof_K[k] = top + kZeroCelsius_K;
    profile.floor_K[k] = bottom + kZeroCelsius_K;
    profile.gas_K[k] = 0.5 * (top + bottom) + kZeroCelsius_K;
    profile.steam[k] = 0.1;
    profile.oxygen[k] = 0.8 * gas_inputs_.supply_o2;
  }
  Load scout(layout_, params_, 0);
  Coupling unused(layout_.zones);
  Ledger none;
  const std::vector<double> places = scout.fill_positions();  // from the entry on
  const std::size_t tracks = scout.tracks();
  Beds fired(load_.beds().figures(), places.size() * tracks);
  std::vector<std::size_t> column_at(places.size());
  const double dt = params_.numerics.bed_guess_step_s.value;
  for (std::size_t g = 0; g < layout_.groups; ++g) {
    speed_m_per_s_[g] = 1e-3 * recipe_[layout_.loops() + g];
  }
  scout.move(dt, speed_m_per_s_, true, none);  // one column only
  // It stands for all: in walls as the mean of them, not in those that chance gave it.
  std::fill(scout.beds().wall_uptake.begin(), scout.beds().wall_uptake.end(), 1.0);
  std::size_t reached = 0;
  const double slowest = *std::min_element(speed_m_per_s_.begin(), speed_m_per_s_.end());
  const double longest_s = 2.0 * layout_.total_m(params_) / std::max(slowest, 1e-6);
  for (double t = 0; t < longest_s && reached < places.size() && scout.beds().count() > 0;
       t += dt) {
    while (reached < places.size() && scout.position_m()[0] >= places[reached]) {
      for (std::size_t r = 0; r < tracks; ++r) {
        fired.copy_column(reached * tracks + r, scout.beds(), r);
      }
      column_at[reached] = reached;
      ++reached;
    }
    scout.couple(profile, unused);
    scout.heat(dt, profile, unused, none);
    scout.move(dt, speed_m_per_s_, false, none);
  }
  column_at.resize(reached);
  load_.fill(fired, column_at);
}

void Kiln::guess_chamber() {
  const std::size_t z = layout_.zones;
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t k = 0; k < z; ++k) {
      const std::size_t loop =
          k * layout_.loops_per_zone + std::min(half, layout_.loops_per_zone - 1);
      chamber_.preset(half, k, recipe_[loop] + kZeroCelsius_K);
      chamber_.preset_gas(k, recipe_[loop] + kZeroCelsius_K);
    }
  }
  load_.couple(chamber_.surroundings(), coupling_);
  chamber_.sensed_degC(params_.thermocouple.radiation_share.value, sensed_degC_);
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    loop_sensed_degC_[i] = sensed_degC_[half_index(i)];
    const double hold =
        chamber_.holding_W(half_index(i) / z, half_index(i) % z, coupling_) / layout_.rated_W[i];
    controllers_.preset(i, recipe_[i], recipe_[i], 100.0 * std::clamp(hold, 0.0, 1.0));
  }
  thermocouples_.settle(loop_sensed_degC_);
}

void Kiln::settle_devices() {
  const std::size_t loops = layout_.loops(), groups = layout_.groups;
  const std::size_t inlets = layout_.inlet_zone.size();
  for (std::size_t g = 0; g < groups; ++g) drives_.settle(g, recipe_[loops + g]);
  for (std::size_t i = 0; i < inlets; ++i) flows_.settle(i, recipe_[loops + groups + i]);
  for (std::size_t d = 0; d < layout_.damper_zone.size(); ++d) {
    dampers_.settle(d, recipe_[loops + groups + inlets + d]);
  }
  hall_o2_.settle(0, 20.95);
}

/// Time 0 and all sums from here on.
void Kiln::start_counting() noexcept {
  laboratory_.set_back(1e-9 * static_cast<double>(time_ns_));
  time_ns_ = next_tick_ns_ = 0;
  tick_ = tick_ / 2 * 2;
  sequence_ = 1;
  ledger_ = Ledger{};
  accounts_.restart(ledger_);
  lot_accounts_.restart(ledger_);
  stored_at_start_J_ = stored_J();
  stored_at_start_ = stored_matter();
}

void Kiln::warm() {
  settle_devices();
  guess_load();
  guess_chamber();
  for (std::size_t i = 0; i < layout_.gas_point_zone.size(); ++i) o2_.settle(i, 90.0);
  advance(params_.numerics.settle_s.value);
  while (bed_elapsed_s_ != 0) advance(1.0);  // time 0 is the beginning of a bed step
  start_counting();
}

/// Brick, gas and sensors are at the temperature of the hall since they were made, nothing is
/// inside.
void Kiln::begin_cold() {
  settle_devices();
  for (std::size_t i = 0; i < layout_.gas_point_zone.size(); ++i) o2_.settle(i, 20.95);
  heating_ = feed_on_ = false;
  start_counting();
}

}  // namespace saggar::kiln
