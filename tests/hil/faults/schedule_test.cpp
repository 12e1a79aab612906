#include "hil/faults/schedule.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::faults {
namespace {

using ::testing::HasSubstr;

/// Remembers what it was asked, refuses targets called "no".
class Plant : public Target {
 public:
  std::string begin(const Fault& fault) override {
    log.push_back("begin " + fault.target);
    return fault.target == "no" ? "there is no such loop" : "";
  }
  void end(const Fault& fault) override { log.push_back("end " + fault.target); }
  std::vector<std::string> log;
};

Fault fault(double time_s, std::string target, double duration_s) {
  return {time_s, Kind::scr_short, std::move(target), 1.0, duration_s};
}

TEST(Schedule, BeginsAndEndsEventsInTheirTime) {
  Schedule schedule({fault(10, "a", 5), fault(12, "b", 0)});
  Plant plant;
  schedule.run(9.5, plant);
  EXPECT_TRUE(plant.log.empty());
  schedule.run(10, plant);
  EXPECT_EQ(plant.log, (std::vector<std::string>{"begin a"}));
  EXPECT_TRUE(schedule.worst(Kind::scr_short, "a"));
  EXPECT_FALSE(schedule.worst(Kind::scr_short, "b"));
  schedule.run(15, plant);
  EXPECT_EQ(plant.log, (std::vector<std::string>{"begin a", "end a", "begin b"}));
  schedule.run(1e9, plant);  // b has no end
  EXPECT_EQ(plant.log.size(), 3U);
  EXPECT_EQ(schedule.statements()[0].state, State::over);
  EXPECT_EQ(schedule.statements()[1].state, State::active);
}

TEST(Schedule, StatesWhatTheTargetCouldNotRealise) {
  Schedule schedule({fault(1, "no", 5)});
  Plant plant;
  schedule.run(2, plant);
  EXPECT_EQ(schedule.statements()[0].state, State::not_realised);
  EXPECT_THAT(schedule.statements()[0].text(),
              HasSubstr("scr_short no at 1 s: not realised: there is no such loop"));
  EXPECT_FALSE(schedule.worst(Kind::scr_short, "no"));
  schedule.run(100, plant);
  EXPECT_EQ(plant.log.size(), 1U);  // what was not begun is not ended
}

TEST(Schedule, AnEventAddedLateBeginsAtOnce) {
  Schedule schedule;
  Plant plant;
  schedule.run(100, plant);
  schedule.add(fault(50, "late", 100));
  schedule.run(101, plant);
  EXPECT_EQ(plant.log, (std::vector<std::string>{"begin late"}));
}

TEST(Schedule, OfOverlappingFaultsTheWorstActiveOneCounts) {
  Schedule schedule({{10, Kind::heater_open, "a", 0.5, 100},
                     {20, Kind::heater_open, "a", 0.8, 10},
                     {20, Kind::heater_open, "b", 1.0, 100},
                     {20, Kind::scr_short, "a", 1.0, 100}});
  Plant plant;
  for (const auto& [time_s, severity] : {std::pair{10, 0.5}, {20, 0.8}, {30, 0.5}}) {
    schedule.run(time_s, plant);
    EXPECT_EQ(schedule.worst(Kind::heater_open, "a"), severity) << "at " << time_s << " s";
  }
  schedule.run(110, plant);
  EXPECT_FALSE(schedule.worst(Kind::heater_open, "a"));
}

TEST(Schedule, WhatAPersonDoesIsDoneInItsMomentAndNotEnded) {
  Schedule schedule(
      {{10, Kind::limiter_reset, "a", 1.0, 0}, {10, Kind::limiter_reset, "no", 1, 0}});
  Plant plant;
  schedule.run(10, plant);
  EXPECT_EQ(schedule.statements()[0].state, State::over);
  EXPECT_EQ(schedule.statements()[1].state, State::not_realised);
  schedule.run(1e9, plant);
  EXPECT_EQ(plant.log, (std::vector<std::string>{"begin a", "begin no"}));
}

TEST(Schedule, TimesOfEventsCountFromTheStartOfTheScenario) {
  Schedule schedule({fault(10, "a", 5)}, 1000);
  Plant plant;
  schedule.run(1009.5, plant);
  EXPECT_TRUE(plant.log.empty());
  schedule.run(1010, plant);
  schedule.run(1015, plant);
  EXPECT_EQ(plant.log, (std::vector<std::string>{"begin a", "end a"}));
}

TEST(Schedule, ASnapshotHoldsTheEventsTheirReasonsAndTheStart) {
  Schedule first({fault(10, "no", 5), {12, Kind::heater_open, "b", 0.25, 5}}, 100);
  Plant plant;
  first.run(111, plant);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  first.serialize(save);
  Schedule second;
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  second.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  EXPECT_TRUE(second.has({fault(10, "no", 5), {12, Kind::heater_open, "b", 0.25, 5}}));
  EXPECT_FALSE(second.has({fault(10, "no", 5), {12, Kind::heater_open, "b", 0.5, 5}}));
  EXPECT_FALSE(second.has({fault(10, "no", 5)}));
  EXPECT_EQ(second.statements()[0].text(), first.statements()[0].text());
  EXPECT_EQ(second.statements()[0].why_not, "there is no such loop");
  Plant other;
  second.run(113, other);
  EXPECT_EQ(other.log, (std::vector<std::string>{"begin b"}));
}

TEST(Schedule, ADamagedSnapshotLeavesNoEvents) {
  std::vector<std::uint8_t> bytes(12, 0xFF);  // a start that is no number, 2^32 - 1 events
  Schedule schedule({fault(10, "a", 5)});
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  schedule.serialize(load);
  EXPECT_TRUE(schedule.statements().empty());
}

TEST(Schedule, GoesOnFromASnapshot) {
  const std::vector<Fault> events = {fault(10, "a", 5), fault(12, "b", 5)};
  Schedule first(events);
  Plant plant;
  first.run(11, plant);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  first.serialize(save);
  Schedule second(events);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  second.serialize(load);
  ASSERT_TRUE(load.ok());
  Plant other;
  second.run(20, other);
  EXPECT_EQ(other.log, (std::vector<std::string>{"end a", "begin b"}));
}

// Overlapping errors of both signs: the one that is farther from sound counts.
TEST(Schedule, OfErrorsOfBothSignsTheFartherFromZeroCounts) {
  Schedule schedule({{10, Kind::thermocouple_offset, "a", 5.0, 100},
                     {20, Kind::thermocouple_offset, "a", -20.0, 10}});
  Plant plant;
  for (const auto& [time_s, severity] : {std::pair{10, 5.0}, {20, -20.0}, {30, 5.0}}) {
    schedule.run(time_s, plant);
    EXPECT_EQ(schedule.worst(Kind::thermocouple_offset, "a"), severity) << "at " << time_s << " s";
  }
}

}  // namespace
}  // namespace saggar::faults
