#include "controllers/mpc/identify/series.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::identify {
namespace {

Series one_and_one() {
  Series s;
  s.inputs.push_back({"u", "K", 1, -1, false, -1});
  s.outputs.push_back({"y", "degC", 1, -1, false, -1});
  return s;
}

Eigen::VectorXd value(double v) { return Eigen::VectorXd::Constant(1, v); }

TEST(Sampler, AnInputBelongsToTheStretchAfterASampleAndAnOutputToTheOneBefore) {
  Series s = one_and_one();
  Sampler sampler(s, 2.0);
  // Periods: u 0 0 | 4 4 | 0 0, y 1 1 | 1 3 | 7 7: rows of y 1 and 2, rows of u 4 and 0.
  const double u[] = {0, 0, 4, 4, 0, 0}, y[] = {1, 1, 1, 3, 7, 7};
  for (int i = 0; i < 6; ++i) sampler.add(1.0, value(u[i]), value(y[i]));
  const Eigen::VectorXd point = sampler.finish();
  ASSERT_EQ(s.size(), 2);
  EXPECT_EQ(point(0), 2);    // mean of 4 and 0
  EXPECT_EQ(point(1), 1.5);  // mean of 1 and 2
  EXPECT_EQ(s.u(0, 0), 2);
  EXPECT_EQ(s.u(1, 0), -2);
  EXPECT_EQ(s.y(0, 0), -0.5);
  EXPECT_EQ(s.y(1, 0), 0.5);
}

TEST(Sampler, APeriodWithTooLittleGoodIsMissingAndOthersStand) {
  Series s = one_and_one();
  Sampler sampler(s, 2.0, 0.6);
  sampler.add(2.0, value(0), value(1));
  sampler.add(1.0, value(0), value(1));
  sampler.skip(1.0);  // half of this period: less than 0.6
  sampler.add(4.0, value(0), value(5));
  sampler.finish();
  ASSERT_EQ(s.size(), 3);
  EXPECT_TRUE(std::isfinite(s.y(0, 0)));
  EXPECT_TRUE(std::isnan(s.y(1, 0)));
  EXPECT_TRUE(std::isnan(s.u(0, 0)));
  EXPECT_EQ(s.y(2, 0), 2);  // 5 less the mean of 1 and 5
}

TEST(Sampler, ALongStretchIsSplitOverPeriods) {
  Series s = one_and_one();
  Sampler sampler(s, 2.0);
  sampler.add(7.0, value(1), value(1));
  sampler.finish();
  EXPECT_EQ(s.size(), 2);  // three whole periods: two rows
}

}  // namespace
}  // namespace saggar::identify
