#include "hil/instruments/thermocouples.hpp"

#include <algorithm>

#include "hil/instruments/device_step.hpp"
#include "hil/instruments/noise.hpp"

namespace saggar::instruments {
namespace {

constexpr double kStefanBoltzmann = 5.670374419e-8;
constexpr std::uint64_t kSpikes = 1;           // stream of a sensor beside that of its noise
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
      lagged_degC_(count, start_degC),
      reading_degC_(count, start_degC),
      held_degC_(count, start_degC),
      offset_(count),
      shift_K_(count, 0.0),
      drift_K_(count, 0.0),
      drift_K_per_s_(count, 0.0),
      key_(count),
      errors_(count),
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
  for (std::size_t i = 0; spoiled_ && i < n; ++i) {
    if (!errors_[i].any()) continue;
    const double shown = spoiled(i, dt_s, tick);
    if (fault_[i] == SensorFault::none) reading_degC_[i] = shown;
  }
  if (!faulty_) return;
  for (std::size_t i = 0; i < n; ++i) {
    if (fault_[i] == SensorFault::open) reading_degC_[i] = c.upscale_degC;
    if (fault_[i] == SensorFault::stuck) reading_degC_[i] = held_degC_[i];
  }
}

/// The reading of a sensor with errors: from the junction outward to the input card.
double Thermocouples::spoiled(std::size_t i, double dt_s, std::uint64_t tick) noexcept {
  const ThermocoupleType& c = type_;
  const ErrorFigures& f = c.errors;
  const SensorErrors& e = errors_[i];
  lagged_degC_[i] += e.lag_s > 0
                         ? (junction_degC_[i] - lagged_degC_[i]) * -std::expm1(-dt_s / e.lag_s)
                         : junction_degC_[i] - lagged_degC_[i];
  const double at = lagged_degC_[i] * (1.0 + e.gain);
  const double limit = std::max(c.tolerance_K, c.tolerance_share * at);
  const double made = at + offset_[i] * limit + shift_K_[i] + drift_K_[i];
  const double mirrored = e.reversed != 0 ? 2.0 * f.cold_junction_degC - made : made;
  double seen = mirrored + e.cold_junction_K + e.noise_factor * c.noise_K * normal(key_[i], tick);
  // A spike fills one of the stretches that time falls into, each with the same chance.
  const auto stretch = static_cast<std::uint64_t>(static_cast<double>(tick) * dt_s / f.spike_s);
  const std::uint64_t key = element(key_[i], kSpikes);
  if (e.spike_K != 0 && uniform(key, stretch) < f.spike_s / f.spike_every_s) seen += e.spike_K;
  const double step = e.step_K > 0 ? e.step_K : c.resolution_K;
  if (step > 0) seen = to_step(seen, step);
  return std::clamp(seen, f.downscale_degC, c.upscale_degC);
}

void Thermocouples::set_errors(std::size_t i, const SensorErrors& errors) noexcept {
  if (errors.lag_s > 0 && errors_[i].lag_s == 0) lagged_degC_[i] = junction_degC_[i];
  errors_[i] = errors;
  spoiled_ =
      std::any_of(errors_.begin(), errors_.end(), [](const SensorErrors& e) { return e.any(); });
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
  archive(junction_degC_, lagged_degC_, reading_degC_, held_degC_, offset_, shift_K_, drift_K_,
          drift_K_per_s_, key_, errors_, fault_, faulty_, spoiled_);
}

}  // namespace saggar::instruments
