// Tags of a kiln by rule, in their order.
#include <array>
#include <cstdio>

#include "runtime/config/tag_rule.hpp"

namespace saggar::config {
namespace {

using domain::Access;
using domain::Unit;

std::string two_digits(std::size_t number) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02zu", number);
  return text.data();
}

/// Adds tags until the first that is refused.
class Adder {
 public:
  explicit Adder(domain::TagTable& tags) : tags_(tags) {}
  void add(std::string name, Unit unit, double low, double high, double resolution = 0,
           Access access = Access::read) {
    if (!error_.what.empty()) return;
    auto id = tags_.add({std::move(name), unit, low, high, resolution, access});
    if (!id) error_ = id.error();
  }
  const domain::Error& error() const noexcept { return error_; }

 private:
  domain::TagTable& tags_;
  domain::Error error_;
};

template <class F>
void each_loop(const KilnConfig& kiln, F&& add) {
  for (std::size_t zone = 0; zone < kiln.chamber.zones; ++zone) {
    for (std::size_t loop = 0; loop < kiln.chamber.loops_per_zone; ++loop) {
      add(zone, loop_name(zone, loop));
    }
  }
}

void add_heat(const KilnConfig& kiln, Adder& to) {
  const Heat& heat = kiln.heat;
  const double low = heat.range_low_degC.value, high = heat.range_high_degC.value;
  each_loop(kiln, [&](std::size_t, const std::string& loop) {
    to.add(loop + ".temperature", Unit::degC, low, high);
  });
  each_loop(kiln, [&](std::size_t zone, const std::string& loop) {
    to.add(loop + ".working_setpoint", Unit::degC, heat.setpoint_low_degC.value,
           at(heat.setpoint_high_degC, zone), heat.resolution_K.value);
  });
  each_loop(kiln, [&](std::size_t, const std::string& loop) {
    to.add(loop + ".output", Unit::percent, 0, 100);
  });
  each_loop(kiln, [&](std::size_t, const std::string& loop) {
    to.add(loop + ".remote", Unit::boolean, 0, 1);
  });
  each_loop(kiln, [&](std::size_t, const std::string& loop) {
    to.add(loop + ".current", Unit::A, 0, heat.current_high_A.value);
  });
}

void add_kiln(const KilnConfig& kiln, Adder& to) {
  for (std::size_t i = 0; i < kiln.atmosphere.gas_point_zones.size(); ++i) {
    const std::string point = "gas.point" + std::to_string(i + 1);
    to.add(point + ".o2", Unit::percent, 0, 100);
    to.add(point + ".h2o", Unit::percent, 0, 100);
    to.add(point + ".co2", Unit::fraction, 0, 1);
  }
  const Instruments& range = kiln.instruments;
  double rated = 0;
  each_loop(kiln,
            [&](std::size_t zone, const std::string&) { rated += at(kiln.heat.rated_kW, zone); });
  to.add("kiln.pressure", Unit::Pa, range.pressure_low_Pa.value, range.pressure_high_Pa.value);
  to.add("kiln.mains_voltage", Unit::V, 0, range.mains_high_V.value);
  // Power follows the square of the voltage: 1.5 leaves room for +20 %.
  to.add("kiln.power", Unit::kW, 0, rated > 0 ? 1.5 * rated : 1.0);
  to.add("kiln.hall_o2", Unit::percent, 0, 100);
}

void add_read_backs(const KilnConfig& kiln, Adder& to) {
  const Transport& t = kiln.transport;
  // A drive may run a little beyond its setpoint range; the measured speed must stay credible.
  for (std::size_t i = 0; i < t.groups; ++i) {
    to.add(group_name(i) + ".speed", Unit::mm_per_s, 0, 1.1 * t.high_mm_per_s.value);
    to.add(group_name(i) + ".working_speed", Unit::mm_per_s, t.low_mm_per_s.value,
           t.high_mm_per_s.value, t.resolution_mm_per_s.value);
  }
  const Atmosphere& gas = kiln.atmosphere;
  for (std::size_t i = 0; i < gas.inlet_zones.size(); ++i) {
    to.add(inlet_name(i) + ".flow", Unit::Nm3_per_h, 0, 1.1 * at(gas.high_Nm3_per_h, i));
    to.add(inlet_name(i) + ".working_flow", Unit::Nm3_per_h, gas.low_Nm3_per_h.value,
           at(gas.high_Nm3_per_h, i), gas.resolution_Nm3_per_h.value);
  }
  for (std::size_t i = 0; i < kiln.exhaust.damper_zones.size(); ++i) {
    to.add(damper_name(i) + ".position", Unit::percent, 0, 100);
    to.add(damper_name(i) + ".working_position", Unit::percent, 0, 100,
           kiln.exhaust.resolution_percent.value);
  }
  to.add("feed.saggar_mass", Unit::kg, 0, kiln.instruments.saggar_mass_high_kg.value);
  to.add("feed.present", Unit::boolean, 0, 1);
}

void add_writes(const KilnConfig& kiln, Adder& to) {
  const Heat& heat = kiln.heat;
  each_loop(kiln, [&](std::size_t zone, const std::string& loop) {
    to.add(loop + ".setpoint", Unit::degC, heat.setpoint_low_degC.value,
           at(heat.setpoint_high_degC, zone), heat.resolution_K.value, Access::write);
  });
  const Transport& t = kiln.transport;
  for (std::size_t i = 0; i < t.groups; ++i) {
    to.add(group_name(i) + ".speed_setpoint", Unit::mm_per_s, t.low_mm_per_s.value,
           t.high_mm_per_s.value, t.resolution_mm_per_s.value, Access::write);
  }
  const Atmosphere& gas = kiln.atmosphere;
  for (std::size_t i = 0; i < gas.inlet_zones.size(); ++i) {
    to.add(inlet_name(i) + ".flow_setpoint", Unit::Nm3_per_h, gas.low_Nm3_per_h.value,
           at(gas.high_Nm3_per_h, i), gas.resolution_Nm3_per_h.value, Access::write);
  }
  for (std::size_t i = 0; i < kiln.exhaust.damper_zones.size(); ++i) {
    to.add(damper_name(i) + ".position_setpoint", Unit::percent, 0, 100,
           kiln.exhaust.resolution_percent.value, Access::write);
  }
}

}  // namespace

std::string loop_name(std::size_t zone, std::size_t loop) {
  return "zone" + two_digits(zone + 1) + (loop == 0 ? ".top" : ".bottom");
}
std::string group_name(std::size_t group) { return "transport.group" + std::to_string(group + 1); }
std::string inlet_name(std::size_t inlet) { return "o2.inlet" + two_digits(inlet + 1); }
std::string damper_name(std::size_t damper) {
  return "exhaust.damper" + std::to_string(damper + 1);
}

domain::Result<domain::TagTable> tag_table(const KilnConfig& kiln) {
  domain::TagTable tags;
  Adder to(tags);
  add_heat(kiln, to);
  add_kiln(kiln, to);
  add_read_backs(kiln, to);
  for (const ExtraTag& tag : kiln.extra_tags) {
    const auto unit = saggar::units::parse_unit(tag.unit);
    if (!unit) return domain::Error{"tag " + tag.name, "has the unknown unit '" + tag.unit + "'"};
    to.add(tag.name, *unit, tag.low, tag.high, tag.resolution);
  }
  add_writes(kiln, to);
  if (!to.error().what.empty()) return to.error();
  return tags;
}

domain::TagTable tags_of(const KilnConfig& kiln) {
  auto tags = tag_table(kiln);
  return tags ? std::move(tags).value() : domain::TagTable();
}

}  // namespace saggar::config
