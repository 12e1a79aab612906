// compare: does a replayed cycle equal the recorded one, to the bit?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::record {

/// The first difference of two records.
struct Difference {
  std::uint64_t cycle = 0;
  std::string what;      ///< "command value", "proposal of controller 1", "event 3 x"
  std::string tag;       ///< the tag or MV concerned, else empty
  std::string recorded;  ///< exact: numbers with all digits, and bits where these do not differ
  std::string replayed;

  /// "cycle 17: command value of zone03.top.setpoint: recorded 765.2, replayed 765.3"
  std::string text() const;
};

enum class Depth : std::uint8_t {
  commands,   ///< the command only
  everything  ///< every deterministic part; not timing, not receive times
};

/// Doubles are compared by their bits. Nothing if equal.
std::optional<Difference> compare(const domain::Record& recorded, const domain::Record& replayed,
                                  const domain::Plant& plant, Depth depth = Depth::commands);

}  // namespace saggar::record
