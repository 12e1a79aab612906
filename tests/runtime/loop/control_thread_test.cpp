// The control thread: when a cycle starts, and what happens when nobody reads fast enough.
#include "runtime/loop/control_thread.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::AnswerKind;
using domain::IntentKind;

constexpr std::int64_t kSecond_ns = 1'000'000'000;

struct ThreadRig {
  explicit ThreadRig(std::size_t slots)
      : cycle(loop_plant(), loop_settings(), loop_roster("well_behaved")),
        channels(loop_plant(), cycle.prototype(), slots, kSecond_ns),
        frame(loop_plant().tags.size()) {}

  static ThreadSettings settings(Pacing pacing, std::int64_t period_ns = kSecond_ns) {
    ThreadSettings s;
    s.pacing = pacing;
    s.period_ns = period_ns;
    s.wishes.lock_memory = false;
    return s;
  }
  /// io: the next frame, as soon as there is room.
  void send(std::uint64_t sequence, std::int64_t time_ns, std::int64_t received_ns = 0,
            std::uint32_t missed = 0) {
    field.show(frame);
    frame.missed = missed;
    frame.sequence = sequence;
    frame.time_ns = time_ns;
    frame.received_ns = received_ns;
    if (wall) {
      channels.inbox.fill() = frame;
      channels.inbox.show();
      return;
    }
    domain::Frame* slot = channels.inbox.claim();
    while (slot == nullptr) std::this_thread::yield(), slot = channels.inbox.claim();
    *slot = frame;
    channels.inbox.publish();
  }
  domain::Record next() {
    channels.records.wait_readable();
    domain::Record record = *channels.records.front();
    channels.records.pop();
    return record;
  }

  Cycle cycle;
  Channels channels;
  domain::Frame frame;
  Field field;
  bool wall = false;  ///< which way `send` goes
};

/// Ends wall pacing when a test ends, also when it fails.
struct StopAtEnd {
  Channels& channels;
  ~StopAtEnd() { channels.stop.store(true); }
};

std::int64_t monotonic_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// Two slots, 300 frames, and a reader that begins only when the ring is full.
TEST(ControlThread, FieldPacingRunsEveryFrameLosesNoRecordAndEndsOnTheStopFrame) {
  ThreadRig rig(2);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::field));
  EXPECT_TRUE(control.start().empty());  // nothing was wished for
  std::thread io([&] {
    for (std::uint64_t n = 1; n <= 300; ++n) rig.send(n, static_cast<std::int64_t>(n) * kSecond_ns);
    rig.send(kStopSequence, 0);
  });
  while (rig.channels.records.size() < 2) std::this_thread::yield();
  for (std::uint64_t n = 1; n <= 300; ++n) {
    const domain::Record record = rig.next();
    ASSERT_EQ(record.cycle, n);
    ASSERT_EQ(record.frame.sequence, n);
    ASSERT_EQ(record.time_ns, static_cast<std::int64_t>(n) * kSecond_ns);
    ASSERT_EQ(record.command.cycle, n);
  }
  io.join();
  control.join();
  EXPECT_EQ(rig.channels.records.size(), 0U);  // the stop frame is no cycle
  EXPECT_EQ(rig.channels.records.dropped(), 0U);
}

TEST(ControlThread, WallPacingCountsARecordWithoutRoomAndDoesNotWait) {
  ThreadRig rig(1);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall));
  rig.field.show(rig.frame);
  for (int i = 1; i <= 3; ++i) control.one(rig.frame, i * kSecond_ns, monotonic_ns(), 0);
  EXPECT_EQ(rig.channels.records.dropped(), 2U);
  EXPECT_EQ(rig.next().cycle, 1U);
  const domain::Command* newest = rig.channels.outbox.take();
  ASSERT_NE(newest, nullptr);
  EXPECT_EQ(newest->cycle, 3U);  // the command went out all the same
  control.one(rig.frame, 4 * kSecond_ns, monotonic_ns(), 0);
  EXPECT_EQ(rig.next().cycle, 4U);
}

TEST(ControlThread, OnlyACycleWhoseRecordWasAcceptedFeedsTheWatchdog) {  // SC-47
  ThreadRig rig(1);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall));
  rig.field.show(rig.frame);
  while (rig.channels.records.claim() != nullptr) rig.channels.records.publish();
  control.one(rig.frame, kSecond_ns, monotonic_ns(), 0);
  EXPECT_FALSE(rig.channels.watchdog.alive(monotonic_ns()));
  rig.channels.records.pop();
  const std::int64_t started_ns = monotonic_ns();
  control.one(rig.frame, 2 * kSecond_ns, started_ns, 0);
  EXPECT_TRUE(rig.channels.watchdog.alive(started_ns));
}

TEST(ControlThread, AnIntentThatDoesNotFitIsAnsweredBusyAtOnce) {  // SC-08
  ThreadRig rig(4);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall));
  rig.field.show(rig.frame);
  domain::Intent later;
  later.kind = IntentKind::acknowledge;
  later.not_before = 1'000'000;
  later.station.assign("panel");
  // The cycle keeps 63 for later and one place for an emergency.
  for (later.id = 1; later.id <= 64; ++later.id) ASSERT_TRUE(rig.channels.intents.push(later));
  control.one(rig.frame, kSecond_ns, monotonic_ns(), 0);
  ASSERT_EQ(rig.channels.answers.size(), 1U);
  const domain::IntentAnswer answer = *rig.channels.answers.front();
  rig.channels.answers.pop();
  EXPECT_EQ(answer.id, 64U);
  EXPECT_EQ(answer.kind, AnswerKind::busy);
  EXPECT_EQ(answer.reason, domain::Reason::busy);
  EXPECT_EQ(answer.station.view(), "panel");
  EXPECT_EQ(answer.cycle, 1U);
  domain::Intent now;
  now.id = 99;
  now.kind = IntentKind::hold;  // the emergency still gets through (SC-91)
  ASSERT_TRUE(rig.channels.intents.push(now));
  control.one(rig.frame, 2 * kSecond_ns, monotonic_ns(), 0);
  ASSERT_EQ(rig.channels.answers.size(), 1U);
  EXPECT_EQ(rig.channels.answers.front()->id, 99U);
  EXPECT_EQ(rig.channels.answers.front()->kind, AnswerKind::done);
}

// Nobody takes answers for a long time: none is lost, requests wait in their queue instead.
TEST(ControlThread, NoAnswerIsLostWhileNobodyTakesThem) {  // SC-08
  ThreadRig rig(512);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall));
  rig.field.show(rig.frame);
  domain::Intent ask;
  ask.kind = IntentKind::acknowledge;
  std::vector<int> answered(501, 0);
  const auto take = [&] {
    while (const domain::IntentAnswer* answer = rig.channels.answers.front()) {
      ++answered[answer->id];
      rig.channels.answers.pop();
    }
  };
  std::uint64_t asked = 0;
  for (int cycle = 1; cycle <= 400; ++cycle) {
    for (int k = 0; k < 5 && asked < 500; ++k) {
      ask.id = asked + 1;
      asked += rig.channels.intents.push(ask) ? 1 : 0;
    }
    control.one(rig.frame, cycle * kSecond_ns, monotonic_ns(), 0);
    if (cycle >= 200) take();
  }
  take();
  EXPECT_EQ(asked, 500U);
  EXPECT_EQ(rig.channels.answers.dropped(), 0U);
  EXPECT_EQ(std::count(answered.begin() + 1, answered.end(), 1), 500);
}

TEST(ControlThread, CyclesGoOnFromTheLastOneOfTheJournal) {
  ThreadRig rig(4);
  ThreadSettings settings = ThreadRig::settings(Pacing::wall);
  settings.last_cycle = 41;
  ControlThread control(rig.cycle, rig.channels, settings);
  rig.field.show(rig.frame);
  for (int i = 1; i <= 3; ++i) control.one(rig.frame, i * kSecond_ns, monotonic_ns(), 0);
  for (std::uint64_t n = 42; n <= 44; ++n) EXPECT_EQ(rig.next().cycle, n);
}

TEST(ControlThread, ARecordSaysHowLongItsCycleTookAndHowOldItsFrameWas) {
  ThreadRig rig(1);
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall));
  rig.field.show(rig.frame);
  const std::int64_t started_ns = monotonic_ns();
  rig.frame.received_ns = started_ns - 123;
  control.one(rig.frame, kSecond_ns, started_ns, 77);
  const domain::Record record = rig.next();
  EXPECT_EQ(record.timing.start_ns, started_ns);
  EXPECT_EQ(record.timing.late_ns, 77);
  EXPECT_EQ(record.timing.frame_age_ns, 123);
  EXPECT_GT(record.timing.duration_ns, 0);
  EXPECT_GE(record.timing.duration_ns, record.timing.controllers_ns);
}

// The kiln is started anew: its clock and its sequence begin again. Control's time goes on, the
// jump is said once, and commands are dated by the kiln's own new clock (SC-106).
TEST(ControlThread, InWallPacingARestartedKilnIsDrivenOnWithItsNewClock) {
  ThreadRig rig(64);
  rig.wall = true;
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall, 2'000'000));
  const StopAtEnd stop{rig.channels};
  control.start();
  rig.send(2, 7200 * kSecond_ns, monotonic_ns());
  domain::Record record = rig.next();
  while (record.frame.sequence != 2) record = rig.next();
  std::int64_t before = record.time_ns;
  std::uint64_t cycle = record.cycle;
  EXPECT_GE(before, 7200 * kSecond_ns);
  rig.send(1, 3 * kSecond_ns, monotonic_ns());
  int told = 0;
  for (int seen = 0; seen < 5;) {
    record = rig.next();
    ASSERT_GE(record.time_ns, before);
    ASSERT_GT(record.cycle, cycle);
    before = record.time_ns;
    cycle = record.cycle;
    seen += record.frame.sequence == 1 ? 1 : 0;
    for (const domain::Event& event : record.events) {
      told += event.code == domain::EventCode::field_clock_jumped ? 1 : 0;
    }
    if (record.frame.sequence == 1) {
      EXPECT_LT(record.time_ns - record.frame.time_ns, kSecond_ns) << "the frame is fresh";
    }
  }
  EXPECT_EQ(told, 1);
  const domain::Command* command = rig.channels.outbox.take();
  ASSERT_NE(command, nullptr);
  EXPECT_LT(command->time_ns, 60 * kSecond_ns);
  EXPECT_LT(command->valid_until_ns, 120 * kSecond_ns);
}

// A state every second cycle, from which another cycle goes on with the same commands (HI-11).
TEST(ControlThread, AStateForTheJournalComesWithItsCycle) {
  ThreadRig rig(64);
  std::vector<std::uint8_t> state;
  rig.cycle.snapshot(state);
  Channels channels(loop_plant(), rig.cycle.prototype(), 64, kSecond_ns, state.size());
  ThreadSettings settings = ThreadRig::settings(Pacing::wall);
  settings.snapshot_cycles = 2;
  ControlThread control(rig.cycle, channels, settings);
  rig.field.show(rig.frame);
  for (int i = 1; i <= 3; ++i) {
    rig.frame.sequence = static_cast<std::uint64_t>(i);
    rig.frame.time_ns = i * kSecond_ns;
    control.one(rig.frame, i * kSecond_ns, monotonic_ns(), 0);
  }
  const StateAfter* kept = channels.states.front();
  ASSERT_NE(kept, nullptr);
  EXPECT_EQ(kept->cycle, 2U);
  EXPECT_EQ(channels.states.size(), 1U);
  channels.records.pop(), channels.records.pop();
  const domain::Record third = *channels.records.front();

  ThreadRig other(64);
  auto archive = domain::Archive::loading(kept->state.data(), kept->state.size());
  other.cycle.serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  domain::Record again = other.cycle.prototype();
  again.cycle = 3;
  again.time_ns = third.time_ns;
  again.frame = third.frame;
  other.cycle.run(again);
  EXPECT_EQ(again.command.value, third.command.value);
  EXPECT_EQ(again.command.action, third.command.action);
}

// Its first cycle would start in an hour.
TEST(ControlThread, InWallPacingARequestToStopEndsTheSleep) {
  ThreadRig rig(4);
  ControlThread control(rig.cycle, rig.channels,
                        ThreadRig::settings(Pacing::wall, 3600 * kSecond_ns));
  control.start();
  rig.channels.stop.store(true);
  control.join();
  EXPECT_EQ(rig.channels.records.size(), 0U);
}

TEST(ControlThread, InWallPacingTheClockStartsCyclesWithoutFrames) {
  ThreadRig rig(64);
  rig.wall = true;
  ControlThread control(rig.cycle, rig.channels, ThreadRig::settings(Pacing::wall, 2'000'000));
  const StopAtEnd stop{rig.channels};
  control.start();
  rig.send(1, kSecond_ns, monotonic_ns(), 3);
  domain::Record record = rig.next();
  while (record.frame.sequence != 1) record = rig.next();
  EXPECT_EQ(record.frame.missed, 3U);
  const std::int64_t first_ns = record.time_ns;
  for (int i = 0; i < 3; ++i) {
    record = rig.next();
    EXPECT_EQ(record.frame.sequence, 1U);  // the same frame again
    EXPECT_EQ(record.frame.missed, 0U);    // said once
  }
  EXPECT_GT(record.time_ns, first_ns);  // the field's time goes on at the pace of ours
}

}  // namespace
}  // namespace saggar::loop
