// Figures of the instruments: thermocouples, furnace controllers, analysers, drives.
#pragma once

#include <cstdint>

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// Zone thermocouples.
struct ThermocoupleFigures {
  config::Figure diameter_m;
  config::Figure heat_capacity_J_per_m3K;
  config::Figure emissivity;
  config::Figure film_W_per_m2K;
  config::Figure radiation_share;
  config::Figure tolerance_K;
  config::Figure tolerance_share;
  config::Figure noise_K;
  config::Figure resolution_K;
  config::Figure upscale_degC;

  template <class V>
  void visit(V& v) {
    v("diameter_m", diameter_m,
      {.doc = "Outer diameter of the sheath", .low = 0.001, .high = 0.05, .required = true});
    v("heat_capacity_J_per_m3K", heat_capacity_J_per_m3K,
      {.doc = "Volumetric heat capacity", .low = 100000, .high = 1e7, .required = true});
    v("emissivity", emissivity, {.doc = "Of the sheath", .low = 0.1, .high = 1, .required = true});
    v("film_W_per_m2K", film_W_per_m2K,
      {.doc = "Film coefficient on the sheath", .low = 0.5, .high = 200, .required = true});
    v("radiation_share", radiation_share,
      {.doc = "Share of brick and element radiation in what it sees; the rest is gas",
       .low = 0,
       .high = 1,
       .required = true});
    v("tolerance_K", tolerance_K,
      {.doc = "Class limit, constant part", .low = 0, .high = 20, .required = true});
    v("tolerance_share", tolerance_share,
      {.doc = "Class limit as share of the temperature in degC",
       .low = 0,
       .high = 0.1,
       .required = true});
    v("noise_K", noise_K,
      {.doc = "Standard deviation of one reading", .low = 0, .high = 5, .required = true});
    v("resolution_K", resolution_K,
      {.doc = "Step of the input card", .low = 0, .high = 5, .required = true});
    v("upscale_degC", upscale_degC,
      {.doc = "Reading of an open circuit", .low = 500, .high = 3000, .required = true});
  }
};

/// Furnace controllers.
struct ControllerFigures {
  config::Figure gain_percent_per_K;
  config::Figure integral_s;
  config::Figure derivative_s;
  config::Figure derivative_filter_s;
  config::Figure setpoint_weight;
  config::Figure ramp_K_per_min;
  config::Figure power_limit_percent;
  config::Figure break_hold_s;
  config::Figure shed_s;

  template <class V>
  void visit(V& v) {
    v("gain_percent_per_K", gain_percent_per_K,
      {.doc = "Proportional gain", .low = 0.01, .high = 100, .required = true});
    v("integral_s", integral_s,
      {.doc = "Integral time", .low = 1, .high = 100000, .required = true});
    v("derivative_s", derivative_s,
      {.doc = "Derivative time", .low = 0, .high = 10000, .required = true});
    v("derivative_filter_s", derivative_filter_s,
      {.doc = "Filter of the derivative", .low = 0.1, .high = 10000, .required = true});
    v("setpoint_weight", setpoint_weight,
      {.doc = "b of the proportional part", .low = 0, .high = 1, .required = true});
    v("ramp_K_per_min", ramp_K_per_min,
      {.doc = "Ramp of the working setpoint", .low = 0.01, .high = 1000, .required = true});
    v("power_limit_percent", power_limit_percent,
      {.doc = "Largest output", .low = 1, .high = 100, .required = true});
    v("break_hold_s", break_hold_s,
      {.doc = "Output is held so long after a sensor break, then cut",
       .low = 0,
       .high = 100000,
       .required = true});
    v("shed_s", shed_s,
      {.doc = "Heartbeat loss after which the devices go to the local recipe; 0 would be never",
       .low = 0.5,
       .high = 600,
       .required = true});
  }
};

/// Analysers, flow controllers, dampers, drives.
struct DeviceFigures {
  config::Figure o2_t90_s;
  config::Figure o2_noise_percent;
  config::Figure o2_offset_percent;
  config::Figure h2o_t90_s;
  config::Figure h2o_noise_percent;
  config::Figure h2o_offset_percent;
  config::Figure co2_t90_s;
  config::Figure co2_noise_ppm;
  config::Figure co2_offset_ppm;
  config::Figure pressure_noise_Pa;
  config::Figure pressure_lag_s;
  config::Figure flow_lag_s;
  config::Figure flow_percent;
  config::Figure damper_lag_s;
  config::Figure damper_percent_per_s;
  config::Figure drive_lag_s;
  config::Figure drive_percent;
  config::Figure weigher_kg;

  template <class V>
  void visit(V& v) {
    v("o2_t90_s", o2_t90_s,
      {.doc = "Oxygen analyser with its line: 90 % time", .low = 1, .high = 600, .required = true});
    v("o2_noise_percent", o2_noise_percent,
      {.doc = "Its noise", .low = 0, .high = 5, .required = true});
    v("o2_offset_percent", o2_offset_percent,
      {.doc = "Half width of its offset", .low = 0, .high = 5, .required = true});
    v("h2o_t90_s", h2o_t90_s,
      {.doc = "Humidity analyser with its line: 90 % time",
       .low = 1,
       .high = 600,
       .required = true});
    v("h2o_noise_percent", h2o_noise_percent,
      {.doc = "Its noise", .low = 0, .high = 5, .required = true});
    v("h2o_offset_percent", h2o_offset_percent,
      {.doc = "Half width of its offset", .low = 0, .high = 5, .required = true});
    v("co2_t90_s", co2_t90_s,
      {.doc = "CO2 analyser with its line: 90 % time", .low = 1, .high = 600, .required = true});
    v("co2_noise_ppm", co2_noise_ppm,
      {.doc = "Its noise", .low = 0, .high = 1000, .required = true});
    v("co2_offset_ppm", co2_offset_ppm,
      {.doc = "Half width of its offset", .low = 0, .high = 1000, .required = true});
    v("pressure_noise_Pa", pressure_noise_Pa,
      {.doc = "Noise of the pressure transmitter", .low = 0, .high = 20, .required = true});
    v("pressure_lag_s", pressure_lag_s,
      {.doc = "Lag of furnace pressure and transmitter",
       .low = 0.1,
       .high = 600,
       .required = true});
    v("flow_lag_s", flow_lag_s,
      {.doc = "Flow controllers: time constant", .low = 0.1, .high = 600, .required = true});
    v("flow_percent", flow_percent,
      {.doc = "Half width of their gain error", .low = 0, .high = 20, .required = true});
    v("damper_lag_s", damper_lag_s,
      {.doc = "Dampers: time constant", .low = 0.1, .high = 600, .required = true});
    v("damper_percent_per_s", damper_percent_per_s,
      {.doc = "Dampers: largest rate", .low = 0.01, .high = 100, .required = true});
    v("drive_lag_s", drive_lag_s,
      {.doc = "Drives: time constant", .low = 0.1, .high = 600, .required = true});
    v("drive_percent", drive_percent,
      {.doc = "Half width of their gain error", .low = 0, .high = 20, .required = true});
    v("weigher_kg", weigher_kg,
      {.doc = "Noise of the weigher at the feed", .low = 0, .high = 5, .required = true});
  }
};

}  // namespace saggar::kiln
