#include "runtime/record/statistics.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/record/example.hpp"

namespace saggar::record {
namespace {

class RunStatistics : public ::testing::Test {
 protected:
  // Zones 1 and 2; only zone 2 is in the soak. Its loops are MVs 2 and 3.
  RunStatistics() : plant_(example::make_plant(2)), record_(example::make_record(plant_)) {
    for (std::size_t i = 0; i < 4; ++i) {
      record_.recipe[i] = 765;
      set(plant_.mvs[i].pv, 765);
      set(plant_.mvs[i].working, 767);
    }
  }
  void set(domain::TagId tag, double v, domain::Quality quality = domain::Quality::good) {
    record_.frame.samples[tag] = {v, 0, quality, domain::SubStatus::none};
  }
  void add(Statistics& statistics) {
    ++record_.cycle;
    record_.time_ns += 1'000'000'000;
    statistics.add(record_);
  }
  domain::Plant plant_;
  domain::Record record_;
};

TEST_F(RunStatistics, CountSoakSamplesWithinOneKelvinOfRecipeAndOfWorkingSetpoint) {
  Statistics s(plant_);
  set(plant_.mvs[0].pv, 900);  // not a soak zone
  set(plant_.mvs[2].pv, 766.0);
  set(plant_.mvs[3].pv, 766.001);
  add(s);
  EXPECT_EQ(s.soak_recipe().of, 2U);
  EXPECT_EQ(s.soak_recipe().within, 1U);
  EXPECT_DOUBLE_EQ(s.soak_recipe().value(), 0.5);
  EXPECT_EQ(s.soak_working().within, 2U);
  EXPECT_EQ(s.soak_working().of, 2U);
}

TEST_F(RunStatistics, BadSamplesAndTheSettlingTimeAreNotJudged) {
  Statistics s(plant_, 2'000'000'000);
  add(s);
  add(s);
  EXPECT_EQ(s.soak_recipe().of, 0U);
  set(plant_.mvs[2].pv, 700, domain::Quality::bad);
  add(s);
  EXPECT_EQ(s.soak_recipe().of, 1U);
  EXPECT_DOUBLE_EQ(s.soak_recipe().value(), 1.0);
}

TEST_F(RunStatistics, CountGatesMovesEventsWritesAndLosses) {
  Statistics s(plant_);
  EXPECT_DOUBLE_EQ(s.soak_recipe().value(), 0.0);
  record_.gates[4][1] = 3;
  record_.decisions[0].moved = true;
  record_.decisions[0].bump = 0.5;
  record_.command.action[1] = domain::Action::write;
  record_.frame.missed = 2;
  record_.timing.duration_ns = 20'000;
  record_.events.push({domain::EventCode::link_lost, 0, 0, 0, 0});
  record_.events.push({domain::EventCode::rung_moved, 0, 0, 0, 0});
  record_.intents.push({});
  add(s);
  record_.decisions[0].bump = 0.25;
  add(s);
  EXPECT_EQ(s.cycles(), 2U);
  EXPECT_EQ(s.gate(domain::Gate::g5_rate, domain::Outcome::clip), 6U);
  EXPECT_EQ(s.gate(domain::Gate::g5_rate, domain::Outcome::reject), 0U);
  EXPECT_EQ(s.moves(domain::Duty::heat), 2U);
  EXPECT_EQ(s.moves(domain::Duty::transport), 0U);
  EXPECT_DOUBLE_EQ(s.largest_bump(domain::Duty::heat), 0.5);
  EXPECT_EQ(s.events(domain::Severity::error), 2U);
  EXPECT_EQ(s.events(domain::Severity::info), 2U);
  EXPECT_EQ(s.events(domain::Severity::warn), 0U);
  EXPECT_EQ(s.writes(), 2U);
  EXPECT_EQ(s.missed_frames(), 4U);
  EXPECT_EQ(s.intents(), 2U);
  EXPECT_EQ(s.first_time_ns(), 1'000'000'000);
  EXPECT_EQ(s.last_time_ns(), 2'000'000'000);
  EXPECT_EQ(s.cycle_time().count(), 2U);
  EXPECT_EQ(s.cycle_time().max_ns(), 20'000);
}

}  // namespace
}  // namespace saggar::record
