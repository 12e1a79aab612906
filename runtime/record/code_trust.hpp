// Trust in a record: one byte per group while nothing happens. Private to the codec.
#pragma once

#include "runtime/domain/trust.hpp"
#include "runtime/record/columns.hpp"

namespace saggar::record {

inline constexpr std::size_t kTrustRoom = 128;

inline bool same_bits(const domain::TrustReport& a, const domain::TrustReport& b) noexcept {
  return a.controller == b.controller && a.group == b.group && a.level == b.level &&
         a.reason == b.reason && a.since_cycle == b.since_cycle && a.card == b.card &&
         a.card_cycle == b.card_cycle && a.shown == b.shown && a.accepted == b.accepted &&
         a.modified == b.modified && a.rejected == b.rejected && a.expired == b.expired;
}

/// @param last  what this row was in the record before; becomes what it is now
template <class W>
void code_trust(W& w, Part<W, domain::TrustReport>& x, domain::TrustReport& last) {
  w.room(kTrustRoom);
  std::uint8_t moved = 0;
  if constexpr (!W::kReading) moved = same_bits(x, last) ? 0 : 1;
  code_byte(w, moved);
  if constexpr (W::kReading) {
    if (moved > 1) return w.fail("no such change of trust");
    x = last;
  }
  if (moved == 0) return;
  code_byte(w, x.controller);
  code_byte(w, x.group);
  code_enum(w, x.level, domain::kLevelCount);
  code_enum(w, x.reason, 256);
  for (auto* count : {&x.since_cycle, &x.card, &x.card_cycle}) code_uint(w, *count);
  for (auto* count : {&x.shown, &x.accepted, &x.modified, &x.rejected, &x.expired}) {
    code_uint(w, *count);
  }
  last = x;
}

}  // namespace saggar::record
