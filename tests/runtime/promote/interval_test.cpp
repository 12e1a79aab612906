#include "runtime/promote/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace saggar::promote {
namespace {

// Tables of Student's t (Abramowitz & Stegun, table 26.10; NIST handbook 1.3.6.7.2).
TEST(StudentT, IsThatOfTheTables) {
  EXPECT_NEAR(student_t(0.95, 1), 6.3138, 1e-4);
  EXPECT_NEAR(student_t(0.975, 1), 12.7062, 1e-4);
  EXPECT_NEAR(student_t(0.95, 2), 2.9200, 1e-4);
  EXPECT_NEAR(student_t(0.975, 2), 4.3027, 1e-4);
  EXPECT_NEAR(student_t(0.95, 3), 2.3534, 1e-4);
  EXPECT_NEAR(student_t(0.95, 4), 2.1318, 1e-4);
  EXPECT_NEAR(student_t(0.95, 5), 2.0150, 1e-4);
  EXPECT_NEAR(student_t(0.975, 10), 2.2281, 1e-4);
  EXPECT_NEAR(student_t(0.95, 29), 1.6991, 1e-4);
  EXPECT_NEAR(student_t(0.975, 30), 2.0423, 1e-4);
  EXPECT_NEAR(student_t(0.99, 100), 2.3642, 1e-4);
  EXPECT_NEAR(student_t(0.5, 7), 0, 1e-9);
  EXPECT_TRUE(std::isnan(student_t(0.95, 0)));
}

TEST(StudentT, WithManyDegreesIsNearlyTheNormal) {
  EXPECT_NEAR(student_t(0.95, 1000), 1.6464, 1e-4);
  EXPECT_EQ(student_t(0.95, 100000), student_t(0.95, 1000));
}

// a = 1 2 3: mean 2, variance 1; b = 2 4 6 8: mean 5, variance 20/3. v = 1/3 + 5/3 = 2;
// dof = 2^2 / ((1/3)^2 / 2 + (5/3)^2 / 3) = 4 / (1/18 + 25/27) = 4.075, down to 4.
TEST(Welch, IsAsByHand) {
  const std::vector<double> a = {1, 2, 3}, b = {2, 4, 6, 8};
  const Difference d = welch(a, b, 0.95);
  EXPECT_DOUBLE_EQ(d.mean, -3);
  EXPECT_EQ(d.dof, 4);
  EXPECT_NEAR(d.upper, -3 + 2.1318 * std::sqrt(2.0), 1e-3);
  EXPECT_NEAR(d.low, -3 - 2.7764 * std::sqrt(2.0), 1e-3);
  EXPECT_NEAR(d.high, -3 + 2.7764 * std::sqrt(2.0), 1e-3);
}

// Two that scatter much against three that do not: v = 25 + 1/3, dof = 25.33^2 / (25^2 / 1 +
// (1/3)^2 / 2) = 1.03, down to 1: as uncertain as two alone.
TEST(Welch, IsAsUnsureAsTheFewThatScatter) {
  const std::vector<double> a = {0, 10}, b = {1, 2, 3};
  const Difference d = welch(a, b, 0.95);
  EXPECT_EQ(d.dof, 1);
  EXPECT_NEAR(d.upper, 3 + 6.3138 * std::sqrt(25 + 1.0 / 3), 1e-2);
}

TEST(Welch, OfWhatDoesNotScatterIsAPoint) {
  const std::vector<double> a = {2, 2}, b = {1, 1, 1};
  const Difference d = welch(a, b, 0.95);
  EXPECT_EQ(d.mean, 1);
  EXPECT_EQ(d.upper, 1);
  EXPECT_EQ(d.dof, 3);
}

TEST(Welch, OfOneIsNotKnown) {
  const std::vector<double> one = {2}, two = {1, 3};
  EXPECT_TRUE(std::isnan(welch(one, two, 0.95).upper));
  EXPECT_TRUE(std::isnan(welch(two, one, 0.95).upper));
  EXPECT_TRUE(std::isnan(paired(one, 0.95).mean));
}

// 1 2 3 4: mean 2.5, variance 5/3, error sqrt(5/12) = 0.6455, dof 3.
TEST(Paired, IsAsByHand) {
  const std::vector<double> d = {1, 2, 3, 4};
  const Difference paired_d = paired(d, 0.95);
  EXPECT_DOUBLE_EQ(paired_d.mean, 2.5);
  EXPECT_NEAR(paired_d.low, 2.5 - 3.1824 * 0.645497, 1e-3);
  EXPECT_NEAR(paired_d.upper, 2.5 + 2.3534 * 0.645497, 1e-3);
}

}  // namespace
}  // namespace saggar::promote
