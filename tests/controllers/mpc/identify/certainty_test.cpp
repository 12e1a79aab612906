#include "controllers/mpc/identify/certainty.hpp"

#include <gtest/gtest.h>

#include "tests/controllers/mpc/identify/synthetic.hpp"

namespace saggar::identify {
namespace {

TEST(Certainty, OneHundredPlantsLieWithinTheirStandardErrorsAsOftenAsTheySay) {
  // The error of the own gain over its standard error must have a spread of about 1: of 100 draws
  // the 95 % interval of that spread is 0.87 to 1.15, and least squares keeps a small bias.
  double square = 0;
  int n = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    testing::Synthetic plant;
    plant.zones = 1;
    plant.seed = seed;
    plant.samples = 720;
    Options options;
    options.lags.order = 2;
    options.lags.delay = 4;
    const Identified found = identify(testing::make(plant), options);
    ASSERT_EQ(found.rows.size(), 1U);
    const Figures& f = found.rows[0].figures[0];
    square += std::pow((f.gain - plant.gain) / f.gain_error, 2);
    ++n;
  }
  EXPECT_GT(std::sqrt(square / n), 0.7);
  EXPECT_LT(std::sqrt(square / n), 1.4);
}

TEST(Certainty, AnAnswerThatComesBackTooSlowlyForTheModelIsInTheErrorOfItsGain) {
  // A zone with gain 1 and 600 s, and a part of -0.3 that takes 40 min: the final gain is 0.7. A
  // model of order 1 ends higher, and the covariance of its two parameters cannot know.
  double square = 0, by_covariance = 0;
  constexpr int kDraws = 40;
  for (std::uint64_t seed = 1; seed <= kDraws; ++seed) {
    Series s = testing::make({.zones = 1, .gain = 1, .noise = 0.5, .hold = 30, .seed = seed});
    double slow = 0;
    const double keep = std::exp(-1.0 / 40);
    for (Eigen::Index t = 1; t < s.size(); ++t) {
      slow = keep * slow - 0.3 * (1 - keep) * s.u(t - 1, 0);
      s.y(t, 0) += slow;
    }
    Options options;
    options.lags.order = 1;
    const Identified found = identify(s, options);
    ASSERT_EQ(found.rows.size(), 1U);
    const Row& row = found.rows[0];
    const double error = row.figures[0].gain - 0.7;
    square += std::pow(error / row.figures[0].gain_error, 2) / kDraws;
    const double rest = 1 - row.arx.a(0);  // the delta method: gain = b / (1 - a)
    const Eigen::Vector2d slope(row.figures[0].gain / rest, 1 / rest);
    const Eigen::Matrix2d covariance = row.certainty.covariance.topLeftCorner(2, 2);
    by_covariance += error * error / slope.dot(covariance * slope) / kDraws;
  }
  EXPECT_LT(std::sqrt(square), 1.6);
  EXPECT_GT(std::sqrt(by_covariance), 2 * std::sqrt(square));
}

TEST(Certainty, ErrorsOfTheRightModelAreWhiteAndOfTooLowAnOrderAreNot) {
  // Second-order plant without measurement noise but with noise in its recursion: an ARX of order 2
  // is exact, one of order 1 leaves correlated errors.
  std::mt19937_64 random(3);
  std::normal_distribution<double> normal(0, 0.1);
  Series s;
  s.inputs.push_back({"u", "K", 2, -1, false, -1});
  s.outputs.push_back({"y", "degC", 1, -1, false, -1});
  s.u = Eigen::MatrixXd::Zero(1500, 1);
  s.y = Eigen::MatrixXd::Zero(1500, 1);
  for (Eigen::Index t = 2; t < 1500; ++t) {
    s.u(t, 0) = t % 7 == 0 ? (random() % 2 == 0 ? 1 : -1) : s.u(t - 1, 0);
    s.y(t, 0) = 1.4 * s.y(t - 1, 0) - 0.45 * s.y(t - 2, 0) + 0.1 * s.u(t - 1, 0) + normal(random);
  }
  LagLimits limits;
  const Regressors data(s, 0, {0}, limits);
  for (const int order : {1, 2}) {
    Chosen c;
    c.order = order;
    c.delays = {1};
    c.fit = data.fit(data.columns(order, c.delays), -1);
    const Certainty known = judge(data, s, c, limits);
    EXPECT_EQ(known.whiteness.white(), order == 2) << known.whiteness.probability;
    if (order == 2) {
      EXPECT_NEAR(known.innovation, 0.1, 0.006);  // 3 x 0.1 / root(2 x 1500)
    }
  }
}

}  // namespace
}  // namespace saggar::identify
