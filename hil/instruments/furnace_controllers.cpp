#include "hil/instruments/furnace_controllers.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::instruments {

FurnaceControllers::FurnaceControllers(const PidSettings& settings, std::size_t count,
                                       double start_degC)
    : settings_(settings),
      working_degC_(count, start_degC),
      integral_(count, 0.0),
      filtered_degC_(count, start_degC),
      output_(count, 0.0),
      broken_s_(count, 0.0),
      manual_(count, 0),
      restarting_(count, 0),
      dark_(count, 0) {}

void FurnaceControllers::scan(const std::vector<double>& target_degC,
                              const std::vector<double>& reading_degC,
                              const std::vector<std::uint8_t>& open, double dt_s) noexcept {
  const PidSettings& c = settings_;
  const double usual = c.ramp_K_per_min / 60.0 * dt_s;
  const double slow = c.restart_K_per_min / 60.0 * dt_s;
  const double per_integral = c.gain_percent_per_K * dt_s / c.integral_s;
  const double per_derivative = c.gain_percent_per_K * c.derivative_s / dt_s;
  const double per_tracking = dt_s / c.integral_s;
  const double filter = dt_s / (c.derivative_filter_s + dt_s);
  for (std::size_t i = 0; i < working_degC_.size(); ++i) {
    if (dark_[i] != 0) continue;
    const double most = restarting_[i] != 0 ? slow : usual;
    const double ahead = target_degC[i] - working_degC_[i];
    working_degC_[i] += std::clamp(ahead, -most, most);
    if (std::abs(ahead) <= most) restarting_[i] = 0;
    if (manual_[i] != 0) continue;
    if (open[i] != 0) {
      broken_s_[i] += dt_s;
      if (broken_s_[i] > c.break_hold_s) output_[i] = 0.0;
      continue;
    }
    const double pv = reading_degC[i];
    if (broken_s_[i] > 0) {
      preset(i, working_degC_[i], pv, output_[i]);  // no kick from the gap
    }
    const double before = filtered_degC_[i];
    filtered_degC_[i] = before + filter * (pv - before);
    const double raw =
        proportional(i, pv) + integral_[i] - per_derivative * (filtered_degC_[i] - before);
    const double out = std::clamp(raw, 0.0, c.power_limit_percent);
    // Back-calculation: at a limit the integral follows the output instead of the error.
    integral_[i] += per_integral * (working_degC_[i] - pv) + (out - raw) * per_tracking;
    output_[i] = out;
  }
}

double FurnaceControllers::proportional(std::size_t i, double reading_degC) const noexcept {
  return settings_.gain_percent_per_K *
         (settings_.setpoint_weight * working_degC_[i] - reading_degC);
}

void FurnaceControllers::preset(std::size_t i, double setpoint_degC, double reading_degC,
                                double output_percent) noexcept {
  working_degC_[i] = setpoint_degC;
  filtered_degC_[i] = reading_degC;
  output_[i] = std::clamp(output_percent, 0.0, settings_.power_limit_percent);
  integral_[i] = output_[i] - proportional(i, reading_degC);
  broken_s_[i] = 0;
}

void FurnaceControllers::restart(std::size_t i, double reading_degC) noexcept {
  restarting_[i] = 1;
  if (manual_[i] != 0 || broken_s_[i] > 0) return;  // a broken sensor has no reading to start at
  preset(i, std::min(working_degC_[i], reading_degC), reading_degC, output_[i]);
}

void FurnaceControllers::manual(std::size_t i, double percent) noexcept {
  manual_[i] = 1;
  output_[i] = std::clamp(percent, 0.0, settings_.power_limit_percent);
}

void FurnaceControllers::automatic(std::size_t i, double reading_degC) noexcept {
  if (manual_[i] == 0) return;
  manual_[i] = 0;
  preset(i, working_degC_[i], reading_degC, output_[i]);
}

void FurnaceControllers::set_dark(std::size_t i, bool dark) noexcept {
  dark_[i] = dark ? 1 : 0;
  if (dark) output_[i] = 0.0;
}

void FurnaceControllers::serialize(domain::Archive& archive) {
  archive(working_degC_, integral_, filtered_degC_, output_, broken_s_, manual_, restarting_,
          dark_);
}

}  // namespace saggar::instruments
