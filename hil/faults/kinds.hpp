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
};
inline constexpr std::size_t kKindCount = 24;

/// What a fault may be put on.
enum class Where : std::uint8_t { nothing, loop, loop_or_all, damper_or_all, group, end, analyser };

struct Meaning {
  Where where;
  bool has_degrees;  ///< false: severity says nothing
  double low, high;  ///< of the severity
};
const Meaning& meaning(Kind kind) noexcept;
std::string_view name(Kind kind) noexcept;
/// Done in the moment of its onset; has no duration.
constexpr bool momentary(Kind kind) noexcept { return kind == Kind::limiter_reset; }

}  // namespace saggar::faults

namespace saggar::config {
template <>
struct Spelling<faults::Kind> {
  static constexpr std::array<std::string_view, faults::kKindCount> names = {
      "thermocouple_open",  "thermocouple_stuck",
      "heater_open",        "scr_short",
      "link_loss",          "o2_supply_drop",
      "feed_gap",           "limiter_reset",
      "overfill",           "wet_lot",
      "li_ratio",           "exhaust_block",
      "exhaust_fan_fail",   "mains_dip",
      "mains_outage",       "door_open",
      "element_ageing",     "scr_open",
      "thermocouple_drift", "thermocouple_offset",
      "analyser_drift",     "drive_slip",
      "o2_purity_drop",     "thermocouple_swap"};
};
}  // namespace saggar::config
