// Ladders of other shapes than the usual one: what AI OFF leaves, who may climb, the widest window.
#include <gtest/gtest.h>

#include "runtime/control/ladder.hpp"

namespace saggar::control {
namespace {

using domain::JobFact;
using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;
using Force = Demand::Force;

/// What AI OFF makes of a ladder of two controllers, hold and local.
std::uint8_t ai_off(bool first_learned, bool second_learned, bool second_healthy = true) {
  LadderSettings s;
  s.rungs = {{"first", RungKind::controller, 0, 0, 10, first_learned},
             {"second", RungKind::controller, 1, 0, 10, second_learned},
             {"hold", RungKind::hold},
             {"recipe", RungKind::local}};
  Ladder ladder(s);
  std::vector<Proposal> proposals(2);
  for (Proposal& p : proposals) p.status = ProposalStatus::ok;
  domain::DutyDecision decision;
  domain::Bounded<domain::Event> events(64);
  LadderInputs in;
  in.on = true;
  ladder.decide(in, proposals, decision, events);
  EXPECT_EQ(decision.rung, 0);
  in.demand.force = Force::ai_off;
  if (!second_healthy) proposals[1].status = ProposalStatus::fault;
  for (in.cycle = 1; in.cycle < 5000; ++in.cycle) {
    ladder.decide(in, proposals, decision, events);
    in.time_ns += 100'000'000;
    for (Proposal& p : proposals) p.inputs_time_ns = in.time_ns;
  }
  return decision.rung;
}

TEST(LadderAiOff, NoLearnedControllerDrivesWhereverItStands) {  // SC-91
  EXPECT_EQ(ai_off(true, false), 1);
  EXPECT_EQ(ai_off(false, false), 1) << "the lowest";
  EXPECT_EQ(ai_off(false, true), 0) << "the learned one is the lowest: the fixed law above stays";
  EXPECT_EQ(ai_off(true, true), 2) << "no fixed law: hold";
  EXPECT_EQ(ai_off(true, false, false), 2) << "the fixed law is sick: hold, not the learned one";
}

TEST(LadderClimb, WithoutAutomaticClimbsAPersonMustAsk) {  // SC-70
  LadderSettings s;
  s.rungs = {{"first", RungKind::controller, 0, 0, 10},
             {"hold", RungKind::hold},
             {"recipe", RungKind::local}};
  s.auto_climb = false;
  Ladder ladder(s);
  std::vector<Proposal> proposals(1);
  proposals[0].status = ProposalStatus::fault;
  domain::DutyDecision decision;
  domain::Bounded<domain::Event> events(8);
  LadderInputs in;
  in.on = true;
  ladder.decide(in, proposals, decision, events);
  EXPECT_EQ(decision.climb_needs, Reason::no_proposal);
  proposals[0].status = ProposalStatus::ok;
  ladder.decide(in, proposals, decision, events);
  EXPECT_EQ(decision.climb_needs, Reason::operator_request);
}

TEST(LadderWindow, TheWidestWindowCountsAllItsMisses) {
  LadderSettings s;
  s.rungs = {{"mpc", RungKind::controller, 0, 0, 10},
             {"hold", RungKind::hold},
             {"recipe", RungKind::local}};
  s.deadline_misses = 40;
  s.deadline_window = 64;
  Ladder ladder(s);
  std::vector<Proposal> proposals(1);
  proposals[0].status = ProposalStatus::late;
  proposals[0].job = JobFact::late;
  domain::DutyDecision decision;
  domain::Bounded<domain::Event> events(64);
  LadderInputs in;
  for (in.cycle = 1; in.cycle <= 40; ++in.cycle) {
    EXPECT_NE(ladder.blocked(0), Reason::deadline_miss) << in.cycle;
    ladder.decide(in, proposals, decision, events);
  }
  EXPECT_EQ(ladder.blocked(0), Reason::deadline_miss);  // the fortieth of 64
}

// A vendor's controller on trial stands below the PID; a person let it drive.
TEST(LadderAiOff, TheFixedLawTakesOverAlsoFromBelow) {  // SC-91
  LadderSettings s;
  s.rungs = {{"pid", RungKind::controller, 0, 0, 10, false},
             {"mine", RungKind::controller, 1, 0, 10, true},
             {"hold", RungKind::hold},
             {"recipe", RungKind::local}};
  Ladder ladder(s);
  std::vector<Proposal> proposals(2);
  proposals[1].controller = 1;
  for (Proposal& p : proposals) p.status = ProposalStatus::ok;
  domain::DutyDecision decision;
  domain::Bounded<domain::Event> events(64);
  LadderInputs in;
  in.on = true;
  const auto cycle = [&] {
    ++in.cycle;
    for (Proposal& p : proposals) p.inputs_sequence = in.cycle;
    ladder.decide(in, proposals, decision, events);
    in.demand.step_down_to.reset();
    return decision.rung;
  };
  EXPECT_EQ(cycle(), 0);
  in.demand.step_down_to = 1;
  EXPECT_EQ(cycle(), 1);
  in.demand.force = Demand::Force::ai_off;
  EXPECT_EQ(cycle(), 0) << "the PID, not hold";
  EXPECT_EQ(decision.reason, Reason::operator_request);
  in.demand.force = Demand::Force::none;
  in.demand.step_down_to = 1;
  EXPECT_EQ(cycle(), 1);
  proposals[0].status = ProposalStatus::none;
  in.demand.force = Demand::Force::ai_off;
  EXPECT_EQ(cycle(), 2) << "no healthy fixed law: hold";
}

}  // namespace
}  // namespace saggar::control
