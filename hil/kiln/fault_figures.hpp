// Figures of what can go wrong: what a fault of full severity means to this plant.
#pragma once

#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

struct FaultFigures {
  config::Figure supply_purity_share;
  config::Figure supply_purity_flow;
  config::Figure fan_Pa;
  config::Figure fan_lag_s;
  config::Figure restart_K_per_min;
  config::Figure door_mol_per_s_rootPa;
  config::Figure door_exchange_mol_per_s;
  config::Figure spike_every_s;
  config::Figure spike_s;
  config::Figure dropout_s;
  config::Figure cold_junction_degC;
  config::Figure downscale_degC;
  config::Figure roller_m;

  template <class V>
  void visit(V& v) {
    v("supply_purity_share", supply_purity_share,
      {.doc = "Share of the purity that a failing oxygen plant loses per share of its flow",
       .low = 0,
       .high = 1,
       .required = true});
    v("supply_purity_flow", supply_purity_flow,
      {.doc = "Share of lost flow beyond which the purity falls no further",
       .low = 0,
       .high = 1,
       .required = true});
    v("fan_Pa", fan_Pa,
      {.doc = "What the exhaust fan gives of gas.draft_Pa; the rest is the stack's",
       .low = 0,
       .high = 2000,
       .required = true});
    v("fan_lag_s", fan_lag_s,
      {.doc = "Time constant in which its suction comes and goes",
       .low = 0.5,
       .high = 600,
       .required = true});
    v("restart_K_per_min", restart_K_per_min,
      {.doc = "Ramp of the working setpoints after an outage, until they are back",
       .low = 0.01,
       .high = 1000,
       .required = true});
    v("door_mol_per_s_rootPa", door_mol_per_s_rootPa,
      {.doc = "Conductance of a door that stands open", .low = 0, .high = 100, .required = true});
    v("door_exchange_mol_per_s", door_exchange_mol_per_s,
      {.doc = "Cold air that falls in below while as much gas rises out above it",
       .low = 0,
       .high = 100,
       .required = true});
    v("spike_every_s", spike_every_s,
      {.doc = "Mean time between two spikes of a disturbed thermocouple line",
       .low = 1,
       .high = 1e6,
       .required = true});
    v("spike_s", spike_s, {.doc = "Length of a spike", .low = 0.5, .high = 600, .required = true});
    v("dropout_s", dropout_s,
      {.doc = "Length of one gap in the values of a dropped-out sensor",
       .low = 0.5,
       .high = 3600,
       .required = true});
    v("cold_junction_degC", cold_junction_degC,
      {.doc = "Temperature of the terminals, about which a reversed thermocouple is mirrored",
       .low = -20,
       .high = 80,
       .required = true});
    v("downscale_degC", downscale_degC,
      {.doc = "The least that an input card can show", .low = -273, .high = 0, .required = true});
    v("roller_m", roller_m,
      {.doc = "Length of the stretch that a broken roller disturbs",
       .low = 0.05,
       .high = 5,
       .required = true});
  }
};

}  // namespace saggar::kiln
