// The family of kiln problems beside the tree: 200 steps in closed loop each, with the optimum that
// a slow reference found. The small ones here; the acceptance of the controller runs them all.
#include <gtest/gtest.h>

#include "tests/controllers/mpc/ocp/tapes.hpp"

namespace saggar::ocp {
namespace {

class Tapes : public testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(Family, Tapes,
                         testing::Values("box_nz8_N20", "box_nz16_N40", "soft_nz8_N20",
                                         "soft_nz16_N20", "ltv_nz8_N20", "ltv_nz8_N40"));

TEST_P(Tapes, EveryStepReachesTheOptimumOfTheReference) {
  const TapeResult result =
      replay(std::string(SAGGAR_SHARED_DIR) + "/bench/mpc/data", GetParam(), best_engine());
  EXPECT_EQ(result.unsolved, 0);
  EXPECT_LT(result.gap, 1e-8);
  EXPECT_LT(result.residual, 1e-8);
  EXPECT_LT(result.violation, 1e-12);
  EXPECT_LT(result.most_iterations, 40);
}

}  // namespace
}  // namespace saggar::ocp
