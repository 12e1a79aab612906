// What a cycle says of itself, once and no oftener.
#include <gtest/gtest.h>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::EventCode;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;

constexpr domain::MvId kMv = 1;

/// The first event of that code; fails if there is none.
domain::Event event_of(const domain::Record& record, EventCode code) {
  for (const domain::Event& event : record.events) {
    if (event.code == code) return event;
  }
  ADD_FAILURE() << "no such event in cycle " << record.cycle;
  return {};
}

TEST(CycleEvents, TheStartIsSaidInTheFirstCycle) {
  LoopRig rig;
  rig.step();
  EXPECT_EQ(rig.events_of(EventCode::runtime_started), 1);
  rig.step();
  EXPECT_EQ(rig.events_of(EventCode::runtime_started), 0);
}

// Both seats hold the animal; the second does not drive, and its fault is said all the same.
TEST(CycleEvents, AFaultOfEachControllerIsSaidOnceWithItsReason) {
  LoopRig rig("reports_fault", kRecipe_degC, loop_plant(), loop_settings(),
              {{"from_cycle", 5.0, {}}});
  rig.steps(4);
  rig.step();
  ASSERT_EQ(rig.events_of(EventCode::controller_fault), 2);
  const domain::Event event = event_of(rig.record, EventCode::controller_fault);
  EXPECT_EQ(event.a, 0);
  EXPECT_EQ(static_cast<Reason>(event.b), Reason::plugin_fault);
  rig.step();
  EXPECT_EQ(rig.events_of(EventCode::controller_fault), 0);
}

// The device takes no remote value at all: three read-backs of a second fail, then the MV is in
// fault (SC-33), and a further request for it is refused and said.
TEST(CycleEvents, AnMvThatDoesNotFollowIsSaidToBeInFault) {
  LoopRig rig;
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::set_setpoint, kMv, Mode::man, 755);
  const double stuck = rig.field.working[kMv];
  int faults = 0;
  domain::Event event;
  for (int i = 0; i < 60; ++i) {
    rig.step();
    rig.field.working[kMv] = stuck;
    const int now = rig.events_of(EventCode::mv_fault);
    if (now != 0) event = event_of(rig.record, EventCode::mv_fault);
    faults += now;
  }
  EXPECT_EQ(faults, 1);
  EXPECT_EQ(event.a, kMv);
  EXPECT_EQ(event.y, stuck);  // what it reads back
}

TEST(CycleEvents, ARefusedRequestIsSaidWithItsReason) {
  LoopRig rig;
  rig.switch_on();
  rig.step([](domain::Frame& frame) { frame.link_up = false; });
  ASSERT_GE(rig.events_of(EventCode::guard_rejected), 1);
  EXPECT_NE(event_of(rig.record, EventCode::guard_rejected).b, 0);
}

// A run of 1 K has its result at once: gain 2, integral time 120 s.
TEST(CycleEvents, AFinishedTuningRunGivesItsResult) {
  LoopRig rig("complete");
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::tune_start, kMv, Mode::man, 1);
  rig.step();
  const domain::Event event = event_of(rig.record, EventCode::tune_finished);
  EXPECT_EQ(event.x, 2);
  EXPECT_EQ(event.y, 120);
}

// Room for one event only: the start and the link would be two.
TEST(CycleEvents, EventsThatDoNotFitAreCountedInTheLastPlace) {
  LoopRig rig;
  rig.record.events = domain::Bounded<domain::Event>(1);
  rig.step();
  ASSERT_EQ(rig.record.events.size(), 1U);
  EXPECT_EQ(rig.record.events[0].code, EventCode::events_lost);
  EXPECT_EQ(rig.record.events[0].x, 2);  // the one that did not fit and the one it stands for
}

}  // namespace
}  // namespace saggar::loop
