// What a step of power in one soak zone does, all loops in manual: gain, time constant, dead time
// and coupling as the plant facts, section 1.9, state them.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "hil/kiln/kiln.hpp"

namespace saggar::validate {

/// Rise per kW over the same kiln without the step, every 10 s: bricks of the zone before, of the
/// zone itself, of the zone behind, and the top thermocouple of the zone itself.
struct ZoneStep {
  std::vector<std::array<double, 4>> rise_K_per_kW;
  double gain_K_per_kW = 0;                   ///< of a first-order lag through the brick
  double time_constant_h = 0;                 ///< of that lag, by least squares
  double dead_time_min = 0;                   ///< until the thermocouple shows a step of +5 % duty
  double coupling_up = 0, coupling_down = 0;  ///< after one time constant
  double end_coupling_up = 0, end_coupling_down = 0;  ///< at the end
};

/// Holds the outputs of half an hour, then puts 4 kW into `zone` (from 0), half in each loop, for
/// `hours`. The kiln must have two loops per zone and a zone on both sides of this one.
/// @param noise_K  standard deviation of a reading. In the plant test that would give these
/// figures,
///   +5 % duty (plant facts 6.5), a rise is seen when it stands three of them over the start
ZoneStep step_zone(kiln::Kiln& kiln, std::size_t zone, double hours, double noise_K);

}  // namespace saggar::validate
