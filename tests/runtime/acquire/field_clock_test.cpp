// One timeline for control: drift is followed, jumps are taken out and said, late frames stay late.
#include "runtime/acquire/field_clock.hpp"

#include <gtest/gtest.h>

namespace saggar::acquire {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
constexpr std::int64_t kPeriod_ns = kSecond_ns;

domain::Frame frame(std::uint64_t sequence, std::int64_t time_ns, std::int64_t received_ns = 0) {
  domain::Frame f(1);
  f.sequence = sequence;
  f.time_ns = time_ns;
  f.received_ns = received_ns;
  f.samples[0].time_ns = time_ns - 100;
  return f;
}

/// Wall pacing: frames once a second from monotonic time 1000 s on; the field says 50 s + k.
struct Wall {
  FieldClock clock;
  std::uint64_t sequence = 0;
  std::int64_t mono_ns = 1000 * kSecond_ns;
  std::int64_t field_ns = 50 * kSecond_ns;

  domain::Frame next() {
    mono_ns += kSecond_ns;
    field_ns += kSecond_ns;
    domain::Frame f = frame(++sequence, field_ns, mono_ns);
    clock.place(f);
    return f;
  }
};

TEST(FieldClock, BeforeTheFirstFrameTimeStandsAtZero) {
  FieldClock clock;
  EXPECT_EQ(clock.now_ns(77 * kSecond_ns), 0);
}

TEST(FieldClock, RunsOnBetweenFramesAndFollowsDrift) {
  Wall wall;
  wall.next();
  EXPECT_EQ(wall.clock.now_ns(wall.mono_ns + kSecond_ns / 2), 51 * kSecond_ns + kSecond_ns / 2);
  wall.field_ns += 1'000'000;  // the field's crystal is a millisecond ahead after a second
  const domain::Frame f = wall.next();
  EXPECT_EQ(f.clock_jump_ns, 0);
  EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), wall.field_ns);
  wall.field_ns -= 2'000'000;
  wall.next();
  EXPECT_GE(wall.clock.now_ns(wall.mono_ns), 52 * kSecond_ns + 1'000'000) << "never falls";
}

TEST(FieldClock, ARestartedFieldGoesOnWhereTheLastOneWas) {
  Wall wall;
  for (int i = 0; i < 30; ++i) wall.next();
  EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), 80 * kSecond_ns);
  wall.sequence = 0;
  wall.field_ns = 0;
  const domain::Frame f = wall.next();  // says 1 s, was expected at 81 s
  EXPECT_EQ(f.clock_jump_ns, -80 * kSecond_ns);
  EXPECT_EQ(f.time_ns, 81 * kSecond_ns);
  EXPECT_EQ(f.samples[0].time_ns, 81 * kSecond_ns - 100);
  EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), 81 * kSecond_ns);
  EXPECT_EQ(wall.clock.shift_ns(), 80 * kSecond_ns);
  EXPECT_EQ(wall.next().time_ns, 82 * kSecond_ns);
}

TEST(FieldClock, AClockThatIsSetIsBelievedAfterFiveFrames) {  // SC-106
  for (const std::int64_t hour_ns : {-3600 * kSecond_ns, 3600 * kSecond_ns}) {
    Wall wall;
    for (int i = 0; i < 10; ++i) wall.next();
    wall.field_ns += hour_ns;
    for (int i = 1; i < FieldClock::kConfirm; ++i) {
      const domain::Frame f = wall.next();
      EXPECT_EQ(f.clock_jump_ns, 0);
      EXPECT_EQ(f.time_ns, wall.field_ns) << "stands as it says";
      EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), wall.field_ns - hour_ns) << "time goes on";
    }
    const domain::Frame f = wall.next();
    EXPECT_EQ(f.clock_jump_ns, hour_ns);
    EXPECT_EQ(f.time_ns, wall.field_ns - hour_ns);
    EXPECT_EQ(wall.clock.shift_ns(), -hour_ns);
  }
}

TEST(FieldClock, OneWildFrameChangesNothing) {
  Wall wall;
  for (int i = 0; i < 10; ++i) wall.next();
  wall.field_ns += 9000 * kSecond_ns;
  wall.next();
  wall.field_ns -= 9000 * kSecond_ns;
  for (int i = 0; i < 20; ++i) {
    const domain::Frame f = wall.next();
    EXPECT_EQ(f.clock_jump_ns, 0);
    EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), wall.field_ns);
  }
}

// Ten frames that waited in a queue come at once: each is as old as it says, none is a new clock.
TEST(FieldClock, FramesThatWereHeldUpStayOld) {
  Wall wall;
  for (int i = 0; i < 10; ++i) wall.next();
  wall.mono_ns += 10 * kSecond_ns;
  for (int i = 0; i < 10; ++i) {
    wall.field_ns += kSecond_ns;
    domain::Frame f = frame(++wall.sequence, wall.field_ns, wall.mono_ns);
    wall.clock.place(f);
    EXPECT_EQ(f.clock_jump_ns, 0);
    EXPECT_EQ(f.time_ns, wall.field_ns);
  }
  EXPECT_EQ(wall.clock.now_ns(wall.mono_ns), wall.field_ns);
}

TEST(FieldClock, TheSameFrameAgainIsNoRestart) {
  Wall wall;
  wall.next();
  domain::Frame again = frame(wall.sequence, wall.field_ns, wall.mono_ns);
  wall.clock.place(again);
  EXPECT_EQ(again.clock_jump_ns, 0);
  EXPECT_EQ(again.time_ns, wall.field_ns);
}

TEST(FieldClock, InFieldPacingAStepBackGoesOnOnePeriodLater) {
  FieldClock clock;
  domain::Frame f = frame(1, 100 * kSecond_ns);
  clock.follow(f, kPeriod_ns);
  f = frame(2, 101 * kSecond_ns);
  clock.follow(f, kPeriod_ns);
  EXPECT_EQ(f.time_ns, 101 * kSecond_ns);
  f = frame(1, 0);  // the kiln was started anew
  clock.follow(f, kPeriod_ns);
  EXPECT_EQ(f.time_ns, 102 * kSecond_ns);
  EXPECT_EQ(f.clock_jump_ns, -102 * kSecond_ns);
  f = frame(2, 1 * kSecond_ns);
  clock.follow(f, kPeriod_ns);
  EXPECT_EQ(f.time_ns, 103 * kSecond_ns);
  EXPECT_EQ(f.clock_jump_ns, 0);
  f = frame(3, 500 * kSecond_ns);  // virtual time may leap
  clock.follow(f, kPeriod_ns);
  EXPECT_EQ(f.time_ns, 602 * kSecond_ns);
  EXPECT_EQ(f.clock_jump_ns, 0);
}

}  // namespace
}  // namespace saggar::acquire
