// Small right files of each kind, to be made wrong in one place.
#pragma once

#include <stdexcept>
#include <string>

#include "runtime/config/kiln_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/recipe_config.hpp"

namespace saggar::config {

/// A kiln of `zones` zones with two inlets, one analyser point, one damper and two drive groups;
/// the last zone soaks.
inline std::string kiln_text(int zones) {
  const std::string last = std::to_string(zones);
  return "kind = \"kiln\"\n"  // 1
         "name = \"k\"\n"     // 2
         "[chamber]\n"        // 3
         "zones = " +
         last +
         "\n"                   // 4
         "zone_length_m = 2\n"  // 5
         "soak_zones = [" +
         last +
         "]\n"                                             // 6
         "[heat]\n"                                        // 7
         "rated_kW = 10\n"                                 // 8
         "setpoint_high_degC = 900\n"                      // 9
         "trip_degC = 930\n"                               // 10
         "device = { comms_loss = \"local_setpoint\" }\n"  // 11
         "[transport]\n"                                   // 12
         "groups = 2\n"                                    // 13
         "high_mm_per_s = 2\n"                             // 14
         "nominal_mm_per_s = 0.5\n"                        // 15
         "device = { comms_loss = \"hold_setpoint\" }\n"   // 16
         "[atmosphere]\n"                                  // 17
         "inlet_zones = [1, 1]\n"                          // 18
         "gas_point_zones = [1]\n"                         // 19
         "high_Nm3_per_h = [100, 200]\n"                   // 20
         "nominal_Nm3_per_h = [50, 80]\n"                  // 21
         "supply_Nm3_per_h = 300\n"                        // 22
         "device = { comms_loss = \"output_off\" }\n"      // 23
         "[exhaust]\n"                                     // 24
         "damper_zones = [1]\n"                            // 25
         "device = { comms_loss = \"alarm_only\" }\n"      // 26
         "[cross]\n"                                       // 27
         "total_power_kW = 500\n";                         // 28
}

inline std::string recipe_text() {
  return "kind = \"recipe\"\n"          // 1
         "name = \"r\"\n"               // 2
         "kiln = \"k\"\n"               // 3
         "material = \"NCM811\"\n"      // 4
         "[heat]\n"                     // 5
         "setpoint_degC = 700\n"        // 6
         "[transport]\n"                // 7
         "speed_mm_per_s = 1\n"         // 8
         "[atmosphere]\n"               // 9
         "inlet_flow_Nm3_per_h = 60\n"  // 10
         "[exhaust]\n"                  // 11
         "damper_percent = 40\n";       // 12
}

/// The links that every site must name.
inline std::string endpoints_text() {
  return "[endpoints]\n"
         "frames = \"inproc://frames\"\n"
         "commands = \"inproc://commands\"\n"
         "operator = \"inproc://operator\"\n"
         "records = \"inproc://records\"\n";
}

/// `text` with the first `from` replaced by `to`.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t place = text.find(from);
  if (place == std::string::npos) throw std::runtime_error("no '" + from + "' in the text");
  return text.replace(place, from.size(), to);
}

template <FileStruct T>
T right(const std::string& text) {
  auto value = load_text<T>("f", text);
  if (!value) throw std::runtime_error(value.error().text());
  return std::move(value).value();
}

}  // namespace saggar::config
