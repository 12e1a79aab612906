// How this kiln realises faults, or says why it cannot.
#include <algorithm>

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

std::string Kiln::begin(const Fault& fault) {
  const auto no_loop = [&] {
    const std::string near = domain::nearest_word(fault.target, tags_.loop_names);
    return "this kiln has no loop \"" + fault.target + "\"" +
           (near.empty() ? std::string() : "; did you mean \"" + near + "\"?");
  };
  const std::optional<std::size_t> loop = loop_of(fault.target);
  switch (fault.fault) {
    case Kind::thermocouple_open:
    case Kind::thermocouple_stuck: {
      if (!loop) return no_loop();
      const bool open = fault.fault == Kind::thermocouple_open;
      thermocouples_.set_fault(*loop, open ? SensorFault::open : SensorFault::stuck);
      open_sensor_[*loop] = open ? 1 : 0;
      return {};
    }
    case Kind::heater_open:
      if (!loop) return no_loop();
      if (layout_.rated_W[*loop] <= 0) return "loop \"" + fault.target + "\" has no heater";
      alive_[*loop] = std::clamp(1.0 - fault.severity, 0.0, 1.0);
      return {};
    case Kind::scr_short:
      if (!loop) return no_loop();
      if (layout_.rated_W[*loop] <= 0) return "loop \"" + fault.target + "\" has no heater";
      short_scr_[*loop] = 1;
      return {};
    case Kind::link_loss:
      link_down_ = true;
      return {};
    case Kind::o2_supply_drop:
      if (layout_.inlet_zone.empty()) return "this kiln has no gas inlets";
      supply_lost_ = std::clamp(fault.severity, 0.0, 1.0);
      // A failing adsorption plant loses purity with flow: 93 -> 85 % at -30 % (F14), no further.
      gas_inputs_.supply_o2 =
          0.01 * params_.gas.supply_o2_percent.value * (1.0 - 0.29 * std::min(supply_lost_, 0.3));
      return {};
    case Kind::feed_gap:
      feeding_ = false;
      return {};
  }
  return "this kiln does not know that fault";
}

void Kiln::end(const Fault& fault) {
  const std::optional<std::size_t> loop = loop_of(fault.target);
  switch (fault.fault) {
    case Kind::thermocouple_open:
    case Kind::thermocouple_stuck:
      thermocouples_.set_fault(*loop, SensorFault::none);
      open_sensor_[*loop] = 0;
      break;
    case Kind::heater_open:
      alive_[*loop] = 1.0;
      break;
    case Kind::scr_short:
      short_scr_[*loop] = 0;
      break;
    case Kind::link_loss:
      link_down_ = false;
      break;
    case Kind::o2_supply_drop:
      supply_lost_ = 0;
      gas_inputs_.supply_o2 = 0.01 * params_.gas.supply_o2_percent.value;
      break;
    case Kind::feed_gap:
      feeding_ = true;
      break;
  }
}

}  // namespace saggar::kiln
