// Units: the symbols that cross every edge, and the strong types used inside.
// Header-only, C++17, depends on nothing: plugins, runtime and simulator share it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace saggar::units {

/// The unit of a tag, port or parameter. The symbol (see `symbol`) is the spelling used in
/// configuration, wire messages, the plugin ABI, CSV headers and screens.
enum class Unit : std::uint8_t {
  none,        // pure number
  degC,        // temperature, a point on the scale
  K,           // temperature difference
  K_per_min,   // rate of change of a temperature
  percent,     // 0..100
  fraction,    // 0..1
  Pa,          // gauge pressure
  Nm3_per_h,   // gas flow at 0 degC and 101325 Pa
  mm_per_s,    // roller speed
  m_per_h,     // roller speed as plants write it
  kW,          // electrical or thermal power
  A,           // current
  V,           // voltage
  kg,          // mass
  kg_per_h,    // mass flow
  m,           // position
  s,           // time
  count,       // integer counter
  boolean,     // 0 or 1
  kWh_per_kg,  // specific energy
};

inline constexpr std::array<std::string_view, 20> kUnitSymbols = {
    "1",  "degC", "K", "K/min", "%",    "fraction", "Pa", "Nm3/h", "mm/s", "m/h",
    "kW", "A",    "V", "kg",    "kg/h", "m",        "s",  "count", "bool", "kWh/kg"};

/// The spelling of a unit, e.g. "degC". Never empty.
constexpr std::string_view symbol(Unit unit) noexcept {
  return kUnitSymbols[static_cast<std::size_t>(unit)];
}

/// The unit with this exact spelling, or nothing.
constexpr std::optional<Unit> parse_unit(std::string_view text) noexcept {
  for (std::size_t i = 0; i < kUnitSymbols.size(); ++i) {
    if (kUnitSymbols[i] == text) return static_cast<Unit>(i);
  }
  return std::nullopt;
}

}  // namespace saggar::units
