// How this kiln realises faults, or says why it cannot.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::kiln {

using faults::Fault;
using faults::Kind;
using instruments::SensorFault;

std::optional<std::size_t> Kiln::loop_of(const std::string& target) const {
  const auto at = std::find(tags_.loop_names.begin(), tags_.loop_names.end(), target);
  if (at == tags_.loop_names.end()) return std::nullopt;
  return static_cast<std::size_t>(at - tags_.loop_names.begin());
}

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

/// Every state follows from the statements that are active now, so that the end of one fault leaves
/// the others on its target as they are, in whatever order they came.
void Kiln::realise(const Fault& fault) {
  const auto worst = [&](Kind kind) { return faults_.worst(kind, "").value_or(0.0); };
  switch (fault.fault) {
    case Kind::thermocouple_open:
    case Kind::thermocouple_stuck:
    case Kind::thermocouple_drift:
    case Kind::thermocouple_offset:
      return realise_sensor(fault.target);
    case Kind::thermocouple_swap:
      return realise_swaps();
    case Kind::heater_open:
    case Kind::scr_short:
    case Kind::scr_open:
    case Kind::element_ageing:
      return realise_heaters();
    case Kind::link_loss:
      upsets_.link_down = faults_.worst(Kind::link_loss, "").has_value();
      return;
    case Kind::o2_supply_drop:
    case Kind::o2_purity_drop:
      return realise_supply();
    case Kind::feed_gap:
    case Kind::overfill:
    case Kind::wet_lot:
    case Kind::li_ratio:
      return realise_feed();
    case Kind::exhaust_block:
      for (std::size_t d = 0; d < upsets_.blocked.size(); ++d) {
        const std::string name = config::damper_name(d);
        upsets_.blocked[d] = std::max(faults_.worst(Kind::exhaust_block, name).value_or(0.0),
                                      worst(Kind::exhaust_block));
      }
      return;
    case Kind::exhaust_fan_fail:
      upsets_.fan_lost = worst(Kind::exhaust_fan_fail);
      return;
    case Kind::mains_dip:
    case Kind::mains_outage:
      return realise_mains();
    case Kind::door_open:
      upsets_.entry_door = faults_.worst(Kind::door_open, "entry").value_or(0.0);
      upsets_.exit_door = faults_.worst(Kind::door_open, "exit").value_or(0.0);
      return;
    case Kind::analyser_drift:
      return realise_drift(fault.target);
    case Kind::drive_slip:
      for (std::size_t g = 0; g < upsets_.slip.size(); ++g) {
        upsets_.slip[g] = faults_.worst(Kind::drive_slip, config::group_name(g)).value_or(0.0);
      }
      return;
    case Kind::limiter_reset:
      return;
  }
}

void Kiln::realise_sensor(const std::string& target) {
  const std::size_t loop = loop_of(target).value();
  // An open circuit reads upscale also where the card was stuck.
  const bool open = faults_.worst(Kind::thermocouple_open, target).has_value();
  const bool stuck = faults_.worst(Kind::thermocouple_stuck, target).has_value();
  thermocouples_.set_fault(loop, open    ? SensorFault::open
                                 : stuck ? SensorFault::stuck
                                         : SensorFault::none);
  open_sensor_[loop] = open ? 1 : 0;
  constexpr double kThousandHours_s = 3.6e6;
  thermocouples_.set_error(
      loop, faults_.worst(Kind::thermocouple_offset, target).value_or(0.0),
      faults_.worst(Kind::thermocouple_drift, target).value_or(0.0) / kThousandHours_s);
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

void Kiln::realise_heaters() {
  for (std::size_t i = 0; i < layout_.loops(); ++i) {
    const std::string& name = tags_.loop_names[i];
    const double lost = faults_.worst(Kind::heater_open, name).value_or(0.0);
    const bool open = faults_.worst(Kind::scr_open, name).has_value();
    upsets_.alive[i] = open ? 0.0 : std::clamp(1.0 - lost, 0.0, 1.0);
    short_scr_[i] = faults_.worst(Kind::scr_short, name) ? 1 : 0;
    const double all = faults_.worst(Kind::element_ageing, "").value_or(0.0);
    upsets_.aged[i] = 1.0 + faults_.worst(Kind::element_ageing, name).value_or(all);
  }
}

void Kiln::realise_feed() {
  upsets_.feeding = !faults_.worst(Kind::feed_gap, "");
  upsets_.charge.mix_share = faults_.worst(Kind::overfill, "").value_or(0.0);
  upsets_.charge.moisture = 0.01 * faults_.worst(Kind::wet_lot, "").value_or(0.0);
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
  gas_inputs_.supply_o2 = std::max(0.0, sound * (1.0 - with_flow) - upsets_.o2_lost);
}

void Kiln::realise_mains() {
  upsets_.volts_lost = faults_.worst(Kind::mains_dip, "").value_or(0.0);
  const bool was_out = upsets_.outage;
  upsets_.outage = faults_.worst(Kind::mains_outage, "").has_value();
  if (was_out && !upsets_.outage) restart_loops();
}

void Kiln::realise_drift(const std::string& target) {
  constexpr double kDay_s = 86400.0, kPpm_per_percent = 1e4;
  const auto [analysers, at] = analyser_of(target);
  const double unit = analysers == &co2_ ? kPpm_per_percent : 1.0;
  analysers->set_drift(at,
                       unit * faults_.worst(Kind::analyser_drift, target).value_or(0.0) / kDay_s);
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
    case Where::end:
      return has({"entry", "exit"}, target) ? std::string()
                                            : unknown("end", target, {"entry", "exit"});
    case Where::analyser: {
      std::vector<std::string> known;
      for (const auto* ids : {&tags_.o2, &tags_.h2o, &tags_.co2}) {
        for (const domain::TagId id : *ids) known.push_back(tags_.table[id].name);
      }
      known.push_back(tags_.table[tags_.hall_o2].name);
      return has(known, target) ? std::string() : unknown("analyser", target, known);
    }
  }
  return {};
}

std::string Kiln::begin(const Fault& fault) {
  for (const faults::Objection& o : faults::objections(fault)) {
    return std::string(o.field) + " " + o.text;
  }
  if (const std::string missing = place_of(fault); !missing.empty()) return missing;
  const std::optional<std::size_t> loop = loop_of(fault.target);
  const bool heater = fault.fault == Kind::heater_open || fault.fault == Kind::scr_short ||
                      fault.fault == Kind::scr_open || fault.fault == Kind::element_ageing;
  if (heater && loop && layout_.rated_W[*loop] <= 0) {
    return "loop \"" + fault.target + "\" has no heater";
  }
  if (fault.fault == Kind::thermocouple_swap && partner_of(loop.value(), fault.severity) == *loop) {
    return "severity names no loop that \"" + fault.target +
           "\" could be swapped with: 0 is the other loop of its zone, n the same n zones further";
  }
  const bool supply = fault.fault == Kind::o2_supply_drop || fault.fault == Kind::o2_purity_drop;
  if (supply && layout_.inlet_zone.empty()) return "this kiln has no gas inlets";
  if (fault.fault == Kind::limiter_reset) return reset_limiters(loop);
  realise(fault);
  return {};
}

void Kiln::end(const Fault& fault) { realise(fault); }

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
