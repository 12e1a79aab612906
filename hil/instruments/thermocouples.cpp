#include "hil/instruments/thermocouples.hpp"

#include <algorithm>

#include "hil/instruments/device_step.hpp"
#include "hil/instruments/noise.hpp"

namespace saggar::instruments {
namespace {

constexpr double kStefanBoltzmann = 5.670374419e-8;
constexpr double kShift = 6755399441055744.0;  // 1.5 * 2^52: rounds to the nearest integer

}  // namespace

double ThermocoupleType::lag_s(double temperature_K) const noexcept {
  const double t3 = temperature_K * temperature_K * temperature_K;
  return heat_capacity_J_per_m3K * diameter_m /
         (4.0 * (4.0 * emissivity * kStefanBoltzmann * t3 + film_W_per_m2K));
}

Thermocouples::Thermocouples(const ThermocoupleType& type, std::size_t count, double start_degC,
                             std::uint64_t seed)
    : type_(type),
      junction_degC_(count, start_degC),
      reading_degC_(count, start_degC),
      held_degC_(count, start_degC),
      offset_(count),
      shift_K_(count, 0.0),
      drift_K_(count, 0.0),
      drift_K_per_s_(count, 0.0),
      key_(count),
      fault_(count, SensorFault::none) {
  const std::uint64_t noise = stream(seed, "thermocouple noise");
  const std::uint64_t offset = stream(seed, "thermocouple offset");
  for (std::size_t i = 0; i < count; ++i) {
    key_[i] = element(noise, i);
    offset_[i] = 2.0 * uniform(element(offset, i), 0) - 1.0;
  }
}

void Thermocouples::settle(const std::vector<double>& source_degC) noexcept {
  std::copy(source_degC.begin(), source_degC.end(), junction_degC_.begin());
}

void Thermocouples::scan(const std::vector<double>& source_degC, double dt_s,
                         std::uint64_t tick) noexcept {
  const ThermocoupleType c = type_;
  const double a = c.heat_capacity_J_per_m3K * c.diameter_m / 4.0;
  const double b = 4.0 * c.emissivity * kStefanBoltzmann;
  const double step = c.resolution_K > 0 ? c.resolution_K : 1e-9;
  const double per_K = steps_per_unit(step);
  const std::size_t n = junction_degC_.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double t = junction_degC_[i];
    const double kelvin = t + 273.15;
    const double rate = (b * kelvin * kelvin * kelvin + c.film_W_per_m2K) / a;
    const double x = rate * dt_s;  // 1 - e^-x to second order, bounded
    const double now = t + (source_degC[i] - t) * x / (1.0 + 0.5 * x);
    junction_degC_[i] = now;
    const double limit = std::max(c.tolerance_K, c.tolerance_share * now);
    drift_K_[i] += drift_K_per_s_[i] * dt_s;
    const double seen =
        now + offset_[i] * limit + shift_K_[i] + drift_K_[i] + c.noise_K * normal(key_[i], tick);
    const double rounded = ((seen * per_K + kShift) - kShift) / per_K;
    const bool live = !faulty_ || fault_[i] == SensorFault::none;
    reading_degC_[i] = live ? rounded : reading_degC_[i];
  }
  if (!faulty_) return;
  for (std::size_t i = 0; i < n; ++i) {
    if (fault_[i] == SensorFault::open) reading_degC_[i] = c.upscale_degC;
    if (fault_[i] == SensorFault::stuck) reading_degC_[i] = held_degC_[i];
  }
}

double Thermocouples::error_K(std::size_t i) const noexcept {
  return offset_[i] * std::max(type_.tolerance_K, type_.tolerance_share * junction_degC_[i]) +
         shift_K_[i] + drift_K_[i];
}

void Thermocouples::set_fault(std::size_t i, SensorFault fault) noexcept {
  if (fault_[i] == SensorFault::none) held_degC_[i] = reading_degC_[i];
  fault_[i] = fault;
  faulty_ = std::any_of(fault_.begin(), fault_.end(),
                        [](SensorFault f) { return f != SensorFault::none; });
}

void Thermocouples::set_error(std::size_t i, double offset_K, double K_per_s) noexcept {
  shift_K_[i] = offset_K;
  drift_K_per_s_[i] = K_per_s;
  if (K_per_s == 0.0) drift_K_[i] = 0.0;
}

void Thermocouples::serialize(domain::Archive& archive) {
  archive(junction_degC_, reading_degC_, held_degC_, offset_, shift_K_, drift_K_, drift_K_per_s_,
          key_, fault_, faulty_);
}

}  // namespace saggar::instruments
