// shards: which piece of work goes to which of several equal workers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace saggar::cluster {

struct Piece {
  std::string id;     ///< unique
  double cost_s = 0;  ///< expected, in any unit
};

/// Shard of each piece. The dearest first, each to the shard that has the least so far (Graham's
/// rule: the longest shard is within 4/3 of the best split). Stable: depends on ids, costs and the
/// number only, not on the order of the pieces.
/// @param shards  >= 1; those beyond the number of pieces stay empty
std::vector<std::uint32_t> balanced(const std::vector<Piece>& pieces, std::uint32_t shards);

}  // namespace saggar::cluster
