#include "runtime/monitor/vote.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::monitor {
namespace {

constexpr Vote::Values kUsual = {1, 1, 1}, kOne = {9, 1, 1}, kTwo = {9, 1, 9};

Vote vote() { return Vote({.needed = 2, .periods = 3, .back = 4}, {3, 3, 3}); }

TEST(Vote, TwoOfThreeForThreePeriodsInARowLoseTrust) {
  Vote v = vote();
  EXPECT_FALSE(v.note(kTwo));
  EXPECT_FALSE(v.note(kTwo));
  EXPECT_TRUE(v.note(kTwo));
  EXPECT_EQ(v.over(), 0b101U);
}

TEST(Vote, OneSignalIsNeverEnoughAndAUsualPeriodBeginsTheCountAnew) {
  Vote v = vote();
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(v.note(kOne));
  v.note(kTwo), v.note(kTwo), v.note(kUsual), v.note(kTwo);
  EXPECT_FALSE(v.note(kTwo));
}

TEST(Vote, TrustComesBackAfterSoManyUsualPeriodsInARow) {
  Vote v = vote();
  for (int i = 0; i < 3; ++i) v.note(kTwo);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(v.note(kOne));
  EXPECT_TRUE(v.note(kTwo)) << "the count begins anew";
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(v.note(kUsual));
  EXPECT_FALSE(v.note(kUsual));
}

TEST(Vote, ASignalThatCannotBeComputedCountsAsOver) {
  Vote v = vote();
  for (int i = 0; i < 3; ++i) v.note({std::nan(""), 1, std::nan("")});
  EXPECT_TRUE(v.out());
}

}  // namespace
}  // namespace saggar::monitor
