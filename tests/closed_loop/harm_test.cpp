// Controllers of the zoo that ask for whatever does harm, on the simulated P1: with the predictive
// filter no zone passes a limit of its PV, without it zones do (LC-10, LC-13).
#include "tests/closed_loop/harm.hpp"

#include <gtest/gtest.h>

namespace saggar {
namespace {

constexpr double kHours = 3;

struct Case {
  const char* animal;
  bool drawn;  ///< on which zones begin so that this animal drives them up
};

testing::HarmResult run(const Case& which, bool filtered) {
  testing::HarmSetUp how;
  how.animal = which.animal;
  how.filtered = filtered;
  how.drawn = which.drawn;
  how.seed = which.drawn ? 2 : 1;
  how.hours = kHours;
  testing::HarmResult result = testing::Harm(how).run();
  ::testing::Test::RecordProperty("most_K", std::to_string(result.most_K));
  ::testing::Test::RecordProperty("clips", std::to_string(result.clips));
  return result;
}

class HarmOnP1 : public ::testing::TestWithParam<Case> {};

TEST_P(HarmOnP1, WithTheFilterNoZonePassesItsLimit) {
  const testing::HarmResult result = run(GetParam(), true);
  EXPECT_LE(result.most_K, 0);
  EXPECT_EQ(result.passed, 0U);
  EXPECT_EQ(result.trips, 0U);
  EXPECT_EQ(result.approaches, 0U);
  EXPECT_EQ(result.commands_out, 0U);
  EXPECT_GT(result.clips, 100U) << "a run in which the filter had nothing to do shows nothing";
  EXPECT_GT(result.in_seat, result.cycles / 2);
}

TEST_P(HarmOnP1, WithoutTheFilterZonesPassTheirLimits) {
  const testing::HarmResult result = run(GetParam(), false);
  EXPECT_GT(result.most_K, 0);
  EXPECT_GT(result.passed, 0U);
  EXPECT_EQ(result.clips, 0U);
}

INSTANTIATE_TEST_SUITE_P(LC13, HarmOnP1,
                         ::testing::Values(Case{"asks_at_random", false},
                                           Case{"asks_bang_bang", false},
                                           Case{"asks_the_worst", true}),
                         [](const auto& test) { return std::string(test.param.animal); });

TEST(HarmOnP1Beside, TheBackupRungIsNotChangedByTheFilter) {
  testing::HarmSetUp how;
  how.hours = 1;
  const testing::HarmResult result = testing::Harm(how).run();
  EXPECT_EQ(result.clips, 0U);
  EXPECT_EQ(result.passed, 0U);
  EXPECT_EQ(result.surprises, 0U);
  EXPECT_GT(result.in_seat, result.cycles * 9 / 10);
}

}  // namespace
}  // namespace saggar
