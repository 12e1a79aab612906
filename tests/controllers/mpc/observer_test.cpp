#include "controllers/mpc/observer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::mpc {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Random walk, q = r = 1, no drift: P = (q + sqrt(q^2 + 4 q r)) / 2 = 1.618, K = P / (P + 1) =
// 0.618.
TEST(StationaryGains, OfARandomWalkIsTheGoldenRatio) {
  const Gains g = stationary_gains({1, 1, 1e-9});
  EXPECT_NEAR(g.state, (std::sqrt(5.0) - 1) / 2, 1e-6);
  EXPECT_NEAR(g.drift, 0, 1e-6);
}

TEST(StationaryGains, TrustMeasurementsLessTheMoreTheyScatter) {
  EXPECT_GT(stationary_gains({0.1, 1, 0.1}).state, stationary_gains({10, 1, 0.1}).state);
  EXPECT_GT(stationary_gains({1, 1, 1}).drift, stationary_gains({1, 1, 0.01}).drift);
}

// Two states in a chain, the second lags the first; block triangular as a line of zones.
struct Chain {
  double a[4] = {0.8, 0.3, 0, 0.6};  // column-major: x2 takes 0.3 of x1
  double b[2] = {0.2, 0};
};

TEST(Observer, LearnsAConstantDisturbanceOfEachState) {
  const Chain m;
  Observer observer(2, 1);
  double x[2] = {0, 0}, u = 1;
  const double d[2] = {0.4, -0.7};
  for (int t = 0; t < 400; ++t) {
    const double next[2] = {m.a[0] * x[0] + m.b[0] * u + d[0],
                            m.a[1] * x[0] + m.a[3] * x[1] + d[1]};
    x[0] = next[0], x[1] = next[1];
    observer.predict(m.a, m.b, &u);
    observer.correct(m.a, m.b, &u, x);
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_NEAR(observer.drift()[i], d[i], 1e-6);
    EXPECT_NEAR(observer.innovation()[i], 0, 1e-6);
  }
}

TEST(Observer, FirstMeasurementIsTakenToBeAtRest) {
  const Chain m;
  Observer observer(2, 1);
  const double y[2] = {5, 7};
  double u = 2;
  observer.predict(m.a, m.b, &u);
  observer.correct(m.a, m.b, &u, y);
  EXPECT_TRUE(observer.known(0));
  EXPECT_NEAR(observer.drift()[0], 5 - 0.8 * 5 - 0.2 * 2, 1e-12);
  EXPECT_NEAR(observer.drift()[1], 7 - 0.3 * 5 - 0.6 * 7, 1e-12);
  observer.predict(m.a, m.b, &u);
  EXPECT_NEAR(observer.state()[0], 5, 1e-12);
  EXPECT_NEAR(observer.state()[1], 7, 1e-12);
}

TEST(Observer, AMissingMeasurementCorrectsNothingAndTheOthersGoOn) {
  const Chain m;
  Observer observer(2, 1);
  const double y[2] = {5, 7};
  double u = 2;
  observer.predict(m.a, m.b, &u);
  observer.correct(m.a, m.b, &u, y);
  const double before = observer.drift()[1];
  const double gone[2] = {6, kNaN};
  observer.predict(m.a, m.b, &u);
  observer.correct(m.a, m.b, &u, gone);
  EXPECT_EQ(observer.drift()[1], before);
  EXPECT_EQ(observer.innovation()[1], 0);
  EXPECT_GT(observer.state()[0], 5);
}

TEST(Observer, AStateNeverSeenStaysUnknown) {
  const Chain m;
  Observer observer(2, 1);
  const double y[2] = {5, kNaN};
  double u = 0;
  observer.correct(m.a, m.b, &u, y);
  EXPECT_TRUE(observer.known(0));
  EXPECT_FALSE(observer.known(1));
}

}  // namespace
}  // namespace saggar::mpc
