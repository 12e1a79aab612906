#include "runtime/promote/blocks.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/runtime/promote/scene_example.hpp"

namespace saggar::promote {
namespace {

using config::KeyFigure;
using example::kSecond;
using example::Story;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::size_t at(KeyFigure figure) { return static_cast<std::size_t>(figure); }

// Loops 0 and 1 stand in the soak, loop 2 before it. |752 - 750| = 2 and |749 - 750| = 1: 1.5 K.
// Three loops of 10 kW at 50 %: 15 kW.
TEST(KeyFigures, AreThoseOfTheGroup) {
  Story s;
  s.put("loop0.temperature", 752);
  s.put("loop1.temperature", 749);
  s.put("loop2.temperature", 700);
  const KeyFigures all = key_figures(s.scene, s.record, {0, 1, 2});
  EXPECT_DOUBLE_EQ(all[at(KeyFigure::zone_error)], 1.5);
  EXPECT_DOUBLE_EQ(all[at(KeyFigure::power)], 15);
  EXPECT_EQ(all[at(KeyFigure::clips)], 0);
  EXPECT_DOUBLE_EQ(key_figures(s.scene, s.record, {2})[at(KeyFigure::zone_error)], 50)
      << "a group without a soak zone is judged by all its zones";
}

TEST(KeyFigures, WhatIsNotMeasuredIsNoNumberAndPassesAreNoClips) {
  Story s;
  s.put(s.scene.plant.mvs[0].pv, 752, domain::Quality::bad);
  s.put(s.scene.plant.mvs[0].output, 50, domain::Quality::bad);
  s.record.guard_actions = domain::Bounded<domain::GuardAction>(4);
  s.record.guard_actions.push({0, {}, domain::Outcome::clip});
  s.record.guard_actions.push({0, {}, domain::Outcome::reject});
  s.record.guard_actions.push({0, {}, domain::Outcome::pass});
  s.record.guard_actions.push({1, {}, domain::Outcome::clip});
  const KeyFigures figures = key_figures(s.scene, s.record, {0});
  EXPECT_TRUE(std::isnan(figures[at(KeyFigure::zone_error)]));
  EXPECT_TRUE(std::isnan(figures[at(KeyFigure::power)]));
  EXPECT_EQ(figures[at(KeyFigure::clips)], 2);
}

/// `seconds` of one second each, from second `from`.
void run(Blocks& blocks, int from, int seconds, const char* who, const KeyFigures& figures) {
  for (int i = 0; i < seconds; ++i) blocks.note((from + i) * kSecond, 1, who, figures);
}

// Pieces of 100 s. In the second pid has 60 s and ai 40 s: it counts for pid alone.
TEST(Blocks, APieceCountsForWhomHadHalfOfIt) {
  Blocks blocks(100);
  run(blocks, 0, 100, "pid", {2, 10, 0});
  run(blocks, 100, 60, "pid", {4, 10, 1});
  run(blocks, 160, 40, "ai", {9, 10, 0});
  run(blocks, 200, 100, "ai", {3, 10, 0});
  blocks.finish();
  EXPECT_THAT(blocks.of("pid", KeyFigure::zone_error), ElementsAre(2, 4));
  EXPECT_THAT(blocks.of("ai", KeyFigure::zone_error), ElementsAre(3));
  EXPECT_THAT(blocks.of("pid", KeyFigure::clips), ElementsAre(0, 3600)) << "one a second";
  EXPECT_EQ(blocks.most("ai"), "pid");
  EXPECT_EQ(blocks.most("pid"), "ai");
  blocks.forget("pid");
  EXPECT_THAT(blocks.of("pid", KeyFigure::zone_error), IsEmpty());
  EXPECT_EQ(blocks.count("ai"), 1U);
  EXPECT_EQ(blocks.most("ai"), "");
}

TEST(Blocks, AFigureThatIsMissingForMostOfAPieceIsNotKnown) {
  Blocks blocks(100);
  run(blocks, 0, 40, "pid", {2, 10, 0});
  run(blocks, 40, 60, "pid", {std::nan(""), 20, 0});
  blocks.finish();
  EXPECT_THAT(blocks.of("pid", KeyFigure::zone_error), IsEmpty());
  EXPECT_THAT(blocks.of("pid", KeyFigure::power), ElementsAre(0.4 * 10 + 0.6 * 20));
}

TEST(Blocks, TimeThatIsNotKnownAndPeopleAreNoBaseline) {
  Blocks blocks(100);
  for (int i = 0; i < 100; ++i) blocks.note(i * kSecond, i < 60 ? 0 : 1, "pid", {2, 10, 0});
  run(blocks, 100, 100, "a person", {2, 10, 0});
  blocks.finish();
  EXPECT_EQ(blocks.count("pid"), 0U) << "40 s of 100 s";
  EXPECT_EQ(blocks.count("a person"), 1U);
  EXPECT_EQ(blocks.most("ai"), "");
}

// ai 3 3.2 3.4, pid 2.8 3 3.2: difference 0.2, both variances 0.04, error sqrt(0.08 / 3) = 0.1633,
// dof 4, t(0.95, 4) = 2.1318: upper end 0.2 + 0.3481.
TEST(Compare, IsWelchOverThePieces) {
  Blocks blocks(10);
  int second = 0;
  for (const double v : {3.0, 3.2, 3.4}) run(blocks, second, 10, "ai", {v, 10, 0}), second += 10;
  for (const double v : {2.8, 3.0, 3.2}) run(blocks, second, 10, "pid", {v, 10, 0}), second += 10;
  blocks.finish();
  const Comparison c = compare(blocks, "ai", "pid", KeyFigure::zone_error, 0.95);
  EXPECT_EQ(c.blocks, 3U);
  EXPECT_EQ(c.baseline_blocks, 3U);
  EXPECT_NEAR(c.mean, 3.2, 1e-12);
  EXPECT_NEAR(c.baseline, 3.0, 1e-12);
  EXPECT_NEAR(c.difference.upper, 0.5481, 1e-4);
  EXPECT_TRUE(std::isnan(compare(blocks, "ai", "", KeyFigure::power, 0.95).difference.upper));
}

}  // namespace
}  // namespace saggar::promote
