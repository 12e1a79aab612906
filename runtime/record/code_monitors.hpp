// What monitors found, in a record: one byte per controller in between. Private to the codec.
#pragma once

#include <bit>

#include "runtime/domain/monitor.hpp"
#include "runtime/record/columns.hpp"

namespace saggar::record {

inline constexpr std::size_t kMonitorRoom = 160;

inline bool same_bits(const domain::MonitorReport& a, const domain::MonitorReport& b) noexcept {
  const auto same = [](double x, double y) {
    return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y);
  };
  return a.controller == b.controller && a.periods == b.periods && same(a.distance, b.distance) &&
         same(a.spread, b.spread) && same(a.residual, b.residual) && same(a.band, b.band) &&
         same(a.coverage, b.coverage) && same(a.bias, b.bias) && same(a.difference, b.difference) &&
         a.differs == b.differs && same(a.drift_level, b.drift_level) &&
         a.coverage_off == b.coverage_off && a.over == b.over && a.drift == b.drift &&
         a.reason == b.reason;
}

/// @param last  what this row was in the record before; becomes what it is now
template <class W>
void code_monitor(W& w, Part<W, domain::MonitorReport>& x, domain::MonitorReport& last) {
  w.room(kMonitorRoom);
  std::uint8_t moved = 0;
  if constexpr (!W::kReading) moved = same_bits(x, last) ? 0 : 1;
  code_byte(w, moved);
  if constexpr (W::kReading) {
    if (moved > 1) return w.fail("no such change of a monitor");
    x = last;
  }
  if (moved == 0) return;
  code_byte(w, x.controller);
  code_uint(w, x.periods);
  code_uint(w, x.differs);
  code_enum(w, x.coverage_off, 2);
  code_byte(w, x.over);
  code_enum(w, x.drift, domain::kDriftCount);
  code_enum(w, x.reason, 256);
  for (auto* v : {&x.distance, &x.spread, &x.residual, &x.band, &x.coverage, &x.bias, &x.difference,
                  &x.drift_level}) {
    code_double(w, *v);
  }
  last = x;
}

}  // namespace saggar::record
