// Explained: what one controller says of its last move of one MV.
#pragma once

#include <string>
#include <vector>

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

}  // namespace saggar::control
