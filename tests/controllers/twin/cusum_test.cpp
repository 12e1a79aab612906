#include "controllers/twin/cusum.hpp"

#include <gtest/gtest.h>

namespace saggar::twin {
namespace {

// Page's sum of -1, 2, -1, 2, 2: 0, 2, 1, 3, 5, at most 4.
TEST(Cusum, AddsEvidenceNeverBelowNothingAndRemembersWhenItLeftIt) {
  Cusum c;
  c.add(10, -1, 4);
  EXPECT_EQ(c.value, 0);
  c.add(20, 2, 4);
  EXPECT_EQ(c.value, 2);
  EXPECT_EQ(c.began_s, 20);
  c.add(30, -1, 4);
  EXPECT_EQ(c.value, 1);
  c.add(40, 2, 4);
  c.add(50, 2, 4);
  EXPECT_EQ(c.value, 4);
  EXPECT_EQ(c.began_s, 20);
}

TEST(Cusum, FindingStandsOnceConfirmedUntilItFallsBelowTheLowerLevel) {
  Cusum c;
  c.value = 5;
  EXPECT_FALSE(c.judge(100, 30, 4, 2, 60));
  EXPECT_FALSE(c.judge(130, 30, 4, 2, 60));
  EXPECT_TRUE(c.judge(160, 30, 4, 2, 60)) << "90 s at the level are more than 60";
  EXPECT_EQ(c.raised_s, 160);
  c.value = 3;
  EXPECT_TRUE(c.judge(190, 30, 4, 2, 60)) << "between the levels it stays";
  c.value = 1.9;
  EXPECT_FALSE(c.judge(220, 30, 4, 2, 60));
  c.value = 3;
  EXPECT_FALSE(c.judge(250, 30, 4, 2, 60)) << "and has to reach the higher one again";
}

// Means of 2, 4 and 6 over equal times: 2, 3, 4; then half new with a memory of two steps.
TEST(Usual, IsAPlainMeanUntilItsMemoryIsFull) {
  Usual u;
  u.learn(2, 10, 30);
  u.learn(4, 10, 30);
  EXPECT_DOUBLE_EQ(u.mean, 3);
  u.learn(6, 10, 30);
  EXPECT_DOUBLE_EQ(u.mean, 4);
  u.learn(10, 10, 30);
  EXPECT_DOUBLE_EQ(u.mean, 6) << "4 + (10 - 4) / 3";
}

TEST(Smooth, BeginsAtItsFirstValue) {
  Smooth s;
  s.add(8, 30, 60);
  EXPECT_DOUBLE_EQ(s.value, 8);
  s.add(2, 30, 60);
  EXPECT_DOUBLE_EQ(s.value, 6) << "30 / (30 + 60) of the way";
}

}  // namespace
}  // namespace saggar::twin
