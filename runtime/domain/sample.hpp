// Sample: value + quality + time. A value without quality does not exist.
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>

namespace saggar::domain {

/// Ordered: a larger enumerator is worse.
enum class Quality : std::uint8_t { good, uncertain, bad };

/// Why the quality is not plain good (SC-09).
enum class SubStatus : std::uint8_t {
  none,
  never_received,  // no frame yet
  stale,           // older than its time limit
  sensor_failure,  // the field reports a broken sensor
  out_of_range,    // outside the tag's range
  too_fast,        // changed faster than the plant can
  frozen,          // did not change for longer than its freeze time
  not_finite,      // NaN or infinite on the wire
  substituted,     // replaced by a neighbour or a last good value
  out_of_service,  // taken out by a person
  local_control,   // the field device is not in remote
  simulated,       // forced by a test
};
inline constexpr int kSubStatusCount = 12;

/// NAMUR NE 107 class, for screens.
enum class Ne107 : std::uint8_t { ok, failure, function_check, out_of_spec, maintenance };

std::string_view name(Quality quality) noexcept;
std::string_view name(SubStatus status) noexcept;
Ne107 ne107(Quality quality, SubStatus status) noexcept;

/// One measured or read-back value. 24 bytes.
struct Sample {
  double value = std::numeric_limits<double>::quiet_NaN();
  std::int64_t time_ns = 0;  ///< the field's own time
  Quality quality = Quality::bad;
  SubStatus sub_status = SubStatus::never_received;

  bool usable() const noexcept { return quality != Quality::bad; }
};

}  // namespace saggar::domain
