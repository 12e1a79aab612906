// A model of zone temperatures over working setpoints, as identification gives it: one output and
// one input per zone, each the mean of two loops.
#pragma once

#include <cstdio>
#include <saggar/plugin/model.hpp>
#include <string>

namespace saggar::mpc {

/// Own channels of all zones alike, and one of each zone to the one before it.
inline plugin::Model zone_model(int zones, double time_constant_s, double dead_time_s,
                                double gain) {
  plugin::Model model;
  model.name = "zones";
  for (int k = 0; k < zones; ++k) {
    char zone[16];
    std::snprintf(zone, sizeof zone, "zone%02d", k + 1);
    const std::string z = zone;
    model.inputs.push_back({z + ".working_setpoint",
                            "degC",
                            {z + ".top.working_setpoint", z + ".bottom.working_setpoint"},
                            700,
                            false});
    model.outputs.push_back({z + ".temperature",
                             "degC",
                             {z + ".top.temperature", z + ".bottom.temperature"},
                             700,
                             false});
    const auto at = static_cast<std::uint32_t>(k);
    plugin::ModelChannel own{at,          at, plugin::Answer::lag, gain, 0.05,
                             dead_time_s, 10, time_constant_s,     30};
    model.channels.push_back(own);
    if (k == 0) continue;
    own.input = at - 1;
    own.answer = plugin::Answer::transient;
    own.gain = 0;
    model.channels.push_back(own);
  }
  return model;
}

}  // namespace saggar::mpc
