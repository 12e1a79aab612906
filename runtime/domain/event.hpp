// Event: something that happened in a cycle, as a code and numbers; text is made by drain.
#pragma once

#include <cstdint>
#include <string_view>

namespace saggar::domain {

enum class EventCode : std::uint16_t {
#define SAGGAR_EVENT(code, name, severity, english, korean, response) name = code,
#include "runtime/domain/events.def"
#undef SAGGAR_EVENT
};

/// error: an operator must act; warn: degraded, no action yet; info: a change of state.
enum class Severity : std::uint8_t { debug, info, warn, error };

struct Event {
  EventCode code{};
  std::uint16_t a = 0;  ///< MV, tag, duty or controller, as the text says
  std::uint16_t b = 0;  ///< reason, rung or mode, as the text says
  double x = 0;
  double y = 0;
};

/// Where a finding of an estimator is, in the `b` of its events.
struct FindingPlace {
  static constexpr std::uint32_t kNone = 0xFF;
  std::uint32_t zone = kNone, element = kNone;  ///< from 0; what does not fit is none

  constexpr std::uint16_t pack() const noexcept {
    const std::uint32_t z = zone < kNone ? zone : kNone, e = element < kNone ? element : kNone;
    return static_cast<std::uint16_t>(e << 8U | z);
  }
  static constexpr FindingPlace unpack(std::uint16_t b) noexcept {
    return {b & 0xFFU, static_cast<std::uint32_t>(b >> 8U)};
  }
};

std::string_view name(EventCode code) noexcept;
Severity severity(EventCode code) noexcept;
std::string_view name(Severity severity) noexcept;
/// Text with {a} {b} {x} {y}, and {group} for a row of Record::trust in x; record/log fills in
/// names.
std::string_view text(EventCode code, bool korean) noexcept;
/// What the operator should do; empty for none.
std::string_view response(EventCode code) noexcept;

}  // namespace saggar::domain
