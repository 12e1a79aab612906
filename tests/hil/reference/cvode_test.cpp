#include "tests/hil/reference/cvode.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::reference {
namespace {

// Robertson's problem, stiff over eleven decades. At t = 40: 0.7158, 9.185e-6, 0.2842, as printed
// in the CVODE user guide, example cvRoberts_dns.
TEST(Cvode, SolvesRobertsonsProblem) {
  const auto rhs = [](double, const double* y, double* d) {
    d[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
    d[2] = 3e7 * y[1] * y[1];
    d[1] = -d[0] - d[2];
  };
  Cvode solver(rhs, {1, 0, 0}, 1e-8, {1e-10, 1e-14, 1e-10});
  solver.to(40);
  EXPECT_NEAR(solver.y()[0], 0.7158, 5e-5);
  EXPECT_NEAR(solver.y()[1], 9.185e-6, 5e-9);
  EXPECT_NEAR(solver.y()[2], 0.2842, 5e-5);
}

TEST(Cvode, StopsAtTheTimeItIsGivenAndGoesOn) {
  Cvode solver([](double, const double* y, double* d) { d[0] = -y[0]; }, {1}, 1e-10, {1e-12});
  solver.to(1);
  EXPECT_EQ(solver.time_s(), 1.0);
  solver.to(2);
  EXPECT_NEAR(solver.y()[0], std::exp(-2.0), 1e-8);
  EXPECT_GT(solver.work().steps, 0);
}

}  // namespace
}  // namespace saggar::reference
