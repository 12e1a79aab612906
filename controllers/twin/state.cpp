// All that twin and detector remember from cycle to cycle, member by member: saved ones go on to
// the bit. What every step writes before it reads is left out.
#include <algorithm>

#include "controllers/twin/detect.hpp"

namespace saggar::twin {

using plugin::State;

void Factors::state(State& s) {
  for (std::size_t i = 0; i < kFactors; ++i) s(factor(*this, i));
}

void Surroundings::state(State& s) { s(roof_K, floor_K, gas_K, steam, oxygen); }

void Exchange::state(State& s) {
  s(roof_W_per_K, roof_W, floor_W_per_K, floor_W, gas_W_per_K, gas_W, steam_mol_per_s, steam_W);
}

void Rows::state(State& s) {
  s(by_, saggar_kg_, temperature_K, wall_K, surface_K_, hydrate, hydroxide, pore_steam, pore_oxygen,
    conversion_, mixing_, cube_nm3_, cube_per_K_, oxide_, water_, fired_W_, taken_, mix_kg_);
}

void Field::state(State& s) { s(top_K, bottom_K, top_W, bottom_W, inlet_mol_per_s, pressure_Pa); }

void Chamber::state(State& s) {
  s(by_, now_, face_K_, slow_K_, deep_K_, inlet_, out_, flow_, expected_W_, loss_W_, load_W_,
    gas_W_per_K_);
}

void Model::state(State& s) { s(rows, chamber, exchange); }

void Line::state(State& s) { s(position_m, mix_kg, number, count_, next_, seen_kg_, was_present_); }

void Kalman::state(State& s) { s(mean_, cov_); }

void Observer::state(State& s) {
  s(kalman_, factors_, offset_K_, watched_s_, residual_, loss_W_, load_W_, steam_, to_next_,
    to_last_, own_, power_s_, steam_s_, slope_, steam_slope_);
  for (double& v : in_force_) s(v);
  for (Kalman::Innovation& i : innovations_) s(i.value, i.variance);
}

void Exits::Offset::state(State& s) { s(value, variance); }

void Exits::state(State& s) {
  s(ln_size, mixing, residual, count_, taken_s_);
  for (Left& row : ring_) {
    s(row.time_s, row.number, row.size_nm, row.mixing, row.residual_lithium);
  }
}

void AtExit::state(State& s) { s(size_nm, mixing, conversion, size_per_K); }

void Forecast::state(State& s) { s(rows_, position_m_, number_, gone_, turn_, busy_, exits_); }

void Banded::state(State& s) { s(value, sigma); }

void Seen::state(State& s) {
  s(count, number, position_m, surface_degC, core_degC, dryness, conversion, size_nm, mixing,
    residual_lithium, exit_size_nm, exit_mixing, exit_residual_lithium, to_dry_m, dry,
    zone_residual_W, zone_sigma_W, zone_load_W, dry_m, dry_sigma_m);
}

void Twin::state(State& s) {
  s(line_, models_, observer_, exits_, forecast_, field_, power_W_, steam_, speed_m_per_s_,
    feed_.present, feed_.mix_kg, round_, round_time_s_, time_s_, tare_kg_, weighed_kg_, weighings_,
    started_, followed_from_, was_dry_, front_m_, front_ahead_m_, seen_);
}

void Finding::state(State& s) {
  s(cause, zone, element, other_zone, other_element, statistic, threshold, began_s, since_s,
    measured, expected, size);
}

void Findings::state(State& s) {
  s(list_, count_, left_out_);
  count_ = std::min(count_, list_.size());
}

void PowerWatch::state(State& s) {
  s(usual_, power_, asked_, loss_, excess_, until_s_, named_, other_s_);
}

void SwapWatch::state(State& s) {
  s(usual_kW_, last_degC_, last_kW_, suspicion_, until_s_, pair_, a_, b_, watched_s_);
}

void SensorWatch::state(State& s) {
  s(residual_, reading_, slow_reading_, usual_apart_, usual_together_, sum_, found_);
}

void Detector::state(State& s) {
  s(settled_from_s_, findings_, power_, swap_, sensor_, exhaust_, feed_);
}

}  // namespace saggar::twin
