// Ports and parameters of the three drill plugins; DRILL_... says which one this is.
#pragma once

#include <saggar/plugin/abi.h>

#include <array>

#include "hil/drill/ways.hpp"

namespace saggar::drill {

inline constexpr std::uint32_t kMostOutputs = 192;  ///< values in all ports

#if defined(DRILL_ATMOSPHERE)
inline constexpr const char* kId = "org.saggar.drill.atmosphere";
inline constexpr std::uint32_t kDuty = SAGGAR_DUTY_ATMOSPHERE;
inline constexpr std::array<saggar_port, 2> kPorts = {
    {{sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "inlet", "o2.inlet*.flow_setpoint", "Nm3/h", 1, 64,
      "flow of each inlet"},
     {sizeof(saggar_port), SAGGAR_PORT_OUTPUT | SAGGAR_PORT_OPTIONAL, "damper",
      "exhaust.damper*.position_setpoint", "%", 0, 64, "opening of each damper"}}};
#elif defined(DRILL_TRANSPORT)
inline constexpr const char* kId = "org.saggar.drill.transport";
inline constexpr std::uint32_t kDuty = SAGGAR_DUTY_TRANSPORT;
inline constexpr std::array<saggar_port, 1> kPorts = {
    {{sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "speed", "transport.*.speed_setpoint", "mm/s", 1, 16,
      "speed of each drive group"}}};
#else
inline constexpr const char* kId = "org.saggar.drill.heat";
inline constexpr std::uint32_t kDuty = SAGGAR_DUTY_HEAT;
inline constexpr std::array<saggar_port, 1> kPorts = {
    {{sizeof(saggar_port), SAGGAR_PORT_OUTPUT, "setpoint", "zone*.*.setpoint", "degC", 1, 128,
      "setpoint of each loop"}}};
#endif

enum Param : std::uint32_t { kMisbehave, kAmplitude, kParamCount };
inline constexpr std::array<saggar_param, kParamCount> kParams = {
    {{sizeof(saggar_param), SAGGAR_PARAM_TUNABLE, "misbehave", "1",
      "0 = well; else the number of a way in hil/drill/ways.hpp", 0, kWays.size() - 1, 0},
     {sizeof(saggar_param), SAGGAR_PARAM_TUNABLE, "amplitude", "1",
      "how far `oscillates` goes to either side, in the unit of each output", 0, 1000, 5}}};

}  // namespace saggar::drill
