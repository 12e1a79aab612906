// RecipeConfig: what the process engineer writes: setpoints, speed, flows for one product on one
// kiln.
#pragma once

#include <string>

#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::config {

struct RecipeHeat {
  Figures setpoint_degC;                            ///< per zone
  Figures bottom_offset_K{{0.0}, "", Grade::none};  ///< per zone, bottom SP minus top SP

  template <class V>
  void visit(V& v) {
    v("setpoint_degC", setpoint_degC,
      {.doc = "Zone setpoints from the entry on, one per zone (or one for all)",
       .low = 0,
       .high = 1800,
       .required = true,
       .min_count = 1,
       .max_count = 64});
    v("bottom_offset_K", bottom_offset_K,
      {.doc = "Bottom setpoint minus top setpoint, one figure or one per zone",
       .low = -100,
       .high = 100,
       .min_count = 1,
       .max_count = 64});
  }
};

struct RecipeTransport {
  Figures speed_mm_per_s;  ///< per drive group

  template <class V>
  void visit(V& v) {
    v("speed_mm_per_s", speed_mm_per_s,
      {.doc = "Roller speed, one figure or one per drive group",
       .low = 0.001,
       .high = 50,
       .required = true,
       .min_count = 1,
       .max_count = 16});
  }
};

struct RecipeAtmosphere {
  Figures inlet_flow_Nm3_per_h{{0.0}, "", Grade::none};  ///< per inlet
  Figure soak_o2_min_percent{0, "", Grade::none};
  Figure soak_h2o_max_percent{100, "", Grade::none};

  template <class V>
  void visit(V& v) {
    v("inlet_flow_Nm3_per_h", inlet_flow_Nm3_per_h,
      {.doc = "Gas flow, one figure or one per inlet",
       .low = 0,
       .high = 1e5,
       .required = true,
       .min_count = 1,
       .max_count = 64});
    v("soak_o2_min_percent", soak_o2_min_percent,
      {.doc = "Least oxygen at the analyser points of the soak section", .low = 0, .high = 100});
    v("soak_h2o_max_percent", soak_h2o_max_percent,
      {.doc = "Most water vapour at the analyser points of the soak section",
       .low = 0,
       .high = 100});
  }
};

struct RecipeExhaust {
  Figures damper_percent{{50.0}, "", Grade::none};  ///< per damper

  template <class V>
  void visit(V& v) {
    v("damper_percent", damper_percent,
      {.doc = "Opening, one figure or one per damper",
       .low = 0,
       .high = 100,
       .required = true,
       .min_count = 1,
       .max_count = 16});
  }
};

/// Where the process counts as in order.
struct Tolerance {
  Figure soak_K{5, "VEND30", Grade::R};
  Figure ramp_K{15, "", Grade::none};
  Figure speed_percent{2, "", Grade::none};
  Figure flow_percent{5, "", Grade::none};

  template <class V>
  void visit(V& v) {
    v("soak_K", soak_K, {.doc = "Of a soak zone temperature", .low = 0.1, .high = 100});
    v("ramp_K", ramp_K, {.doc = "Of any other zone temperature", .low = 0.1, .high = 200});
    v("speed_percent", speed_percent, {.doc = "Of the roller speed", .low = 0.1, .high = 50});
    v("flow_percent", flow_percent, {.doc = "Of a gas flow", .low = 0.1, .high = 50});
  }
};

/// Limits of a changing setpoint, for refractory and rollers.
struct RampLimits {
  Figure up_K_per_h{50, "RB-06", Grade::D};
  Figure down_K_per_h{40, "RB-06", Grade::D};

  template <class V>
  void visit(V& v) {
    v("up_K_per_h", up_K_per_h, {.doc = "Fastest heating of the kiln", .low = 1, .high = 600});
    v("down_K_per_h", down_K_per_h, {.doc = "Fastest cooling of the kiln", .low = 1, .high = 600});
  }
};

struct RecipeConfig {
  static constexpr std::string_view kKind = "recipe";

  std::string name;
  std::string kiln;
  std::string material;
  std::string version = "1";
  std::string description;
  RecipeHeat heat;
  RecipeTransport transport;
  RecipeAtmosphere atmosphere;
  RecipeExhaust exhaust;
  Tolerance tolerance;
  RampLimits ramp;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("kiln", kiln, {.doc = "Name of the kiln it is for", .required = true});
    v("material", material, {.doc = "Product, such as NCM811", .required = true});
    v("version", version, {.doc = "Version of this recipe"});
    v("description", description, {.doc = "What it makes, and from what"});
    v("heat", heat, {.doc = "Zone setpoints", .required = true});
    v("transport", transport, {.doc = "Roller speeds", .required = true});
    v("atmosphere", atmosphere, {.doc = "Gas flows and targets"});
    v("exhaust", exhaust, {.doc = "Dampers"});
    v("tolerance", tolerance, {.doc = "Where the process counts as in order"});
    v("ramp", ramp, {.doc = "Rate limits for the brickwork and rollers (RB-06)"});
  }
  void check(Checks& checks) const;
};

}  // namespace saggar::config
