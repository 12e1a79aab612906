// How this kiln realises faults, or says why it cannot.
#include <algorithm>
#include <cmath>

#include "hil/kiln/kiln.hpp"

namespace saggar::kiln {

using faults::Fault;
using faults::Kind;
using instruments::SensorFault;

std::optional<std::size_t> Kiln::loop_of(const std::string& target) const {
  const auto at = std::find(tags_.loop_names.begin(), tags_.loop_names.end(), target);
  if (at == tags_.loop_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - tags_.loop_names.begin());
}

/// Every state follows from the statements that are active now, so that the end of one fault leaves
/// the others on its target as they are, in whatever order they came.
void Kiln::realise(const Fault& fault, std::optional<std::size_t> loop) {
  const std::optional<double> worst = faults_.worst(fault.fault, fault.target);
  switch (fault.fault) {
    case Kind::thermocouple_open:
    case Kind::thermocouple_stuck: {
      // An open circuit reads upscale also where the card was stuck.
      const bool open = faults_.worst(Kind::thermocouple_open, fault.target).has_value();
      const bool stuck = faults_.worst(Kind::thermocouple_stuck, fault.target).has_value();
      thermocouples_.set_fault(*loop, open    ? SensorFault::open
                                      : stuck ? SensorFault::stuck
                                              : SensorFault::none);
      open_sensor_[*loop] = open ? 1 : 0;
      break;
    }
    case Kind::heater_open:
      alive_[*loop] = std::clamp(1.0 - worst.value_or(0.0), 0.0, 1.0);
      break;
    case Kind::scr_short:
      short_scr_[*loop] = worst ? 1 : 0;
      break;
    case Kind::link_loss:
      link_down_ = worst.has_value();
      break;
    case Kind::o2_supply_drop:
      supply_lost_ = std::clamp(worst.value_or(0.0), 0.0, 1.0);
      // A failing adsorption plant loses purity with flow: 93 -> 85 % at -30 % (F14), no further.
      gas_inputs_.supply_o2 =
          0.01 * params_.gas.supply_o2_percent.value * (1.0 - 0.29 * std::min(supply_lost_, 0.3));
      break;
    case Kind::feed_gap:
      feeding_ = !worst;
      break;
    case Kind::limiter_reset:
      break;
  }
}

std::string Kiln::begin(const Fault& fault) {
  const std::optional<std::size_t> loop = loop_of(fault.target);
  if (!fault.target.empty() && !loop) {
    const std::string near = domain::nearest_word(fault.target, tags_.loop_names);
    return "this kiln has no loop \"" + fault.target + "\"" +
           (near.empty() ? std::string() : "; did you mean \"" + near + "\"?");
  }
  const bool heater = fault.fault == Kind::heater_open || fault.fault == Kind::scr_short;
  const bool sensor =
      fault.fault == Kind::thermocouple_open || fault.fault == Kind::thermocouple_stuck;
  if ((heater || sensor) && !loop) return "it needs a loop, such as \"zone07.top\"";
  if (heater && layout_.rated_W[*loop] <= 0) return "loop \"" + fault.target + "\" has no heater";
  if (fault.fault == Kind::o2_supply_drop && layout_.inlet_zone.empty()) {
    return "this kiln has no gas inlets";
  }
  if (fault.fault == Kind::limiter_reset) return reset_limiters(loop);
  realise(fault, loop);
  return {};
}

void Kiln::end(const Fault& fault) { realise(fault, loop_of(fault.target)); }

double Kiln::reset_below_K(std::size_t loop) const noexcept {
  return layout_.trip_K[loop / layout_.loops_per_zone] - params_.electric.trip_reset_K.value;
}

std::string Kiln::reset_limiters(std::optional<std::size_t> only) {
  const auto whole_degC = [](double kelvin) {
    return std::to_string(std::lround(kelvin - material::kZeroCelsius_K)) + " degC";
  };
  bool closed = false;
  std::string why_not = "no limiter is open there";
  for (std::size_t i = only.value_or(0); i < (only ? *only + 1 : layout_.loops()); ++i) {
    if (contactor_open_[i] == 0) continue;
    const double face_K = chamber_.face_K()[half_index(i)];
    if (face_K < reset_below_K(i)) {
      contactor_open_[i] = 0;
      closed = true;
    } else {
      why_not = "the limiter of " + tags_.loop_names[i] + " is still at " + whole_degC(face_K) +
                "; it can be reset below " + whole_degC(reset_below_K(i));
    }
  }
  return closed ? std::string() : why_not;
}

}  // namespace saggar::kiln
