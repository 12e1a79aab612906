#include "controllers/mpc/identify/realise.hpp"

#include <gtest/gtest.h>

namespace saggar::identify {
namespace {

Arx two_inputs() {
  Arx m;
  m.a.resize(2);
  m.a << 1.4, -0.45;
  Eigen::VectorXd b(2);
  b << 0.3, 0.1;
  m.inputs.push_back({0, 3, b});
  m.inputs.push_back({1, 1, 0.5 * b});
  return m;
}

Eigen::VectorXd step_of(const StateSpace& s, Eigen::Index input, int count) {
  Eigen::VectorXd x = Eigen::VectorXd::Zero(s.a.rows()), y(count);
  for (int t = 0; t < count; ++t) {
    x = s.a * x + s.b.col(input);
    y(t) = s.c * x;
  }
  return y;
}

TEST(Realise, TheObserverFormAnswersAsTheModelDoes) {
  const Arx m = two_inputs();
  const StateSpace s = observer_form(m);
  for (Eigen::Index j = 0; j < 2; ++j)
    EXPECT_LT((step_of(s, j, 80) - m.step(static_cast<std::size_t>(j), 80)).cwiseAbs().maxCoeff(),
              1e-12);
}

TEST(Realise, AReducedModelIsSmallerStaysWithinItsBoundAndKeepsTheGains) {
  Arx m = two_inputs();
  m.inputs[0].delay = 9;
  const Eigen::VectorXd ranges = Eigen::VectorXd::Ones(2);
  const StateSpace whole = observer_form(m);
  const StateSpace s = realise(m, ranges, 0.02);
  EXPECT_LT(s.a.rows(), whole.a.rows());
  for (Eigen::Index j = 0; j < 2; ++j) {
    const Eigen::VectorXd y = step_of(s, j, 400), z = m.step(static_cast<std::size_t>(j), 400);
    EXPECT_LT((y - z).cwiseAbs().maxCoeff(), 0.05 * z(399));
    EXPECT_NEAR(y(399), m.gain(static_cast<std::size_t>(j)), 1e-9);
  }
}

TEST(Realise, AModelOfOneLagComesOutWithOneState) {
  // y[t] = 0.8 y[t-1] + 0 y[t-2] + u[t-1]: two orders written, one needed.
  Arx m;
  m.a.resize(2);
  m.a << 0.8, 0;
  Eigen::VectorXd b(2);
  b << 1, 0;
  m.inputs.push_back({0, 1, b});
  const StateSpace s = realise(m, Eigen::VectorXd::Ones(1), 1e-6);
  ASSERT_EQ(s.a.rows(), 1);
  EXPECT_NEAR(s.a(0, 0), 0.8, 1e-12);
}

TEST(Realise, AnIntegratorStaysWhole) {
  Arx m = two_inputs();
  m.integrating = true;
  const StateSpace s = realise(m, Eigen::VectorXd::Ones(2), 1e-6);
  const Eigen::VectorXd y = step_of(s, 0, 300), z = m.step(0, 300);
  EXPECT_LT((y - z).cwiseAbs().maxCoeff(), 1e-3 * z(299));
  EXPECT_NEAR(y(299) - y(298), m.gain(0), 1e-9);
}

TEST(Realise, AnUnstableModelGivesNothing) {
  Arx m = two_inputs();
  m.a << 1.1, 0;
  EXPECT_EQ(realise(m, Eigen::VectorXd::Ones(2), 1e-3).a.size(), 0);
}

}  // namespace
}  // namespace saggar::identify
