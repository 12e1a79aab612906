// swarm: random subsets of faults on a scenario, one subset per seed (HI-30).
#pragma once

#include <vector>

#include "hil/scenario/expand.hpp"
#include "hil/search/menu.hpp"

namespace saggar::search {

/// A case per seed: the scenario with up to `most` faults more, each of another family as long as
/// there are any, at a random place, onset, duration and level of the bench's menu. The seed of a
/// case decides its faults and its plant, whatever other seeds there are. What the scenario expects
/// is expected of all of them. Ids are `scenario/swarm/arm/seedN`.
/// Errors: a family that there is not, or that the bench cannot have; onsets after the end.
domain::Result<std::vector<scenario::Case>> swarm(const scenario::LoadedScenario& from,
                                                  const scenario::Swarm& how);

/// All swarms of a suite, in their order; a second one on the same scenario is called `swarm2`.
domain::Result<std::vector<scenario::Case>> swarm_cases(const scenario::LoadedSuite& suite);

/// The faults that one seed draws. For tests and for people who want to see them.
/// @param from_s, until_s  onsets; @param end_s  of the run
std::vector<faults::Fault> draw_faults(const std::vector<Family>& menu, std::uint64_t seed,
                                       std::uint32_t most, double from_s, double until_s,
                                       double end_s);

}  // namespace saggar::search
