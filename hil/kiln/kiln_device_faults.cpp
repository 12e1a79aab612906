// How field devices go wrong: what they make of their setpoints, drives and what stands on them,
// registers and power.
#include <algorithm>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::kiln {

using faults::Kind;

/// Of a write tag, or of the loop, drive group, inlet or damper that it writes to.
std::optional<std::size_t> Kiln::mv_of(const std::string& target) const {
  for (std::size_t i = 0; i < tags_.writes.size(); ++i) {
    const std::string& name = tags_.table[tags_.writes[i]].name;
    if (name == target || name.substr(0, name.rfind('.')) == target) return i;
  }
  return std::nullopt;
}

/// Of what is active under either name of a write tag.
std::optional<double> Kiln::worst_of(Kind kind, std::size_t mv) const {
  const std::string& name = tags_.table[tags_.writes[mv]].name;
  const auto tag = faults_.worst(kind, name);
  const auto device = faults_.worst(kind, name.substr(0, name.rfind('.')));
  if (!tag || !device) return tag ? tag : device;
  return std::abs(*tag) > std::abs(*device) ? tag : device;
}

double Kiln::device_now(std::size_t mv) const noexcept {
  const std::size_t loops = layout_.loops(), groups = layout_.groups;
  const std::size_t inlets = layout_.inlet_zone.size();
  if (mv < loops) return controllers_.working()[mv];
  if (mv < loops + groups) return drives_.values()[mv - loops];
  if (mv < loops + groups + inlets) return flows_.values()[mv - loops - groups];
  return dampers_.values()[mv - loops - groups - inlets];
}

void Kiln::realise_actuators() {
  const std::size_t dampers = layout_.damper_zone.size();
  for (std::size_t i = 0; i < setpoints_.size(); ++i) {
    instruments::ActuatorErrors e;
    e.out_of_reach = worst_of(Kind::actuator_saturated, i).value_or(0.0);
    e.dead_band = worst_of(Kind::actuator_dead_band, i).value_or(0.0);
    e.lag_s = worst_of(Kind::actuator_slow, i).value_or(0.0);
    e.weak = worst_of(Kind::actuator_weak, i).value_or(0.0);
    e.reversed = worst_of(Kind::actuator_reversed, i) ? 1.0 : 0.0;
    const bool damper = i + dampers >= setpoints_.size();
    const bool jammed =
        damper && (worst_of(Kind::damper_jam, i) || faults_.worst(Kind::damper_jam, ""));
    e.stuck = jammed || worst_of(Kind::actuator_stuck, i) ? 1.0 : 0.0;
    actuators_.set(i, e, device_now(i));
  }
}

void Kiln::realise_transport() {
  bool held = false;
  for (std::size_t g = 0; g < layout_.groups; ++g) {
    const std::string name = config::group_name(g);
    upsets_.slip[g] = faults_.worst(Kind::drive_slip, name).value_or(0.0);
    upsets_.stalled[g] = faults_.worst(Kind::drive_stall, name) ? 1 : 0;
    upsets_.broken_roller[g] = faults_.worst(Kind::roller_broken, name).value_or(0.0);
    upsets_.jammed[g] = faults_.worst(Kind::saggar_jam, name) ? 1 : 0;
    held = held || upsets_.broken_roller[g] > 0 || upsets_.jammed[g] != 0;
  }
  upsets_.transport_held = held;
}

/// Where saggars are held up now: over a broken roller in the middle of a group's part of the
/// kiln, and at the end of a part that is jammed.
void Kiln::hold_saggars() noexcept {
  held_.clear();
  if (!upsets_.transport_held) return;
  const double part_m = layout_.total_m(params_) / static_cast<double>(layout_.groups);
  const double half_m = 0.5 * params_.faults.roller_m.value;
  for (std::size_t g = 0; g < layout_.groups; ++g) {
    const double from_m = part_m * static_cast<double>(g);
    if (upsets_.broken_roller[g] > 0) {
      const double middle_m = from_m + 0.5 * part_m;
      held_.push_back({middle_m - half_m, middle_m + half_m, upsets_.broken_roller[g]});
    }
    if (upsets_.jammed[g] != 0) held_.push_back({from_m + part_m - half_m, from_m + part_m, 1.0});
  }
}

void Kiln::realise_devices() {
  const std::size_t loops = layout_.loops();
  for (std::size_t i = 0; i < setpoints_.size(); ++i) {
    setpoints_.set_worn(i, worst_of(Kind::eeprom_worn, i).has_value());
    setpoints_.set_delay(i, 1e-3 * worst_of(Kind::device_slow, i).value_or(0.0));
    const bool was_dark = setpoints_.dark(i), dark = worst_of(Kind::device_restart, i).has_value();
    setpoints_.set_dark(i, dark);
    if (i >= loops) continue;
    controllers_.set_dark(i, dark);
    if (was_dark && !dark) controllers_.restart(i, thermocouples_.readings()[i]);
  }
}

}  // namespace saggar::kiln
