// How often the guard had to correct a rung: the share, the window, the way back (SC-67).
#include "runtime/control/interventions.hpp"

#include <gtest/gtest.h>

namespace saggar::control {
namespace {

constexpr std::size_t kRung = 1, kOther = 2, kNone = 0xFF;

/// Ten periods of 10 s, three of them (30 %) are allowed; one cycle per second.
class InterventionsTest : public ::testing::Test {
 protected:
  void cycles(int n, std::size_t rung, bool corrected) {
    for (int i = 0; i < n; ++i) counts_.note(++second_ * 1'000'000'000, rung, corrected);
  }
  Interventions counts_{{30, 100, 10}};
  std::int64_t second_ = -1;
};

TEST_F(InterventionsTest, APeriodCountsOnceHoweverOftenItWasCorrected) {
  cycles(10, kRung, true);
  EXPECT_EQ(counts_.corrected(kRung), 1U);
  cycles(1, kRung, true);
  EXPECT_EQ(counts_.corrected(kRung), 2U);
  EXPECT_EQ(counts_.periods(), 10U);
}

TEST_F(InterventionsTest, TheShareItselfIsAllowedAndOneMoreIsNot) {
  cycles(30, kRung, true);
  EXPECT_FALSE(counts_.out(kRung));
  cycles(1, kRung, true);
  EXPECT_TRUE(counts_.out(kRung));
  EXPECT_FALSE(counts_.out(kOther)) << "each rung for itself";
}

TEST_F(InterventionsTest, WhatIsOlderThanTheWindowNoLongerCounts) {
  cycles(20, kRung, true);   // periods 0 and 1
  cycles(80, kRung, false);  // to the end of period 9
  EXPECT_EQ(counts_.corrected(kRung), 2U);
  cycles(1, kRung, false);
  EXPECT_EQ(counts_.corrected(kRung), 1U);
  cycles(10, kRung, false);
  EXPECT_EQ(counts_.corrected(kRung), 0U);
}

TEST_F(InterventionsTest, ARungComesBackAtHalfTheShare) {
  cycles(31, kRung, true);      // periods 0 to 3
  cycles(9 + 60, kNone, true);  // nobody of the ladder drives: counts for nobody
  EXPECT_EQ(counts_.corrected(kRung), 4U);
  cycles(20, kNone, false);
  EXPECT_EQ(counts_.corrected(kRung), 2U);
  EXPECT_TRUE(counts_.out(kRung));
  cycles(10, kNone, false);
  EXPECT_EQ(counts_.corrected(kRung), 1U);  // 10 % of 30 %
  EXPECT_FALSE(counts_.out(kRung));
}

TEST_F(InterventionsTest, APardonForgetsOneRung) {
  cycles(31, kRung, true);
  cycles(9, kOther, true);
  counts_.forgive(kRung);
  EXPECT_FALSE(counts_.out(kRung));
  EXPECT_EQ(counts_.corrected(kRung), 0U);
  EXPECT_EQ(counts_.corrected(kOther), 1U);
}

TEST_F(InterventionsTest, AClockSetBackWipesNothingAndALongGapWipesAll) {
  cycles(31, kRung, true);
  counts_.note(0, kRung, false);
  EXPECT_TRUE(counts_.out(kRung));
  counts_.note(1'000'000'000'000'000, kRung, false);
  EXPECT_FALSE(counts_.out(kRung));
  EXPECT_EQ(counts_.corrected(kRung), 0U);
}

TEST_F(InterventionsTest, SavesAndRestores) {
  cycles(25, kRung, true);
  std::vector<std::uint8_t> bytes;
  auto saving = domain::Archive::saving(bytes);
  counts_.serialize(saving);
  Interventions copy({30, 100, 10});
  auto loading = domain::Archive::loading(bytes.data(), bytes.size());
  copy.serialize(loading);
  ASSERT_TRUE(loading.ok() && loading.at_end());
  copy.note(31'000'000'000, kRung, true);
  EXPECT_TRUE(copy.out(kRung));
}

}  // namespace
}  // namespace saggar::control
