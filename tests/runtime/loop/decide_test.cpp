// Who moves which MV where a controller is trusted with some groups only (SC-80..86).
#include <gtest/gtest.h>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::IntentKind;
using domain::Level;
using domain::Reason;
using domain::Record;

constexpr domain::ControllerId kLearned = 0, kFixed = 1;

/// The first controller asks for 4 K over the recipe, the second for 1 K; MVs 0 and 1 are a group.
CycleSettings trusting(Level level) {
  CycleSettings s = loop_settings();
  operate::TrustSettings trust;
  trust.controller = kLearned;
  trust.start = level;
  trust.groups = {{"canary", {0, 1}}, {"rest", {2, 3}}};
  trust.band.assign(loop_plant().mvs.size(), 2.5);
  trust.least_move.assign(loop_plant().mvs.size(), 0.5);
  s.trust = {trust};
  s.applications.tolerance_K = 5;  // they ask for more than the recipe from the start
  return s;
}
std::vector<host::ParamSpec> trim(double kelvin) {
  host::ParamSpec p;
  p.key = "trim_K", p.value = kelvin;
  return {p};
}
/// Of an animal that goes wrong from this cycle on.
std::vector<host::ParamSpec> trim_until(double kelvin, double cycle) {
  std::vector<host::ParamSpec> params = trim(kelvin);
  params.emplace_back();
  params[1].key = "from_cycle", params[1].value = cycle;
  return params;
}

struct TrustRig : LoopRig {
  explicit TrustRig(Level level, const char* animal = "well_behaved",
                    const std::vector<host::ParamSpec>& first = trim(4),
                    const std::vector<host::ParamSpec>& second = trim(1))
      : LoopRig(animal, kRecipe_degC, loop_plant(), trusting(level), first, second) {}
  void ask(IntentKind kind, double value = 0, const char* group = "", const char* who = "kim") {
    domain::Intent intent;
    intent.id = ++intents;
    intent.kind = kind;
    intent.controller = kLearned;
    intent.value = value;
    intent.key.assign(group);
    intent.who.assign(who);
    intent.station.assign("panel");
    intent.reason.assign("test");
    EXPECT_TRUE(cycle.offer(intent));
    step();
  }
  void raise(Level to, const char* group) {
    ask(IntentKind::set_level, static_cast<double>(to), group, "kim");
    EXPECT_EQ(last.reason, Reason::second_person);
    EXPECT_EQ(last.kind, domain::AnswerKind::busy);
    ask(IntentKind::set_level, static_cast<double>(to), group, "lee");
    EXPECT_EQ(last.kind, domain::AnswerKind::done);
  }
  double over(domain::MvId mv) const { return record.command.value[mv] - kRecipe_degC; }
};

TEST(Decide, InShadowTheNextRungDrivesAndItsOwnMovesAreOnlyRecorded) {  // SC-81, SC-86
  TrustRig rig(Level::shadow);
  rig.switch_on();
  rig.steps(600);
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  EXPECT_EQ(rig.record.decisions[0].blocked[kFirst], Reason::no_level);
  EXPECT_EQ(rig.record.proposals[kLearned].value[0], kRecipe_degC + 4) << "the counterfactual";
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_NEAR(rig.over(mv), 1, 0.01);
  EXPECT_EQ(rig.record.trust[0].card, 0U);
}

TEST(Decide, ACanaryGroupFollowsTheLearnedControllerTheOthersTheRungBelow) {
  TrustRig rig(Level::full);
  rig.ask(IntentKind::set_level, 0, "rest");
  rig.switch_on();
  rig.steps(600);
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  for (domain::MvId mv = 0; mv < 2; ++mv) EXPECT_NEAR(rig.over(mv), 4, 0.01);
  for (domain::MvId mv = 2; mv < 4; ++mv) EXPECT_NEAR(rig.over(mv), 1, 0.01);
  rig.ask(IntentKind::set_level, 0, "canary");  // roll-back in one press
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  EXPECT_LT(rig.record.decisions[0].bump, 1e-9);
  rig.steps(600);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_NEAR(rig.over(mv), 1, 0.01);
}

TEST(Decide, WhereNoControllerBelowCanHaveAnMvItFollowsTheRecipe) {
  TrustRig rig(Level::full, "no_proposal", trim_until(4, 1e6), trim_until(1, 1000));
  rig.ask(IntentKind::set_level, 0, "rest");
  rig.switch_on();
  rig.steps(600);
  EXPECT_NEAR(rig.over(2), 1, 0.01);
  rig.steps(2400);  // longer than hold would last
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  EXPECT_NEAR(rig.over(0), 4, 0.01);
  EXPECT_EQ(rig.record.request.asks[2].source, domain::Source::recipe);
  EXPECT_NEAR(rig.over(2), 0, 0.01);
  EXPECT_EQ(rig.record.modes[2].actual, domain::Mode::rcas) << "not released, not shed";
}

TEST(Decide, AtConfirmTheSeatIsTakenWithoutABumpAndOnlyAnAcceptedMoveGoesOn) {  // SC-84
  TrustRig rig(Level::advise);
  rig.switch_on();
  rig.steps(500);
  EXPECT_NE(rig.record.trust[0].card, 0U) << "3 K more than the field";
  rig.raise(Level::confirm, "canary");
  rig.offer(IntentKind::climb);
  rig.step();
  rig.steps(60);
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  EXPECT_NEAR(rig.over(0), 1, 0.01);
  ASSERT_NE(rig.record.trust[0].card, 0U);
  rig.ask(IntentKind::accept_move, 0, "canary");
  EXPECT_EQ(rig.last.kind, domain::AnswerKind::done);
  rig.steps(600);
  EXPECT_NEAR(rig.over(0), 4, 0.01);
  EXPECT_NEAR(rig.over(2), 1, 0.01) << "the rest is only advised";
  EXPECT_EQ(rig.record.trust[0].accepted, 1U);
}

TEST(Decide, AChangeOfLevelIsAHandOverWithoutABump) {
  TrustRig rig(Level::confirm);
  rig.switch_on();
  rig.steps(60);
  EXPECT_NEAR(rig.over(0), 0, 0.01) << "nothing was confirmed";
  rig.raise(Level::narrow, "canary");
  const double before = rig.over(0);
  rig.step();
  EXPECT_LT(std::abs(rig.over(0) - before), 0.02) << "0.5 K/min bleed, no jump of 2.5 K";
  rig.steps(600);
  EXPECT_NEAR(rig.over(0), 2.5, 0.01);
  EXPECT_NEAR(rig.over(2), 0, 0.01);
}

TEST(Decide, AiOffTakesItOutWhateverItsLevel) {  // SC-91
  TrustRig rig(Level::full);
  rig.switch_on();
  rig.steps(600);
  rig.offer(IntentKind::ai_off);
  rig.step();
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_NEAR(rig.over(mv), 4, 0.1) << "no bump";
  rig.steps(600);
  for (domain::MvId mv = 0; mv < 4; ++mv) EXPECT_NEAR(rig.over(mv), 1, 0.01);
}

// Cards are restored too (Trust.GoesOnFromASavedState), but these controllers keep no state: for a
// cycle they propose nothing, and their moves are withdrawn.
TEST(Decide, ARestoredCycleGoesOnBitForBitWithItsLevels) {
  TrustRig a(Level::confirm), b(Level::shadow);
  a.switch_on();
  a.steps(30);
  const std::vector<std::uint8_t> bytes = a.saved();
  auto archive = domain::Archive::loading(bytes.data(), bytes.size());
  b.cycle.serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  b.count = a.count, b.field = a.field;
  for (int i = 0; i < 20; ++i) {
    a.step(), b.step();
    EXPECT_EQ(a.record.command.value, b.record.command.value);
    EXPECT_EQ(a.record.trust[0].level, b.record.trust[0].level);
  }
}

}  // namespace
}  // namespace saggar::loop
