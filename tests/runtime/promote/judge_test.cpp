#include "runtime/promote/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::promote {
namespace {

using config::GateConfig;
using config::sc82_gate;
using domain::Level;

constexpr double kDay = 86400;

Condition of(const Judgement& j, Asked what) {
  return j.conditions.at(static_cast<std::size_t>(what));
}
/// Enough of all that SC-82 asks before `advise`.
Tally shadowed() {
  Tally t;
  t.held_s = 15 * kDay;
  t.proposed_s = 14 * kDay;
  t.monitored = true;
  t.periods = 1000;
  t.inside = 900;
  return t;
}
Judgement judged(Level to, const Tally& tally) {
  return judge(sc82_gate(to), tally, Blocks(kDay), "ai");
}

TEST(Judge, TheFirstGateOpensAtFourteenDaysAndNineInTen) {
  EXPECT_TRUE(judged(Level::advise, shadowed()).open);
  Tally t = shadowed();
  t.proposed_s = 13.99 * kDay;
  EXPECT_FALSE(judged(Level::advise, t).open);
  EXPECT_EQ(of(judged(Level::advise, t), Asked::time).because, Because::lots_unknown);
  t = shadowed();
  t.inside = 899;
  EXPECT_EQ(of(judged(Level::advise, t), Asked::coverage).verdict, Verdict::not_held);
}

TEST(Judge, TenLotsStandForFourteenDays) {
  Tally t = shadowed();
  t.proposed_s = kDay;
  t.lots_known = true;
  t.lots = 10;
  EXPECT_TRUE(judged(Level::advise, t).open);
  t.lots = 9;
  const Judgement j = judged(Level::advise, t);
  EXPECT_EQ(of(j, Asked::time).verdict, Verdict::not_held);
  EXPECT_EQ(of(j, Asked::time).because, Because::none);
  GateConfig lots_only = sc82_gate(Level::advise);
  lots_only.days = 0;
  t.lots_known = false;
  EXPECT_EQ(of(judge(lots_only, t, Blocks(kDay), "ai"), Asked::time).verdict, Verdict::not_known);
}

TEST(Judge, WhatNobodyMeasuredIsNeverHeld) {
  Tally t = shadowed();
  t.monitored = false;
  EXPECT_EQ(of(judged(Level::advise, t), Asked::coverage).verdict, Verdict::not_known);
  EXPECT_EQ(of(judged(Level::advise, t), Asked::coverage).because, Because::no_monitor);
  t.monitored = true;
  t.periods = t.inside = 0;
  EXPECT_EQ(of(judged(Level::advise, t), Asked::coverage).because, Because::nothing_due);
  EXPECT_FALSE(judged(Level::advise, t).open);
  for (const Level to : {Level::advise, Level::confirm, Level::narrow, Level::full}) {
    const Judgement none = judged(to, Tally());
    EXPECT_FALSE(none.open);
    for (const Condition& c : none.conditions) EXPECT_NE(c.verdict, Verdict::held);
  }
}

// 140 of 200 accepted as they were: 70 %. An answer that changed a move, or none, is no acceptance.
TEST(Judge, AcceptanceIsOfAllThatWasShown) {
  Tally t;
  t.held_s = kDay;
  t.accepted = 140, t.modified = 30, t.rejected = 10, t.expired = 20;
  EXPECT_TRUE(judged(Level::confirm, t).open);
  ++t.expired;  // 140 of 201
  EXPECT_EQ(of(judged(Level::confirm, t), Asked::acceptance).verdict, Verdict::not_held);
  t.accepted = 199, t.modified = t.rejected = t.expired = 0;
  const Condition few = of(judged(Level::confirm, t), Asked::acceptance);
  EXPECT_EQ(few.verdict, Verdict::not_held);
  EXPECT_EQ(few.because, Because::too_few);
}

// 500 decided: 10 changed, 20 refused, 20 of the 470 accepted undone: 50, 10 %.
TEST(Judge, OverridesAreWhatPeopleChangedRefusedOrUndid) {
  Tally t;
  t.held_s = kDay;
  t.accepted = 470, t.modified = 10, t.rejected = 20, t.expired = 400, t.undone = 20;
  EXPECT_TRUE(judged(Level::narrow, t).open);
  EXPECT_DOUBLE_EQ(of(judged(Level::narrow, t), Asked::overrides).measured, 0.1);
  ++t.undone;
  EXPECT_FALSE(judged(Level::narrow, t).open);
  t.undone = 0, t.severe = 1;
  EXPECT_EQ(of(judged(Level::narrow, t), Asked::severe).verdict, Verdict::not_held);
  EXPECT_FALSE(judged(Level::narrow, t).open);
}

/// Days of `ai` and of `pid`, each a pair of equal ones so that nothing scatters but by `apart`.
Blocks days(double ai, double pid, double apart = 0) {
  Blocks blocks(kDay);
  int day = 0;
  const auto add = [&](const char* who, double v) {
    blocks.note(static_cast<std::int64_t>(day++ * kDay * 1e9), kDay, who, {v, v, v});
  };
  for (int i = 0; i < 5; ++i) add("pid", pid + (i % 2 == 0 ? apart : -apart));
  for (int i = 0; i < 5; ++i) add("ai", ai + (i % 2 == 0 ? apart : -apart));
  blocks.finish();
  return blocks;
}
Tally narrow() {
  Tally t;
  t.level = Level::narrow;
  t.held_s = 31 * kDay;
  t.moved_s = t.touched_s = 30 * kDay;
  return t;
}

TEST(Judge, TheLastGateAsksThatNoKeyFigureIsWorse) {
  const GateConfig gate = sc82_gate(Level::full);
  const Judgement better = judge(gate, narrow(), days(1.9, 2), "ai");
  EXPECT_TRUE(better.open);
  EXPECT_EQ(better.baseline, "pid");
  EXPECT_TRUE(judge(gate, narrow(), days(2.09, 2), "ai").open) << "5 % of 2 is 0.1";
  const Judgement worse = judge(gate, narrow(), days(2.11, 2), "ai");
  EXPECT_EQ(of(worse, Asked::zone_error).verdict, Verdict::not_held);
  // As good in the mean, but who can tell: 5 days each +-1 scatter by sqrt(6/5), so the upper end
  // is 1.86 * sqrt(2 * 1.2 / 5) = 1.29.
  const Judgement unsure = judge(gate, narrow(), days(2, 2, 1), "ai");
  EXPECT_EQ(of(unsure, Asked::zone_error).verdict, Verdict::not_held);
  EXPECT_NEAR(of(unsure, Asked::zone_error).measured, 1.29, 0.01);
}

TEST(Judge, WithoutABaselineTheLastGateIsNotKnown) {
  const GateConfig gate = sc82_gate(Level::full);
  const Judgement alone = judge(gate, narrow(), Blocks(kDay), "ai");
  EXPECT_EQ(of(alone, Asked::power).because, Because::no_baseline);
  const Judgement named = judge(gate, narrow(), days(2, 2), "ai", "policy-1.0");
  EXPECT_EQ(named.baseline, "policy-1.0");
  EXPECT_EQ(of(named, Asked::power).because, Because::too_few_blocks);
  EXPECT_FALSE(named.open);
}

TEST(Judge, HarmIsNotKnownWhereNobodyLooked) {
  Tally t = narrow();
  t.blind_s = 0.11 * t.touched_s;
  const Judgement blind = judge(sc82_gate(Level::full), t, days(2, 2), "ai");
  EXPECT_EQ(of(blind, Asked::harm).because, Because::unwatched);
  t.harm_s = 1;
  EXPECT_EQ(of(judge(sc82_gate(Level::full), t, days(2, 2), "ai"), Asked::harm).verdict,
            Verdict::not_held);
  t.moved_s = t.touched_s = t.harm_s = 0;
  EXPECT_EQ(of(judge(sc82_gate(Level::full), t, days(2, 2), "ai"), Asked::harm).because,
            Because::never_moved);
}

TEST(Judge, AtNarrowOnlyDaysInWhichItMovedTheGroupCount) {
  Tally t = narrow();
  t.proposed_s = 31 * kDay;
  t.moved_s = 29 * kDay;
  EXPECT_EQ(of(judge(sc82_gate(Level::full), t, days(2, 2), "ai"), Asked::time).verdict,
            Verdict::not_held);
}

TEST(Judge, SaysWhereAGateAsksForLessThanSc82) {
  GateConfig gate = sc82_gate(Level::advise);
  for (const Condition& c : judge(gate, Tally(), Blocks(kDay), "ai").conditions) {
    EXPECT_FALSE(c.weaker);
  }
  gate.coverage = 0.8;
  gate.days = 13;
  const Judgement j = judge(gate, Tally(), Blocks(kDay), "ai");
  EXPECT_TRUE(of(j, Asked::coverage).weaker);
  EXPECT_TRUE(of(j, Asked::time).weaker);
  gate.days = 14;
  gate.lots = 0;  // days alone are harder than days or lots
  EXPECT_FALSE(of(judge(gate, Tally(), Blocks(kDay), "ai"), Asked::time).weaker);
  GateConfig full = sc82_gate(Level::full);
  full.figures = {config::KeyFigure::power};
  EXPECT_TRUE(of(judge(full, Tally(), Blocks(kDay), "ai"), Asked::clips).weaker);
  EXPECT_FALSE(of(judge(full, Tally(), Blocks(kDay), "ai"), Asked::power).weaker);
}

TEST(Judge, NothingIsAboveFull) {
  EXPECT_EQ(next(Level::shadow), Level::advise);
  EXPECT_EQ(next(Level::narrow), Level::full);
  EXPECT_FALSE(next(Level::full).has_value());
}

}  // namespace
}  // namespace saggar::promote
