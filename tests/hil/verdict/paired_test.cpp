// What may be said of one figure of two controllers (HI-45).
#include "hil/verdict/paired.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/verdict/draws.hpp"

namespace saggar::verdict {
namespace {

std::string seed(int i) { return "o2_drop/seed" + std::to_string(i); }

/// n plants that differ by far more than the controllers do, with `shift` between these.
std::pair<Sample, Sample> plants(int n, double shift, std::uint64_t from) {
  testing::Normal normal(from);
  std::pair<Sample, Sample> out;
  for (int i = 0; i < n; ++i) {
    const double plant = 50 + 10 * normal();
    out.first[seed(i)] = plant + shift + 0.5 * normal();
    out.second[seed(i)] = plant + 0.5 * normal();
  }
  return out;
}

TEST(Paired, FindingsOfAnIntervalByHand) {
  EXPECT_EQ(find({1, 0.5, 1.5}, 1, 0), Finding::better);
  EXPECT_EQ(find({1, 0.5, 1.5}, -1, 0), Finding::worse);
  EXPECT_EQ(find({1, 0.5, 1.5}, 0, 0), Finding::differs);
  EXPECT_EQ(find({1, -0.5, 2.5}, -1, 0), Finding::no_difference);
  EXPECT_EQ(find({1, -0.5, 2.5}, 0, 0), Finding::no_difference);
  EXPECT_EQ(find({-1, -1.5, -0.5}, -1, 0), Finding::better);
  // A margin of 2: up to 1.5 more of what should be less is accepted; 2.5 more is not shown to be.
  EXPECT_EQ(find({1, 0.5, 1.5}, -1, 2), Finding::not_worse);
  EXPECT_EQ(find({0, -1.5, 1.5}, -1, 2), Finding::not_worse);
  EXPECT_EQ(find({1, -0.5, 2.5}, -1, 2), Finding::no_difference);
  EXPECT_EQ(find({2, 1.5, 2.5}, -1, 2), Finding::worse);
  EXPECT_EQ(find({2, 1.5, 2.5}, 1, 2), Finding::better);
  EXPECT_EQ(find({NAN, NAN, NAN}, 1, 2), Finding::too_few);
}

TEST(Paired, APlantedShiftIsFoundAmongPlantsThatDifferTwentyTimesAsMuch) {
  int found = 0, wrong = 0;
  for (std::uint64_t i = 0; i < 100; ++i) {
    // The differences have a deviation of 0.71, their mean of twenty 0.16: 0.5 is three of these,
    // which a 95 % test finds about 8 times in 10.
    const auto [ours, theirs] = plants(20, 0.5, i);
    PairedRules rules;
    rules.bootstrap.resamples = 1000;
    const Paired p = compare(ours, theirs, -1, rules);
    found += p.finding == Finding::worse ? 1 : 0;
    wrong += p.finding == Finding::better ? 1 : 0;
  }
  EXPECT_GE(found, 75);
  EXPECT_EQ(wrong, 0);
}

TEST(Paired, NoShiftIsSeldomTakenForOne) {
  int found = 0;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const auto [ours, theirs] = plants(20, 0, 1000 + i);
    PairedRules rules;
    rules.bootstrap.resamples = 1000;
    found += compare(ours, theirs, 1, rules).finding != Finding::no_difference ? 1 : 0;
  }
  EXPECT_LE(found, 34) << "20 of 400 are expected, with a deviation of 4.4";
}

TEST(Paired, UnchangedCodeIsNeverWorse) {
  const auto [ours, theirs] = plants(20, 0, 5);
  const Paired p = compare(ours, ours, -1);
  EXPECT_EQ(p.finding, Finding::no_difference);
  EXPECT_EQ(p.difference.mean, 0);
  EXPECT_EQ(p.difference.low, 0);
  EXPECT_EQ(p.difference.high, 0);
  PairedRules rules;
  rules.margin.relative = 0.01;
  EXPECT_EQ(compare(ours, ours, -1, rules).finding, Finding::not_worse);
}

TEST(Paired, FewerThanTwentyPairsAreTooFewHoweverClear) {
  Sample ours, theirs;
  for (int i = 0; i < 19; ++i) ours[seed(i)] = 2, theirs[seed(i)] = 1;
  EXPECT_EQ(compare(ours, theirs, -1).finding, Finding::too_few);
  EXPECT_EQ(compare(ours, theirs, -1).difference.mean, 1) << "the number is still told";
  ours[seed(19)] = 2, theirs[seed(19)] = 1;
  EXPECT_EQ(compare(ours, theirs, -1).finding, Finding::worse);
}

TEST(Paired, AFigureThatIsMissingOnOneSideIsCountedAndNeverZero) {
  Sample ours, theirs;
  for (int i = 0; i < 24; ++i) ours[seed(i)] = 3, theirs[seed(i)] = 3;
  ours[seed(0)] = NAN;                         // ours had nothing to judge
  theirs[seed(1)] = INFINITY;                  // theirs
  ours[seed(2)] = theirs[seed(2)] = NAN;       // neither
  ours[seed(100)] = 9, theirs[seed(200)] = 9;  // other seeds
  const Paired p = compare(ours, theirs, -1);
  EXPECT_EQ(p.pairs, 21U);
  EXPECT_EQ(p.left_out, 2U);
  EXPECT_EQ(p.alone, 2U);
  EXPECT_EQ(p.ours, 3);
  EXPECT_EQ(p.theirs, 3);
  EXPECT_EQ(p.finding, Finding::no_difference);
}

TEST(Paired, TheLargerMarginCounts) {
  Sample ours, theirs;
  for (int i = 0; i < 20; ++i) ours[seed(i)] = -103, theirs[seed(i)] = -100;
  PairedRules rules;
  rules.margin = {1, 0.02};  // 2 % of the size, 100, is 2
  EXPECT_DOUBLE_EQ(compare(ours, theirs, 1, rules).margin, 2);
  EXPECT_EQ(compare(ours, theirs, 1, rules).finding, Finding::worse);
  rules.margin = {3.5, 0.02};
  EXPECT_EQ(compare(ours, theirs, 1, rules).finding, Finding::not_worse);
}

TEST(Paired, NothingToCompareIsTooFew) {
  const Paired p = compare({}, {}, 1);
  EXPECT_EQ(p.finding, Finding::too_few);
  EXPECT_TRUE(std::isnan(p.ours));
  EXPECT_EQ(text(p.finding), "too few pairs");
}

}  // namespace
}  // namespace saggar::verdict
