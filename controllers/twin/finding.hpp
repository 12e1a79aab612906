// Finding: what is wrong, where, since when, and the evidence.
#pragma once

#include <cstddef>
#include <cstdint>

#include <saggar/plugin/state.hpp>

namespace saggar::twin {

enum class Cause : std::uint8_t {
  thermocouple_wrong,  ///< reads wrong: drift, sudden error, stuck
  thermocouple_swap,
  element_open,
  scr_half_wave,
  scr_open,
  scr_shorted,
  exhaust_blocked,
  saggar_gap,
  overfill,
  underfill
};
/// Constant text, such as "thermocouple reads wrong".
const char* text(Cause cause) noexcept;

/// The same as one word, for journals, in the order of Cause.
inline constexpr const char* kWords[] = {
    "thermocouple_reads_wrong",
    "thermocouples_swapped",
    "heater_element_open",
    "power_unit_conducts_half_waves_or_half_of_the_elements_are_open",
    "power_unit_fuse_or_contactor_open",
    "power_unit_shorted",
    "exhaust_blocked_or_its_fan_weak",
    "gap_in_the_feed",
    "saggars_overfilled",
    "saggars_underfilled"};

/// Plain numbers. Zones from 0; a place that the cause does not have is `kNowhere`.
struct Finding {
  static constexpr std::uint16_t kNowhere = 0xffff;

  Cause cause = Cause::thermocouple_wrong;
  std::uint16_t zone = kNowhere, element = kNowhere;              ///< element: 0 top, 1 bottom
  std::uint16_t other_zone = kNowhere, other_element = kNowhere;  ///< of a swap: the other one
  double statistic = 0, threshold = 0;  ///< in the unit of the statistic of its cause
  double began_s = 0;                   ///< most likely time of the change, in the time of the twin
  double since_s = 0;                   ///< when it was found
  /// Evidence: measured, what was expected, and the size of the fault, as `sentence` says them.
  double measured = 0, expected = 0, size = 0;

  void state(plugin::State& s);
};

/// Writes the evidence as one sentence, such as "Zone 14 top: 8.1 kW where its output asks for 10.8
/// kW, 25 % less." @param size of `buffer`; what does not fit is cut. @return `buffer`
const char* sentence(const Finding& finding, char* buffer, std::size_t size) noexcept;

}  // namespace saggar::twin
