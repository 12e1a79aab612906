// Reason: why a rung lost its seat, why a proposal or a request was refused, why a mode changed.
// One list, so that every code has a text and a test (SC-67). Append only: codes are in journals.
#pragma once

#include <cstdint>
#include <string_view>

namespace saggar::domain {

enum class Reason : std::uint8_t {
#define SAGGAR_REASON(code, name, english, korean) name = code,
#include "runtime/domain/reasons.def"
#undef SAGGAR_REASON
};

/// Stable lower-case spelling, e.g. "non_finite"; "unknown" for a code this build does not know.
std::string_view name(Reason reason) noexcept;
/// One plain sentence for the operator.
std::string_view text(Reason reason, bool korean) noexcept;
/// One past the largest code.
int reason_count() noexcept;

}  // namespace saggar::domain
