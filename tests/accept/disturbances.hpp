// What befalls a plant in normal operation, by seed: beside lots and weather, which it has by
// itself, gaps in the feed.
#pragma once

#include <cstdint>
#include <vector>

#include "hil/faults/schedule.hpp"
#include "hil/instruments/noise.hpp"

namespace saggar::accept {

inline constexpr double kNominal_m_per_s = 0.3 / 360.0;  ///< 3 m/h: 2 m are 2400 s

/// Weekly gaps, crowded into days: 0.3 to 2 m each, one at a random time of every 23 h.
inline std::vector<faults::Fault> normal_gaps(std::uint64_t seed, double hours) {
  namespace noise = instruments;
  const std::uint64_t key = noise::stream(seed, "gaps of the trial");
  std::vector<faults::Fault> events;
  for (std::uint64_t i = 0; i < 3; ++i) {
    faults::Fault gap;
    gap.fault = faults::Kind::feed_gap;
    gap.time_s = 3600.0 * (2.0 + 23.0 * static_cast<double>(i) +
                           20.0 * noise::uniform(noise::element(key, i), 0));
    const double length_m = 0.3 + 1.7 * noise::uniform(noise::element(key, i), 1);
    gap.duration_s = length_m / kNominal_m_per_s;
    if (gap.time_s < 3600.0 * hours) events.push_back(gap);
  }
  return events;
}

}  // namespace saggar::accept
