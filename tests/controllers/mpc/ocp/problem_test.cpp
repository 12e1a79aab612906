#include "controllers/mpc/ocp/problem.hpp"

#include <gtest/gtest.h>

namespace saggar::ocp {
namespace {

std::string refusal_of(const Size& size) {
  try {
    Problem p(size);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "";
}

TEST(Problem, NamesTheSizeThatIsOutOfRange) {
  EXPECT_EQ(refusal_of({0, 1, 0, 1, false}),
            "optimal control problem: states is 0, must be 1 to 512");
  EXPECT_EQ(refusal_of({4, 257, 0, 1, false}),
            "optimal control problem: inputs is 257, must be 1 to 256");
  EXPECT_EQ(refusal_of({4, 1, 5, 1, false}),
            "optimal control problem: banded is 5, must be 0 to 4");
  EXPECT_EQ(refusal_of({4, 1, 0, 0, false}),
            "optimal control problem: stages is 0, must be 1 to 1000");
}

TEST(Problem, StartsWithoutBoundsAndIsNotRefused) {
  Problem p({3, 2, 1, 4, false});
  EXPECT_EQ(p.refusal(), nullptr);
  EXPECT_EQ(p.high(3)[1], kNone);
  EXPECT_EQ(p.band_low(0)[0], -kNone);
}

TEST(Problem, KnowsWhichRowsAreFilled) {
  Structure structure(16, 8);
  std::vector<double> a(16 * 8, 0.0);
  a[3 + 1 * 16] = 1, a[9 + 2 * 16] = 2, a[15 + 6 * 16] = -1;
  EXPECT_TRUE(structure.include(a.data(), 16));
  EXPECT_FALSE(structure.include(a.data(), 16));
  const Pattern pattern = structure.pattern();
  ASSERT_EQ(pattern.first[1] - pattern.first[0], 2U);
  EXPECT_EQ(pattern.rows[0], 3);
  EXPECT_EQ(pattern.rows[1], 9);
  ASSERT_EQ(pattern.first[2] - pattern.first[1], 1U);
  EXPECT_EQ(pattern.rows[2], 15);
  a.assign(a.size(), 0.0);
  EXPECT_FALSE(structure.include(a.data(), 16));
  EXPECT_EQ(pattern.first[2], 3U) << "what was once filled stays";
}

}  // namespace
}  // namespace saggar::ocp
