#include "runtime/config/kiln_config.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/config/number_text.hpp"
#include "runtime/config/suggest.hpp"
#include "runtime/domain/tag.hpp"

namespace saggar::config {
namespace {

using domain::Mode;

std::string index(std::string_view path, std::size_t i) {
  return std::string(path) + "[" + std::to_string(i) + "]";
}

void check_zones(const std::string& path, const std::vector<std::uint16_t>& zones,
                 std::uint16_t count, bool once, Checks& checks) {
  for (std::size_t i = 0; i < zones.size(); ++i) {
    if (zones[i] > count) {
      checks.complain(index(path, i), "zone " + std::to_string(zones[i]) +
                                          " does not exist; the kiln has zones 1 to " +
                                          std::to_string(count));
    }
    if (once && std::find(zones.begin(), zones.begin() + static_cast<std::ptrdiff_t>(i),
                          zones[i]) != zones.begin() + static_cast<std::ptrdiff_t>(i)) {
      checks.complain(index(path, i), "zone " + std::to_string(zones[i]) + " is named twice");
    }
  }
}

void check_count(const std::string& path, const Figures& figures, std::size_t count,
                 const char* what, Checks& checks) {
  if (!checks.sound(path) || figures.value.size() == 1 || figures.value.size() == count) return;
  checks.complain(path, "found " + std::to_string(figures.value.size()) +
                            " figures, right is 1 or " + std::to_string(count) + ", one per " +
                            what);
}

void check_order(const std::string& low_path, double low, double high, const std::string& high_name,
                 Checks& checks) {
  if (low < high) return;
  checks.complain(low_path,
                  "found " + plain(low) + ", must be below " + high_name + " = " + plain(high));
}

void check_device(const std::string& path, const FieldDevice& device, bool rout, Checks& checks) {
  if (!checks.sound(path)) return;
  const auto& permitted = device.permitted;
  if (std::find(permitted.begin(), permitted.end(), device.normal) == permitted.end()) {
    checks.complain(path + ".normal", "mode " + std::string(domain::name(device.normal)) +
                                          " is not among the permitted modes");
  }
  for (std::size_t i = 0; i < permitted.size(); ++i) {
    if (permitted[i] == Mode::rout && !rout) {
      checks.complain(index(path + ".permitted", i),
                      "mode ROUT is locked; only heat.unlock_direct_power = true permits it, and "
                      "only for [heat.device] (PF-25)");
    }
  }
  // An MV that cannot be taken out of service or shed would have nowhere to go.
  for (const Mode mode : {Mode::oos, Mode::man, Mode::auto_}) {
    if (std::find(permitted.begin(), permitted.end(), mode) != permitted.end()) continue;
    checks.complain(path + ".permitted", "mode " + std::string(domain::name(mode)) +
                                             " must be permitted (SC-01, SC-05)");
  }
}

/// SC-38: no setpoint may come nearer to the independent limiter than the margin.
void check_trips(const Heat& heat, std::uint16_t zones, Checks& checks) {
  const std::string path = "heat.setpoint_high_degC";
  for (std::size_t zone = 0; zone < zones; ++zone) {
    const double high = at(heat.setpoint_high_degC, zone);
    const double ceiling = at(heat.trip_degC, zone) - heat.trip_margin_K.value;
    if (high > ceiling) {
      checks.complain(checks.element(path, zone),
                      "found " + plain(high) + " degC in zone " + std::to_string(zone + 1) +
                          ", right is at most " + plain(ceiling) + " degC = trip " +
                          plain(at(heat.trip_degC, zone)) + " - margin " +
                          plain(heat.trip_margin_K.value) + " (SC-38)");
      return;
    }
    if (high > heat.range_high_degC.value) {
      checks.complain(checks.element(path, zone),
                      "found " + plain(high) +
                          " degC, above the thermocouple's range_high_degC = " +
                          plain(heat.range_high_degC.value));
      return;
    }
    if (high <= heat.setpoint_low_degC.value) {
      checks.complain(checks.element(path, zone), "found " + plain(high) +
                                                      " degC, must be above setpoint_low_degC = " +
                                                      plain(heat.setpoint_low_degC.value));
      return;
    }
  }
}

void check_heat(const KilnConfig& kiln, Checks& checks) {
  const Heat& heat = kiln.heat;
  const std::uint16_t zones = kiln.chamber.zones;
  check_count("heat.rated_kW", heat.rated_kW, zones, "zone", checks);
  check_count("heat.setpoint_high_degC", heat.setpoint_high_degC, zones, "zone", checks);
  check_count("heat.trip_degC", heat.trip_degC, zones, "zone", checks);
  check_order("heat.range_low_degC", heat.range_low_degC.value, heat.range_high_degC.value,
              "range_high_degC", checks);
  if (checks.sound("heat")) check_trips(heat, zones, checks);
  check_device("heat.device", heat.device, heat.unlock_direct_power, checks);
}

void check_atmosphere(const KilnConfig& kiln, Checks& checks) {
  const Atmosphere& gas = kiln.atmosphere;
  const std::size_t inlets = gas.inlet_zones.size();
  check_zones("atmosphere.inlet_zones", gas.inlet_zones, kiln.chamber.zones, false, checks);
  check_zones("atmosphere.gas_point_zones", gas.gas_point_zones, kiln.chamber.zones, false, checks);
  check_device("atmosphere.device", gas.device, false, checks);
  if (inlets == 0) return;
  check_count("atmosphere.high_Nm3_per_h", gas.high_Nm3_per_h, inlets, "inlet", checks);
  check_count("atmosphere.nominal_Nm3_per_h", gas.nominal_Nm3_per_h, inlets, "inlet", checks);
  if (!checks.sound("atmosphere")) return;
  double sum = 0;
  for (std::size_t i = 0; i < inlets; ++i) {
    const double nominal = at(gas.nominal_Nm3_per_h, i);
    sum += nominal;
    if (nominal >= gas.low_Nm3_per_h.value && nominal <= at(gas.high_Nm3_per_h, i)) continue;
    checks.complain(checks.element("atmosphere.nominal_Nm3_per_h", i),
                    "found " + plain(nominal) + " for inlet " + std::to_string(i + 1) +
                        ", right is " + plain(gas.low_Nm3_per_h.value) + " to " +
                        plain(at(gas.high_Nm3_per_h, i)) + " Nm3/h");
    return;
  }
  if (sum > gas.supply_Nm3_per_h.value) {
    checks.complain("atmosphere.supply_Nm3_per_h", "found " + plain(gas.supply_Nm3_per_h.value) +
                                                       ", less than the nominal flows together, " +
                                                       plain(sum) + " Nm3/h");
  }
}

/// A balance of gas needs to know what each damper draws (SC-31).
void check_balance(const KilnConfig& kiln, Checks& checks) {
  const Exhaust& e = kiln.exhaust;
  const std::size_t dampers = e.damper_zones.size();
  if (!checks.sound("exhaust")) return;
  check_count("exhaust.capacity_Nm3_per_h", e.capacity_Nm3_per_h, dampers, "damper", checks);
  if (!checks.sound("exhaust") || kiln.cross.exhaust_balance_Nm3_per_h.value >= 1e6) return;
  double drawn = 0;
  for (std::size_t i = 0; i < dampers; ++i) drawn += at(e.capacity_Nm3_per_h, i);
  if (drawn > 0) return;
  checks.complain("cross.exhaust_balance_Nm3_per_h",
                  "no damper draws anything; exhaust.capacity_Nm3_per_h must say how much");
}

void check_others(const KilnConfig& kiln, Checks& checks) {
  const Transport& t = kiln.transport;
  check_device("transport.device", t.device, false, checks);
  if (checks.sound("transport")) {
    check_order("transport.low_mm_per_s", t.low_mm_per_s.value, t.high_mm_per_s.value,
                "high_mm_per_s", checks);
    const double nominal = t.nominal_mm_per_s.value;
    if (nominal < t.low_mm_per_s.value || nominal > t.high_mm_per_s.value) {
      checks.complain("transport.nominal_mm_per_s", "found " + plain(nominal) + ", right is " +
                                                        plain(t.low_mm_per_s.value) + " to " +
                                                        plain(t.high_mm_per_s.value) + " mm/s");
    }
  }
  const Exhaust& e = kiln.exhaust;
  check_zones("exhaust.damper_zones", e.damper_zones, kiln.chamber.zones, false, checks);
  check_device("exhaust.device", e.device, false, checks);
  check_balance(kiln, checks);
  if (checks.sound("exhaust") && (e.nominal_percent.value < e.low_percent.value ||
                                  e.nominal_percent.value > e.high_percent.value)) {
    checks.complain("exhaust.nominal_percent", "found " + plain(e.nominal_percent.value) +
                                                   ", right is " + plain(e.low_percent.value) +
                                                   " to " + plain(e.high_percent.value) + " %");
  }
}

void check_extra_tags(const KilnConfig& kiln, Checks& checks) {
  std::vector<std::string> units;
  for (const std::string_view symbol : saggar::units::kUnitSymbols) units.emplace_back(symbol);
  for (std::size_t i = 0; i < kiln.extra_tags.size(); ++i) {
    const ExtraTag& tag = kiln.extra_tags[i];
    const std::string path = index("extra_tag", i);
    if (!checks.sound(path)) continue;
    if (!saggar::units::parse_unit(tag.unit)) {
      checks.complain(path + ".unit", "unknown unit '" + tag.unit + "'" +
                                          did_you_mean(tag.unit, units) +
                                          " known: " + listed(units));
    }
    check_order(path + ".low", tag.low, tag.high, "high", checks);
  }
}

}  // namespace

bool KilnConfig::is_soak(std::size_t zone_from_0) const noexcept {
  const auto& soak = chamber.soak_zones;
  return std::find(soak.begin(), soak.end(), zone_from_0 + 1) != soak.end();
}

void KilnConfig::check(Checks& checks) const {
  if (!checks.sound("chamber.zones") || chamber.zones == 0) return;
  check_zones("chamber.soak_zones", chamber.soak_zones, chamber.zones, true, checks);
  check_heat(*this, checks);
  check_atmosphere(*this, checks);
  check_others(*this, checks);
  check_extra_tags(*this, checks);
}

}  // namespace saggar::config
