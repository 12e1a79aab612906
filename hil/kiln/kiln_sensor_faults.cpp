// How sensors go wrong: thermocouples, analysers, the pressure transmitter.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "hil/instruments/noise.hpp"
#include "hil/kiln/kiln.hpp"

namespace saggar::kiln {

using faults::Kind;
using instruments::SensorFault;

std::pair<instruments::Analysers*, std::size_t> Kiln::analyser_of(const std::string& target) {
  const std::optional<domain::TagId> tag = tags_.table.find(target);
  if (!tag) return {nullptr, 0};
  if (*tag == tags_.hall_o2) return {&hall_o2_, 0};
  for (const auto& [ids, analysers] :
       {std::pair{&tags_.o2, &o2_}, {&tags_.h2o, &h2o_}, {&tags_.co2, &co2_}}) {
    const auto at = std::find(ids->begin(), ids->end(), *tag);
    if (at != ids->end()) return {analysers, static_cast<std::size_t>(at - ids->begin())};
  }
  return {nullptr, 0};
}

std::vector<std::string> Kiln::analyser_names() const {
  std::vector<std::string> list;
  for (const auto* ids : {&tags_.o2, &tags_.h2o, &tags_.co2}) {
    for (const domain::TagId id : *ids) list.push_back(tags_.table[id].name);
  }
  list.push_back(tags_.table[tags_.hall_o2].name);
  return list;
}

void Kiln::realise_sensor(std::size_t loop) {
  const std::string& name = tags_.loop_names[loop];
  // An open circuit reads upscale also where the card was stuck.
  const bool open = faults_.worst(Kind::thermocouple_open, name).has_value();
  const bool stuck = faults_.worst(Kind::thermocouple_stuck, name).has_value();
  thermocouples_.set_fault(loop, open    ? SensorFault::open
                                 : stuck ? SensorFault::stuck
                                         : SensorFault::none);
  open_sensor_[loop] = open ? 1 : 0;
  constexpr double kThousandHours_s = 3.6e6;
  thermocouples_.set_error(
      loop, faults_.worst(Kind::thermocouple_offset, name).value_or(0.0),
      faults_.worst(Kind::thermocouple_drift, name).value_or(0.0) / kThousandHours_s);
}

/// What a thermocouple tells beyond that, and what of it comes to the host.
void Kiln::realise_readings() {
  const auto all = faults_.worst(Kind::cold_junction_error, "");
  const bool all_fahrenheit = faults_.worst(Kind::fahrenheit, "").has_value();
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const std::string& name = tags_.loop_names[i];
    const auto worst = [&](Kind kind) { return faults_.worst(kind, name).value_or(0.0); };
    instruments::SensorErrors e;
    e.noise_factor = faults_.worst(Kind::thermocouple_noise, name).value_or(1.0);
    e.step_K = worst(Kind::thermocouple_quantised);
    e.lag_s = worst(Kind::thermocouple_lag);
    e.gain = 0.01 * worst(Kind::thermocouple_gain);
    e.cold_junction_K = faults_.worst(Kind::cold_junction_error, name).value_or(all.value_or(0.0));
    e.spike_K = worst(Kind::thermocouple_spike);
    e.reversed = faults_.worst(Kind::thermocouple_reversed, name) ? 1.0 : 0.0;
    thermocouples_.set_errors(i, e);
    upsets_.dropped[i] = worst(Kind::thermocouple_dropout);
    const bool own = faults_.worst(Kind::fahrenheit, name).has_value();
    upsets_.fahrenheit[i] = own || all_fahrenheit ? 1 : 0;
  }
}

/// With the other loop of its zone, or with the same one so many zones further.
std::size_t Kiln::partner_of(std::size_t loop, double zones) const noexcept {
  const std::size_t per_zone = layout_.loops_per_zone;
  const long further = std::lround(zones);
  if (further == 0) return loop / per_zone * per_zone + (per_zone - 1 - loop % per_zone);
  const long partner = static_cast<long>(loop) + further * static_cast<long>(per_zone);
  const bool there = partner >= 0 && partner < static_cast<long>(layout_.loops());
  return there ? static_cast<std::size_t>(partner) : loop;
}

void Kiln::realise_swaps() {
  std::vector<std::uint32_t>& wired = upsets_.wired;
  std::iota(wired.begin(), wired.end(), std::uint32_t{0});
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const auto zones = faults_.worst(Kind::thermocouple_swap, tags_.loop_names[i]);
    if (zones) std::swap(wired[i], wired[partner_of(i, *zones)]);
  }
}

void Kiln::realise_analysers() {
  constexpr double kDay_s = 86400.0, kPpm_per_percent = 1e4;
  for (const std::string& target : analyser_names()) {
    const auto worst = [&](Kind kind) { return faults_.worst(kind, target).value_or(0.0); };
    const auto [analysers, at] = analyser_of(target);
    const double unit = analysers == &co2_ ? kPpm_per_percent : 1.0;
    analysers->set_drift(at, unit * worst(Kind::analyser_drift) / kDay_s);
    analysers->set_shift(at, unit * worst(Kind::analyser_offset));
    analysers->set_stuck(at, faults_.worst(Kind::analyser_stuck, target).has_value(), tick_);
  }
}

void Kiln::realise_pressure() {
  upsets_.pressure_offset_Pa = faults_.worst(Kind::pressure_offset, "").value_or(0.0);
  const bool stuck = faults_.worst(Kind::pressure_stuck, "").has_value();
  if (stuck && !upsets_.pressure_stuck) upsets_.pressure_held_Pa = pressure_shown_Pa_;
  upsets_.pressure_stuck = stuck;
}

/// The host gets no value of this loop now: a gap fills one of the stretches that time falls into,
/// each with the chance of its share.
bool Kiln::dropped_out(std::size_t loop) const noexcept {
  if (upsets_.dropped[loop] <= 0.0) return false;
  const double stretch = kTick_s * static_cast<double>(tick_) / params_.faults.dropout_s.value;
  const std::uint64_t key = instruments::element(dropout_key_, loop);
  return instruments::uniform(key, static_cast<std::uint64_t>(stretch)) < upsets_.dropped[loop];
}

}  // namespace saggar::kiln
