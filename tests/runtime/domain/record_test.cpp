#include "runtime/domain/record.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/gate.hpp"

namespace saggar::domain {
namespace {

TEST(Bounded, KeepsWhatFitsAndCountsTheRest) {
  Bounded<int> items(2);
  EXPECT_TRUE(items.empty());
  EXPECT_TRUE(items.push(1));
  EXPECT_TRUE(items.push(2));
  EXPECT_FALSE(items.push(3));
  EXPECT_FALSE(items.push(4));
  EXPECT_EQ(std::vector<int>(items.begin(), items.end()), (std::vector<int>{1, 2}));
  EXPECT_EQ(items.lost(), 2U);
  EXPECT_EQ(items.capacity(), 2U);
}

TEST(Bounded, ClearingForgetsItemsAndLosses) {
  Bounded<int> items(1);
  (void)items.push(1);
  (void)items.push(2);
  items.clear();
  EXPECT_EQ(items.size(), 0U);
  EXPECT_EQ(items.lost(), 0U);
  EXPECT_EQ(items.begin(), items.end());
  EXPECT_TRUE(items.push(5));
  EXPECT_EQ(items[0], 5);
}

TEST(Bounded, OfNothingLosesEverything) {
  Bounded<int> items;
  EXPECT_FALSE(items.push(1));
  EXPECT_EQ(items.lost(), 1U);
}

Plant plant_with(std::size_t mvs) {
  Plant plant;
  (void)plant.tags.add({"a", Unit::degC, 0, 1, 0, Access::read});
  (void)plant.tags.add({"b", Unit::degC, 0, 1, 0, Access::write});
  plant.mvs.resize(mvs);
  return plant;
}

TEST(Record, IsSizedFromThePlantAndTheControllers) {
  const Plant plant = plant_with(3);
  const Record record(plant, 5, {3, 1});
  EXPECT_EQ(record.frame.samples.size(), 2U);
  EXPECT_EQ(record.screened.samples.size(), 2U);
  EXPECT_EQ(record.estimate.samples.size(), 5U);
  EXPECT_EQ(record.estimate.sigma.size(), 5U);
  EXPECT_EQ(record.modes.size(), 3U);
  EXPECT_EQ(record.recipe.size(), 3U);
  EXPECT_EQ(record.request.asks.size(), 3U);
  EXPECT_EQ(record.command.value.size(), 3U);
  ASSERT_EQ(record.proposals.size(), 2U);
  EXPECT_EQ(record.proposals[0].value.size(), 3U);
  EXPECT_EQ(record.proposals[1].value.size(), 1U);
  // Every gate may act on every MV in one cycle.
  EXPECT_EQ(record.guard_actions.capacity(), 3U * kGateCount);
}

// SC-100: the cycles in which most happens are those that matter; none of it is left out.
TEST(Record, HasRoomForAnEventOfEveryTagAndFourOfEveryMv) {
  Plant plant = plant_with(62);
  for (int i = 0; i < 372; ++i) {
    (void)plant.tags.add({"t" + std::to_string(i), Unit::degC, 0, 1, 0, Access::read});
  }
  Record record(plant, 0, {});
  const std::size_t room = plant.tags.size() + 4 * plant.mvs.size() + 64;
  for (std::size_t i = 0; i < room; ++i) ASSERT_TRUE(record.events.push({EventCode::sample_bad}));
  EXPECT_EQ(record.events.lost(), 0U);
  EXPECT_FALSE(record.events.push({EventCode::link_lost}));
  EXPECT_GE(Record(plant_with(1), 0, {}).events.capacity(), Record::kMinEvents);
}

// SC-08: what nobody decided yet drives nothing.
TEST(Record, StartsWithNoRungDriving) {
  const Record record(plant_with(1), 0, {1});
  for (const DutyDecision& decision : record.decisions) {
    EXPECT_EQ(decision.rung, 0xFF);
    EXPECT_EQ(decision.controller, kNoController);
  }
  for (const AppState state : record.applications) EXPECT_EQ(state, AppState::off);
  EXPECT_EQ(record.modes[0].actual, Mode::oos);
  EXPECT_EQ(record.proposals[0].status, ProposalStatus::none);
}

TEST(Record, CopyingBetweenEqualsNeverAllocates) {
  const Plant plant = plant_with(4);
  Record from(plant, 2, {4, 4}), to(plant, 2, {4, 4});
  from.cycle = 9;
  from.frame.samples[1].value = 800;
  from.command.value[3] = 812.5;
  (void)from.events.push({EventCode::link_up, 0, 0, 0, 0});
  const gate::Scope scope;
  to = from;
  EXPECT_TRUE(scope.counts().none());
  EXPECT_EQ(to.cycle, 9U);
  EXPECT_EQ(to.frame.samples[1].value, 800);
  EXPECT_EQ(to.command.value[3], 812.5);
  ASSERT_EQ(to.events.size(), 1U);
  EXPECT_EQ(to.events[0].code, EventCode::link_up);
}

}  // namespace
}  // namespace saggar::domain
