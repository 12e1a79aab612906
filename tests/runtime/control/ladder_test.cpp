// The ladder: every way to lose a seat, every way to get it back (SC-65..69, SC-91).
#include "tests/runtime/control/ladder_rig.hpp"

namespace saggar::control {
namespace {

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

TEST_F(LadderTest, ARungThatLivesOnTheFilterLosesTheSeatUntilPardoned) {  // LC-14
  const auto changed = [&](int n) {
    for (int i = 0; i < n; ++i) {
      cycle();
      ladder_.note_filter(in_.time_ns, true, false);
    }
  };
  changed(719);
  EXPECT_EQ(decision_.rung, kMpc);
  changed(1);
  EXPECT_EQ(cycle(), kPid);
  EXPECT_EQ(decision_.reason, Reason::filter_activity);
  ladder_.pardon(0);
  cycle(1 + 60);
  EXPECT_EQ(cycle(), kMpc);
}

// LC-20: what it says of itself says more than that it is not believed.
TEST_F(LadderTest, ARungThatIsNotBelievedLosesTheSeatAndItsOwnReasonComesFirst) {
  cycle();
  in_.doubt[kMpc] = Reason::not_believed;
  EXPECT_EQ(cycle(), kPid);
  EXPECT_EQ(decision_.reason, Reason::not_believed);
  proposals_[0].status = domain::ProposalStatus::none;
  proposals_[0].reason = Reason::out_of_domain;
  cycle();
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::out_of_domain);
  proposals_[0].status = domain::ProposalStatus::ok;
  proposals_[0].reason = Reason::none;
  in_.doubt[kMpc] = Reason::none;
  cycle();
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::none);
  EXPECT_EQ(decision_.rung, kPid) << "believed is not yet up";
}

// What no setpoint can keep, no other controller can keep either: all of them are out at once.
TEST_F(LadderTest, WhereTheFilterFindsNoWayHoldTakesOver) {  // SC-32, SC-67
  cycle();
  ladder_.note_filter(in_.time_ns, true, true);
  EXPECT_EQ(cycle(), kHold);
  EXPECT_EQ(decision_.reason, Reason::filter_infeasible);
  EXPECT_EQ(ladder_.blocked(kPid), Reason::filter_infeasible);
  ladder_.note_filter(in_.time_ns, false, false);
  cycle();
  EXPECT_EQ(ladder_.blocked(kMpc), Reason::none);
  EXPECT_EQ(decision_.rung, kHold);  // and up again only after the dwell
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
