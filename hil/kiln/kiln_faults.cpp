// How this kiln realises faults, or says why it cannot.
#include <algorithm>
#include <cmath>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::kiln {

using faults::Fault;
using faults::Kind;

std::optional<std::size_t> Kiln::loop_of(const std::string& target) const {
  const auto at = std::find(tags_.loop_names.begin(), tags_.loop_names.end(), target);
  if (at == tags_.loop_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - tags_.loop_names.begin());
}

/// Every state follows from the statements that are active now, so that the end of one fault leaves
/// the others on its target as they are, in whatever order they came; what none of them concerns is
/// set to what it is.
void Kiln::realise() {
  for (std::size_t i = 0; i < layout_.loops(); ++i) realise_sensor(i);
  realise_swaps();
  realise_readings();
  realise_analysers();
  realise_pressure();
  realise_heaters();
  realise_actuators();
  realise_devices();
  realise_transport();
  realise_feed();
  realise_supply();
  realise_mains();
  realise_surroundings();
  upsets_.link_down = faults_.worst(Kind::link_loss, "").has_value();
}

/// Exhaust, doors, weather, brickwork, the cooling section.
void Kiln::realise_surroundings() {
  const auto worst = [&](Kind kind, const std::string& target = {}) {
    return faults_.worst(kind, target).value_or(0.0);
  };
  for (std::size_t d = 0; d < upsets_.blocked.size(); ++d) {
    upsets_.blocked[d] =
        std::max(worst(Kind::exhaust_block, config::damper_name(d)), worst(Kind::exhaust_block));
  }
  upsets_.fan_lost = worst(Kind::exhaust_fan_fail);
  upsets_.entry_door = worst(Kind::door_open, "entry");
  upsets_.exit_door = worst(Kind::door_open, "exit");
  upsets_.draught_share = worst(Kind::weather_draught);
  upsets_.cooling_lost = worst(Kind::cooling_fail);
  upsets_.shell_share = worst(Kind::refractory_ageing);
}

void Kiln::realise_heaters() {
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const std::string& name = tags_.loop_names[i];
    const double lost = faults_.worst(Kind::heater_open, name).value_or(0.0);
    const bool open = faults_.worst(Kind::scr_open, name).has_value();
    // Half the waves, whatever is left of the elements, also at full output.
    const double fired = faults_.worst(Kind::scr_half_wave, name) ? 0.5 : 1.0;
    upsets_.alive[i] = open ? 0.0 : fired * std::clamp(1.0 - lost, 0.0, 1.0);
    short_scr_[i] = faults_.worst(Kind::scr_short, name) ? 1 : 0;
    const double all = faults_.worst(Kind::element_ageing, "").value_or(0.0);
    upsets_.aged[i] = 1.0 + faults_.worst(Kind::element_ageing, name).value_or(all);
  }
}

void Kiln::realise_feed() {
  upsets_.feeding = !faults_.worst(Kind::feed_gap, "");
  const double over = faults_.worst(Kind::overfill, "").value_or(0.0);
  upsets_.charge.mix_share = faults_.worst(Kind::double_load, "") ? std::max(over, 1.0) : over;
  upsets_.charge.moisture = 0.01 * faults_.worst(Kind::wet_lot, "").value_or(0.0);
  upsets_.charge.carbonate = faults_.worst(Kind::carbonate_lot, "").value_or(0.0);
  upsets_.charge.li_per_m = faults_.worst(Kind::li_ratio, "").value_or(0.0);
}

void Kiln::realise_supply() {
  const FaultFigures& f = params_.faults;
  upsets_.flow_lost = std::clamp(faults_.worst(Kind::o2_supply_drop, "").value_or(0.0), 0.0, 1.0);
  upsets_.o2_lost = 0.01 * faults_.worst(Kind::o2_purity_drop, "").value_or(0.0);
  // A failing adsorption plant loses purity with flow (F14).
  const double with_flow =
      f.supply_purity_share.value * std::min(upsets_.flow_lost, f.supply_purity_flow.value);
  const double sound = 0.01 * params_.gas.supply_o2_percent.value;
  gas_inputs_.supply_co2 = 0.01 * faults_.worst(Kind::co2_ingress, "").value_or(0.0);
  gas_inputs_.supply_o2 =
      std::max(0.0, sound * (1.0 - with_flow) - upsets_.o2_lost) * (1.0 - gas_inputs_.supply_co2);
  upsets_.pressure_lost = faults_.worst(Kind::supply_pressure_dip, "").value_or(0.0);
  for (std::size_t i = 0; i < upsets_.leaking_Nm3_per_h.size(); ++i) {
    upsets_.leaking_Nm3_per_h[i] =
        faults_.worst(Kind::o2_valve_leak, config::inlet_name(i)).value_or(0.0);
  }
}

void Kiln::realise_mains() {
  upsets_.volts_lost = faults_.worst(Kind::mains_dip, "").value_or(0.0) -
                       faults_.worst(Kind::mains_rise, "").value_or(0.0);
  const bool was_out = upsets_.outage;
  upsets_.outage = faults_.worst(Kind::mains_outage, "").has_value();
  if (!was_out || upsets_.outage) return;
  setpoints_.power_on();
  restart_loops();
}

namespace {

std::string unknown(const char* what, const std::string& target,
                    const std::vector<std::string>& known) {
  const std::string near = domain::nearest_word(target, known);
  return std::string("this kiln has no ") + what + " \"" + target + "\"" +
         (near.empty() ? std::string() : "; did you mean \"" + near + "\"?");
}

std::vector<std::string> names(std::size_t count, std::string (*name)(std::size_t)) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < count; ++i) list.push_back(name(i));
  return list;
}

bool has(const std::vector<std::string>& list, const std::string& name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

/// Why its target does not exist here; empty when it does, or when it needs none.
std::string Kiln::place_of(const Fault& fault) {
  using faults::Where;
  const std::string& target = fault.target;
  if (target.empty()) return {};
  switch (faults::meaning(fault.fault).where) {
    case Where::nothing:
      return {};
    case Where::loop:
    case Where::loop_or_all:
      return loop_of(target) ? std::string() : unknown("loop", target, tags_.loop_names);
    case Where::damper_or_all: {
      const auto known = names(layout_.damper_zone.size(), config::damper_name);
      return has(known, target) ? std::string() : unknown("damper", target, known);
    }
    case Where::group: {
      const auto known = names(layout_.groups, config::group_name);
      return has(known, target) ? std::string() : unknown("drive group", target, known);
    }
    case Where::inlet: {
      const auto known = names(layout_.inlet_zone.size(), config::inlet_name);
      return has(known, target) ? std::string() : unknown("gas inlet", target, known);
    }
    case Where::write_tag: {
      std::vector<std::string> known;
      for (const domain::TagId id : tags_.writes) known.push_back(tags_.table[id].name);
      return mv_of(target) ? std::string() : unknown("write tag", target, known);
    }
    case Where::end:
      return has({"entry", "exit"}, target) ? std::string()
                                            : unknown("end", target, {"entry", "exit"});
    case Where::analyser: {
      const auto known = analyser_names();
      return has(known, target) ? std::string() : unknown("analyser", target, known);
    }
    case Where::direction:
    case Where::direction_or_all:
    case Where::controller:
      return {};
  }
  return {};
}

std::string Kiln::begin(const Fault& fault) {
  for (const faults::Objection& o : faults::objections(fault)) {
    return std::string(o.field) + " " + o.text;
  }
  if (faults::realised_by(fault.fault) != faults::RealisedBy::kiln) {
    return std::string("is nothing that a kiln could show: ") +
           (faults::realised_by(fault.fault) == faults::RealisedBy::line
                ? "it is of the link, put it into a hil/line"
                : "it is of a controller, ask saggar-drill for it");
  }
  if (const std::string missing = place_of(fault); !missing.empty()) return missing;
  const std::optional<std::size_t> loop = loop_of(fault.target);
  const bool heater = fault.fault == Kind::heater_open || fault.fault == Kind::scr_short ||
                      fault.fault == Kind::scr_open || fault.fault == Kind::scr_half_wave ||
                      fault.fault == Kind::element_ageing;
  if (heater && loop && layout_.rated_W[*loop] <= 0) {
    return "loop \"" + fault.target + "\" has no heater";
  }
  if (fault.fault == Kind::thermocouple_swap && partner_of(loop.value(), fault.severity) == *loop) {
    return "severity names no loop that \"" + fault.target +
           "\" could be swapped with: 0 is the other loop of its zone, n the same n zones further";
  }
  const bool supply = fault.fault == Kind::o2_supply_drop || fault.fault == Kind::o2_purity_drop ||
                      fault.fault == Kind::co2_ingress || fault.fault == Kind::supply_pressure_dip;
  if (supply && layout_.inlet_zone.empty()) return "this kiln has no gas inlets";
  if (fault.fault == Kind::carbonate_lot &&
      (params_.powder.lithium_source == LithiumSource::carbonate || load_.precalciner())) {
    return "only a mix with LiOH.H2O that is fed as it was mixed can hold more Li2CO3 than it "
           "should";
  }
  if (fault.fault == Kind::limiter_reset) return reset_limiters(loop);
  realise();
  return {};
}

void Kiln::end(const Fault&) { realise(); }

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
