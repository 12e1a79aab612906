#include "hil/kiln/laboratory.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::kiln {
namespace {

LaboratoryFigures figures() {
  LaboratoryFigures f;
  f.every_columns = 10;
  f.delay_h.value = 6;
  f.mixing_error.value = 0.003;
  f.ratio_error.value = 0.015;
  f.titration_percent.value = 5;
  f.size_percent.value = 6;
  f.capacity_mAh_per_g.value = 1;
  return f;
}

SaggarReport report(std::uint64_t column, double time_s) {
  SaggarReport r;
  r.column = column;
  r.time_s = time_s;
  r.mean.mixing = 0.022;
  r.mean.size_nm = 240;
  r.laboratory = {1.42, 12000, 3000, 202};
  return r;
}

TEST(Laboratory, KnowsAResultAfterItsDelayAndNotBefore) {
  Laboratory lab(figures(), 1);
  lab.receive(report(20, 1000));
  Laboratory::Sample sample;
  lab.advance(1000 + 6 * 3600 - 1);
  EXPECT_FALSE(lab.known(sample));
  lab.advance(1000 + 6 * 3600);
  ASSERT_TRUE(lab.known(sample));
  EXPECT_EQ(sample.column, 20U);
  EXPECT_EQ(sample.taken_s, 1000);
}

TEST(Laboratory, SamplesKeepTheirAgeWhenTheClockGoesBack) {
  Laboratory lab(figures(), 1);
  lab.receive(report(20, 1000));
  lab.receive(report(30, 4000));
  lab.advance(1000 + 6 * 3600);  // 22600 s: the first is known, 21600 s old
  lab.set_back(22600);
  Laboratory::Sample sample;
  ASSERT_TRUE(lab.known(sample));
  EXPECT_EQ(sample.taken_s, -21600);
  lab.advance(2999);
  lab.known(sample);
  EXPECT_EQ(sample.column, 20U);
  lab.advance(3000);  // 4000 + 21600 - 22600
  lab.known(sample);
  EXPECT_EQ(sample.column, 30U);
}

TEST(Laboratory, TakesOneSaggarOfEachSoManyColumnsAndOnlyFromTheTop) {
  Laboratory lab(figures(), 1);
  SaggarReport lower = report(30, 0);
  lower.layer = 1;
  lab.receive(lower);
  lab.receive(report(31, 0));
  lab.advance(1e9);
  Laboratory::Sample sample;
  EXPECT_FALSE(lab.known(sample));
}

// Standard deviations over 2000 samples, within a tenth: 0.3 % of mixing, 5 % of 12 000 ppm.
TEST(Laboratory, ErrsByItsFiguresAndTheSameForTheSameSeed) {
  Laboratory lab(figures(), 7), again(figures(), 7);
  double mixing2 = 0, hydroxide2 = 0;
  const int n = 2000;
  for (int i = 0; i < n; ++i) {
    const SaggarReport r = report(10 * static_cast<std::uint64_t>(i), i);
    Laboratory::Sample a, b;
    for (auto* l : {&lab, &again}) {
      l->receive(r);
      l->advance(1e9);
    }
    ASSERT_TRUE(lab.known(a) && again.known(b));
    EXPECT_EQ(a.value, b.value);
    mixing2 += std::pow(a.value[0] - 2.2, 2) / n;
    hydroxide2 += std::pow(a.value[2] - 12000, 2) / n;
  }
  EXPECT_NEAR(std::sqrt(mixing2), 0.3, 0.03);
  EXPECT_NEAR(std::sqrt(hydroxide2), 600, 60);
}

}  // namespace
}  // namespace saggar::kiln
