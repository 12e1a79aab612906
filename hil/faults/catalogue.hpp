// Catalogue: every kind of fault with its family, the requirements it serves, five levels, what is
// expected of runtime and devices, and how it is over.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "hil/faults/kinds.hpp"

namespace saggar::faults {

/// Who or what goes wrong (HI-20 to HI-27).
enum class Family : std::uint8_t {
  sensor,
  actuator,
  process,
  communication,
  time,
  software,
  data,
  human
};
inline constexpr std::size_t kFamilyCount = 8;
std::string_view name(Family family) noexcept;

inline constexpr int kLevels = 5;  ///< 1 hardly noticed, 3 as the facts say of a bad day, 5 extreme

/// One kind of fault.
struct Row {
  Kind kind = Kind::thermocouple_open;
  Family family = Family::sensor;
  std::string_view requirements;  ///< ids apart by blanks, such as "HI-20 F2"
  std::string_view unit;          ///< of the severity; "s" and its duration for plain kinds
  /// Level 1 to 5, each worse than the one before. Kinds with degrees: severities. Plain kinds:
  /// durations in s. Momentary ones have none: all 0.
  std::array<double, kLevels> levels{};
  std::string_view expected;  ///< what screening, ladder and devices do
  std::string_view recovery;  ///< when all is as before
  /// Where the severity is a choice and no degree: the one that all levels have; they are
  /// durations.
  std::optional<double> severity = std::nullopt;
};

/// In the order of the kinds. A kind without a row does not compile.
std::span<const Row, kKindCount> catalogue() noexcept;
const Row& row(Kind kind) noexcept;

/// Whether levels of a kind are durations.
bool graded_by_duration(Kind kind) noexcept;
/// Severity of a level from 1 to 5 (others count as the nearest); 1 for kinds without degrees.
double severity_at(Kind kind, int level) noexcept;
/// Duration in s that goes with a level; 0, to be chosen by the scenario, for kinds graded by their
/// severity, and for momentary ones.
double duration_at(Kind kind, int level) noexcept;

}  // namespace saggar::faults
