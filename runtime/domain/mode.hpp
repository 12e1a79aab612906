// Modes of one MV (SC-01..10) and states of one application (SC-15), as values.
// The transition rules are in runtime/operate.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/domain/reason.hpp"

namespace saggar::domain {

/// Block modes after Foundation Fieldbus. Meaning for an MV of Saggar, whose output is the value
/// written to the field:
///   oos   frozen, not written, quality bad      iman  field not in remote: tracks the working SP
///   lo    forced by hold      man   the operator's value
///   auto_ the operator's SP in place of the recipe SP, zero trim
///   cas   the recipe SP, zero trim               rcas  the driving rung of the ladder
///   rout  direct power from a controller: locked unless the site arms it (PF-25)
enum class Mode : std::uint8_t { oos, iman, lo, man, auto_, cas, rcas, rout };
inline constexpr int kModeCount = 8;

/// Bit set over Mode.
using ModeMask = std::uint8_t;
constexpr ModeMask bit(Mode mode) noexcept {
  return static_cast<ModeMask>(1U << static_cast<unsigned>(mode));
}

std::string_view name(Mode mode) noexcept;                       // "OOS", "IMAN", ...
std::optional<Mode> parse_mode(std::string_view text) noexcept;  // exact upper-case spelling

/// Windup status passed upward (SC-10).
enum class Limited : std::uint8_t { no, low, high, constant };
std::string_view name(Limited limited) noexcept;

/// The four values of a mode block, what limits the MV, and why it is not where it is meant to be.
struct ModeBlock {
  Mode target = Mode::oos;
  Mode actual = Mode::oos;
  Mode normal = Mode::rcas;
  ModeMask permitted = 0;
  Limited limited = Limited::no;
  /// Why `actual` is not `target`; none = it is, or nobody has asked for the target yet. For people
  /// only: no journal keeps it, it follows from what a journal keeps.
  Reason why = Reason::none;
};

/// Application of one duty (SC-15).
enum class AppState : std::uint8_t {
  off,
  prepare,
  ready,
  switch_on,
  on_partial,
  on,
  switch_off,
  fault
};
inline constexpr int kAppStateCount = 8;
std::string_view name(AppState state) noexcept;

}  // namespace saggar::domain
