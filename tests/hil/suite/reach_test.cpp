#include "hil/suite/reach.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

TEST(Reach, CountsEventsTheirReasonsGatesAndTransitions) {
  Reach reach;
  domain::Record record;
  record.modes.resize(1);
  record.modes[0].actual = domain::Mode::cas;
  reach.add(record);
  record.modes[0].actual = domain::Mode::rcas;
  record.applications[0] = domain::AppState::prepare;
  record.events.push({domain::EventCode::rung_lost, 0, 3});     // b: reason late
  record.events.push({domain::EventCode::mode_changed, 0, 3});  // b: a mode, no reason
  record.gates[4][1] = 7;
  record.decisions[0].moved = true;
  record.decisions[0].reason = domain::Reason::link_lost;
  reach.add(record);
  const Reached got = reach.reached();
  EXPECT_EQ(got.events, (Reached::Counts{{"mode_changed", 1}, {"rung_lost", 1}}));
  EXPECT_EQ(got.reasons, (Reached::Counts{{"late", 1}, {"link_lost", 1}}));
  EXPECT_EQ(got.gates, (Reached::Counts{{"G5 rate clip", 7}}));
  EXPECT_EQ(got.modes, (Reached::Counts{{"CAS>RCAS", 1}}));
  EXPECT_EQ(got.applications, (Reached::Counts{{"OFF>PREPARE", 1}}));
}

TEST(Reach, CountsWhyARungMayNotDriveAndNothingThatNoJournalKeeps) {
  Reach reach;
  domain::Record record;
  record.modes.resize(1);
  reach.add(record);
  record.decisions[0].blocked[1] = domain::Reason::deadline_miss;
  record.modes[0].why = domain::Reason::field_local;  // for people only
  reach.add(record);
  reach.add(record);  // still so: not counted again
  EXPECT_EQ(reach.reached().reasons, (Reached::Counts{{"deadline_miss", 1}}));
}

TEST(Reach, EverythingNamesEachReasonEventGateAndFaultOnce) {
  const Reached all = everything();
  EXPECT_EQ(all.gates.size(), domain::kGateCount * domain::kOutcomeCount);
  EXPECT_TRUE(all.reasons.contains("rate_limit"));
  EXPECT_FALSE(all.reasons.contains("none"));
  EXPECT_TRUE(all.events.contains("mv_fault"));
  EXPECT_TRUE(all.faults.contains("feed_gap"));
}

}  // namespace
}  // namespace saggar::suite
