// Output and rate limits, anti-windup, limit status (SC-10), cascade (peers 3.4 items 5 and 6).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "controllers/pid/pid.hpp"

namespace saggar::pid {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

Tuning parallel(double kp, double ki, double low, double high) {
  Tuning t;
  t.gains = {kp, ki, 0, 0};
  t.low = low;
  t.high = high;
  return t;
}

Inputs error_of(double e) {
  Inputs in;
  in.setpoint = e;
  in.pv = 0;
  in.working = kNaN;
  return in;
}

TEST(Limits, PeersFaultItem6AsymmetricLimitsRecoverAtOnce) {
  // Fuel valve with a 20 % stop: limits 20..100, kp 1, ki 0.5. The peer never leaves 20 %.
  for (AntiWindup kind : {AntiWindup::back_calculation, AntiWindup::external_reset}) {
    Tuning t = parallel(1, 0.5, 20, 100);
    t.anti_windup = kind;
    Loop loop(t, 60);
    double out = 60;
    for (int k = 0; k < 5000; ++k) {
      Inputs in = error_of(-50);
      in.working = out;
      out = loop.step(in);
    }
    EXPECT_EQ(out, 20);
    EXPECT_EQ(loop.state().limited, kLimitedLow);
    Inputs in = error_of(10);
    in.working = out;
    const double first = loop.step(in);
    EXPECT_GT(first, 20) << "more fuel is needed: the first step must give some";
    for (int k = 0; k < 60; ++k) {
      in.working = loop.state().output;
      loop.step(in);
    }
    EXPECT_EQ(loop.state().output, 100);
    EXPECT_EQ(loop.state().limited, kLimitedHigh);
    in = error_of(-10);
    in.working = 100;
    EXPECT_LT(loop.step(in), 100);
  }
}

TEST(Limits, IntegralStaysBoundedHoweverLongTheOutputIsLimited) {
  for (AntiWindup kind : {AntiWindup::back_calculation, AntiWindup::external_reset}) {
    Tuning t = parallel(2, 0.01, 0, 100);
    t.anti_windup = kind;
    Loop loop(t, 50);
    double out = 50, after_two_hours = 0;
    for (int k = 0; k < 36000; ++k) {
      Inputs in = error_of(80);
      in.working = out;
      out = loop.step(in);
      if (k == 7200) after_two_hours = loop.state().i;
    }
    EXPECT_EQ(out, 100);
    EXPECT_NEAR(loop.state().i, after_two_hours, 1e-6);
  }
}

TEST(Limits, BackCalculationApproachesItsFixedPointAsDerived) {
  // README: with out = 100 fixed, i moves by ki e dt + r (out - raw) each step, r = 1 -
  // exp(-dt/tt); so raw - out settles at (1 - r) ki e dt / r after the correction has acted, here
  // on i.
  Tuning t = parallel(1, 0.02, -1e12, 100);
  t.tracking_s = 30;
  Loop loop(t, 99);
  for (int k = 0; k < 2000; ++k) loop.step(error_of(5));
  const double r = 1 - std::exp(-1 / 30.0);
  const double raw_before_correction = loop.state().raw;
  EXPECT_NEAR(raw_before_correction - 100, 0.02 * 5 / r, 1e-9);
}

TEST(Limits, ExternalResetFollowsWhatTheFieldReallyTook) {
  // Something below holds the valve at 40: the integral becomes what keeps P + I near 40.
  Tuning t = parallel(2, 0.02, 0, 100);
  t.anti_windup = AntiWindup::external_reset;
  Loop loop(t, 40);
  Inputs in = error_of(3);
  in.working = 40;
  for (int k = 0; k < 3000; ++k) loop.step(in);
  // Fixed point: ki e dt = r (raw - working) with r = 1 - exp(-1/100): raw = 40 + 0.06 / r
  EXPECT_NEAR(loop.state().raw, 40 + 0.06 / (1 - std::exp(-0.01)), 1e-9);
  EXPECT_NEAR(loop.state().i, loop.state().raw - 6, 1e-9);
  in.setpoint = -3;  // back below at once: P swings by 12
  EXPECT_LT(loop.step(in), 40);
}

TEST(Limits, ExternalResetIgnoresTheResolutionOfTheDevice) {
  Tuning t = parallel(0.1, 0.001, -50, 50);
  t.anti_windup = AntiWindup::external_reset;
  t.reset_tolerance = 0.51;
  Loop loop(t, 0);
  double working = 0;
  for (int k = 0; k < 4000; ++k) {  // the device rounds to whole degrees
    Inputs in = error_of(1);
    in.working = working;
    working = std::round(loop.step(in));
  }
  // Starts at -P = -0.1, then 0.001 a step: nothing was lost to the rounding.
  EXPECT_NEAR(loop.state().i, -0.1 + 0.001 * 3999, 1e-9);
}

TEST(Limits, IntegralOnlyControllerIsClampedToTheLimit) {
  Loop loop(parallel(0, 0.5, 0, 10), 5);
  for (int k = 0; k < 1000; ++k) loop.step(error_of(4));
  EXPECT_NEAR(loop.state().i, 10, 1e-12);
  EXPECT_NEAR(loop.step(error_of(-1)), 10 + 0.5 * 1.5, 2);
  EXPECT_LT(loop.step(error_of(-1)), 10);
}

TEST(Limits, ProportionalOnlyKeepsItsBiasThroughSaturation) {
  Loop loop(parallel(3, 0, 0, 100), 50);
  loop.step(error_of(0));
  for (int k = 0; k < 100; ++k) EXPECT_EQ(loop.step(error_of(80)), 100);
  EXPECT_EQ(loop.step(error_of(0)), 50);
}

TEST(Limits, RateLimitHoldsBothWaysAndIsReported) {
  Tuning t = parallel(10, 0, -1e6, 1e6);
  t.rate_up_per_s = 2;
  t.rate_down_per_s = 5;
  Loop loop(t, 0);
  loop.step(error_of(0));
  EXPECT_DOUBLE_EQ(loop.step(error_of(100)), 2);
  EXPECT_EQ(loop.state().limited, kLimitedHigh);
  Inputs in = error_of(100);
  in.dt_s = 3;
  EXPECT_DOUBLE_EQ(loop.step(in), 8);
  EXPECT_DOUBLE_EQ(loop.step(error_of(-100)), 3);
  EXPECT_EQ(loop.state().limited, kLimitedLow);
}

TEST(Limits, OutputFoundOutsideItsOwnLimitsWalksInAtTheRateLimit) {
  Tuning t = parallel(0, 0.01, 20, 100);
  t.rate_up_per_s = t.rate_down_per_s = 1;
  Loop loop(t);
  Inputs in = error_of(0);
  in.driving = false;
  in.working = 12;  // a person had it below the stop
  EXPECT_EQ(loop.step(in), 12);
  in.driving = true;
  EXPECT_DOUBLE_EQ(loop.step(in), 13);
  for (int k = 0; k < 20; ++k) loop.step(in);
  EXPECT_EQ(loop.state().output, 20);
}

TEST(Limits, LimitsInForceBeatTheRateLimit) {
  Tuning t = parallel(1, 0, -1e6, 1e6);
  t.rate_up_per_s = t.rate_down_per_s = 0.1;
  Loop loop(t, 80);
  Inputs in = error_of(0);
  in.low = 0;
  in.high = 50;
  EXPECT_EQ(loop.step(in), 50);
}

TEST(Limits, LimitStatusFromBelowStopsTheIntegralInThatDirectionOnly) {
  // SC-10: clamped for 2 h, the integral must not grow.
  Loop loop(parallel(1, 0.01, -1e6, 1e6), 0);
  loop.step(error_of(5));
  const double before = loop.state().i;
  Inputs in = error_of(5);
  in.limited = kLimitedHigh;
  for (int k = 0; k < 7200; ++k) loop.step(in);
  EXPECT_EQ(loop.state().i, before);
  EXPECT_EQ(loop.state().limited, kLimitedHigh);  // and passed on
  in.setpoint = -5;
  loop.step(in);  // trapezoid of +5 and -5
  loop.step(in);
  EXPECT_NEAR(loop.state().i, before - 0.05, 1e-12);
  in.limited = kLimitedLow | kLimitedHigh;  // constant: neither way
  const double frozen = loop.state().i;
  loop.step(in);
  EXPECT_EQ(loop.state().i, frozen);
}

TEST(Limits, CascadeInnerLimitStopsTheOuterIntegral) {
  Loop inner(parallel(5, 0.1, 0, 100), 50);
  Loop outer(parallel(1, 0.01, 0, 1000), 500);
  double growth_after_limit = 0, i_at_limit = 0;
  for (int k = 0; k < 4000; ++k) {
    Inputs o;
    o.setpoint = 700;
    o.pv = 600;  // never reached: the heater is too small
    o.limited = limits_for_outer(inner);
    const double sp = outer.step(o);
    Inputs i;
    i.setpoint = sp;
    i.pv = 480;
    inner.step(i);
    if (k == 200) i_at_limit = outer.state().i;
    growth_after_limit = outer.state().i - i_at_limit;
  }
  EXPECT_EQ(inner.state().output, 100);
  EXPECT_EQ(growth_after_limit, 0);
}

TEST(Limits, CascadeWithADirectActingInnerLoopMirrorsTheStatus) {
  Tuning t = parallel(5, 0.1, 0, 100);
  t.action = Action::direct;  // a cooling valve
  Loop inner(t, 50);
  Inputs in;
  in.setpoint = 20;
  in.pv = 90;  // far too warm: valve wide open
  for (int k = 0; k < 100; ++k) inner.step(in);
  EXPECT_EQ(inner.state().output, 100);
  EXPECT_EQ(inner.state().limited, kLimitedHigh);
  EXPECT_EQ(limits_for_outer(inner), kLimitedLow);  // a lower setpoint would change nothing
}

TEST(Limits, PeersFaultItem5NaNNeverReachesTheOutputAndHoldsIt) {
  Loop loop(parallel(2, 0.1, 0, 100), 40);
  for (int k = 0; k < 10; ++k) loop.step(error_of(1));
  const double before = loop.state().output;
  for (double bad : {kNaN, kInf, -kInf, 1e300}) {
    Inputs in = error_of(1);
    in.pv = bad;
    EXPECT_EQ(loop.step(in), before);
    EXPECT_EQ(loop.state().status, Condition::held_bad_pv);
    in = error_of(1);
    in.setpoint = bad;
    EXPECT_EQ(loop.step(in), before);
  }
  Inputs bad_quality = error_of(1);
  bad_quality.pv_good = false;
  for (int k = 0; k < 1000; ++k) EXPECT_EQ(loop.step(bad_quality), before);
  const State& held = loop.state();
  EXPECT_NEAR(held.p + held.i + held.d + held.f, before, 1e-12) << "still explains the output";
  EXPECT_EQ(loop.step(error_of(30)), before);  // resumes without a bump, at whatever error
  EXPECT_GT(loop.step(error_of(30)), before);  // and integrates on
}

TEST(Limits, UnusableTimeStepOrCrossedLimitsHoldTheOutput) {
  Loop loop(parallel(2, 0.1, 0, 100), 40);
  loop.step(error_of(1));
  const double before = loop.state().output;
  for (double dt : {kNaN, 0.0, -1.0, kInf}) {
    Inputs in = error_of(9);
    in.dt_s = dt;
    EXPECT_EQ(loop.step(in), before);
    EXPECT_EQ(loop.state().status, Condition::held_bad_call);
  }
  Inputs crossed = error_of(9);
  crossed.low = 60;
  crossed.high = 50;
  EXPECT_EQ(loop.step(crossed), before);
  crossed.low = kNaN;
  EXPECT_EQ(loop.step(crossed), before);
}

TEST(Limits, ALongGapCountsAsABoundedTimeStepAndGivesNoDerivativeKick) {
  Tuning t = parallel(0, 0.01, -1e6, 1e6);
  t.gains.kd_s = 100;
  t.gains.tf_s = 5;
  t.dt_most_s = 10;
  Loop loop(t, 0);
  Inputs in = error_of(2);
  loop.step(in);
  in.dt_s = 3600;
  in.pv = -50;  // moved during the gap
  loop.step(in);
  EXPECT_EQ(loop.state().d, 0);
  EXPECT_NEAR(loop.state().i, 0.01 * 0.5 * (2 + 52) * 10, 1e-12);
}

}  // namespace
}  // namespace saggar::pid
