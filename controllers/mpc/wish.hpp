// Wish: what is asked of a CV, and what an MV may do and costs.
#pragma once

#include <cstdint>
#include <limits>

namespace saggar::mpc {

inline constexpr double kUnbounded = std::numeric_limits<double>::infinity();

/// Of one CV, in its own unit. Rank 1 is kept before rank 2 and so on: a band of a lower rank gives
/// way, as far as it must and no further.
struct Cv {
  double target = 0;
  double weight = 0;  ///< of the distance from the target, >= 0; 0: the CV floats in its band
  double low = -kUnbounded, high = kUnbounded;
  std::uint32_t rank_low = 1, rank_high = 1;  ///< 1..kRanks
};

/// Of one MV, as a difference from its reference.
struct Mv {
  double low = 0, high = 0;
  double per_step = 0;     ///< fastest change in one period of the model, > 0
  double price = 0;        ///< of one unit for one period; negative: more is better
  double rest = 0;         ///< where it would be if nothing asked for it
  double rest_weight = 0;  ///< >= 0
  double move_weight = 1;  ///< of its change from one period to the next, > 0
  bool free = true;        ///< false: out of service, stays where it is
};

inline constexpr std::uint32_t kRanks = 4;

}  // namespace saggar::mpc
