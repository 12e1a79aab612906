// Random strongly convex problems against the dense reference. SAGGAR_RANDOM_PROBLEMS sets how
// many (the acceptance of the controller asks for 10,000).
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/controllers/mpc/ocp/dense_reference.hpp"
#include "tests/controllers/mpc/ocp/problems.hpp"

namespace saggar::ocp {
namespace {

Problem random_problem(Dice& dice) {
  const auto states = static_cast<std::size_t>(dice(1, 5)),
             inputs = static_cast<std::size_t>(dice(1, 3));
  const auto banded = static_cast<std::size_t>(dice(0, static_cast<int>(states)));
  const auto stages = static_cast<std::size_t>(dice(1, 5));
  const bool invariant = dice(0, 1) == 1;
  Problem p({states, inputs, banded, stages, invariant});
  std::vector<double> a(states * states), b(states * inputs);
  const double q = dice(0.1, 2.0), r = dice(0.05, 1.0), s = dice(0.0, 1.0);
  for (std::size_t k = 0; k < stages; ++k) {
    if (k == 0 || !invariant) {
      for (double& v : a) v = dice(0, 3) == 0 ? 0.0 : dice(-0.6, 0.6);
      for (double& v : b) v = dice(0, 3) == 0 ? 0.0 : dice(-1.0, 1.0);
      p.dynamics(k, a.data(), b.data());
    }
    for (std::size_t i = 0; i < states; ++i) {
      p.q(k)[i] = invariant ? q : dice(0.0, 2.0);
      p.reference(k)[i] = dice(-2.0, 2.0), p.w(k)[i] = dice(-0.3, 0.3);
    }
    for (std::size_t i = 0; i < inputs; ++i) {
      p.r_weight(k)[i] = invariant ? r : dice(0.05, 1.0),
      p.s_weight(k)[i] = invariant ? s : dice(0.0, 1.0);
      p.linear(k)[i] = dice(-0.5, 0.5);
      p.low(k)[i] = dice(-1.0, -0.2), p.high(k)[i] = dice(0.2, 1.0);
      p.rise(k)[i] = dice(0.1, 0.8), p.fall(k)[i] = dice(0.1, 0.8);
    }
    for (std::size_t i = 0; i < banded; ++i) {
      const double middle = dice(-1.0, 1.0), half = dice(0.05, 1.0);
      p.band_low(k)[i] = middle - half, p.band_high(k)[i] = middle + half;
      p.rho1(k)[i] = dice(0.1, 10.0), p.rho2(k)[i] = dice(0.1, 10.0);
    }
  }
  for (std::size_t i = 0; i < states; ++i) p.x0()[i] = dice(-2.0, 2.0);
  for (std::size_t i = 0; i < inputs; ++i) p.u_before()[i] = dice(-0.2, 0.2);
  return p;
}

TEST(Random, ProblemsHaveTheOptimumOfTheDenseReference) {
  const char* wanted = std::getenv("SAGGAR_RANDOM_PROBLEMS");
  const int count = wanted != nullptr ? std::atoi(wanted) : 500;
  Dice dice{2026};
  double worst_gap = 0, worst_residual = 0;
  int most = 0;
  for (int n = 0; n < count; ++n) {
    Problem p = random_problem(dice);
    Solver solver(p);
    const Answer answer = solver.solve();
    ASSERT_EQ(answer.status, Status::solved) << "problem " << n << ": " << answer.why;
    most = std::max(most, answer.guesses + answer.factorisations);
    DenseReference reference(p);
    const double best = reference.solve();
    std::vector<double> u;
    for (std::size_t k = 0; k < p.stages(); ++k) {
      u.insert(u.end(), solver.input(k), solver.input(k) + p.size().inputs);
    }
    const double gap = (reference.cost_of(u) - best) / std::max(1.0, std::abs(best));
    worst_gap = std::max(worst_gap, std::abs(gap));
    ASSERT_LT(std::abs(gap), 1e-8) << "problem " << n;
    ASSERT_NEAR(answer.residual.objective, best, 1e-8 * std::max(1.0, std::abs(best)))
        << "problem " << n;
    worst_residual = std::max({worst_residual, answer.residual.stationarity,
                               answer.residual.violation, answer.residual.complementarity});
  }
  RecordProperty("problems", std::to_string(count));
  RecordProperty("worst_gap", std::to_string(worst_gap * 1e9) + "e-9");
  RecordProperty("worst_residual", std::to_string(worst_residual * 1e9) + "e-9");
  RecordProperty("most_iterations", std::to_string(most));
}

}  // namespace
}  // namespace saggar::ocp
