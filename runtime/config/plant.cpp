#include "runtime/config/plant.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "runtime/config/number_text.hpp"
#include "runtime/config/tag_rule.hpp"

namespace saggar::config {
namespace {

using domain::Duty;
using domain::Mv;
using domain::MvLimits;
using domain::Plant;

constexpr double kNoLimit = std::numeric_limits<double>::infinity();

void set_device(const FieldDevice& device, Mv& mv) {
  mv.permitted = 0;
  for (const domain::Mode mode : device.permitted) {
    mv.permitted = static_cast<domain::ModeMask>(mv.permitted | domain::bit(mode));
  }
  mv.normal = device.normal;
  mv.shed_to = device.shed_to;
  mv.shed_return = device.shed_return;
  mv.reaction = device.comms_loss;
}

/// Limits given in percent of a base value.
/// @param per_hour infinity for none
MvLimits percent_limits(double base, double trim, double per_minute, double per_hour) {
  MvLimits limits;
  limits.trim_low = -base * trim / 100.0;
  limits.trim_high = base * trim / 100.0;
  limits.per_period = kNoLimit;
  limits.per_minute = base * per_minute / 100.0;
  limits.per_shift = kNoLimit;
  limits.per_hour = std::isinf(per_hour) ? kNoLimit : base * per_hour / 100.0;
  return limits;
}

class Maker {
 public:
  Maker(const KilnConfig& kiln, const RecipeConfig* recipe) : kiln_(kiln), recipe_(recipe) {}

  domain::Result<Plant> make() {
    auto tags = tag_table(kiln_);
    if (!tags) return tags.error();
    plant_.tags = std::move(tags).value();
    plant_.name = kiln_.name;
    plant_.zones = kiln_.chamber.zones;
    for (std::size_t zone = 0; zone < plant_.zones; ++zone) {
      plant_.soak_zone.push_back(kiln_.is_soak(zone));
    }
    plant_.trip_margin_K = kiln_.heat.trip_margin_K.value;
    plant_.cross = {kiln_.cross.adjacent_zone_K.value, kiln_.cross.top_bottom_K.value,
                    kiln_.cross.total_power_kW.value, kiln_.atmosphere.supply_Nm3_per_h.value};
    if (kiln_.cross.exhaust_balance_Nm3_per_h.value < 1e6) {
      plant_.cross.exhaust_balance_Nm3_per_h = kiln_.cross.exhaust_balance_Nm3_per_h.value;
      plant_.cross.load_gas_Nm3_per_h = kiln_.exhaust.load_gas_Nm3_per_h.value;
    }
    for (const ExtraTag& extra : kiln_.extra_tags) {
      if (extra.trip) plant_.trips.push_back(tag(extra.name));
    }
    add_heat();
    add_transport();
    add_inlets();
    add_dampers();
    if (plant_.mvs.size() > domain::kMaxMvs) {
      return domain::Error{"kiln " + kiln_.name, "has " + std::to_string(plant_.mvs.size()) +
                                                     " manipulated values; at most 256"};
    }
    return std::move(plant_);
  }

 private:
  domain::TagId tag(const std::string& name) const {
    return plant_.tags.find(name).value_or(domain::kNoTag);
  }

  /// Range and resolution are those of the tag.
  Mv mv(const std::string& name, Duty duty, std::size_t zone, std::size_t loop) const {
    Mv made;
    made.tag = tag(name);
    made.duty = duty;
    made.zone = static_cast<std::uint16_t>(zone);
    made.loop = static_cast<std::uint16_t>(loop);
    made.resolution = plant_.tags[made.tag].resolution;
    return made;
  }

  void set_range(Mv& made, double low, double high) const {
    made.limits.low = low;
    made.limits.high = high;
  }

  void add_heat() {
    const Heat& heat = kiln_.heat;
    for (std::size_t zone = 0; zone < kiln_.chamber.zones; ++zone) {
      const double trim = kiln_.is_soak(zone) ? heat.trim_soak_K.value : heat.trim_ramp_K.value;
      for (std::size_t loop = 0; loop < kiln_.chamber.loops_per_zone; ++loop) {
        const std::string name = loop_name(zone, loop);
        Mv made = mv(name + ".setpoint", Duty::heat, zone, loop);
        made.working = tag(name + ".working_setpoint");
        made.pv = tag(name + ".temperature");
        made.output = tag(name + ".output");
        made.remote = tag(name + ".remote");
        made.trip = at(heat.trip_degC, zone);
        const double ceiling = made.trip - heat.trip_margin_K.value;
        made.limits = {0,
                       0,
                       -trim,
                       trim,
                       heat.step_K.value,
                       heat.rate_K_per_min.value,
                       heat.shift_K.value,
                       kNoLimit};
        set_range(made, heat.setpoint_low_degC.value,
                  std::min(at(heat.setpoint_high_degC, zone), ceiling));
        made.pv_low = heat.range_low_degC.value;
        made.pv_high = ceiling;
        made.rated_kW = at(heat.rated_kW, zone);
        set_device(heat.device, made);
        plant_.mvs.push_back(made);
      }
    }
  }

  void add_transport() {
    const Transport& t = kiln_.transport;
    for (std::size_t i = 0; i < t.groups; ++i) {
      Mv made = mv(group_name(i) + ".speed_setpoint", Duty::transport, 0, i);
      made.working = tag(group_name(i) + ".working_speed");
      made.pv = tag(group_name(i) + ".speed");
      const double base =
          recipe_ != nullptr ? at(recipe_->transport.speed_mm_per_s, i) : t.nominal_mm_per_s.value;
      made.limits = percent_limits(base, t.trim_percent.value, t.rate_percent_per_min.value,
                                   t.rate_percent_per_h.value);
      set_range(made, t.low_mm_per_s.value, t.high_mm_per_s.value);
      set_device(t.device, made);
      plant_.mvs.push_back(made);
    }
  }

  void add_inlets() {
    const Atmosphere& gas = kiln_.atmosphere;
    for (std::size_t i = 0; i < gas.inlet_zones.size(); ++i) {
      Mv made = mv(inlet_name(i) + ".flow_setpoint", Duty::atmosphere,
                   std::size_t{gas.inlet_zones[i]} - 1, i);
      made.working = tag(inlet_name(i) + ".working_flow");
      made.pv = tag(inlet_name(i) + ".flow");
      const double base = recipe_ != nullptr ? at(recipe_->atmosphere.inlet_flow_Nm3_per_h, i)
                                             : at(gas.nominal_Nm3_per_h, i);
      made.limits =
          percent_limits(base, gas.trim_percent.value, gas.rate_percent_per_min.value, kNoLimit);
      // An inlet that the recipe keeps shut has no trim, but must be able to reach shut.
      if (base == 0) {
        made.limits.per_minute = at(gas.high_Nm3_per_h, i) * gas.rate_percent_per_min.value / 100.0;
      }
      set_range(made, gas.low_Nm3_per_h.value, at(gas.high_Nm3_per_h, i));
      set_device(gas.device, made);
      plant_.mvs.push_back(made);
    }
  }

  void add_dampers() {
    const Exhaust& e = kiln_.exhaust;
    for (std::size_t i = 0; i < e.damper_zones.size(); ++i) {
      Mv made = mv(damper_name(i) + ".position_setpoint", Duty::atmosphere,
                   std::size_t{e.damper_zones[i]} - 1, i);
      made.working = tag(damper_name(i) + ".working_position");
      made.pv = tag(damper_name(i) + ".position");
      made.limits = {0,        0,       -kNoLimit, kNoLimit, kNoLimit, e.rate_percent_per_min.value,
                     kNoLimit, kNoLimit};
      set_range(made, e.low_percent.value, e.high_percent.value);
      made.exhaust_Nm3_per_h = at(e.capacity_Nm3_per_h, i);
      set_device(e.device, made);
      plant_.mvs.push_back(made);
    }
  }

  const KilnConfig& kiln_;
  const RecipeConfig* recipe_;
  Plant plant_;
};

/// What `check` would say, for structs that did not come from a file.
domain::Status checked(const KilnConfig& kiln) {
  Source source;
  source.file = "kiln " + kiln.name;
  source.positions[""] = {};
  Complaints complaints;
  Checks checks(source, complaints);
  if (kiln.chamber.zones < 1 || kiln.chamber.zones > domain::kMaxZones) {
    checks.complain("chamber.zones",
                    "found " + std::to_string(kiln.chamber.zones) + " zones, right is 1 to 64");
  }
  if (kiln.chamber.loops_per_zone < 1 || kiln.chamber.loops_per_zone > 2) {
    checks.complain("chamber.loops_per_zone", "found " +
                                                  std::to_string(kiln.chamber.loops_per_zone) +
                                                  " loops per zone, right is 1 or 2");
  }
  if (kiln.transport.groups < 1 || kiln.transport.groups > 16) {
    checks.complain("transport.groups", "found " + std::to_string(kiln.transport.groups) +
                                            " drive groups, right is 1 to 16");
  }
  for (const auto* zones : {&kiln.atmosphere.inlet_zones, &kiln.exhaust.damper_zones}) {
    if (std::find(zones->begin(), zones->end(), 0) != zones->end()) {
      checks.complain("", "zones are counted from 1");
    }
  }
  kiln.check(checks);
  if (!complaints.empty()) return complaints.error();
  return domain::Done{};
}

/// Element of a recipe table, or an error when its length fits neither 1 nor `count`.
domain::Status count_fits(const Figures& figures, std::size_t count, const char* key,
                          const char* what) {
  const std::size_t n = figures.value.size();
  if (n == count || n == 1) return domain::Done{};
  return domain::Error{key, "found " + std::to_string(n) + " figures, right is 1 or " +
                                std::to_string(count) + ", one per " + what + " of the kiln"};
}

double recipe_value(const RecipeConfig& recipe, const domain::Plant& plant, const Mv& mv) {
  switch (mv.duty) {
    case Duty::heat:
      return at(recipe.heat.setpoint_degC, mv.zone) +
             (mv.loop == 1 ? at(recipe.heat.bottom_offset_K, mv.zone) : 0.0);
    case Duty::transport:
      return at(recipe.transport.speed_mm_per_s, mv.loop);
    case Duty::atmosphere:
      return plant.tags[mv.tag].unit == domain::Unit::percent
                 ? at(recipe.exhaust.damper_percent, mv.loop)
                 : at(recipe.atmosphere.inlet_flow_Nm3_per_h, mv.loop);
  }
  return 0;
}

domain::Status value_fits(const domain::Plant& plant, const Mv& mv, double value) {
  const std::string& name = plant.tags[mv.tag].name;
  const std::string unit(saggar::units::symbol(plant.tags[mv.tag].unit));
  if (mv.trip > 0 && value > mv.trip - plant.trip_margin_K) {
    return domain::Error{name, "recipe value " + plain(value) + " " + unit + " is above " +
                                   plain(mv.trip - plant.trip_margin_K) + " = trip " +
                                   plain(mv.trip) + " - margin " + plain(plant.trip_margin_K) +
                                   " (SC-38)"};
  }
  if (std::isfinite(value) && value >= mv.limits.low && value <= mv.limits.high) {
    return domain::Done{};
  }
  return domain::Error{name, "recipe value " + plain(value) + " " + unit + ", right is " +
                                 plain(mv.limits.low) + " to " + plain(mv.limits.high)};
}

}  // namespace

domain::Result<domain::Plant> make_plant(const KilnConfig& kiln) {
  if (auto status = checked(kiln); !status) return status.error();
  return Maker(kiln, nullptr).make();
}

domain::Result<domain::Plant> make_plant(const KilnConfig& kiln, const RecipeConfig& recipe) {
  if (auto status = checked(kiln); !status) return status.error();
  auto plant = Maker(kiln, &recipe).make();
  if (!plant) return plant;
  if (auto values = recipe_values(recipe, plant.value()); !values) return values.error();
  return plant;
}

domain::Result<std::vector<double>> recipe_values(const RecipeConfig& recipe,
                                                  const domain::Plant& plant) {
  std::size_t groups = 0, inlets = 0, dampers = 0;
  for (const Mv& mv : plant.mvs) {
    if (mv.duty == Duty::transport) ++groups;
    if (mv.duty != Duty::atmosphere) continue;
    ++(plant.tags[mv.tag].unit == domain::Unit::percent ? dampers : inlets);
  }
  for (const auto& status :
       {count_fits(recipe.heat.setpoint_degC, plant.zones, "heat.setpoint_degC", "zone"),
        count_fits(recipe.heat.bottom_offset_K, plant.zones, "heat.bottom_offset_K", "zone"),
        count_fits(recipe.transport.speed_mm_per_s, groups, "transport.speed_mm_per_s",
                   "drive group"),
        count_fits(recipe.atmosphere.inlet_flow_Nm3_per_h, inlets,
                   "atmosphere.inlet_flow_Nm3_per_h", "inlet"),
        count_fits(recipe.exhaust.damper_percent, dampers, "exhaust.damper_percent", "damper")}) {
    if (!status)
      return domain::Error{"recipe " + recipe.name + " " + status.error().where,
                           status.error().what};
  }
  std::vector<double> values;
  for (const Mv& mv : plant.mvs) {
    values.push_back(recipe_value(recipe, plant, mv));
    if (auto status = value_fits(plant, mv, values.back()); !status) {
      return domain::Error{"recipe " + recipe.name + " " + status.error().where,
                           status.error().what};
    }
  }
  return values;
}

}  // namespace saggar::config
