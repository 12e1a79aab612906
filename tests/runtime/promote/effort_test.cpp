#include "runtime/promote/effort.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/promote/scene_example.hpp"

namespace saggar::promote {
namespace {

using example::Story;

double at(const Measures& m, Measure what) { return m[static_cast<std::size_t>(what)]; }

// Loops 1 and 2 over half an hour of proposals once a minute: 30 of 752 for loop 1 (2 K from what
// the field uses) and of 750.04 for loop 2, under half a resolution of 0.1: no move. Per MV and
// hour: 30 / (2 * 0.5) = 30 moves, 60 K; from the recipe (2 + 0.04) / 2.
TEST(Wanted, IsTheStepFromWhatIsInForce) {
  Story s;
  Wanted wanted("ai", "ai", "rest");
  s.record.proposals[0].value = {0, 752, 750.04};
  for (int i = 0; i < 30; ++i) {
    s.step(60);
    wanted.note(s.scene, s.record, 60);
  }
  EXPECT_DOUBLE_EQ(wanted.hours(), 0.5);
  const Measures m = wanted.take();
  EXPECT_DOUBLE_EQ(at(m, Measure::proposing), 1);
  EXPECT_DOUBLE_EQ(at(m, Measure::moves_per_h), 30);
  EXPECT_DOUBLE_EQ(at(m, Measure::mean_move), 2);
  EXPECT_DOUBLE_EQ(at(m, Measure::travel_per_h), 60);
  EXPECT_NEAR(at(m, Measure::pull), 1.02, 1e-9) << "up, by (2 + 0.04) / 2";
  EXPECT_NEAR(at(m, Measure::from_recipe), 1.02, 1e-9);
  EXPECT_TRUE(std::isnan(at(m, Measure::inside)));
  EXPECT_TRUE(std::isnan(at(wanted.take(), Measure::proposing))) << "it began anew";
}

TEST(Wanted, AProposalThatStandsIsNoNewMoveAndNoneIsNoProposal) {
  Story s;
  Wanted wanted("ai", "ai", "rest");
  s.record.proposals[0].value = {0, 752, 752};
  for (int i = 0; i < 10; ++i) {
    s.step(60);
    s.record.proposals[0].inputs_sequence = 5;
    if (i >= 5) s.record.proposals[0].status = domain::ProposalStatus::none;
    wanted.note(s.scene, s.record, 60);
  }
  const Measures m = wanted.take();
  EXPECT_DOUBLE_EQ(at(m, Measure::proposing), 0.5);
  EXPECT_DOUBLE_EQ(at(m, Measure::moves_per_h), 2 / (2 * 600 / 3600.0));
}

TEST(Wanted, PredictionsAndInputsAreThoseOfItsMonitor) {
  Story s;
  Wanted wanted("ai", "ai", "rest"), unwatched("pid", "ai", "rest");
  domain::MonitorReport& m = s.record.monitors[0];
  for (int i = 0; i < 4; ++i) {
    s.step(1);
    m.periods = static_cast<std::uint64_t>(i + 1);
    m.residual = i == 0 ? std::nan("") : i == 1 ? 1.5 : 0.5;
    m.distance = 0.2 + 0.2 * i;  // mean 0.5
    m.spread = 0.3;
    wanted.note(s.scene, s.record, 1);
    wanted.note(s.scene, s.record, 1);  // the same period again
    unwatched.note(s.scene, s.record, 1);
  }
  const Measures w = wanted.take();
  EXPECT_NEAR(at(w, Measure::inside), 2.0 / 3, 1e-12);
  EXPECT_NEAR(at(w, Measure::distance), 0.5, 1e-12);
  EXPECT_NEAR(at(w, Measure::spread), 0.3, 1e-12);
  EXPECT_TRUE(std::isnan(at(unwatched.take(), Measure::inside)));
}

// What the field uses of loop 1 goes 750 751 751 749 in four minutes: moves of 1 and 2 K, loop 2
// stays. Over 2 MVs and 4 min: 15 moves and 22.5 K per MV and hour; from the recipe
// (0 + 1 + 1 + 1) / 8.
TEST(Done, IsTheSameOfWhatTheFieldUses) {
  Story s;
  Done done("ai", "rest");
  for (const double v : {750.0, 751.0, 751.0, 749.0}) {
    s.step(60);
    s.put("loop1.working_setpoint", v);
    done.note(s.scene, s.record, 60);
  }
  const Measures m = done.take();
  EXPECT_DOUBLE_EQ(at(m, Measure::moves_per_h), 15);
  EXPECT_DOUBLE_EQ(at(m, Measure::mean_move), 1.5);
  EXPECT_DOUBLE_EQ(at(m, Measure::travel_per_h), 22.5);
  EXPECT_DOUBLE_EQ(at(m, Measure::from_recipe), 3.0 / 8);
  EXPECT_TRUE(std::isnan(at(m, Measure::proposing)));
}

// Pieces of ten minutes; `other` wants 1 K less than `ai`, by turns 2 and 3 K from the recipe.
TEST(SideBySide, PairsWhatBothWantedOnTheSameFrames) {
  Story s;
  SideBySide pair("ai", "other", "rest", 600);
  for (int i = 0; i < 40; ++i) {  // from 61 s to 2401 s: pieces 0 to 3 whole, the last of 1 s
    s.step(60);
    const double off = i / 10 % 2 == 0 ? 2 : 3;
    s.record.proposals[0].value.assign(3, 750 + off);
    s.record.proposals[2].value.assign(3, 750 + off - 1);
    pair.note(s.scene, s.record, 60);
  }
  pair.finish();
  EXPECT_EQ(pair.blocks(), 4U);
  const SideBySide::Row row = pair.of(Measure::from_recipe);
  EXPECT_EQ(row.blocks, 4U);
  EXPECT_NEAR(row.a - row.b, 1, 1e-12);
  EXPECT_NEAR(row.difference.mean, 1, 1e-12);
  EXPECT_NEAR(row.difference.high, 1, 1e-9) << "always one: nothing scatters";
  EXPECT_EQ(pair.of(Measure::inside).blocks, 0U);
  pair.forget();
  EXPECT_EQ(pair.blocks(), 0U);
}

}  // namespace
}  // namespace saggar::promote
