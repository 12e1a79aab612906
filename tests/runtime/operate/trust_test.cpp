#include "runtime/operate/trust.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace saggar::operate {
namespace {

using domain::IntentKind;
using domain::Level;
using domain::MvId;
using domain::Reason;

constexpr domain::ControllerId kPolicy = 1, kPid = 0;
constexpr std::size_t kMvs = 4;

TrustSettings settings(Level start = Level::shadow) {
  TrustSettings s;
  s.controller = kPolicy;
  s.start = start;
  s.groups = {{"canary", {0, 1}}, {"rest", {2, 3}}};
  s.band.assign(kMvs, 3);
  s.least_move.assign(kMvs, 0.5);
  return s;
}

/// One governed controller, its field at 700, a cycle per second.
class TrustTest : public ::testing::Test {
 protected:
  TrustTest() : proposals_(2, domain::Proposal(kMvs)) {
    for (domain::Proposal& p : proposals_) p.status = domain::ProposalStatus::ok;
    propose(700);
  }
  void propose(double value) { proposals_[kPolicy].value.assign(kMvs, value); }
  void step(double seconds = 1) {
    ++cycle_;
    time_ns_ += static_cast<std::int64_t>(seconds * 1e9);
    trust_.update({cycle_, time_ns_, proposals_, place_, working_, owner_, free_}, events_);
  }
  Reason ask(IntentKind kind, double value = 0, const char* group = "", const char* who = "kim",
             MvId mv = domain::kNoMv) {
    domain::Intent intent;
    intent.kind = kind;
    intent.controller = kPolicy;
    intent.value = value;
    intent.key.assign(group);
    intent.who.assign(who);
    intent.mv = mv;
    return trust_.serve(intent, cycle_, time_ns_, events_);
  }
  /// Both signatures, up to this level.
  void raise(Level to, const char* group = "") {
    for (int level = static_cast<int>(row(*group == '\0' ? 0 : trust_.group(kPolicy, group)).level);
         ++level <= static_cast<int>(to);) {
      EXPECT_EQ(ask(IntentKind::set_level, level, group, "kim"), Reason::second_person);
      EXPECT_EQ(ask(IntentKind::set_level, level, group, "lee"), Reason::none);
    }
  }
  const domain::TrustReport& row(std::size_t group) { return trust_.reports()[group]; }
  double granted(MvId mv, double reference = 700) {
    return trust_.granted(kPolicy, mv, proposals_[kPolicy].value[mv], reference);
  }
  int count(domain::EventCode code) {
    int n = 0;
    for (const domain::Event& e : events_) n += e.code == code ? 1 : 0;
    return n;
  }

  Trust trust_{kMvs, {settings()}};
  std::vector<domain::Proposal> proposals_;
  std::vector<std::uint16_t> place_ = {0, 1, 2, 3};
  std::vector<double> working_ = std::vector<double>(kMvs, 700);
  std::vector<domain::ControllerId> owner_ = std::vector<domain::ControllerId>(kMvs, kPid);
  std::vector<std::uint8_t> free_ = std::vector<std::uint8_t>(kMvs, 1);
  domain::Bounded<domain::Event> events_{1000};
  std::uint64_t cycle_ = 0;
  std::int64_t time_ns_ = 0;
};

TEST_F(TrustTest, BeginsInShadowAndMovesNothing) {  // SC-81
  EXPECT_FALSE(trust_.may_drive(kPolicy));
  EXPECT_FALSE(trust_.may_move(kPolicy, 0));
  EXPECT_TRUE(trust_.governs(kPolicy));
  EXPECT_FALSE(trust_.governs(kPid));
  EXPECT_TRUE(trust_.may_drive(kPid)) << "who is not governed may do all";
  EXPECT_TRUE(trust_.may_drive(domain::kNoController));
  EXPECT_EQ(trust_.granted(kPid, 0, 712, 700), 712);
  propose(710);
  step();
  EXPECT_EQ(row(0).card, 0U) << "nobody is asked";
}

TEST_F(TrustTest, RisesOneLevelAtATimeAndByTwoPeople) {  // SC-81, SC-82
  EXPECT_EQ(ask(IntentKind::set_level, 2), Reason::level_skipped);
  EXPECT_EQ(ask(IntentKind::set_level, 1), Reason::second_person);
  EXPECT_EQ(ask(IntentKind::set_level, 1), Reason::second_person) << "the same person again";
  EXPECT_EQ(row(0).level, Level::shadow);
  EXPECT_EQ(ask(IntentKind::set_level, 1, "", "lee"), Reason::none);
  EXPECT_EQ(row(0).level, Level::advise);
  EXPECT_EQ(row(1).level, Level::advise);
  EXPECT_EQ(ask(IntentKind::set_level, 1), Reason::nothing_to_do);
  EXPECT_EQ(count(domain::EventCode::level_changed), 2);
}

TEST_F(TrustTest, TheSecondSignatureMustComeInTime) {
  ask(IntentKind::set_level, 1);
  step(28801);
  EXPECT_EQ(ask(IntentKind::set_level, 1, "", "lee"), Reason::second_person);
  EXPECT_EQ(ask(IntentKind::set_level, 1, "", "kim"), Reason::none);
}

TEST_F(TrustTest, FallsByAnybodyAtOnceAndByAnyNumberOfLevels) {
  raise(Level::full);
  EXPECT_EQ(ask(IntentKind::set_level, 0, "canary"), Reason::none);
  EXPECT_EQ(row(0).level, Level::shadow);
  EXPECT_EQ(row(1).level, Level::full);
  EXPECT_TRUE(trust_.may_drive(kPolicy));
  EXPECT_FALSE(trust_.may_move(kPolicy, 0));
  EXPECT_TRUE(trust_.may_move(kPolicy, 2));
}

TEST_F(TrustTest, RefusesWhatIsNoLevelNoGroupAndNoGovernedController) {
  for (const double level : {-1.0, 5.0, 0.5, std::nan("")}) {
    EXPECT_EQ(ask(IntentKind::set_level, level), Reason::out_of_limits) << level;
  }
  EXPECT_EQ(ask(IntentKind::set_level, 1, "nobody"), Reason::unknown_group);
  domain::Intent other;
  other.controller = kPid;
  EXPECT_EQ(trust_.serve(other, 1, 0, events_), Reason::not_supported);
  EXPECT_EQ(ask(IntentKind::accept_move), Reason::no_card);
}

TEST_F(TrustTest, AtAdviseACardIsShownAndItsAnswerMovesNothing) {  // SC-84
  raise(Level::advise);
  propose(700.4);
  step();
  EXPECT_EQ(row(0).card, 0U) << "less than the least move";
  propose(702);
  step();
  EXPECT_EQ(row(0).card, 1U);
  EXPECT_EQ(row(1).card, 2U);
  EXPECT_EQ(trust_.offered(kPolicy, 0), 702);
  propose(705);
  step();
  EXPECT_EQ(trust_.offered(kPolicy, 0), 702) << "what a person sees is what stands";
  EXPECT_EQ(ask(IntentKind::accept_move, 0, "canary"), Reason::none);
  EXPECT_EQ(row(0).accepted, 1U);
  EXPECT_EQ(row(0).card, 0U);
  EXPECT_FALSE(trust_.may_move(kPolicy, 0));
}

TEST_F(TrustTest, AtConfirmOnlyWhatWasAcceptedGoesOn) {
  raise(Level::confirm);
  owner_.assign(kMvs, kPolicy);
  step();
  propose(704);
  step();
  EXPECT_EQ(granted(0), 700);
  EXPECT_EQ(ask(IntentKind::accept_move, 0, "canary"), Reason::none);
  EXPECT_EQ(granted(0), 704);
  EXPECT_EQ(granted(2), 700) << "the other group waits for its own answer";
  propose(709);
  step();
  EXPECT_EQ(granted(0), 704);
  EXPECT_NE(row(0).card, 0U);
}

TEST_F(TrustTest, AMoveCanBeChangedBeforeItIsAccepted) {
  raise(Level::confirm);
  owner_.assign(kMvs, kPolicy);
  propose(704);
  step();
  EXPECT_EQ(ask(IntentKind::modify_move, 701.5, "canary", "kim", 1), Reason::none);
  EXPECT_EQ(ask(IntentKind::modify_move, 701.5, "canary", "kim", 2), Reason::unknown_group);
  EXPECT_EQ(ask(IntentKind::modify_move, NAN, "canary", "kim", 1), Reason::non_finite);
  EXPECT_EQ(ask(IntentKind::accept_move, 0, "canary"), Reason::none);
  EXPECT_EQ(granted(0), 704);
  EXPECT_EQ(granted(1), 701.5);
  EXPECT_EQ(row(0).modified, 1U);
  EXPECT_EQ(row(0).accepted, 0U);
}

TEST_F(TrustTest, ARejectedMoveIsNotShownAgainForAsLongAsACardStands) {  // TR-11
  raise(Level::confirm);
  propose(704);
  step();
  EXPECT_EQ(ask(IntentKind::reject_move, 0, "canary"), Reason::none);
  EXPECT_EQ(row(0).rejected, 1U);
  step(599);
  EXPECT_EQ(row(0).card, 0U);
  step(1);
  EXPECT_NE(row(0).card, 0U);
}

TEST_F(TrustTest, ACardExpiresAndIsWithdrawnWhenItsProposalIsGone) {
  raise(Level::advise);
  propose(704);
  step();
  const auto first = row(0).card;
  step(599);
  EXPECT_EQ(row(0).card, first);
  step(1);
  EXPECT_EQ(row(0).card, 0U);
  EXPECT_EQ(row(0).expired, 1U);
  step();
  EXPECT_GT(row(0).card, first);
  proposals_[kPolicy].status = domain::ProposalStatus::none;
  step();
  EXPECT_EQ(row(0).card, 0U);
  EXPECT_EQ(row(0).shown, 1U) << "nobody could answer it: it does not count";
  EXPECT_TRUE(std::isnan(trust_.offered(kPolicy, 0)));
}

TEST_F(TrustTest, WhatIsNotItsOwnIsTakenOverFromWhereTheFieldIs) {
  raise(Level::confirm);
  owner_.assign(kMvs, kPolicy);
  propose(704);
  step();
  ask(IntentKind::accept_move, 0, "canary");
  EXPECT_EQ(granted(0), 704);
  working_[0] = 690, free_[0] = 0;  // a person has it
  step();
  EXPECT_EQ(granted(0), 690);
}

TEST_F(TrustTest, AtNarrowItKeepsWithinItsBandAboutTheReference) {
  raise(Level::narrow);
  propose(720);
  EXPECT_EQ(granted(0), 703);
  EXPECT_EQ(granted(0, 730), 727);
  EXPECT_EQ(granted(0, std::nan("")), 720) << "no reference, no band: the guard's limits hold";
  raise(Level::full);
  EXPECT_EQ(granted(0), 720);
}

TEST_F(TrustTest, WhatIsSevereTakesAllGroupsDownToAdvise) {  // SC-83
  raise(Level::full, "canary");
  raise(Level::narrow, "rest");
  trust_.lost_seat(kPolicy, Reason::cv_limit, 9, time_ns_, events_);
  EXPECT_EQ(row(0).level, Level::advise);
  EXPECT_EQ(row(1).level, Level::advise);
  EXPECT_EQ(row(0).reason, Reason::severe);
  EXPECT_EQ(row(0).since_cycle, 9U);
  EXPECT_EQ(count(domain::EventCode::level_lost), 1);
}

TEST_F(TrustTest, TwoLostSeatsWithinADayCostALevelAndWhatIsNotItsDoingNothing) {  // SC-83
  raise(Level::full);
  const auto lose = [&](Reason why) { trust_.lost_seat(kPolicy, why, 9, time_ns_, events_); };
  for (const Reason why :
       {Reason::operator_request, Reason::link_lost, Reason::stale_frame, Reason::application_off,
        Reason::shed, Reason::readback_failed, Reason::filter_infeasible}) {
    lose(why), lose(why);
  }
  EXPECT_EQ(row(0).level, Level::full);
  lose(Reason::out_of_domain);
  step(86401);
  lose(Reason::out_of_domain);
  EXPECT_EQ(row(0).level, Level::full) << "a day lies between";
  step(86399);
  lose(Reason::late);
  EXPECT_EQ(row(0).level, Level::narrow);
  EXPECT_EQ(row(0).reason, Reason::shed_twice);
  lose(Reason::late);
  EXPECT_EQ(row(0).level, Level::narrow) << "the count begins anew";
}

TEST_F(TrustTest, DriftCostsOneLevelOfTheHighestAndLeavesTheLowerAlone) {  // LC-22, SC-83
  raise(Level::full, "canary");
  raise(Level::confirm, "rest");
  trust_.demote_one(kPolicy, Reason::drift, 9, events_);
  EXPECT_EQ(row(0).level, Level::narrow);
  EXPECT_EQ(row(0).reason, Reason::drift);
  EXPECT_EQ(row(1).level, Level::confirm);
  EXPECT_EQ(count(domain::EventCode::level_lost), 1);
}

TEST_F(TrustTest, GoesOnFromASavedState) {
  raise(Level::confirm);
  propose(704);
  step();
  ask(IntentKind::set_level, 3);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  trust_.serialize(save);
  Trust other(kMvs, {settings()});
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  other.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  EXPECT_EQ(other.offered(kPolicy, 0), 704);
  EXPECT_EQ(other.reports()[0].card, row(0).card);
  domain::Intent second;
  second.kind = IntentKind::set_level;
  second.controller = kPolicy;
  second.value = 3;
  second.who.assign("lee");
  EXPECT_EQ(other.serve(second, cycle_, time_ns_, events_), Reason::none);
}

TEST(Trust, RefusesSettingsThatCannotWork) {
  TrustSettings none = settings();
  none.groups.clear();
  EXPECT_THROW(Trust(kMvs, {none}), std::invalid_argument);
  TrustSettings twice = settings();
  twice.groups[1].mvs.push_back(0);
  EXPECT_THROW(Trust(kMvs, {twice}), std::invalid_argument);
  TrustSettings sizes = settings();
  sizes.band.pop_back();
  EXPECT_THROW(Trust(kMvs, {sizes}), std::invalid_argument);
  TrustSettings sheds = settings();
  sheds.sheds = 9;
  EXPECT_THROW(Trust(kMvs, {sheds}), std::invalid_argument);
}

}  // namespace
}  // namespace saggar::operate
