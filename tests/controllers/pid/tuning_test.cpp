// The three ISA forms and their one internal form (peers 1.3).
#include "controllers/pid/tuning.hpp"

#include <gtest/gtest.h>

#include <complex>

namespace saggar::pid {
namespace {

using Complex = std::complex<double>;

// Transfer functions written down from the definitions of the forms, not from the conversion.
Complex textbook(const Settings& s, Complex p, double tf_s) {
  const Complex filter = 1.0 / (1.0 + tf_s * p);
  switch (s.form) {
    case Form::parallel:
      return s.kp + s.ki_per_s / p + s.kd_s * p * filter;
    case Form::ideal:
      return s.kp * (1.0 + 1.0 / (s.ti_s * p) + s.td_s * p * filter);
    case Form::series:
      return s.kp * (1.0 + 1.0 / (s.ti_s * p)) * (1.0 + s.td_s * p) * filter;
  }
  return 0;
}

Complex internal(const Gains& g, Complex p) {
  return g.kp + g.ki_per_s / p + g.kd_s * p / (1.0 + g.tf_s * p);
}

void expect_same_everywhere(const Settings& s, double tf_s) {
  const Gains g = to_gains(s);
  for (double w : {1e-4, 1e-2, 1.0, 30.0}) {
    const Complex p(0.3 * w, w);
    const Complex want = textbook(s, p, tf_s);
    EXPECT_LT(std::abs(internal(g, p) - want), 1e-12 * std::abs(want)) << "at " << w << " rad/s";
  }
}

TEST(Tuning, ParallelFormIsTheInternalForm) {
  Settings s;
  s.form = Form::parallel;
  s.kp = 2;
  s.ki_per_s = 0.05;
  s.kd_s = 30;
  s.filter_n = 10;
  const Gains g = to_gains(s);
  EXPECT_EQ(g.kp, 2);
  EXPECT_EQ(g.ki_per_s, 0.05);
  EXPECT_EQ(g.kd_s, 30);
  EXPECT_DOUBLE_EQ(g.tf_s, 1.5);  // kd / (kp n) = 30 / 20
  expect_same_everywhere(s, 1.5);
}

TEST(Tuning, IdealFormMatchesItsTransferFunction) {
  Settings s;
  s.kp = 3;
  s.ti_s = 120;
  s.td_s = 20;
  s.filter_n = 8;
  expect_same_everywhere(s, 2.5);
}

TEST(Tuning, SeriesFormMatchesItsTransferFunctionFilterIncluded) {
  Settings s;
  s.form = Form::series;
  s.kp = 3;
  s.ti_s = 120;
  s.td_s = 20;
  s.filter_n = 8;
  expect_same_everywhere(s, 2.5);
  s.filter_n = 0;
  expect_same_everywhere(s, 0);
  s.filter_s = 7;
  expect_same_everywhere(s, 7);
}

TEST(Tuning, SeriesToIdealIsTheTextbookRelationWithoutFilter) {
  // kc = kc' (ti' + td') / ti', ti = ti' + td', td = ti' td' / (ti' + td'): 2, 100, 25 by hand
  Settings s;
  s.form = Form::series;
  s.kp = 2;
  s.ti_s = 100;
  s.td_s = 25;
  s.filter_n = 0;
  const auto ideal = to_ideal(to_gains(s));
  ASSERT_TRUE(ideal);
  EXPECT_DOUBLE_EQ(ideal->kp, 2.5);
  EXPECT_DOUBLE_EQ(ideal->ti_s, 125);
  EXPECT_DOUBLE_EQ(ideal->td_s, 20);
}

TEST(Tuning, SeriesAndIdealConvertThereAndBack) {
  for (double filter_s : {0.0, 3.0}) {
    Settings s;
    s.form = Form::series;
    s.kp = 1.7;
    s.ti_s = 300;
    s.td_s = 40;
    s.filter_n = 0;
    s.filter_s = filter_s;
    const auto ideal = to_ideal(to_gains(s));
    ASSERT_TRUE(ideal);
    const auto back = to_series(to_gains(*ideal));
    ASSERT_TRUE(back);
    EXPECT_NEAR(back->kp, s.kp, 1e-12);
    EXPECT_NEAR(back->ti_s, s.ti_s, 1e-10);
    EXPECT_NEAR(back->td_s, s.td_s, 1e-10);
  }
}

TEST(Tuning, IdealFormWithTiBelowFourTdHasNoSeriesForm) {
  Settings s;
  s.kp = 1;
  s.td_s = 30;
  s.filter_n = 0;
  s.ti_s = 119;
  EXPECT_FALSE(to_series(to_gains(s)));
  s.ti_s = 120;  // the limit: both series times equal 60
  const auto series = to_series(to_gains(s));
  ASSERT_TRUE(series);
  EXPECT_NEAR(series->ti_s, 60, 1e-6);
  EXPECT_NEAR(series->td_s, 60, 1e-6);
}

TEST(Tuning, TimesOfZeroSwitchTheirActionsOff) {
  Settings s;
  s.kp = 4;
  s.ti_s = 0;
  s.td_s = 0;
  for (Form form : {Form::ideal, Form::series}) {
    s.form = form;
    const Gains g = to_gains(s);
    EXPECT_EQ(g.kp, 4);
    EXPECT_EQ(g.ki_per_s, 0);
    EXPECT_EQ(g.kd_s, 0);
  }
}

TEST(Tuning, SettingsThatCannotWorkAreNamed) {
  Settings s;
  EXPECT_FALSE(problem(s));
  s.kp = -1;
  EXPECT_TRUE(problem(s)->starts_with("kp"));
  s = {};
  s.ti_s = std::nan("");
  EXPECT_TRUE(problem(s)->starts_with("ti_s"));
  s = {};
  s.form = Form::series;
  s.ti_s = 10;
  s.td_s = 5;
  s.filter_s = 15;
  EXPECT_TRUE(problem(s)->starts_with("derivative_filter_s"));
  s = {};
  s.form = Form::parallel;
  s.kp = 0;
  s.kd_s = 1;
  EXPECT_TRUE(problem(s)->starts_with("derivative_filter_s"));
}

}  // namespace
}  // namespace saggar::pid
