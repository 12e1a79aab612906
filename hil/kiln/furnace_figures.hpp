// Figures of the furnace itself: chamber, gas, electricity, numerics.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// Heaters, brickwork and the chamber of one zone; areas per metre of kiln and half.
struct ChamberFigures {
  config::Figure brick_m2_per_m;
  config::Figure face_J_per_m2K;
  config::Figure deep_J_per_m2K;
  config::Figure face_to_deep_W_per_m2K;
  config::Figure shell_W_per_m2K;
  config::Figure roller_ends_W_per_m2K;
  config::Figure element_J_per_kW;
  config::Figure element_m2_per_kW;
  config::Figure element_view;
  config::Figure top_bottom_m2_per_m;
  config::Figure neighbour_m2;
  config::Figure view_m;
  config::Figure entry_opening_m2;
  config::Figure exit_opening_m2;
  config::Figure gas_m3_per_m;
  config::Figure film_W_per_m2K;
  config::Figure ambient_degC;
  config::Figure lateral_K;
  config::Figure loss_spread_percent;
  config::Figure element_spread_percent;
  config::Figure cooling_length_m;
  config::Figure cooling_degC;
  config::Figure cooling_W_per_m2K;

  template <class V>
  void visit(V& v) {
    visit_brick(v);
    visit_openings(v);
  }

 private:
  template <class V>
  void visit_brick(V& v) {
    v("brick_m2_per_m", brick_m2_per_m,
      {.doc = "Inner surface of one half", .low = 0.1, .high = 20, .required = true});
    v("face_J_per_m2K", face_J_per_m2K,
      {.doc = "Heat capacity of the brick face", .low = 1000, .high = 1e6, .required = true});
    v("deep_J_per_m2K", deep_J_per_m2K,
      {.doc = "Heat capacity of the deep brick", .low = 1000, .high = 1e7, .required = true});
    v("face_to_deep_W_per_m2K", face_to_deep_W_per_m2K,
      {.doc = "Conductance between face and deep brick",
       .low = 0.1,
       .high = 100,
       .required = true});
    v("shell_W_per_m2K", shell_W_per_m2K,
      {.doc = "Conductance from deep brick through the shell to the hall",
       .low = 0.01,
       .high = 50,
       .required = true});
    v("roller_ends_W_per_m2K", roller_ends_W_per_m2K,
      {.doc = "Loss straight from the face through roller ends and openings in the side",
       .low = 0,
       .high = 20,
       .required = true});
    v("element_J_per_kW", element_J_per_kW,
      {.doc = "Heat capacity of the elements per kW of rating",
       .low = 10,
       .high = 100000,
       .required = true});
    v("element_m2_per_kW", element_m2_per_kW,
      {.doc = "Effective radiating area of the elements towards the brick per kW",
       .low = 0.0001,
       .high = 1,
       .required = true});
    v("element_view", element_view,
      {.doc = "Share of what the load sees that is element, the rest is brick",
       .low = 0,
       .high = 0.9,
       .required = true});
  }
  template <class V>
  void visit_openings(V& v) {
    v("top_bottom_m2_per_m", top_bottom_m2_per_m,
      {.doc = "Effective radiating area between the halves past the load",
       .low = 0,
       .high = 5,
       .required = true});
    v("neighbour_m2", neighbour_m2,
      {.doc = "Effective radiating area between the faces of neighbouring zones, per half",
       .low = 0,
       .high = 5,
       .required = true});
    v("view_m", view_m,
      {.doc = "Length around the border of two zones over which a saggar sees both",
       .low = 0.05,
       .high = 10,
       .required = true});
    v("entry_opening_m2", entry_opening_m2,
      {.doc = "Effective radiating area of the entry towards the hall, per half",
       .low = 0,
       .high = 1,
       .required = true});
    v("exit_opening_m2", exit_opening_m2,
      {.doc = "Effective radiating area of the exit towards the cooling section, per half",
       .low = 0,
       .high = 2,
       .required = true});
    v("gas_m3_per_m", gas_m3_per_m,
      {.doc = "Gas volume per metre of kiln", .low = 0.01, .high = 10, .required = true});
    v("film_W_per_m2K", film_W_per_m2K,
      {.doc = "Film coefficient of gas to brick and load",
       .low = 0.5,
       .high = 200,
       .required = true});
    v("ambient_degC", ambient_degC,
      {.doc = "The hall, the feed and the gas supply", .low = -20, .high = 60, .required = true});
    v("lateral_K", lateral_K,
      {.doc =
           "How much colder it is at the walls than in the middle, where every saggar is simulated",
       .low = 0,
       .high = 50,
       .required = true});
    v("loss_spread_percent", loss_spread_percent,
      {.doc = "Half width of the zone-to-zone spread of shell losses",
       .low = 0,
       .high = 50,
       .required = true});
    v("element_spread_percent", element_spread_percent,
      {.doc = "Half width of the loop-to-loop spread of element resistance",
       .low = 0,
       .high = 30,
       .required = true});
    v("cooling_length_m", cooling_length_m,
      {.doc = "Cooling section behind the last zone", .low = 0, .high = 100, .required = true});
    v("cooling_degC", cooling_degC,
      {.doc = "Its effective temperature", .low = -20, .high = 600, .required = true});
    v("cooling_W_per_m2K", cooling_W_per_m2K,
      {.doc = "Its film coefficient", .low = 1, .high = 500, .required = true});
  }
};

/// Gas supply, exhaust and pressure.
struct GasFigures {
  config::Figure supply_o2_percent;
  config::Figure supply_degC;
  config::Figure inlet_preheat;
  config::Figure hall_h2o_percent;
  config::Figure hall_co2_ppm;
  config::Figure o2_J_per_molK;
  config::Figure n2_J_per_molK;
  config::Figure h2o_J_per_molK;
  config::Figure co2_J_per_molK;
  config::Figures exhaust_mol_per_s_rootPa;
  std::vector<std::uint16_t> port_zones;
  config::Figures port_shares;
  config::Figure draft_Pa;
  config::Figure leak_mol_per_s_rootPa;
  config::Figure leak_entry_share;
  config::Figure leak_exit_share;
  config::Figure chamber_Pa_s2_per_mol2;
  config::Figure neighbour_mol_per_s;
  std::uint16_t pressure_zone = 1;
  std::vector<std::uint16_t> lance_inlets;
  config::Figure lance_head_share;
  config::Figure hall_ventilation_Nm3_per_h;

  template <class V>
  void visit(V& v) {
    visit_supply(v);
    visit_exhaust(v);
    visit_chamber(v);
  }

 private:
  template <class V>
  void visit_supply(V& v) {
    v("supply_o2_percent", supply_o2_percent,
      {.doc = "Oxygen in the supply; the rest is nitrogen",
       .low = 5,
       .high = 100,
       .required = true});
    v("supply_degC", supply_degC,
      {.doc = "Temperature of the supply at the kiln", .low = -20, .high = 400, .required = true});
    v("inlet_preheat", inlet_preheat,
      {.doc = "How far the supply is warmed towards the brick in its tubes through the wall, 0..1",
       .low = 0,
       .high = 1,
       .required = true});
    v("lance_inlets", lance_inlets,
      {.doc = "Inlets from 1 that are lances over the load: not preheated in brick, part of their "
              "flow "
              "straight into the saggars; each has the flow tag of its inlet",
       .low = 1,
       .high = 64,
       .max_count = 64});
    v("lance_head_share", lance_head_share,
      {.doc = "Share of a lance's flow that mixes straight into the head-space of the saggars",
       .low = 0,
       .high = 1,
       .required = true});
    v("hall_h2o_percent", hall_h2o_percent,
      {.doc = "Water vapour in the hall air", .low = 0, .high = 5, .required = true});
    v("hall_co2_ppm", hall_co2_ppm,
      {.doc = "Carbon dioxide in the hall air", .low = 0, .high = 10000, .required = true});
    v("o2_J_per_molK", o2_J_per_molK,
      {.doc = "Molar heat capacity", .low = 20, .high = 80, .required = true});
    v("n2_J_per_molK", n2_J_per_molK,
      {.doc = "Molar heat capacity", .low = 20, .high = 80, .required = true});
    v("h2o_J_per_molK", h2o_J_per_molK,
      {.doc = "Molar heat capacity", .low = 20, .high = 80, .required = true});
    v("co2_J_per_molK", co2_J_per_molK,
      {.doc = "Molar heat capacity", .low = 20, .high = 100, .required = true});
  }
  template <class V>
  void visit_exhaust(V& v) {
    v("exhaust_mol_per_s_rootPa", exhaust_mol_per_s_rootPa,
      {.doc = "Conductance of each damper, fully open",
       .low = 0.0001,
       .high = 1000,
       .required = true,
       .min_count = 1,
       .max_count = 16});
    v("port_zones", port_zones,
      {.doc = "Zones from 1 whose ports lead into the collector before the dampers; empty: each "
              "damper draws from its own zone",
       .low = 1,
       .high = 64,
       .required = true,
       .max_count = 64});
    v("port_shares", port_shares,
      {.doc = "Share of the exhaust that each port draws, sum 1",
       .low = 0,
       .high = 1,
       .max_count = 64});
    v("draft_Pa", draft_Pa,
      {.doc = "Suction behind the dampers", .low = 0, .high = 2000, .required = true});
  }
  template <class V>
  void visit_chamber(V& v) {
    v("leak_mol_per_s_rootPa", leak_mol_per_s_rootPa,
      {.doc = "Conductance of all leaks together", .low = 0, .high = 10, .required = true});
    v("leak_entry_share", leak_entry_share,
      {.doc =
           "Share of it at the entry; what is left of entry and exit is spread along the rollers",
       .low = 0,
       .high = 0.5,
       .required = true});
    v("leak_exit_share", leak_exit_share,
      {.doc = "Share of it at the exit", .low = 0, .high = 0.5, .required = true});
    v("chamber_Pa_s2_per_mol2", chamber_Pa_s2_per_mol2,
      {.doc =
           "Flow resistance from the middle of one zone to the next: pressure = it x flow squared",
       .low = 0,
       .high = 10,
       .required = true});
    v("neighbour_mol_per_s", neighbour_mol_per_s,
      {.doc = "Gas that neighbouring zones exchange both ways by jets, turbulence and buoyancy",
       .low = 0,
       .high = 10,
       .required = true});
    v("pressure_zone", pressure_zone,
      {.doc = "Zone from 1 at which the pressure transmitter stands",
       .low = 1,
       .high = 64,
       .required = true});
    v("hall_ventilation_Nm3_per_h", hall_ventilation_Nm3_per_h,
      {.doc = "Air exchange of the hall around the kiln",
       .low = 10,
       .high = 1e7,
       .required = true});
  }
};

/// Supply and power units.
struct ElectricFigures {
  config::Figure nominal_V;
  config::Figure mains_percent;
  config::Figure mains_wander_s;
  config::Figure meter_percent;
  config::Figure trip_reset_K;

  template <class V>
  void visit(V& v) {
    v("nominal_V", nominal_V,
      {.doc = "Voltage at which the rated power holds",
       .low = 100,
       .high = 100000,
       .required = true});
    v("mains_percent", mains_percent,
      {.doc = "Standard deviation of the slow wander of the mains voltage",
       .low = 0,
       .high = 10,
       .required = true});
    v("mains_wander_s", mains_wander_s,
      {.doc = "Its correlation time", .low = 1, .high = 100000, .required = true});
    v("meter_percent", meter_percent,
      {.doc = "Standard deviation of a current reading", .low = 0, .high = 10, .required = true});
    v("trip_reset_K", trip_reset_K,
      {.doc = "The independent limiter can be reset so far below its trip",
       .low = 1,
       .high = 200,
       .required = true});
  }
};

/// How it is computed.
struct Numerics {
  bool every_saggar = false;
  std::uint32_t bed_step_s = 0;
  config::Figure reactions_wait_s;
  config::Figure reactions_share;
  config::Figure settle_s;
  config::Figure bed_guess_step_s;

  template <class V>
  void visit(V& v) {
    v("every_saggar", every_saggar,
      {.doc = "Simulate every saggar of a column by itself, not their mean"});
    v("bed_step_s", bed_step_s,
      {.doc = "Step of the beds, whole seconds", .low = 1, .high = 30, .required = true});
    v("reactions_wait_s", reactions_wait_s,
      {.doc = "Longest time that R3 to R8 of a bed wait where they hardly move anything",
       .low = 0,
       .high = 600,
       .required = true});
    v("reactions_share", reactions_share,
      {.doc = "They wait no longer than until R3 would make, or R8 undo, so much of the conversion",
       .low = 0,
       .high = 0.1,
       .required = true});
    v("settle_s", settle_s,
      {.doc = "Simulated seconds from the first guess to the start",
       .low = 0,
       .high = 1e6,
       .required = true});
    v("bed_guess_step_s", bed_guess_step_s,
      {.doc = "Step of the first guess of the bed profile",
       .low = 1,
       .high = 60,
       .required = true});
  }
};

}  // namespace saggar::kiln
