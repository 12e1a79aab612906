// Manual/auto, gain changes, scheduling, feed-forward, tracking: the output must not jump
// (SC-55; peers 3.4 item 7).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "controllers/pid/pid.hpp"

namespace saggar::pid {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Tuning pid_tuning(double kp, double ti_s, double td_s) {
  Settings s;
  s.kp = kp;
  s.ti_s = ti_s;
  s.td_s = td_s;
  Tuning t;
  t.gains = to_gains(s);
  return t;
}

Inputs at(double setpoint, double pv) {
  Inputs in;
  in.setpoint = setpoint;
  in.pv = pv;
  in.working = kNaN;
  return in;
}

TEST(Transfer, PeersFaultItem7ManualToAutoWithErrorStaysAtTheManualOutput) {
  // OUT 10 %, error 5, KP 1: the peer jumps to 15 %.
  Loop loop(pid_tuning(1, 60, 0));
  Inputs in = at(105, 100);
  in.driving = false;
  in.working = 10;
  EXPECT_EQ(loop.step(in), 10);
  in.driving = true;
  in.dt_s = 1e-3;  // so short that the integral has done nothing yet
  EXPECT_NEAR(loop.step(in), 10, 1e-3);
  EXPECT_NEAR(loop.state().i + loop.state().p, 10, 1e-3);
}

TEST(Transfer, FirstProposalAfterStandingByIsTheWorkingValue) {
  Loop loop(pid_tuning(3, 100, 20));
  Inputs in = at(800, 790);
  in.driving = false;
  for (int k = 0; k < 50; ++k) {
    in.pv = 790 + 3 * std::sin(k * 0.4);
    in.working = 740 + k * 0.3;
    EXPECT_NEAR(loop.step(in), in.working, 1e-9);
    const State& s = loop.state();
    EXPECT_NEAR(s.p + s.i + s.d + s.f, in.working, 1e-9);  // the law agrees with what it says
  }
  in.driving = true;
  const double before = in.working;
  EXPECT_NEAR(loop.step(in), before,
              3 * 10 * 0.01 + 3 * 20 * 3 * 0.4 / 2.5);  // P, I, D of one step
}

TEST(Transfer, SteadyLoopTakesOverWithNoBumpAtAll) {
  Loop loop(pid_tuning(3, 100, 20));
  Inputs in = at(800, 800);
  in.driving = false;
  in.working = 42.125;
  loop.step(in);
  in.driving = true;
  for (int k = 0; k < 100; ++k) EXPECT_EQ(loop.step(in), 42.125);
}

TEST(Transfer, GainChangeKeepsTheOutput) {
  Loop loop(pid_tuning(2, 100, 30));
  Inputs in = at(100, 90);
  in.feed_forward_good = true;
  double out = 0;
  for (int k = 0; k < 20; ++k) {
    in.pv = 90 + 0.3 * k;
    in.feed_forward = k;
    out = loop.step(in);
  }
  Tuning other = pid_tuning(9, 700, 5);
  other.b = 0.3;
  other.c = 1;
  other.deadband = 0.5;
  other.feed_forward_gain = 2;
  ASSERT_TRUE(loop.retune(other));
  const State& s = loop.state();
  EXPECT_NEAR(s.p + s.i + s.d + s.f, out, 1e-9);
  in.dt_s = 1e-3;
  EXPECT_NEAR(loop.step(in), out, 0.05);  // 1 ms of the new law; the filters hardly move
}

TEST(Transfer, ATuningThatCannotWorkIsRefusedAndChangesNothing) {
  Loop loop(pid_tuning(2, 100, 0));
  Tuning bad = loop.tuning();
  bad.low = 5;
  bad.high = 4;
  EXPECT_FALSE(loop.retune(bad));
  bad = loop.tuning();
  bad.gains.kp = kNaN;
  EXPECT_FALSE(loop.retune(bad));
  EXPECT_EQ(loop.tuning().gains.kp, 2);
}

TEST(Transfer, SchedulingChangesTheGainWithoutABump) {
  Loop loop(pid_tuning(2, 100, 0));
  Inputs in = at(100, 95);
  double out = 0;
  for (int k = 0; k < 10; ++k) out = loop.step(in);
  in.scale = {3, 2, 1};
  // One step later only the new integral has acted: ki e dt = 2 * 3 / (100 * 2) * 5 = 0.15
  EXPECT_NEAR(loop.step(in), out + 0.15, 1e-12);
  in.pv = 96;  // and P acts with the new gain: -6, I: 0.03 * (5 + 4) / 2
  EXPECT_NEAR(loop.step(in), out + 0.15 - 6 + 0.135, 1e-12);
}

TEST(Transfer, UnusableScheduleFactorsLeaveTheGainsAsTheyWere) {
  Loop loop(pid_tuning(2, 0, 0));
  Inputs in = at(100, 95);
  loop.step(in);
  in.scale = {kNaN, 1, 1};
  in.pv = 94;
  EXPECT_NEAR(loop.step(in), 2, 1e-12);
  in.scale = {0, 1, 1};
  in.pv = 93;
  EXPECT_NEAR(loop.step(in), 4, 1e-12);
}

TEST(Transfer, FeedForwardActsWithItsGainAndLeadLag) {
  // Step of 10 in the tag: gain 0.5, lead 0, lag 20: F = 5 (1 - exp(-t/20)) after its ramp sample
  Tuning t = pid_tuning(1, 0, 0);
  t.feed_forward_gain = 0.5;
  t.lag_s = 20;
  Loop loop(t);
  Inputs in = at(100, 100);
  in.feed_forward_good = true;
  loop.step(in);
  // The tag runs up over one second: response of the lag to a ramp, then its decay, by hand.
  in.feed_forward = 10;
  loop.step(in);
  const double after_ramp = 5 * (1 - 20 * (1 - std::exp(-1 / 20.0)));
  EXPECT_NEAR(loop.state().f, after_ramp, 1e-12);
  for (int k = 0; k < 40; ++k) loop.step(in);
  EXPECT_NEAR(loop.state().f, 5 - (5 - after_ramp) * std::exp(-40 / 20.0), 1e-12);
}

TEST(Transfer, LeadEqualToLagIsAPlainGain) {
  Tuning t = pid_tuning(1, 0, 0);
  t.feed_forward_gain = 2;
  t.lag_s = t.lead_s = 30;
  Loop loop(t);
  Inputs in = at(100, 100);
  in.feed_forward_good = true;
  loop.step(in);
  in.feed_forward = 7;
  EXPECT_NEAR(loop.step(in), 14, 1e-12);
}

TEST(Transfer, FeedForwardTagThatComesGoesBadAndComesBackDoesNotBump) {
  Tuning t = pid_tuning(1, 0, 0);
  t.feed_forward_gain = 2;
  Loop loop(t, 30);
  Inputs in = at(100, 100);
  EXPECT_EQ(loop.step(in), 30);
  in.feed_forward_good = true;
  in.feed_forward = 50;
  EXPECT_NEAR(loop.step(in), 30, 1e-12);  // comes: nothing
  in.feed_forward = 51;
  EXPECT_NEAR(loop.step(in), 32, 1e-12);  // moves: acts
  in.feed_forward_good = false;
  in.feed_forward = kNaN;
  EXPECT_NEAR(loop.step(in), 32, 1e-12);  // goes bad: stays
  in.feed_forward_good = true;
  in.feed_forward = 80;
  EXPECT_NEAR(loop.step(in), 32, 1e-12);  // comes back elsewhere: nothing
  in.feed_forward = 79;
  EXPECT_NEAR(loop.step(in), 30, 1e-12);
}

TEST(Transfer, CascadeOuterLoopTracksTheInnerSetpointUntilTheCascadeCloses) {
  Loop outer(pid_tuning(0.5, 600, 0)), inner(pid_tuning(4, 60, 0), 50);
  double inner_setpoint = 820;  // the operator's
  Inputs o = at(810, 800), i = at(inner_setpoint, 818);
  for (int k = 0; k < 30; ++k) {
    o.driving = false;
    o.working = inner_setpoint;
    outer.step(o);
    i.setpoint = inner_setpoint;
    inner.step(i);
  }
  o.driving = true;
  const double first = outer.step(o);
  EXPECT_NEAR(first, inner_setpoint, 0.5 * 10 / 600 + 1e-9);  // its integral of one second, no more
}

}  // namespace
}  // namespace saggar::pid
