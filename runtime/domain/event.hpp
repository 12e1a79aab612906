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

std::string_view name(EventCode code) noexcept;
Severity severity(EventCode code) noexcept;
std::string_view name(Severity severity) noexcept;
/// Text with {a} {b} {x} {y}; record/log fills in names.
std::string_view text(EventCode code, bool korean) noexcept;
/// What the operator should do; empty for none.
std::string_view response(EventCode code) noexcept;

}  // namespace saggar::domain
