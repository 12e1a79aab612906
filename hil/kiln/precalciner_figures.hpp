// Figures of a rotary pre-calciner before the kiln.
#pragma once

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// An indirectly heated rotary tube: geometry, motion, heat, the gas over its bed.
struct PrecalcinerFigures {
  config::Figure diameter_m;
  config::Figure heated_m;
  config::Figure slope_percent;
  config::Figure speed_rpm;
  config::Figure repose_deg;
  config::Figure mix_kg_per_h;
  config::Figure wall_W_per_m2K;
  config::Figures wall_degC;
  config::Figure steam_percent;
  config::Figure oxygen_percent;

  template <class V>
  void visit(V& v) {
    v("diameter_m", diameter_m,
      {.doc = "Inner diameter of the tube", .low = 0.2, .high = 5, .required = true});
    v("heated_m", heated_m, {.doc = "Heated length", .low = 1, .high = 60, .required = true});
    v("slope_percent", slope_percent,
      {.doc = "Inclination of the tube", .low = 0.2, .high = 10, .required = true});
    v("speed_rpm", speed_rpm, {.doc = "Turns a minute", .low = 0.1, .high = 20, .required = true});
    v("repose_deg", repose_deg,
      {.doc = "Angle of repose of the powder", .low = 10, .high = 80, .required = true});
    v("mix_kg_per_h", mix_kg_per_h,
      {.doc = "Mix that goes through it: what the kiln uses",
       .low = 1,
       .high = 10000,
       .required = true});
    v("wall_W_per_m2K", wall_W_per_m2K,
      {.doc = "From the wall into the bed", .low = 5, .high = 1000, .required = true});
    v("wall_degC", wall_degC,
      {.doc = "Wall of each zone, zones of equal length from the inlet on",
       .low = 20,
       .high = 800,
       .required = true,
       .min_count = 1,
       .max_count = 32});
    v("steam_percent", steam_percent,
      {.doc = "Water vapour in the gas over the bed", .low = 0, .high = 95, .required = true});
    v("oxygen_percent", oxygen_percent,
      {.doc = "Oxygen in the gas over the bed", .low = 0, .high = 100, .required = true});
  }
};

}  // namespace saggar::kiln
