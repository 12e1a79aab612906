// The kiln as its host sees it: frames out, commands in; and what only a simulator can tell.
#include <algorithm>
#include <cmath>
#include <limits>

#include "hil/instruments/device_step.hpp"
#include "hil/instruments/noise.hpp"
#include "hil/kiln/kiln.hpp"

namespace saggar::kiln {

namespace noise = instruments;
using domain::Quality;
using domain::SubStatus;
using instruments::to_step;

/// Writes samples of one instant, clipped to nothing: a value outside its range is the host's to
/// judge.
class Kiln::Writer {
 public:
  Writer(domain::Frame& frame, std::int64_t time_ns) : frame_(frame), time_ns_(time_ns) {}
  /// While muted no value comes: bad, and not a number, as it would be on the wire.
  void mute(bool muted) noexcept { muted_ = muted; }
  void put(domain::TagId tag, double value) noexcept {
    put(tag, value, Quality::good, SubStatus::none);
  }
  void put_broken(domain::TagId tag, double value) noexcept {
    put(tag, value, Quality::bad, SubStatus::sensor_failure);
  }

 private:
  void put(domain::TagId tag, double value, Quality quality, SubStatus why) noexcept {
    if (tag >= frame_.samples.size()) return;
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    frame_.samples[tag] = muted_
                              ? domain::Sample{kNone, time_ns_, Quality::bad, SubStatus::not_finite}
                              : domain::Sample{value, time_ns_, quality, why};
  }

  domain::Frame& frame_;
  std::int64_t time_ns_;
  bool muted_ = false;
};

void Kiln::read_loops(Writer& out) const noexcept {
  const double volts = this->volts();
  const double meter = 0.01 * params_.electric.meter_percent.value;
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const double degC = thermocouples_.readings()[i];
    const double reading = upsets_.fahrenheit[i] != 0 ? to_step(1.8 * degC + 32.0, 0.1) : degC;
    out.mute(setpoints_.dark(i) || dropped_out(i));
    if (thermocouples_.is_open(i)) {
      out.put_broken(tags_.temperature[i], reading);
    } else {
      out.put(tags_.temperature[i], reading);
    }
    out.mute(setpoints_.dark(i));
    out.put(tags_.working[i], controllers_.working()[i]);
    out.put(tags_.output[i], to_step(controllers_.output_percent()[i], 0.1));
    out.put(tags_.remote[i], setpoints_.remote(i) ? 1.0 : 0.0);
    out.mute(false);
    const double gain = 1.0 + meter * noise::normal(noise::element(meter_key_, i), tick_);
    out.put(tags_.current[i],
            to_step(volts > 0 ? power_W_[half_index(i)] / volts * gain : 0.0, 0.1));
  }
}

void Kiln::read_devices(Writer& out) const noexcept {
  const auto draw = [this](std::uint64_t index) {
    return noise::normal(noise::element(device_key_, index), tick_);
  };
  const std::size_t loops = layout_.loops(), groups = layout_.groups, inlets = tags_.flow.size();
  for (std::size_t g = 0; g < groups; ++g) {
    out.mute(setpoints_.dark(loops + g));
    out.put(tags_.speed[g], to_step(1e3 * speed_m_per_s_[g], 0.001));
    out.put(tags_.working_speed[g], setpoints_.target(loops + g));
  }
  for (std::size_t i = 0; i < inlets; ++i) {
    out.mute(setpoints_.dark(loops + groups + i));
    out.put(tags_.flow[i],
            to_step(std::max(0.0, flows_.values()[i] * (1.0 + 0.002 * draw(2 + i))), 0.1));
    out.put(tags_.working_flow[i], setpoints_.target(loops + groups + i));
  }
  for (std::size_t d = 0; d < tags_.position.size(); ++d) {
    out.mute(setpoints_.dark(loops + groups + inlets + d));
    out.put(tags_.position[d], std::clamp(to_step(dampers_.values()[d], 0.1), 0.0, 100.0));
    out.put(tags_.working_position[d], setpoints_.target(loops + groups + inlets + d));
  }
  out.mute(false);
}

void Kiln::read(domain::Frame& frame) const noexcept {
  frame.sequence = sequence_;
  frame.time_ns = time_ns_;
  Writer out(frame, time_ns_);
  const double volts = this->volts();
  const double meter = 0.01 * params_.electric.meter_percent.value;
  read_loops(out);
  for (std::size_t i = 0; i < tags_.o2.size(); ++i) {
    out.put(tags_.o2[i], to_step(std::clamp(o2_.reading(i, tick_), 0.0, 100.0), 0.01));
    out.put(tags_.h2o[i], to_step(std::clamp(h2o_.reading(i, tick_), 0.0, 100.0), 0.01));
    out.put(tags_.co2[i], to_step(std::clamp(1e-6 * co2_.reading(i, tick_), 0.0, 1.0), 1e-6));
  }
  const auto draw = [this](std::uint64_t index) {
    return noise::normal(noise::element(device_key_, index), tick_);
  };
  const double pressure_Pa = pressure_shown_Pa_ + upsets_.pressure_offset_Pa +
                             params_.devices.pressure_noise_Pa.value * draw(0);
  out.put(tags_.pressure,
          to_step(upsets_.pressure_stuck ? upsets_.pressure_held_Pa : pressure_Pa, 0.1));
  out.put(tags_.mains, to_step(volts, 0.1));
  out.put(tags_.power, to_step(power_kW() * (1.0 + meter * draw(1)), 0.1));
  out.put(tags_.hall_o2, to_step(hall_o2_.reading(0, tick_), 0.01));
  read_devices(out);
  const double weigher =
      params_.devices.weigher_kg.value * noise::normal(weigher_key_, load_.fed());
  const double gross = load_.last_powder_kg() + params_.saggar.mass_kg.value + weigher;
  out.put(tags_.saggar_mass, load_.present() ? to_step(std::max(0.0, gross), 0.01) : 0.0);
  out.put(tags_.present, load_.present() ? 1.0 : 0.0);
  Laboratory::Sample sample;
  if (laboratory_.known(sample)) {
    for (std::size_t i = 0; i < kResultCount; ++i) out.put(tags_.laboratory[i], sample.value[i]);
    out.put(tags_.sample_age, (1e-9 * static_cast<double>(time_ns_) - sample.taken_s) / 3600.0);
  }
  for (std::size_t i = 0; i < tags_.writes.size(); ++i) {
    out.mute(setpoints_.dark(i));
    out.put(tags_.writes[i], setpoints_.target(i));
  }
}

bool Kiln::apply(const domain::Command& command, domain::Ack& ack) noexcept {
  if (upsets_.link_down) return false;
  setpoints_.take(command, time_ns_, ack);
  return true;
}

void Kiln::beat(std::uint32_t heartbeat) noexcept {
  if (!upsets_.link_down) setpoints_.beat(heartbeat, time_ns_);
}

void Kiln::truth(Truth& out) const {
  const Beds& beds = load_.beds();
  out.time_ns = time_ns_;
  out.zone_position_m.resize(layout_.zones);
  out.zone_gas_degC.resize(layout_.zones);
  out.zone_face_degC.resize(layout_.zones);
  for (std::size_t k = 0; k < layout_.zones; ++k) {
    out.zone_position_m[k] = (static_cast<double>(k) + 0.5) * layout_.zone_length_m;
    out.zone_gas_degC[k] = chamber_.gas().temperature_K()[k] - material::kZeroCelsius_K;
    out.zone_face_degC[k] = 0.5 * (chamber_.face_K()[k] + chamber_.face_K()[layout_.zones + k]) -
                            material::kZeroCelsius_K;
  }
  const std::size_t n = beds.count();
  for (auto* v : {&out.column_position_m, &out.column_core_degC, &out.column_surface_degC,
                  &out.column_dryness}) {
    v->resize(n);
  }
  for (std::size_t j = 0; j < n; ++j) {
    out.column_position_m[j] = load_.position_m()[j];
    out.column_core_degC[j] = beds.core_K(j) - material::kZeroCelsius_K;
    out.column_surface_degC[j] = beds.surface_K[j] - material::kZeroCelsius_K;
    out.column_dryness[j] = beds.dryness(j);
  }
}

}  // namespace saggar::kiln
