// Kinds of fault: their names, where they may be put, and what their severity means.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "runtime/config/visitor.hpp"

namespace saggar::faults {

/// Numbers in comments are those of the fault catalogue of the plant facts. Append only.
enum class Kind : std::uint8_t {
  thermocouple_open,    // F1: reads upscale, flagged as a broken sensor
  thermocouple_stuck,   // F2: keeps its last reading, not flagged
  heater_open,          // F4: share of its elements that is lost
  scr_short,            // F7: full power whatever the controller says
  link_loss,            // F22: commands and frames do not pass
  o2_supply_drop,       // F14: share of the flow that is lost; purity falls too
  feed_gap,             // F17: nothing is fed
  limiter_reset,        // a person at the panel closes the contactor of a tripped limiter
  overfill,             // F11: relative change of the mix in every saggar fed
  wet_lot,              // F12: points of free moisture more in the mix fed
  li_ratio,             // F13: mixer error, change of Li/M of the mix fed
  exhaust_block,        // F15: share of the conductance of a damper and its duct that is lost
  exhaust_fan_fail,     // F15: share of the fan's suction that is lost
  mains_dip,            // F8: share of the voltage that is lost; power goes with its square
  mains_outage,         // F8: no power, fan and drives stop; the loops restart on a slow ramp
  door_open,            // F16: how far a door at one end stands open: cold air in, gas out
  element_ageing,       // F5: rise of the resistance of the elements
  scr_open,             // F6: no power whatever the controller says
  thermocouple_drift,   // F2: error that grows, in K per 1000 h
  thermocouple_offset,  // F2: sudden error, in K
  analyser_drift,       // F19: error that grows, in vol % per day
  drive_slip,           // F9: share by which saggars are slower than the rollers' drive says
  o2_purity_drop,       // F14: vol % of oxygen lost in the supply at full flow
  thermocouple_swap,    // F3: wired to another's input, and that one to its
  // of the link and of the field's clock: realised by hil/line
  link_delay,         // HI-23: every message takes so many seconds
  link_jitter,        // HI-23: every message takes up to so many seconds, at random, in order
  link_random_loss,   // HI-23: share of the messages that is lost
  link_burst_loss,    // HI-23: the same, lost in bursts (Gilbert-Elliott)
  link_reorder,       // HI-23: share of the messages that is overtaken by the next one
  link_duplicate,     // HI-23: share of the messages that comes twice
  link_corrupt,       // HI-23: share of the messages in which a bit is turned
  link_rate_limit,    // HI-23: seconds that the link needs for each message
  link_half_open,     // HI-23: nothing passes in one direction, the other is sound
  link_partition,     // HI-23: messages wait for the end of it; 0 in order, 1 newest first
  clock_skew,         // HI-24: the field's clock is slewed until it is wrong by so many seconds
  clock_jump,         // HI-24: it is set, and wrong by so many seconds
  clock_ntp_step,     // HI-24: the same, by less than a jump
  clock_freeze,       // HI-24: it stands still
  clock_leap_second,  // HI-24: seconds inserted (1) or left out (-1)
  clock_dst_label,    // HI-24: local time is taken for the time: hours
  // of the software: realised by hil/drill, a controller that misbehaves on request (HI-25)
  plugin_nan,
  plugin_inf,
  plugin_denormal,
  plugin_huge,
  plugin_wrong_length,
  plugin_late,
  plugin_throws,
  plugin_reports_fault,
  plugin_no_proposal,
  plugin_not_ready,
  plugin_out_of_domain,
  plugin_low_confidence,
  plugin_allocates,
  plugin_leak,
  plugin_thread_bomb,
  plugin_fd_leak,
  plugin_log_flood,
  plugin_oscillates,
  plugin_stale,
  plugin_ignores_limits,
  plugin_blocks_signals,
  plugin_segfault,
  plugin_abort,
  plugin_exits,
  plugin_hangs,
  // of sensors, actuators, process and devices, later ones
  thermocouple_spike,      // HI-20: now and then a short spike of so many K
  thermocouple_noise,      // HI-20: its noise, times this
  thermocouple_dropout,    // HI-20: share of the time in which the host gets no value
  thermocouple_quantised,  // HI-20: shown in steps of so many K
  thermocouple_lag,        // HI-20: time constant more, s
  thermocouple_reversed,   // F3: wires crossed: mirrored about the cold junction
  cold_junction_error,     // HI-20: K on all thermocouples of a card, or on one
  thermocouple_gain,       // F2: decalibrated by age, % of the temperature
  fahrenheit,              // HI-26: the host is sent degrees Fahrenheit
  analyser_stuck,          // F19: plugged: keeps its last reading
  analyser_offset,         // F19: sudden error, vol %
  pressure_offset,         // HI-20: sudden error of the transmitter, Pa
  pressure_stuck,          // HI-20: its impulse line is plugged
  actuator_stuck,          // HI-21: takes setpoints and stays where it is
  actuator_saturated,      // HI-21: share of its range, from the top, that it does not reach
  actuator_dead_band,      // HI-21: share of its range by which a setpoint must differ
  actuator_slow,           // HI-21: time constant more, s
  actuator_weak,           // HI-21: share of the way from its own recipe that it does not go
  actuator_reversed,       // HI-21: goes the other way from its own recipe
  scr_half_wave,           // HI-21: one thyristor of the pair does not fire: half the power
  drive_stall,             // F9: the drive of a group stops
  roller_broken,           // F9: share by which saggars are slower over a broken roller
  damper_jam,              // HI-21: stays where it is
  o2_valve_leak,           // HI-21: its flow never falls below this, Nm3/h
  supply_pressure_dip,     // HI-21: share by which every flow falls, at full purity
  weather_draught,         // PF-06: relative change of the draught
  saggar_jam,              // F10: nothing passes the end of a drive group
  double_load,             // HI-22: twice the mix in every saggar fed
  cooling_fail,            // F21: share of the cooling behind the heated part that is lost
  co2_ingress,             // F20: CO2 in the supply, vol %
  carbonate_lot,           // F20: share of the lithium fed that is Li2CO3
  refractory_ageing,       // HI-22: rise of the loss through the shell
  mains_rise,              // F8: share by which the voltage is too high
  eeprom_worn,             // IF-10: the register acknowledges writes and keeps its old value
  device_restart,          // IF-13: one device without power; comes back as it was stored
  device_slow,             // HI-15: writes act, and read-backs show it, so many ms later
};
inline constexpr std::size_t kKindCount = 101;

/// What a fault may be put on.
enum class Where : std::uint8_t {
  nothing,
  loop,
  loop_or_all,
  damper_or_all,
  group,
  end,
  analyser,
  direction,         // of the link: frames or commands
  direction_or_all,  // or both where the target is empty
  controller,
  inlet,
  write_tag  // or the loop, drive group, inlet or damper that it writes to
};

/// Who makes a fault real.
enum class RealisedBy : std::uint8_t { kiln, line, drill };

struct Meaning {
  Where where;
  bool has_degrees;  ///< false: severity says nothing
  double low, high;  ///< of the severity
};
const Meaning& meaning(Kind kind) noexcept;
std::string_view name(Kind kind) noexcept;
RealisedBy realised_by(Kind kind) noexcept;
/// Done in the moment of its onset; has no duration.
constexpr bool momentary(Kind kind) noexcept { return kind == Kind::limiter_reset; }

}  // namespace saggar::faults

namespace saggar::config {
template <>
struct Spelling<faults::Kind> {
  static constexpr std::array<std::string_view, faults::kKindCount> names = {
      "thermocouple_open",
      "thermocouple_stuck",
      "heater_open",
      "scr_short",
      "link_loss",
      "o2_supply_drop",
      "feed_gap",
      "limiter_reset",
      "overfill",
      "wet_lot",
      "li_ratio",
      "exhaust_block",
      "exhaust_fan_fail",
      "mains_dip",
      "mains_outage",
      "door_open",
      "element_ageing",
      "scr_open",
      "thermocouple_drift",
      "thermocouple_offset",
      "analyser_drift",
      "drive_slip",
      "o2_purity_drop",
      "thermocouple_swap",
      "link_delay",
      "link_jitter",
      "link_random_loss",
      "link_burst_loss",
      "link_reorder",
      "link_duplicate",
      "link_corrupt",
      "link_rate_limit",
      "link_half_open",
      "link_partition",
      "clock_skew",
      "clock_jump",
      "clock_ntp_step",
      "clock_freeze",
      "clock_leap_second",
      "clock_dst_label",
      "plugin_nan",
      "plugin_inf",
      "plugin_denormal",
      "plugin_huge",
      "plugin_wrong_length",
      "plugin_late",
      "plugin_throws",
      "plugin_reports_fault",
      "plugin_no_proposal",
      "plugin_not_ready",
      "plugin_out_of_domain",
      "plugin_low_confidence",
      "plugin_allocates",
      "plugin_leak",
      "plugin_thread_bomb",
      "plugin_fd_leak",
      "plugin_log_flood",
      "plugin_oscillates",
      "plugin_stale",
      "plugin_ignores_limits",
      "plugin_blocks_signals",
      "plugin_segfault",
      "plugin_abort",
      "plugin_exits",
      "plugin_hangs",
      "thermocouple_spike",
      "thermocouple_noise",
      "thermocouple_dropout",
      "thermocouple_quantised",
      "thermocouple_lag",
      "thermocouple_reversed",
      "cold_junction_error",
      "thermocouple_gain",
      "fahrenheit",
      "analyser_stuck",
      "analyser_offset",
      "pressure_offset",
      "pressure_stuck",
      "actuator_stuck",
      "actuator_saturated",
      "actuator_dead_band",
      "actuator_slow",
      "actuator_weak",
      "actuator_reversed",
      "scr_half_wave",
      "drive_stall",
      "roller_broken",
      "damper_jam",
      "o2_valve_leak",
      "supply_pressure_dip",
      "weather_draught",
      "saggar_jam",
      "double_load",
      "cooling_fail",
      "co2_ingress",
      "carbonate_lot",
      "refractory_ageing",
      "mains_rise",
      "eeprom_worn",
      "device_restart",
      "device_slow"};
};
}  // namespace saggar::config
