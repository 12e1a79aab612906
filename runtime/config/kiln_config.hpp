// KilnConfig: what the plant engineer writes about one kiln: zones, loops, ranges, limits.
// The runtime's view of the kiln; the simulator's physics have a file of their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/spellings.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

/// A limit with the default of the requirement it comes from.
inline Figure limit(double value, const char* source) { return {value, source, Grade::D}; }

/// What the field devices of one group do when their host falls silent, and who may set them.
struct FieldDevice {
  domain::CommsLossReaction comms_loss = domain::CommsLossReaction::local_setpoint;
  domain::ShedTo shed_to = domain::ShedTo::auto_;
  bool shed_return = false;
  std::vector<domain::Mode> permitted = {domain::Mode::oos, domain::Mode::iman,  domain::Mode::lo,
                                         domain::Mode::man, domain::Mode::auto_, domain::Mode::cas,
                                         domain::Mode::rcas};
  domain::Mode normal = domain::Mode::rcas;

  template <class V>
  void visit(V& v) {
    v("comms_loss", comms_loss,
      {.doc = "What the device does by itself when its host falls silent (SC-51)",
       .required = true});
    v("shed_to", shed_to, {.doc = "Mode after the remote value was not refreshed (SC-05)"});
    v("shed_return", shed_return,
      {.doc = "Go back by itself when the link is healthy again (SC-05, SC-06)"});
    v("permitted", permitted, {.doc = "Modes a person may choose (SC-01)", .min_count = 1});
    v("normal", normal, {.doc = "Mode in normal running (SC-01)"});
  }
};

/// The chamber and what stands in it.
struct Chamber {
  std::uint16_t zones = 0;
  std::uint16_t loops_per_zone = 2;
  Figure zone_length_m;
  std::vector<std::uint16_t> soak_zones;  ///< from 1, as plants count
  std::uint16_t saggar_rows = 1;
  std::uint16_t saggar_layers = 1;
  Figure saggar_pitch_m{0.33, "", Grade::none};

  double length_m() const noexcept { return zones * zone_length_m.value; }

  template <class V>
  void visit(V& v) {
    v("zones", zones, {.doc = "Heating zones", .low = 1, .high = 64, .required = true});
    v("loops_per_zone", loops_per_zone,
      {.doc = "1: top only; 2: top and bottom", .low = 1, .high = 2});
    v("zone_length_m", zone_length_m,
      {.doc = "Length of one zone", .low = 0.1, .high = 20, .required = true});
    v("soak_zones", soak_zones,
      {.doc = "Zones of the holding section, counted from 1",
       .low = 1,
       .high = 64,
       .required = true,
       .max_count = 64});
    v("saggar_rows", saggar_rows, {.doc = "Saggars side by side", .low = 1, .high = 16});
    v("saggar_layers", saggar_layers, {.doc = "Saggars on top of each other", .low = 1, .high = 8});
    v("saggar_pitch_m", saggar_pitch_m,
      {.doc = "Distance from saggar to saggar along the kiln", .low = 0.05, .high = 2});
  }
};

/// Heating loops: one per zone, or top and bottom.
struct Heat {
  Figures rated_kW;  ///< per zone, power of ONE loop at 100 %
  Figure range_low_degC{0, "", Grade::none};
  Figure range_high_degC{1300, "", Grade::none};
  Figure setpoint_low_degC{20, "", Grade::none};
  Figures setpoint_high_degC;  ///< per zone
  Figure resolution_K{0.1, "", Grade::none};
  Figure current_high_A{200, "", Grade::none};
  Figures trip_degC;  ///< per zone, of the independent limiter; read-only
  Figure trip_margin_K = limit(15, "SC-38");
  Figure trim_soak_K = limit(15, "SC-37");
  Figure trim_ramp_K = limit(25, "SC-37");
  Figure step_K = limit(1, "SC-37");
  Figure rate_K_per_min = limit(2, "SC-37");
  Figure shift_K = limit(10, "SC-37");
  bool unlock_direct_power = false;
  FieldDevice device;

  template <class V>
  void visit(V& v) {
    visit_ranges(v);
    visit_limits(v);
    v("unlock_direct_power", unlock_direct_power,
      {.doc = "Allows mode ROUT, a controller that sets heater power itself (PF-25)"});
    v("device", device, {.doc = "The furnace controllers", .required = true});
  }

 private:
  template <class V>
  void visit_ranges(V& v) {
    v("rated_kW", rated_kW,
      {.doc = "Power of one loop at 100 %, one figure or one per zone",
       .low = 0,
       .high = 1000,
       .required = true,
       .min_count = 1,
       .max_count = 64});
    v("range_low_degC", range_low_degC,
      {.doc = "Lowest reading of a zone thermocouple", .low = -50, .high = 100});
    v("range_high_degC", range_high_degC,
      {.doc = "Highest reading of a zone thermocouple", .low = 100, .high = 1800});
    v("setpoint_low_degC", setpoint_low_degC,
      {.doc = "Lowest zone setpoint", .low = 0, .high = 1000});
    v("setpoint_high_degC", setpoint_high_degC,
      {.doc = "Highest zone setpoint, one figure or one per zone",
       .low = 50,
       .high = 1800,
       .required = true,
       .min_count = 1,
       .max_count = 64});
    v("resolution_K", resolution_K,
      {.doc = "Step of the setpoint register of the furnace controller", .low = 0, .high = 10});
    v("current_high_A", current_high_A,
      {.doc = "Range of the heater current of one loop", .low = 1, .high = 10000});
  }
  template <class V>
  void visit_limits(V& v) {
    v("trip_degC", trip_degC,
      {.doc = "Trip of the independent over-temperature limiter, read-only to Saggar, one figure "
              "or one per zone (SC-38)",
       .low = 100,
       .high = 1800,
       .required = true,
       .min_count = 1,
       .max_count = 64});
    v("trip_margin_K", trip_margin_K,
      {.doc = "No setpoint above trip minus this (SC-38)", .low = 15, .high = 200});
    v("trim_soak_K", trim_soak_K,
      {.doc = "Largest trim around the recipe in soak zones, both ways", .low = 0, .high = 100});
    v("trim_ramp_K", trim_ramp_K,
      {.doc = "Largest trim around the recipe in the other zones", .low = 0, .high = 100});
    v("step_K", step_K, {.doc = "Largest change per supervisory period", .low = 0.01, .high = 20});
    v("rate_K_per_min", rate_K_per_min,
      {.doc = "Largest change per minute", .low = 0.01, .high = 50});
    v("shift_K", shift_K,
      {.doc = "Largest net change of the trim in 8 h", .low = 0.1, .high = 100});
  }
};

/// Roller drives: one or more groups along the kiln.
struct Transport {
  std::uint16_t groups = 1;
  Figure low_mm_per_s{0, "", Grade::none};
  Figure high_mm_per_s;
  Figure nominal_mm_per_s;
  Figure resolution_mm_per_s{0.001, "", Grade::none};
  Figure trim_percent = limit(10, "SC-37");
  Figure rate_percent_per_min = limit(1, "SC-37");
  Figure rate_percent_per_h = limit(2, "SC-37");
  FieldDevice device;

  template <class V>
  void visit(V& v) {
    v("groups", groups, {.doc = "Drive groups", .low = 1, .high = 16});
    v("low_mm_per_s", low_mm_per_s, {.doc = "Lowest speed", .low = 0, .high = 20});
    v("high_mm_per_s", high_mm_per_s,
      {.doc = "Highest speed", .low = 0.01, .high = 50, .required = true});
    v("nominal_mm_per_s", nominal_mm_per_s,
      {.doc = "Usual speed; the limits in percent refer to the recipe once there is one",
       .low = 0.001,
       .high = 50,
       .required = true});
    v("resolution_mm_per_s", resolution_mm_per_s,
      {.doc = "Step of the drive", .low = 0, .high = 1});
    v("trim_percent", trim_percent,
      {.doc = "Largest trim around the recipe, both ways", .low = 0, .high = 50});
    v("rate_percent_per_min", rate_percent_per_min,
      {.doc = "Largest change per minute, of the recipe value", .low = 0.01, .high = 50});
    v("rate_percent_per_h", rate_percent_per_h,
      {.doc = "Largest net change per hour, of the recipe value", .low = 0.01, .high = 100});
    v("device", device, {.doc = "The roller drives", .required = true});
  }
};

enum class Gas : std::uint8_t { oxygen, air };
template <>
struct Spelling<Gas> {
  static constexpr std::array<std::string_view, 2> names = {"oxygen", "air"};
};

/// Gas inlets and analysers. The tags are called `o2.inletNN` for either gas.
struct Atmosphere {
  Gas gas = Gas::oxygen;
  std::vector<std::uint16_t> inlet_zones;      ///< from 1, one entry per inlet
  std::vector<std::uint16_t> gas_point_zones;  ///< from 1, one entry per analyser point
  Figure low_Nm3_per_h{0, "", Grade::none};
  Figures high_Nm3_per_h{{100}, "", Grade::none};    ///< per inlet
  Figures nominal_Nm3_per_h{{50}, "", Grade::none};  ///< per inlet
  Figure resolution_Nm3_per_h{0.1, "", Grade::none};
  Figure trim_percent = limit(15, "SC-37");
  Figure rate_percent_per_min = limit(2, "SC-37");
  Figure supply_Nm3_per_h{1e6, "", Grade::none};
  FieldDevice device;

  template <class V>
  void visit(V& v) {
    v("gas", gas, {.doc = "What the inlets blow"});
    v("inlet_zones", inlet_zones,
      {.doc = "Zone of each inlet, counted from 1", .low = 1, .high = 64, .max_count = 64});
    v("gas_point_zones", gas_point_zones,
      {.doc = "Zone of each gas analyser point (O2, H2O, CO2), counted from 1",
       .low = 1,
       .high = 64,
       .max_count = 64});
    v("low_Nm3_per_h", low_Nm3_per_h, {.doc = "Lowest flow of an inlet", .low = 0, .high = 1e5});
    v("high_Nm3_per_h", high_Nm3_per_h,
      {.doc = "Highest flow of an inlet, one figure or one per inlet",
       .low = 0.1,
       .high = 1e5,
       .min_count = 1,
       .max_count = 64});
    v("nominal_Nm3_per_h", nominal_Nm3_per_h,
      {.doc = "Usual flow of an inlet, one figure or one per inlet",
       .low = 0,
       .high = 1e5,
       .min_count = 1,
       .max_count = 64});
    v("resolution_Nm3_per_h", resolution_Nm3_per_h,
      {.doc = "Step of the flow controllers", .low = 0, .high = 100});
    v("trim_percent", trim_percent,
      {.doc = "Largest trim around the recipe, both ways", .low = 0, .high = 50});
    v("rate_percent_per_min", rate_percent_per_min,
      {.doc = "Largest change per minute, of the recipe value", .low = 0.01, .high = 50});
    v("supply_Nm3_per_h", supply_Nm3_per_h,
      {.doc = "What the supply can give to all inlets together (SC-31)", .low = 1, .high = 1e6});
    v("device", device, {.doc = "The flow controllers", .required = true});
  }
};

/// Exhaust dampers.
struct Exhaust {
  std::vector<std::uint16_t> damper_zones;  ///< from 1, one entry per damper
  Figure low_percent = limit(5, "SC-37");
  Figure high_percent = limit(95, "SC-37");
  Figure nominal_percent{50, "", Grade::none};
  Figure resolution_percent{0.1, "", Grade::none};
  Figures capacity_Nm3_per_h{{0}, "", Grade::none};  ///< per damper
  Figure load_gas_Nm3_per_h{0, "", Grade::none};
  Figure rate_percent_per_min = limit(2, "SC-37");
  FieldDevice device;

  template <class V>
  void visit(V& v) {
    v("damper_zones", damper_zones,
      {.doc = "Zone of each damper, counted from 1", .low = 1, .high = 64, .max_count = 16});
    v("low_percent", low_percent, {.doc = "Least opening written", .low = 0, .high = 50});
    v("high_percent", high_percent, {.doc = "Largest opening written", .low = 50, .high = 100});
    v("nominal_percent", nominal_percent, {.doc = "Usual opening", .low = 0, .high = 100});
    v("resolution_percent", resolution_percent,
      {.doc = "Step of the positioner", .low = 0, .high = 10});
    v("capacity_Nm3_per_h", capacity_Nm3_per_h,
      {.doc =
           "Gas that a damper draws fully open at the usual kiln pressure, one figure or one per "
           "damper; needed for exhaust_balance_Nm3_per_h",
       .low = 0,
       .high = 1e6,
       .min_count = 1,
       .max_count = 16});
    v("load_gas_Nm3_per_h", load_gas_Nm3_per_h,
      {.doc = "Gas that the load gives off, less what it takes up; the exhaust draws it as well",
       .low = 0,
       .high = 1e5});
    v("rate_percent_per_min", rate_percent_per_min,
      {.doc = "Largest change per minute", .low = 0.01, .high = 100});
    v("device", device, {.doc = "The positioners", .required = true});
  }
};

/// Limits across MVs (SC-31).
struct Cross {
  Figure adjacent_zone_K{150, "", Grade::none};
  Figure top_bottom_K{50, "", Grade::none};
  Figure total_power_kW;
  Figure exhaust_balance_Nm3_per_h{1e6, "", Grade::none};

  template <class V>
  void visit(V& v) {
    v("adjacent_zone_K", adjacent_zone_K,
      {.doc = "Largest setpoint difference of neighbouring zones, same loop",
       .low = 1,
       .high = 1000});
    v("top_bottom_K", top_bottom_K,
      {.doc = "Largest setpoint difference of top and bottom of one zone", .low = 1, .high = 500});
    v("total_power_kW", total_power_kW,
      {.doc = "Largest heating power of all loops together",
       .low = 1,
       .high = 20000,
       .required = true});
    v("exhaust_balance_Nm3_per_h", exhaust_balance_Nm3_per_h,
      {.doc = "Largest difference of what comes in (inlets and load) and what the dampers draw at "
              "their opening, both ways; 1e6 = no limit",
       .low = 1,
       .high = 1e6});
  }
};

/// What else the kiln measures.
struct Instruments {
  Figure pressure_low_Pa{-50, "", Grade::none};
  Figure pressure_high_Pa{50, "", Grade::none};
  Figure mains_high_V{500, "", Grade::none};
  Figure saggar_mass_high_kg{20, "", Grade::none};

  template <class V>
  void visit(V& v) {
    v("pressure_low_Pa", pressure_low_Pa,
      {.doc = "Range of kiln.pressure", .low = -1000, .high = 0});
    v("pressure_high_Pa", pressure_high_Pa,
      {.doc = "Range of kiln.pressure", .low = 1, .high = 1000});
    v("mains_high_V", mains_high_V,
      {.doc = "Range of kiln.mains_voltage", .low = 100, .high = 1e5});
    v("saggar_mass_high_kg", saggar_mass_high_kg,
      {.doc = "Range of feed.saggar_mass", .low = 1, .high = 200});
  }
};

/// A signal of this kiln beyond those that follow from its zones; read only.
struct ExtraTag {
  std::string name;
  std::string unit = "1";
  double low = 0;
  double high = 1;
  double resolution = 0;
  bool trip = false;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Lower-case words joined by dots", .required = true});
    v("unit", unit, {.doc = "Symbol of the unit, such as degC, K, %, Pa, Nm3/h", .required = true});
    v("low", low, {.doc = "Least value", .low = -1e12, .high = 1e12, .required = true});
    v("high", high, {.doc = "Largest value", .low = -1e12, .high = 1e12, .required = true});
    v("resolution", resolution, {.doc = "Step; 0 = continuous", .low = 0, .high = 1e12});
    v("trip", trip,
      {.doc = "It is 1 while an independent safety trip stands: a permissive to switch on and to "
              "stay on (SC-75, SC-112)"});
  }
};

struct KilnConfig {
  static constexpr std::string_view kKind = "kiln";

  std::string name;
  std::string description;
  Chamber chamber;
  Heat heat;
  Transport transport;
  Atmosphere atmosphere;
  Exhaust exhaust;
  Cross cross;
  Instruments instruments;
  std::vector<ExtraTag> extra_tags;

  std::size_t loops() const noexcept { return std::size_t{chamber.zones} * chamber.loops_per_zone; }
  bool is_soak(std::size_t zone_from_0) const noexcept;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name, as recipes call this kiln", .required = true});
    v("description", description, {.doc = "What kiln this is"});
    v("chamber", chamber, {.doc = "The chamber", .required = true});
    v("heat", heat,
      {.doc = "The heating loops and the limits of their setpoints", .required = true});
    v("transport", transport, {.doc = "The roller drives", .required = true});
    v("atmosphere", atmosphere, {.doc = "Gas inlets and analysers", .required = true});
    v("exhaust", exhaust, {.doc = "Exhaust dampers", .required = true});
    v("cross", cross, {.doc = "Limits across loops (SC-31)", .required = true});
    v("instruments", instruments, {.doc = "Ranges of the other instruments"});
    v("extra_tag", extra_tags, {.doc = "More read-only signals of this kiln"});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
