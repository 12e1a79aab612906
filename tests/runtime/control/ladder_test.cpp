// The ladder: every way to lose a seat, every way to get it back (SC-65..69, SC-91).
#include "runtime/control/ladder.hpp"

#include <gtest/gtest.h>

namespace saggar::control {
namespace {

using domain::JobFact;
using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;
using Force = Demand::Force;

constexpr std::uint8_t kMpc = 0, kPid = 1, kHold = 2, kLocal = 3;

/// mpc (controller 0), pid (controller 1), hold, local; one cycle per second.
class LadderTest : public ::testing::Test {
 protected:
  static LadderSettings settings() {
    LadderSettings s;
    s.rungs = {{"mpc", RungKind::controller, 0, 0.5, 10},
               {"pid", RungKind::controller, 1, 0, 10, false},
               {"hold", RungKind::hold, domain::kNoController, 0, 1},
               {"recipe", RungKind::local, domain::kNoController, 0, 1}};
    s.dwell_cycles = 60;
    return s;
  }

  LadderTest() : proposals_(2), events_(64) {
    for (std::size_t i = 0; i < 2; ++i) {
      proposals_[i].controller = static_cast<domain::ControllerId>(i);
      proposals_[i].status = ProposalStatus::ok;
    }
    in_.on = true;
  }

  /// One cycle; both controllers keep proposing from the newest frame.
  std::uint8_t cycle(int n = 1) {
    for (int i = 0; i < n; ++i) {
      ++in_.cycle;
      in_.time_ns = static_cast<std::int64_t>(in_.cycle) * 1'000'000'000;
      for (Proposal& p : proposals_) {
        p.inputs_sequence = in_.cycle;
        p.inputs_time_ns = in_.time_ns - old_ns_;
      }
      ladder_.decide(in_, proposals_, decision_, events_);
      const Force force = in_.demand.force;  // stands until it is lifted; the rest is asked once
      in_.demand = {};
      in_.demand.force = force;
    }
    return decision_.rung;
  }
  /// What the intents do for a climb: it lifts what an emergency forced.
  void lift_and_climb(std::uint8_t to) {
    in_.demand.force = Force::none;
    in_.demand.climb_to = to;
  }
  void expect_lost(Reason reason, std::uint8_t to) {
    EXPECT_EQ(decision_.rung, to);
    EXPECT_EQ(decision_.reason, reason);
    EXPECT_TRUE(decision_.moved);
  }

  Ladder ladder_{settings()};
  LadderInputs in_;
  std::vector<Proposal> proposals_;
  domain::DutyDecision decision_;
  domain::Bounded<domain::Event> events_;
  std::int64_t old_ns_ = 0;
};

TEST_F(LadderTest, NothingMayDriveBeforeItWasJudged) {
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::started);
  EXPECT_EQ(ladder_.driving(), nullptr);
}

TEST_F(LadderTest, IsOffWhileTheApplicationIsOff) {
  in_.on = false;
  EXPECT_EQ(cycle(5), Ladder::kOff);
  EXPECT_EQ(decision_.controller, domain::kNoController);
}

TEST_F(LadderTest, TheBestHealthyRungTakesTheSeatWhenSwitchedOn) {
  EXPECT_EQ(cycle(), kMpc);
  EXPECT_EQ(decision_.reason, Reason::operator_request);
}

TEST_F(LadderTest, SwitchingOffEmptiesTheSeatInTheSameCycle) {
  cycle();
  in_.on = false;
  cycle();
  expect_lost(Reason::application_off, Ladder::kOff);
}

struct Loss {
  const char* name;
  ProposalStatus status;
  Reason given;
  Reason expected;
};
class LadderLoss : public LadderTest, public ::testing::WithParamInterface<Loss> {};

TEST_P(LadderLoss, HandsOverInTheSameCycleWithTheReason) {
  ASSERT_EQ(cycle(), kMpc);
  proposals_[0].status = GetParam().status;
  proposals_[0].reason = GetParam().given;
  cycle();
  expect_lost(GetParam().expected, kPid);
}

INSTANTIATE_TEST_SUITE_P(
    SC67, LadderLoss,
    ::testing::Values(
        Loss{"non_finite", ProposalStatus::fault, Reason::non_finite, Reason::non_finite},
        Loss{"threw", ProposalStatus::fault, Reason::plugin_threw, Reason::plugin_threw},
        Loss{"fault", ProposalStatus::fault, Reason::plugin_fault, Reason::plugin_fault},
        Loss{"wrong_shape", ProposalStatus::fault, Reason::wrong_shape, Reason::wrong_shape},
        Loss{"allocated", ProposalStatus::fault, Reason::allocated, Reason::allocated},
        Loss{"restore", ProposalStatus::fault, Reason::state_not_restored,
             Reason::state_not_restored},
        Loss{"domain", ProposalStatus::none, Reason::out_of_domain, Reason::out_of_domain},
        Loss{"sensors", ProposalStatus::none, Reason::sensor_set_incomplete,
             Reason::sensor_set_incomplete},
        Loss{"not_ready", ProposalStatus::none, Reason::not_tracking, Reason::not_tracking},
        Loss{"none", ProposalStatus::none, Reason::none, Reason::no_proposal},
        Loss{"over_budget", ProposalStatus::late, Reason::over_budget, Reason::over_budget},
        Loss{"late", ProposalStatus::late, Reason::none, Reason::late}),
    [](const auto& test) { return std::string(test.param.name); });

TEST_F(LadderTest, LowConfidenceLosesTheSeat) {
  cycle();
  proposals_[0].confidence = 0.49;  // limit 0.5
  cycle();
  expect_lost(Reason::low_confidence, kPid);
}

TEST_F(LadderTest, AProposalOlderThanOneAndAHalfPeriodsLosesTheSeat) {  // SC-26: 15 s of 10 s
  cycle();
  old_ns_ = 15'000'000'000;
  EXPECT_EQ(cycle(), kMpc);
  old_ns_ = 15'000'000'001;
  EXPECT_EQ(cycle(), kHold);  // pid's proposal is as old
  EXPECT_EQ(decision_.reason, Reason::late);
}

TEST_F(LadderTest, StaleDataGoToHoldAndComeBackOneTierAtATime) {  // SC-69
  cycle();
  in_.frame_fresh = false;
  cycle();
  expect_lost(Reason::stale_frame, kHold);
  in_.frame_fresh = true;
  EXPECT_EQ(cycle(60), kHold);
  EXPECT_EQ(cycle(), kPid);
  EXPECT_EQ(decision_.reason, Reason::dwell_elapsed);
  EXPECT_EQ(cycle(1799), kPid);
  EXPECT_EQ(cycle(), kMpc);
}

TEST_F(LadderTest, ALostLinkReleasesAtOnce) {
  cycle();
  in_.link_up = false;
  cycle();
  expect_lost(Reason::link_lost, kLocal);
}

TEST_F(LadderTest, AControlledValueAtItsLimitReleases) {
  cycle();
  in_.cv_limit = true;
  cycle();
  expect_lost(Reason::cv_limit, kLocal);
}

TEST_F(LadderTest, AFieldThatTakesNoSetpointsIsReleased) {
  cycle();
  in_.readback_failed = true;
  cycle();
  expect_lost(Reason::readback_failed, kLocal);
}

TEST_F(LadderTest, ThreeMissesInTenLockTheControllerOutUntilAPersonPardonsIt) {  // SC-67
  cycle();
  proposals_[0].job = JobFact::fresh;
  for (int i = 0; i < 2; ++i) {
    proposals_[0].job = JobFact::late;
    cycle();
    proposals_[0].job = JobFact::fresh;
    cycle(3);
  }
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::none);
  proposals_[0].job = JobFact::late;  // the third within ten results
  cycle();
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::deadline_miss);
  proposals_[0].job = JobFact::fresh;
  EXPECT_EQ(cycle(7200), kPid) << "no dwell heals a locked controller";
  ladder_.pardon(0);
  cycle(1 + 60);
  EXPECT_EQ(cycle(), kMpc);
}

TEST_F(LadderTest, ThreeMissesSpreadOverMoreThanTenResultsDoNotLock) {
  cycle();
  for (int i = 0; i < 4; ++i) {
    proposals_[0].job = JobFact::late;
    cycle();
    proposals_[0].job = JobFact::fresh;
    cycle(5);  // a miss every 6 results: never 3 in 10
  }
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::none);
}

TEST_F(LadderTest, ARungThatTheGuardCorrectsTooOftenLosesTheSeatUntilPardoned) {  // SC-67
  const auto corrected = [&](int n) {
    for (int i = 0; i < n; ++i) {
      cycle();
      ladder_.note_guard(in_.time_ns, true);
    }
  };
  corrected(719);  // 72 periods of 10 s are 20 % of an hour
  EXPECT_EQ(decision_.rung, kMpc);
  corrected(1);
  EXPECT_EQ(cycle(), kPid);
  EXPECT_EQ(decision_.reason, Reason::intervention);
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::intervention);
  EXPECT_EQ(cycle(1000), kPid);
  ladder_.pardon(0);
  cycle(1 + 60);
  EXPECT_EQ(cycle(), kMpc);
}

// SC-67: the record names the cause, not only the demand that came with it.
TEST_F(LadderTest, AStepDownForACauseSaysTheCause) {
  cycle();
  in_.demand.step_down_to = kHold;
  in_.demand.step_down_reason = Reason::permissive_missing;
  cycle();
  expect_lost(Reason::permissive_missing, kHold);
  in_.demand.climb_to = kMpc;
  ASSERT_EQ(cycle(), kMpc);
  in_.demand.step_down_to = kHold;
  in_.frame_fresh = false;
  cycle();
  expect_lost(Reason::stale_frame, kHold);
}

TEST_F(LadderTest, HoldIsLimitedToThirtyMinutesThenReleases) {  // SC-68
  in_.demand.force = Force::hold;
  cycle();
  EXPECT_EQ(decision_.rung, kHold);
  EXPECT_EQ(cycle(1800), kHold);
  cycle();
  expect_lost(Reason::hold_expired, kLocal);
  EXPECT_EQ(cycle(4000), kLocal) << "an expired hold is not taken again";
}

TEST_F(LadderTest, AiOffTakesTheLowestAutomaticRungAndStaysUntilAClimbIsAsked) {  // SC-91
  cycle();
  in_.demand.force = Force::ai_off;
  cycle();
  expect_lost(Reason::operator_request, kPid);
  EXPECT_EQ(cycle(20000), kPid) << "no automatic climb against a person";
  lift_and_climb(kMpc);
  EXPECT_EQ(cycle(), kMpc);
}

TEST_F(LadderTest, ReleaseActsInTheSameCycleAndHoldsUntilAClimb) {  // SC-91
  cycle();
  in_.demand.force = Force::release;
  cycle();
  expect_lost(Reason::operator_request, kLocal);
  EXPECT_EQ(cycle(20000), kLocal);
  lift_and_climb(kPid);
  EXPECT_EQ(cycle(), kPid);
}

TEST_F(LadderTest, AnIntentStepsDownToTheRungItNames) {
  cycle();
  in_.demand.step_down_to = kHold;
  cycle();
  expect_lost(Reason::operator_request, kHold);
}

TEST_F(LadderTest, AClimbToASickRungGoesToTheNextHealthyOne) {
  in_.demand.force = Force::release;
  cycle();
  proposals_[0].status = ProposalStatus::none;
  lift_and_climb(kMpc);
  EXPECT_EQ(cycle(), kPid);
}

TEST_F(LadderTest, AForceThatNoLongerStandsDoesNotPinTheNextSwitchOn) {  // SC-91
  for (const Force force : {Force::ai_off, Force::hold, Force::release}) {
    in_.on = true;
    cycle();
    in_.demand.force = force;
    cycle();
    in_.on = false;
    cycle();
    in_.demand.force = Force::none;  // switching on lifts it
    in_.on = true;
    EXPECT_EQ(cycle(), kMpc);
  }
}

TEST_F(LadderTest, ClimbsAtMostOncePerThirtyMinutesAndThreeTimesPerShift) {  // SC-69
  cycle();
  int climbs = 0;
  for (int i = 0; i < 8; ++i) {
    proposals_[0].status = ProposalStatus::none;
    cycle();
    proposals_[0].status = ProposalStatus::ok;
    for (int s = 0; s < 3000; ++s) {
      cycle();
      climbs += decision_.moved && decision_.rung == kMpc ? 1 : 0;
    }
  }
  EXPECT_EQ(climbs, 3);  // 8 * 50 min < 8 h: the fourth needs a person
  EXPECT_EQ(decision_.rung, kPid);
  EXPECT_TRUE(std::any_of(events_.begin(), events_.end(), [](const domain::Event& e) {
    return e.code == domain::EventCode::rung_climb_blocked &&
           e.b == static_cast<std::uint16_t>(Reason::climb_limit);
  }));
  in_.demand.climb_to = kMpc;
  EXPECT_EQ(cycle(), kMpc);
}

TEST_F(LadderTest, TheSecondClimbWaitsThirtyMinutesAfterTheFirst) {  // SC-69
  cycle();
  const auto fail_once = [&] {
    proposals_[0].status = ProposalStatus::none;
    cycle();
    proposals_[0].status = ProposalStatus::ok;
  };
  fail_once();
  cycle(61);
  ASSERT_EQ(decision_.rung, kMpc);
  const std::uint64_t first = in_.cycle;
  fail_once();
  while (decision_.rung != kMpc) cycle();
  EXPECT_EQ(in_.cycle - first, 1800U);
}

TEST_F(LadderTest, SaysWhatAClimbNeeds) {  // SC-70
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::none);  // the best drives
  proposals_[0].status = ProposalStatus::none;
  proposals_[0].reason = Reason::out_of_domain;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::out_of_domain);
  EXPECT_EQ(decision_.blocked[kMpc], Reason::out_of_domain);
  EXPECT_EQ(decision_.blocked[kPid], Reason::none);
  proposals_[0].status = ProposalStatus::ok;
  proposals_[0].reason = Reason::none;
  cycle(2);
  EXPECT_EQ(decision_.climb_needs, Reason::dwell_elapsed);
  in_.demand.force = Force::hold;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::operator_request);
  in_.on = false;
  cycle();
  EXPECT_EQ(decision_.climb_needs, Reason::none);
}

TEST_F(LadderTest, NothingHealthyEndsAtTheLocalRecipeWhichCannotFail) {
  cycle();
  for (Proposal& p : proposals_) p.status = ProposalStatus::fault;
  in_.link_up = false;
  EXPECT_EQ(cycle(), kLocal);
}

TEST_F(LadderTest, RestoredStateDecidesLikeTheOriginal) {
  cycle(10);
  proposals_[0].status = ProposalStatus::none;
  cycle(10);
  std::vector<std::uint8_t> bytes;
  auto saving = domain::Archive::saving(bytes);
  ladder_.serialize(saving);
  Ladder copy(settings());
  auto loading = domain::Archive::loading(bytes.data(), bytes.size());
  copy.serialize(loading);
  ASSERT_TRUE(loading.ok() && loading.at_end());
  proposals_[0].status = ProposalStatus::ok;
  for (int i = 0; i < 100; ++i) {
    cycle();
    domain::DutyDecision other;
    domain::Bounded<domain::Event> events(8);
    copy.decide(in_, proposals_, other, events);
    ASSERT_EQ(other.rung, decision_.rung);
    ASSERT_EQ(other.reason, decision_.reason);
  }
}

}  // namespace
}  // namespace saggar::control
