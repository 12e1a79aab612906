// Ramp/soak with guaranteed soak and holdback (peers 1.3 and 5; RB-07).
#include "controllers/pid/programmer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::pid {
namespace {

Segment ramp(double target, double rate_per_s) {
  Segment s;
  s.kind = SegmentKind::ramp_rate;
  s.target = target;
  s.rate_per_s = rate_per_s;
  return s;
}

Segment soak(double time_s, double tolerance = 0) {
  Segment s;
  s.kind = SegmentKind::soak;
  s.time_s = time_s;
  s.tolerance = tolerance;
  return s;
}

Program of(std::initializer_list<Segment> segments) {
  Program p;
  for (const Segment& s : segments) p.segments[p.count++] = s;
  return p;
}

double perfect(Programmer& p, double dt_s) {
  return p.step(dt_s, p.state().setpoint, p.state().setpoint);
}

TEST(Programmer, RampsAndSoaksByTheClock) {
  Programmer p;
  ASSERT_TRUE(p.load(of({ramp(120, 2), soak(30), ramp(100, 1)})));
  ASSERT_TRUE(p.start(20));
  for (int t = 1; t <= 50; ++t) EXPECT_NEAR(perfect(p, 1), 20 + 2 * t, 1e-9);
  for (int t = 1; t <= 30; ++t) EXPECT_NEAR(perfect(p, 1), 120, 1e-9);
  for (int t = 1; t <= 20; ++t) EXPECT_NEAR(perfect(p, 1), 120 - t, 1e-9);
  EXPECT_EQ(p.state().phase, Phase::finished);
  EXPECT_NEAR(perfect(p, 1), 100, 1e-9);
}

TEST(Programmer, TimeStepsThatCrossSegmentsLoseNothing) {
  Programmer p;
  p.load(of({ramp(120, 2), soak(30), ramp(100, 1)}));
  p.start(20);
  for (int k = 0; k < 12; ++k) perfect(p, 7);  // 84 s: 50 ramp + 30 soak + 4 down
  EXPECT_NEAR(p.state().setpoint, 116, 1e-9);
  EXPECT_NEAR(p.remaining_s(), 16, 1e-9);
}

TEST(Programmer, RampByTimeArrivesOnTime) {
  Segment s;
  s.kind = SegmentKind::ramp_time;
  s.target = 500;
  s.time_s = 3600;
  Programmer p;
  p.load(of({s}));
  p.start(20);
  for (int k = 0; k < 1800; ++k) perfect(p, 1);
  EXPECT_NEAR(p.state().setpoint, 260, 1e-9);
  for (int k = 0; k < 1800; ++k) perfect(p, 1);
  EXPECT_NEAR(p.state().setpoint, 500, 1e-9);
  EXPECT_EQ(p.state().phase, Phase::finished);
}

TEST(Programmer, GuaranteedSoakCountsOnlyWithinTolerance) {
  Programmer p;
  p.load(of({soak(100, 3)}));
  p.start(750);
  for (int k = 0; k < 40; ++k) p.step(1, 748, 752);
  for (int k = 0; k < 500; ++k) p.step(1, 746, 752);  // one point too cold
  EXPECT_EQ(p.state().phase, Phase::waiting);
  EXPECT_NEAR(p.state().credit_s, 40, 1e-9);
  for (int k = 0; k < 500; ++k) p.step(1, 748, 754);  // one too hot
  EXPECT_NEAR(p.state().credit_s, 40, 1e-9);
  for (int k = 0; k < 59; ++k) p.step(1, 747, 753);  // at the edge: counts
  EXPECT_EQ(p.state().phase, Phase::running);
  p.step(1, 750, 750);
  EXPECT_EQ(p.state().phase, Phase::finished);
  EXPECT_NEAR(p.state().total_s, 1100, 1e-9);
}

TEST(Programmer, APvThatIsNotANumberNeverEarnsCredit) {
  Programmer p;
  p.load(of({soak(100, 3)}));
  p.start(750);
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (int k = 0; k < 500; ++k) p.step(1, nan, nan);
  EXPECT_EQ(p.state().credit_s, 0);
}

TEST(Programmer, HoldbackWaitsOnTheSideChosen) {
  const auto setpoint_after = [](Holdback kind, double deviation) {
    Segment s = ramp(1000, 1);
    s.holdback = kind;
    s.holdback_value = 10;
    Programmer p;
    p.load(of({s}));
    p.start(100);
    for (int k = 0; k < 60; ++k) {
      const double pv = p.state().setpoint + deviation;
      p.step(1, pv, pv);
    }
    return p.state().setpoint;
  };
  EXPECT_NEAR(setpoint_after(Holdback::low, -11), 100, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::low, 11), 160, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::high, 11), 100, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::high, -11), 160, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::band, -11), 100, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::band, 11), 100, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::band, 9), 160, 1e-9);
  EXPECT_NEAR(setpoint_after(Holdback::off, -500), 160, 1e-9);
}

TEST(Programmer, HoldbackLetsTheRampGoOnWhereItStopped) {
  Segment s = ramp(1000, 1);
  s.holdback = Holdback::low;
  s.holdback_value = 10;
  Programmer p;
  p.load(of({s}));
  p.start(100);
  // The charge lags: PV stays at 100 until the setpoint has run 10 ahead, then rises 0.5 K/s.
  double pv = 100;
  for (int k = 0; k < 30; ++k) p.step(1, pv, pv);
  EXPECT_NEAR(p.state().setpoint, 111, 1e-9);
  for (int k = 0; k < 400; ++k) {
    pv += 0.5;
    p.step(1, pv, pv);
    ASSERT_LE(p.state().setpoint - pv, 11 + 1e-9);
  }
  EXPECT_NEAR(p.state().setpoint, pv + 10.5, 0.6);
}

TEST(Programmer, HoldByAPersonFreezesSetpointAndCredit) {
  Programmer p;
  p.load(of({ramp(120, 1), soak(10)}));
  p.start(100);
  for (int k = 0; k < 5; ++k) perfect(p, 1);
  p.hold();
  for (int k = 0; k < 100; ++k) EXPECT_NEAR(perfect(p, 1), 105, 1e-9);
  p.release();
  EXPECT_NEAR(perfect(p, 1), 106, 1e-9);
}

TEST(Programmer, LoopsRepeatTheirSegments) {
  Program program = of({ramp(100, 10), ramp(200, 10), ramp(100, 10), soak(5)});
  program.loop_first = 1;
  program.loop_last = 2;
  program.loop_count = 3;
  Programmer p;
  ASSERT_TRUE(p.load(program));
  p.start(100);
  int peaks = 0;
  int steps = 0;
  while (p.state().phase != Phase::finished && steps < 1000) {
    perfect(p, 1);
    ++steps;
    if (p.state().setpoint > 199.5) ++peaks;
  }
  EXPECT_EQ(peaks, 3);
  EXPECT_EQ(steps, 3 * 20 + 5);
}

TEST(Programmer, ResumesAfterAnInterruptionAtTheProvenSoakCredit) {
  Program program = of({ramp(750, 10), soak(3600, 5)});
  program.recovery_per_s = 2;
  Programmer p;
  p.load(program);
  p.start(740);
  perfect(p, 1);
  for (int k = 0; k < 1200; ++k) p.step(1, 750, 750);
  const double proven = p.state().credit_s;
  EXPECT_NEAR(proven, 1200, 1);
  // The power dips, the charge falls to 690; a new instance takes the saved state over.
  Programmer after;
  after.load(program);
  after.restore(p.state());
  after.resume(690);
  EXPECT_EQ(after.state().phase, Phase::recovering);
  EXPECT_NEAR(after.state().setpoint, 690, 1e-9);
  for (int k = 0; k < 29; ++k) perfect(after, 1);
  EXPECT_NEAR(after.state().setpoint, 748, 1e-9);
  EXPECT_EQ(after.state().credit_s, proven);  // nothing earned on the way
  perfect(after, 1);
  for (int k = 0; k < 100; ++k) after.step(1, 744, 744);  // not there yet: still nothing
  EXPECT_EQ(after.state().credit_s, proven);
  int more = 0;
  while (after.state().phase != Phase::finished && more < 10000) {
    after.step(1, 750, 750);
    ++more;
  }
  EXPECT_NEAR(more, 3600 - proven, 1);
}

TEST(Programmer, ResumeOfAnIdleOrFinishedProgramDoesNothing) {
  Programmer p;
  p.load(of({soak(1)}));
  p.resume(100);
  EXPECT_EQ(p.state().phase, Phase::idle);
  p.start(50);
  perfect(p, 2);
  p.resume(10);
  EXPECT_EQ(p.state().phase, Phase::finished);
  EXPECT_EQ(p.state().setpoint, 50);
}

TEST(Programmer, ProgramsThatCannotRunAreRefused) {
  Programmer p;
  EXPECT_FALSE(p.load(Program{}));
  EXPECT_FALSE(p.load(of({ramp(100, 0)})));
  EXPECT_FALSE(p.load(of({soak(-1)})));
  Program loops = of({soak(1), soak(1)});
  loops.loop_first = 1;
  loops.loop_last = 0;
  EXPECT_FALSE(p.load(loops));
  loops.loop_first = 0;
  loops.loop_last = 2;
  EXPECT_FALSE(p.load(loops));
  EXPECT_FALSE(p.start(20)) << "no program";
}

TEST(Programmer, ALoopOfNoLengthCannotHangTheStep) {
  Program program = of({soak(0), soak(0)});
  program.loop_last = 1;
  program.loop_count = 4000000000U;
  Programmer p;
  ASSERT_TRUE(p.load(program));
  p.start(100);
  EXPECT_EQ(perfect(p, 1), 100);  // returns
}

}  // namespace
}  // namespace saggar::pid
