#include "hil/kiln/kiln.hpp"

#include <algorithm>
#include <cmath>

#include "hil/instruments/noise.hpp"

namespace saggar::kiln {

namespace noise = instruments;
using material::kZeroCelsius_K;

namespace {

constexpr std::int64_t kTick_ns = 500'000'000;
constexpr double kHour_s = 3600.0;

instruments::ThermocoupleType thermocouple(const ThermocoupleFigures& f, const FaultFigures& e) {
  return {
      f.diameter_m.value,
      f.heat_capacity_J_per_m3K.value,
      f.emissivity.value,
      f.film_W_per_m2K.value,
      f.tolerance_K.value,
      f.tolerance_share.value,
      f.noise_K.value,
      f.resolution_K.value,
      f.upscale_degC.value,
      {e.spike_every_s.value, e.spike_s.value, e.cold_junction_degC.value, e.downscale_degC.value}};
}

instruments::PidSettings pid(const ControllerFigures& f, double restart_K_per_min) {
  return {f.gain_percent_per_K.value,  f.integral_s.value,          f.derivative_s.value,
          f.derivative_filter_s.value, f.setpoint_weight.value,     f.ramp_K_per_min.value,
          restart_K_per_min,           f.power_limit_percent.value, f.break_hold_s.value};
}

/// Registers in the order of the write tags: loops, drive groups, inlets, dampers.
std::vector<instruments::SetpointRegister> registers(const config::KilnConfig& config,
                                                     const PlantParams& params, const TagMap& tags,
                                                     const std::vector<double>& recipe) {
  std::vector<instruments::SetpointRegister> list;
  const auto add = [&](std::size_t count, const config::FieldDevice& device, DeviceOf of) {
    for (std::size_t n = 0; n < count; ++n) {
      const std::size_t i = list.size();
      const domain::Tag& tag = tags.table[tags.writes[i]];
      list.push_back({tag.low, tag.high, tag.resolution, recipe[i], device.comms_loss,
                      device_make(params, of)});
    }
  };
  add(tags.temperature.size(), config.heat.device, DeviceOf::heat);
  add(tags.speed.size(), config.transport.device, DeviceOf::transport);
  add(tags.flow.size(), config.atmosphere.device, DeviceOf::atmosphere);
  add(tags.position.size(), config.exhaust.device, DeviceOf::exhaust);
  return list;
}

std::vector<instruments::Actuators::Range> ranges(const instruments::RemoteSetpoints& setpoints) {
  std::vector<instruments::Actuators::Range> list;
  for (std::size_t i = 0; i < setpoints.size(); ++i) {
    list.push_back({setpoints.at(i).low, setpoints.at(i).high, setpoints.at(i).local});
  }
  return list;
}

std::vector<double> gains(std::size_t count, double half_percent, std::uint64_t key) {
  std::vector<double> list(count);
  for (std::size_t i = 0; i < count; ++i) {
    list[i] = 1.0 + 0.01 * half_percent * (2.0 * noise::uniform(noise::element(key, i), 0) - 1.0);
  }
  return list;
}

}  // namespace

domain::Result<std::unique_ptr<Kiln>> Kiln::make(const config::KilnConfig& config,
                                                 const PlantParams& params,
                                                 const std::vector<double>& recipe,
                                                 std::uint64_t seed, Start start) {
  if (params.kiln != config.name) {
    return domain::Error{"plant " + params.name, "is the physics of kiln \"" + params.kiln +
                                                     "\", not of \"" + config.name + "\""};
  }
  const TagMap tags(config);
  if (tags.table.size() == 0) {
    return domain::Error{"kiln " + config.name, "has no valid tag table; check its file first"};
  }
  if (recipe.size() != tags.writes.size()) {
    return domain::Error{"kiln " + config.name, "needs " + std::to_string(tags.writes.size()) +
                                                    " recipe values, one per write tag, but got " +
                                                    std::to_string(recipe.size())};
  }
  if (!params.precalciner.empty()) {
    const std::string why = Precalciner(params).objection();
    if (!why.empty()) return domain::Error{"plant " + params.name, why};
  }
  for (const std::uint16_t lance : params.gas.lance_inlets) {
    if (lance <= tags.flow.size()) continue;
    return domain::Error{"plant " + params.name,
                         "gas.lance_inlets names inlet " + std::to_string(lance) + ", but kiln " +
                             config.name + " has " + std::to_string(tags.flow.size())};
  }
  std::unique_ptr<Kiln> kiln(new Kiln(config, params, recipe, seed));
  start == Start::cold ? kiln->begin_cold() : kiln->warm();
  return kiln;
}

Kiln::Kiln(const config::KilnConfig& config, const PlantParams& params,
           const std::vector<double>& recipe, std::uint64_t seed)
    : params_(params),
      layout_(Layout::from(config)),
      tags_(config),
      recipe_(recipe),
      lot_accounts_(layout_.columns(params) / params.lots.columns_per_lot + 3, layout_.heated_m()),
      load_(layout_, params, seed),
      chamber_(layout_, params, seed),
      coupling_(layout_.zones),
      weather_(params, seed),
      thermocouples_(thermocouple(params.thermocouple, params.faults), layout_.loops(), 25.0, seed),
      controllers_(pid(params.controller, params.faults.restart_K_per_min.value), layout_.loops(),
                   25.0),
      setpoints_(registers(config, params, tags_, recipe), params.controller.shed_s.value),
      actuators_(ranges(setpoints_)),
      drives_(layout_.groups, params.devices.drive_lag_s.value, 1e9),
      flows_(layout_.inlet_zone.size(), params.devices.flow_lag_s.value, 1e9),
      dampers_(layout_.damper_zone.size(), params.devices.damper_lag_s.value,
               params.devices.damper_percent_per_s.value),
      o2_(layout_.gas_point_zone.size(), params.devices.o2_t90_s.value,
          params.devices.o2_noise_percent.value, params.devices.o2_offset_percent.value, seed,
          "o2"),
      h2o_(layout_.gas_point_zone.size(), params.devices.h2o_t90_s.value,
           params.devices.h2o_noise_percent.value, params.devices.h2o_offset_percent.value, seed,
           "h2o"),
      co2_(layout_.gas_point_zone.size(), params.devices.co2_t90_s.value,
           params.devices.co2_noise_ppm.value, params.devices.co2_offset_ppm.value, seed, "co2"),
      hall_o2_(1, params.devices.o2_t90_s.value, params.devices.o2_noise_percent.value, 0.0, seed,
               "hall o2"),
      laboratory_(params.laboratory, seed),
      meter_key_(noise::stream(seed, "current meters")),
      mains_key_(noise::element(noise::stream(seed, "mains"), 0)),
      device_key_(noise::stream(seed, "device readings")),
      weigher_key_(noise::element(noise::stream(seed, "weigher"), 0)),
      dropout_key_(noise::stream(seed, "dropouts")),
      upsets_(layout_.loops(), layout_.damper_zone.size(), layout_.groups,
              layout_.inlet_zone.size()) {
  const std::size_t loops = layout_.loops();
  power_W_.assign(2 * layout_.zones, 0.0);
  power_sum_W_.assign(2 * layout_.zones, 0.0);
  resistance_ = gains(loops, params.chamber.element_spread_percent.value,
                      noise::stream(seed, "element resistance"));
  flow_error_ = gains(layout_.inlet_zone.size(), params.devices.flow_percent.value,
                      noise::stream(seed, "flow controllers"));
  drive_error_ =
      gains(layout_.groups, params.devices.drive_percent.value, noise::stream(seed, "drives"));
  sensed_degC_.assign(2 * layout_.zones, 25.0);
  loop_sensed_degC_.assign(loops, 25.0);
  target_degC_.assign(loops, 25.0);
  aim_.assign(setpoints_.size(), 0.0);
  held_.reserve(2 * layout_.groups);
  for (auto* v : {&open_sensor_, &short_scr_, &contactor_open_}) v->assign(loops, 0);
  speed_m_per_s_.assign(layout_.groups, 0.0);
  moved_m_per_s_.assign(layout_.groups, 0.0);
  gas_inputs_.inlet_mol_per_s.assign(layout_.inlet_zone.size(), 0.0);
  gas_inputs_.preheat_W.assign(layout_.zones, 0.0);
  gas_inputs_.damper_open.assign(layout_.damper_zone.size(), 0.5);
  gas_inputs_.supply_o2 = 0.01 * params.gas.supply_o2_percent.value;
}

void Kiln::advance(double dt_s) noexcept {
  const std::int64_t until_ns = time_ns_ + std::llround(dt_s * 1e9);
  while (next_tick_ns_ + kTick_ns <= until_ns) {
    next_tick_ns_ += kTick_ns;
    time_ns_ = next_tick_ns_;
    tick();
  }
  time_ns_ = until_ns;
  ++sequence_;
}

void Kiln::tick() noexcept {
  ++tick_;
  faults_.run(1e-9 * static_cast<double>(time_ns_), *this);
  setpoints_.supervise(time_ns_);
  control();
  if (tick_ % 2 == 0) second();
}

/// Scan of sensors, controllers and power units, twice a second.
void Kiln::control() noexcept {
  const std::size_t loops = layout_.loops();
  thermocouples_.scan(loop_sensed_degC_, kTick_s, tick_);
  for (std::size_t i = 0; i < aim_.size(); ++i) {
    aim_[i] = actuators_.aim(i, setpoints_.target(i), kTick_s);
  }
  std::copy_n(aim_.begin(), loops, target_degC_.begin());
  if (heating_ && !upsets_.outage) {
    controllers_.scan(target_degC_, thermocouples_.readings(), open_sensor_, kTick_s);
  }
  const double relative = volts() / params_.electric.nominal_V.value, square = relative * relative;
  for (std::size_t i = 0; i < loops; ++i) {
    double duty = 0.01 * controllers_.output_percent()[i];
    if (setpoints_.output_off(i) || setpoints_.dark(i)) duty = 0.0;
    if (short_scr_[i] != 0) duty = 1.0;
    if (contactor_open_[i] != 0 || !heating_) duty = 0.0;
    const double power =
        duty * layout_.rated_W[i] * square * upsets_.alive[i] / (resistance_[i] * upsets_.aged[i]);
    power_sum_W_[half_index(i)] += 0.5 * power;
  }
}

/// The chamber and the slow devices, each second.
void Kiln::second() noexcept {
  power_W_.swap(power_sum_W_);
  std::fill(power_sum_W_.begin(), power_sum_W_.end(), 0.0);
  devices();
  chamber_.step(1.0, power_W_, gas_inputs_, coupling_, ledger_);
  limiters();
  chamber_.sensed_degC(params_.thermocouple.radiation_share.value, sensed_degC_);
  for (std::size_t i = 0; i < layout_.loops(); ++i)
    loop_sensed_degC_[i] = sensed_degC_[half_index(upsets_.wired[i])];
  if (++bed_elapsed_s_ >= params_.numerics.bed_step_s) bed_step();
}

void Kiln::devices() noexcept {
  const ElectricFigures& e = params_.electric;
  const double keep = std::exp(-1.0 / e.mains_wander_s.value);
  mains_ = keep * mains_ + std::sqrt(1.0 - keep * keep) * 0.01 * e.mains_percent.value *
                               noise::normal(mains_key_, tick_);
  const std::size_t loops = layout_.loops(), inlets = layout_.inlet_zone.size();
  for (std::size_t g = 0; g < layout_.groups; ++g) {
    const bool stands = upsets_.outage || upsets_.stalled[g] != 0 || setpoints_.dark(loops + g);
    drives_.follow(g, stands ? 0.0 : aim_[loops + g], 1.0);
    speed_m_per_s_[g] = 1e-3 * drives_.values()[g] * drive_error_[g];
    moved_m_per_s_[g] = speed_m_per_s_[g] * (1.0 - upsets_.slip[g]);
  }
  const double supply = (1.0 - upsets_.flow_lost) * (1.0 - upsets_.pressure_lost);
  for (std::size_t i = 0; i < inlets; ++i) {
    const std::size_t mv = loops + layout_.groups + i;
    const double least = upsets_.leaking_Nm3_per_h[i];
    const double wanted = setpoints_.dark(mv) ? 0.0 : aim_[mv];  // the valve closes by itself
    flows_.follow(i, (least > wanted ? least : wanted) * supply, 1.0);
    gas_inputs_.inlet_mol_per_s[i] =
        flows_.values()[i] * flow_error_[i] / (kHour_s * material::kStandardMolar_m3);
  }
  for (std::size_t d = 0; d < layout_.damper_zone.size(); ++d) {
    const std::size_t mv = loops + layout_.groups + inlets + d;
    if (!setpoints_.dark(mv)) dampers_.follow(d, aim_[mv], 1.0);  // without power it stays
    gas_inputs_.damper_open[d] = 0.01 * dampers_.values()[d] * (1.0 - upsets_.blocked[d]);
  }
  gas_inputs_.door_open = {upsets_.entry_door, upsets_.exit_door};
  draught();
  const GasPath& gas = chamber_.gas();
  for (std::size_t i = 0; i < layout_.gas_point_zone.size(); ++i) {
    const std::size_t k = layout_.gas_point_zone[i];
    o2_.follow(i, 100.0 * gas.fraction(kO2, k), 1.0);
    h2o_.follow(i, 100.0 * gas.fraction(kH2O, k), 1.0);
    co2_.follow(i, 1e6 * gas.fraction(kCO2, k), 1.0);
  }
  const double vent =
      params_.gas.hall_ventilation_Nm3_per_h.value / (kHour_s * material::kStandardMolar_m3);
  hall_o2_.follow(0, 20.95 + 100.0 * gas.oxygen_to_hall() / vent, 1.0);
  pressure_shown_Pa_ += (1.0 - std::exp(-1.0 / params_.devices.pressure_lag_s.value)) *
                        (gas.pressure_Pa() - pressure_shown_Pa_);
}

/// Suction behind the dampers, fan and stack, and the hall around the kiln.
void Kiln::draught() noexcept {
  const double wanted = upsets_.outage ? 0.0 : 1.0 - upsets_.fan_lost;
  fan_ += (1.0 - std::exp(-1.0 / params_.faults.fan_lag_s.value)) * (wanted - fan_);
  Outside outside =
      weather_.step(1e-9 * static_cast<double>(time_ns_), tick_, fan_, chamber_.gas().drawn_K());
  outside.draft_Pa *= 1.0 + upsets_.draught_share;
  chamber_.set_outside(outside);
  chamber_.set_shell(1.0 + upsets_.shell_share);
}

void Kiln::bed_step() noexcept {
  const double dt = bed_elapsed_s_;
  load_.cool_with(1.0 - upsets_.cooling_lost);
  load_.heat(dt, chamber_.mean(), coupling_, ledger_);
  load_.set_time(1e-9 * static_cast<double>(time_ns_));
  load_.feed_with(upsets_.charge);
  hold_saggars();
  load_.move(dt, moved_m_per_s_, held_, feed_on_ && upsets_.feeding, ledger_);
  while (exits_seen_ < load_.exits().count()) laboratory_.receive(load_.exits()[exits_seen_++]);
  laboratory_.advance(1e-9 * static_cast<double>(time_ns_));
  accounts_.advance(1e-9 * static_cast<double>(time_ns_), ledger_);
  lot_accounts_.advance(dt, ledger_, load_.lot_steps());
  load_.restart_lot_steps();
  chamber_.restart_mean();
  load_.couple(chamber_.surroundings(), coupling_);
  bed_elapsed_s_ = 0;
}

/// Independent over-temperature limiters: their own sensor, a contactor that stays open (SC-38).
void Kiln::limiters() noexcept {
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const std::size_t k = i / layout_.loops_per_zone;
    if (layout_.trip_K[k] > kZeroCelsius_K &&
        chamber_.face_K()[half_index(i)] > layout_.trip_K[k]) {
      contactor_open_[i] = 1;
    }
  }
}

void Kiln::restart_loops() noexcept {
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    controllers_.restart(i, thermocouples_.readings()[i]);
  }
}

void Kiln::turn_on() noexcept {
  if (!heating_) restart_loops();
  heating_ = true;
}

double Kiln::volts() const noexcept {
  if (upsets_.outage) return 0.0;
  return params_.electric.nominal_V.value * (1.0 + mains_) * (1.0 - upsets_.volts_lost);
}

double Kiln::power_kW() const noexcept {
  double sum = 0;
  for (const double p : power_W_) sum += p;
  return 0.001 * sum;
}

double Kiln::stored_J() const noexcept {
  double pending = 0;
  for (const double w : coupling_.released_W) pending += w;
  const double ahead_s = static_cast<double>(params_.numerics.bed_step_s - bed_elapsed_s_);
  return load_.enthalpy_J() + chamber_.enthalpy_J() + pending * ahead_s +
         chamber_.given_J(coupling_);
}

Matter Kiln::stored_matter() const noexcept {
  Matter pending;
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    pending += Matter{coupling_.steam_mol_per_s[k], coupling_.oxygen_mol_per_s[k],
                      coupling_.carbon_dioxide_mol_per_s[k], 0, 0};
  }
  const double ahead_s = static_cast<double>(params_.numerics.bed_step_s - bed_elapsed_s_);
  Matter sum = load_.content();
  sum += chamber_.gas().content();
  sum += ahead_s * pending;
  return sum;
}

Balance Kiln::energy_balance() const noexcept {
  return {ledger_.in_J(), ledger_.out_J(), stored_J() - stored_at_start_J_};
}

Balance Kiln::balance(double Matter::*substance) const noexcept {
  return {ledger_.fed.*substance + ledger_.gas_in.*substance,
          ledger_.gas_out.*substance + ledger_.product.*substance + ledger_.saggars_out.*substance,
          stored_matter().*substance - stored_at_start_.*substance};
}

void Kiln::serialize(domain::Archive& archive) {
  serialize_plant(archive);
  faults_.serialize(archive);
}

void Kiln::serialize_plant(domain::Archive& archive) {
  archive(ledger_, stored_at_start_J_, stored_at_start_);
  accounts_.serialize(archive);
  lot_accounts_.serialize(archive);
  load_.serialize(archive);
  chamber_.serialize(archive);
  for (Exchange* e : {&coupling_.roof, &coupling_.floor, &coupling_.gas}) archive(e->W_per_K, e->W);
  archive(coupling_.steam_mol_per_s, coupling_.oxygen_mol_per_s, coupling_.carbon_dioxide_mol_per_s,
          coupling_.released_W, coupling_.cover);
  archive(gas_inputs_.inlet_mol_per_s, gas_inputs_.supply_o2, gas_inputs_.supply_co2,
          gas_inputs_.damper_open, gas_inputs_.door_open);
  archive(power_W_, power_sum_W_, resistance_, mains_, pressure_shown_Pa_, fan_, speed_m_per_s_,
          moved_m_per_s_);
  upsets_.serialize(archive);
  archive(heating_, feed_on_);
  weather_.serialize(archive);
  thermocouples_.serialize(archive);
  controllers_.serialize(archive);
  setpoints_.serialize(archive);
  actuators_.serialize(archive);
  drives_.serialize(archive);
  flows_.serialize(archive);
  dampers_.serialize(archive);
  for (instruments::Analysers* a : {&o2_, &h2o_, &co2_, &hall_o2_}) a->serialize(archive);
  laboratory_.serialize(archive);
  archive(exits_seen_);
  archive(sensed_degC_, loop_sensed_degC_, target_degC_, aim_, flow_error_, drive_error_);
  archive(open_sensor_, short_scr_, contactor_open_, meter_key_, mains_key_, device_key_,
          weigher_key_, dropout_key_);
  archive(time_ns_, next_tick_ns_, tick_, sequence_, bed_elapsed_s_);
}

}  // namespace saggar::kiln
