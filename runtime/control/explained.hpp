// Explained: what one controller says of its last move of one MV.
#pragma once

#include <string>
#include <vector>

#include "plugins/host/instance.hpp"
#include "plugins/host/step_io.hpp"

namespace saggar::control {

/// A signed part of the move, in the unit of the MV; all parts make the move from the reference.
struct Cause {
  std::string label;  ///< the controller's own word, such as "proportional"
  double share = 0;
};

/// A point of the path that the controller expects of the PV of the MV.
struct PathPoint {
  double time_s = 0;  ///< after its last step
  double value = 0, sigma = 0;
};

/// Empty parts: the controller does not say.
struct Explained {
  std::vector<Cause> causes;    ///< largest first
  std::vector<PathPoint> path;  ///< in order of time
};

/// What a controller says of its last step. Allocates. Thread: main, between two steps.
/// @param io of this instance @param pv kNoTag: no path
Explained explain(host::Active& active, const host::StepIo& io, domain::MvId mv, domain::TagId pv);

/// Has it say more of this MV from its next run on, if it can: the tunable parameter
/// `attribution`, the place of the setpoint among its own, from 1. Thread: as for `explain`.
void ask_why(host::Active& active, const host::StepIo& io, domain::MvId mv) noexcept;

}  // namespace saggar::control
