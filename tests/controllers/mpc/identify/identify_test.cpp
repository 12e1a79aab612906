#include "controllers/mpc/identify/identify.hpp"

#include <gtest/gtest.h>

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

TEST(Identify, FindsGainsTimeConstantsAndDeadTimesOfAPlantThatIsKnown) {
  const Synthetic plant;
  const Identified found = identify(make(plant), Options());
  ASSERT_EQ(found.refusals.size(), 0U) << all(found.refusals);
  ASSERT_EQ(found.rows.size(), 3U);
  for (Eigen::Index z = 0; z < 3; ++z) {
    const Row& row = found.rows[static_cast<std::size_t>(z)];
    const Figures& own = channel(row, z);
    EXPECT_EQ(own.answer, Answer::lag);
    EXPECT_NEAR(own.gain, 2, 4 * own.gain_error);
    EXPECT_LT(own.gain_error, 0.1);
    EXPECT_NEAR(own.time_constant_s, 600, 60);
    EXPECT_NEAR(own.dead_time_s, 120, 60);
    EXPECT_GT(row.fit, 0.9);
    if (z > 0) {
      EXPECT_NEAR(channel(row, z - 1).gain, 0.4, 4 * channel(row, z - 1).gain_error);
    }
  }
  // Two zones away there is nothing, and it says so.
  EXPECT_EQ(channel(found.rows[0], 2).answer, Answer::none);
}

TEST(Identify, ADriftManyTimesTheNoiseDoesNotMoveTheGains) {
  Synthetic plant;
  plant.drift = 2;
  const Identified found = identify(make(plant), Options());
  ASSERT_EQ(found.rows.size(), 3U) << all(found.refusals);
  EXPECT_NEAR(channel(found.rows[1], 1).gain, 2, 0.1);
  EXPECT_GT(found.rows[1].drift, 1);  // 2 / root 2 of a sine
  EXPECT_LT(found.rows[1].drift, 2);
}

TEST(Identify, InClosedLoopTheTestSignalKeepsTheGainsTrue) {  // Forssell and Ljung 1999
  Synthetic plant;
  plant.feedback = 0.3;
  const Identified found = identify(make(plant), Options());
  ASSERT_EQ(found.rows.size(), 3U) << all(found.refusals);
  EXPECT_NEAR(channel(found.rows[1], 1).gain, 2, 0.15);
  EXPECT_NEAR(channel(found.rows[1], 0).gain, 0.4, 0.15);
}

TEST(Identify, AGainThatIsKnownIsKeptExactlyAndSharpensTheRest) {
  Series s = make({.gain = 1, .neighbour = 0, .noise = 0.3});
  const Identified free = identify(s, Options());
  for (int i = 0; i < 3; ++i) s.outputs[static_cast<std::size_t>(i)].follows = i;
  const Identified found = identify(s, Options());
  ASSERT_EQ(found.rows.size(), 3U) << all(found.refusals);
  EXPECT_NEAR(channel(found.rows[1], 1).gain, 1, 1e-6);
  EXPECT_NEAR(channel(found.rows[1], 0).gain, 0, 1e-6);
  EXPECT_LT(channel(found.rows[1], 1).gain_error, 1e-3);
  const Eigen::VectorXd known = found.rows[1].arx.step(1, 60),
                        guessed = free.rows[1].arx.step(1, 60);
  double of_known = 0, of_guessed = 0;
  for (int t = 0; t < 60; ++t) {
    // 600 s, two samples of dead time: the answer at (t + 1) periods.
    const double right = t < 2 ? 0 : 1 - std::exp(-0.1 * (t - 1));
    of_known += std::pow(known(t) - right, 2);
    of_guessed += std::pow(guessed(t) - right, 2);
  }
  EXPECT_LT(of_known, of_guessed);
}

TEST(Identify, TheReducedModelForetellsAStepAsTheWholeOne) {
  const Identified found = identify(make(Synthetic()), Options());
  for (const Row& row : found.rows) {
    EXPECT_LE(row.space.a.rows(), 6);  // a lag and two samples of dead time, and what noise adds
    Eigen::VectorXd x = Eigen::VectorXd::Zero(row.space.a.rows());
    const Eigen::VectorXd whole = row.arx.step(0, 60);
    for (int t = 0; t < 60; ++t) {
      x = row.space.a * x + row.space.b.col(0);
      EXPECT_NEAR(row.space.c * x, whole(t), 0.05);
    }
  }
}

TEST(Identify, AnIntegratingOutputIsFoundByItsSlope) {
  Series s = make({.zones = 1, .noise = 0.01});
  s.outputs[0].integrating = true;
  double level = 0;
  for (Eigen::Index t = 1; t < s.size(); ++t) {
    level += 0.01 * s.u(t - 1, 0);
    s.y(t, 0) = level;
  }
  const Identified found = identify(s, Options());
  ASSERT_EQ(found.rows.size(), 1U) << all(found.refusals);
  EXPECT_EQ(found.rows[0].figures[0].answer, Answer::integrating);
  EXPECT_NEAR(found.rows[0].figures[0].gain, 0.01 / 60, 1e-6);  // per s
}

TEST(Identify, TheSameDataGiveTheSameBits) {
  const Identified one = identify(make(Synthetic()), Options()),
                   two = identify(make(Synthetic()), Options());
  ASSERT_EQ(one.rows.size(), two.rows.size());
  for (std::size_t i = 0; i < one.rows.size(); ++i)
    EXPECT_EQ(one.rows[i].arx.parameters(), two.rows[i].arx.parameters());
}

TEST(Identify, OptionsThatCannotWorkAreNamed) {
  Options o;
  EXPECT_EQ(problem(o), "");
  o.lags.drift_rows = 10;
  EXPECT_NE(problem(o).find("drift_rows"), std::string::npos);
}

}  // namespace
}  // namespace saggar::identify
