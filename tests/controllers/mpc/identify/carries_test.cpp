#include "controllers/mpc/identify/carries.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/controllers/mpc/identify/synthetic.hpp"

namespace saggar::identify {
namespace {

using testing::make;
using testing::Synthetic;

const Figures& channel(const Row& row, Eigen::Index input) {
  for (std::size_t j = 0; j < row.arx.inputs.size(); ++j) {
    if (row.arx.inputs[j].column == input) return row.figures[j];
  }
  throw std::runtime_error("no such channel");
}

std::string all(const std::vector<Refusal>& refusals) {
  std::string text;
  for (const Refusal& r : refusals) text += r.text() + '\n';
  return text;
}

TEST(Carries, AnInputThatDidNotMoveIsRefusedWithTheTestThatWouldDo) {
  Series s = make(Synthetic());
  s.u.col(1).setZero();
  const Identified found = identify(s, Options());
  ASSERT_FALSE(found.refusals.empty());
  EXPECT_EQ(found.refusals[0].input, "zone2.trim");
  EXPECT_NE(found.refusals[0].why.find("was not moved"), std::string::npos);
  EXPECT_NE(found.refusals[0].advice.find("+-1 K, switching each"), std::string::npos)
      << found.refusals[0].advice;
}

TEST(Carries, InputsThatMovedTogetherAreRefusedByName) {
  Series s = make(Synthetic());
  s.u.col(1) = s.u.col(0);
  const Identified found = identify(s, Options());
  ASSERT_FALSE(found.refusals.empty());
  EXPECT_NE(found.refusals[0].why.find("moved together"), std::string::npos);
  EXPECT_NE(found.refusals[0].why.find("zone1.trim"), std::string::npos);
  EXPECT_NE(found.refusals[0].why.find("zone2.trim"), std::string::npos);
}

TEST(Carries, NoiseManyTimesTheAnswerIsRefusedAndALargerTestAskedFor) {
  const Identified found = identify(make({.noise = 8}), Options());
  EXPECT_FALSE(found.refusals.empty());
  bool larger = false;
  for (const Refusal& r : found.refusals)
    larger = larger || r.advice.find("+-2 K") != std::string::npos;
  EXPECT_TRUE(larger) << all(found.refusals);
}

TEST(Carries, ATestShorterThanFiveTimeConstantsIsRefused) {
  const Identified found =
      identify(make({.noise = 0.001, .samples = 200, .period_s = 10}), Options());
  EXPECT_FALSE(found.refusals.empty());
}

TEST(Carries, MissingSamplesAreLeftOutAndTooManyRefused) {
  Series s = make(Synthetic());
  for (Eigen::Index t = 0; t < s.size(); t += 150)
    s.y(t, 0) = std::numeric_limits<double>::quiet_NaN();
  const Identified found = identify(s, Options());
  ASSERT_EQ(found.refusals.size(), 0U) << all(found.refusals);
  EXPECT_NEAR(channel(found.rows[0], 0).gain, 2, 0.15);
  for (Eigen::Index t = 0; t < s.size(); t += 3)
    s.y(t, 0) = std::numeric_limits<double>::quiet_NaN();
  const Identified refused = identify(s, Options());
  ASSERT_FALSE(refused.refusals.empty());
  EXPECT_NE(refused.refusals[0].why.find("are missing"), std::string::npos);
}

TEST(Carries, TheLengthOfAnExcitationGoesFromItsFirstMoveToItsLast) {
  Series s = make({.zones = 1, .samples = 100});
  s.u.setZero();
  for (Eigen::Index t = 20; t < 70; ++t) s.u(t, 0) = t % 20 < 10 ? 1 : -1;
  // Moves at 20, 30, 40, 50, 60 and 70.
  EXPECT_EQ(excited_samples(s, 0), 51);
}

}  // namespace
}  // namespace saggar::identify
