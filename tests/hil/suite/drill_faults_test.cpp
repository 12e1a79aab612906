#include "hil/suite/drill_faults.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

using faults::State;

scenario::Scenario story() {
  scenario::Scenario s;
  scenario::Event nan;
  nan.time_s = 100;
  nan.fault = faults::Kind::plugin_nan;
  nan.target = "drill";
  nan.duration_s = 50;
  scenario::Event gap;
  gap.fault = faults::Kind::feed_gap;
  scenario::Event throws = nan;
  throws.fault = faults::Kind::plugin_throws;
  throws.duration_s = 0;
  s.events = {gap, nan, throws};
  return s;
}

TEST(DrillFaults, AreOrdersAtTheirOnsetAndAtTheirEnd) {
  const DrillFaults drills(story());
  ASSERT_EQ(drills.orders().size(), 3U);
  EXPECT_EQ(drills.orders()[0].time_s, 100);
  EXPECT_EQ(drills.orders()[0].controller, "drill");
  EXPECT_EQ(drills.orders()[0].field, "event[1].target");
  EXPECT_EQ(drills.orders()[0].intent.kind, domain::IntentKind::set_parameter);
  EXPECT_GT(drills.orders()[0].intent.value, 0);
  EXPECT_EQ(drills.orders()[1].time_s, 150);
  EXPECT_EQ(drills.orders()[1].intent.value, 0);
}

/// The runtime answers one order.
void answer(DrillFaults& drills, const DrillFaults::Order& order, domain::AnswerKind kind) {
  domain::Record record;
  domain::IntentAnswer a;
  a.id = order.intent.id;
  a.station = order.intent.station;
  a.kind = kind;
  a.reason =
      kind == domain::AnswerKind::done ? domain::Reason::none : domain::Reason::not_supported;
  record.answers.push(a);
  drills.add(record);
}

TEST(DrillFaults, HappenOnceTheRuntimeHasCarriedTheOrderOut) {
  DrillFaults drills(story());
  EXPECT_EQ(drills.statements()[0].state, State::waiting);
  answer(drills, drills.orders()[0], domain::AnswerKind::done);
  EXPECT_EQ(drills.statements()[0].state, State::active);
  answer(drills, drills.orders()[1], domain::AnswerKind::done);
  EXPECT_EQ(drills.statements()[0].state, State::over);
  answer(drills, drills.orders()[2], domain::AnswerKind::error);
  EXPECT_EQ(drills.statements()[1].state, State::not_realised);
  EXPECT_EQ(drills.statements()[1].why_not, "not_supported");
}

TEST(DrillFaults, ThatNeverBeganAreNotOverBecauseTheirEndIsAnswered) {
  for (const domain::AnswerKind end : {domain::AnswerKind::done, domain::AnswerKind::error}) {
    DrillFaults drills(story());
    answer(drills, drills.orders()[0], domain::AnswerKind::error);
    answer(drills, drills.orders()[1], end);
    EXPECT_EQ(drills.statements()[0].state, State::not_realised);
    EXPECT_EQ(drills.statements()[0].why_not, "not_supported");
  }
}

TEST(DrillFaults, GoOnUntilTheirEndIsCarriedOut) {
  DrillFaults drills(story());
  answer(drills, drills.orders()[0], domain::AnswerKind::done);
  answer(drills, drills.orders()[1], domain::AnswerKind::error);
  EXPECT_EQ(drills.statements()[0].state, State::active);
}

}  // namespace
}  // namespace saggar::suite
