#include "hil/train/rehearse.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace saggar::train {
namespace {

using ::testing::HasSubstr;

/// Two zones with all that is asked for; zone02 is the one that is judged.
Signals signals() {
  Signals s;
  for (const char* zone : {"zone01", "zone02"}) {
    const std::string z = zone, over = z + ".top.setpoint";
    s.features.push_back({z + ".temperature", "degC", 0, 0, 1, 2, over, {0, 240}});
    s.features.push_back({z + ".top.working_setpoint", "degC", 0, 0, 0, 5, over, {0}});
    s.outputs.push_back({{z + ".top.setpoint", z + ".bottom.setpoint"}, "degC", 10, 1, 9.5});
    s.worth.push_back(1);
  }
  s.features.push_back({"zone02.core.temperature", "degC", 0, 0, 0, 4, "zone02.top.setpoint", {0}});
  s.features.push_back(
      {"zone02.hottest.temperature", "degC", 0, 0, 0, 4, "zone02.top.setpoint", {0}});
  s.features.push_back({"dryout.position", "m", 0, 0, 0, 1, "", {0}});
  return s;
}

TrainingFile file() {
  TrainingFile f;
  f.period_s = 120;
  f.share_held_out = 0.5;
  f.finetune.method = FinetuneMethod::gradient;
  f.finetune.hours = 8 * 120.0 / 3600;  // 8 periods
  return f;
}

Dataset run(std::size_t rows) {
  Dataset d;
  d.features = 7;
  d.value.assign(rows * 7, 1.0F);
  return d;
}

TEST(Rehearse, FeaturesFollowTheZoneThatTheyAreNamedAfter) {
  const auto r = make_rehearsal(file(), signals(), {run(30), run(30)});
  ASSERT_TRUE(r) << r.error().text();
  const auto& f = r.value().features;
  EXPECT_EQ(f[0].follows, Follows::zone);
  EXPECT_THAT(f[0].lags, ::testing::ElementsAre(0, 2));
  EXPECT_EQ(f[3].follows, Follows::setpoint);
  EXPECT_EQ(f[3].output, 1U);
  EXPECT_EQ(f[4].follows, Follows::core);
  EXPECT_EQ(f[5].follows, Follows::hottest);
  EXPECT_EQ(f[6].follows, Follows::nothing);
  EXPECT_FALSE(r.value().outputs[0].judged);
  EXPECT_TRUE(r.value().outputs[1].judged);
  EXPECT_TRUE(r.value().outputs[1].bounded);
  EXPECT_EQ(r.value().outputs[1].core, 4U);
  EXPECT_DOUBLE_EQ(r.value().outputs[0].rate_K, 2);  // 1 K/min over 120 s
}

TEST(Rehearse, ZonesInWhichThePowderComesUpAreBoundedButNotJudged) {
  TrainingFile settling = file();
  settling.finetune.first = 2;
  settling.finetune.hottest_first = 1;
  Signals s = signals();
  s.features.push_back({"zone01.core.temperature", "degC", 0, 0, 0, 4, "zone01.top.setpoint", {0}});
  s.features.push_back(
      {"zone01.hottest.temperature", "degC", 0, 0, 0, 4, "zone01.top.setpoint", {0}});
  Dataset whole;
  whole.features = 9;
  whole.value.assign(30 * 9, 1.0F);
  const auto r = make_rehearsal(settling, s, {whole, whole});
  ASSERT_TRUE(r) << r.error().text();
  EXPECT_FALSE(r.value().outputs[0].judged);
  EXPECT_TRUE(r.value().outputs[0].bounded);
}

// 30 rows: starts at 2 (the lag) and every quarter of 8 from there, as long as 8 rows follow: 2, 4
// .. 20. With a hole at row 15 only those that end before it or begin two after it.
TEST(Rehearse, EpisodesBeginWhereNothingIsMissing) {
  const auto whole = make_rehearsal(file(), signals(), {run(30), run(30)});
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole.value().learn.size(), 10U);
  EXPECT_EQ(whole.value().learn.front().first, 2U);
  EXPECT_EQ(whole.value().held_out.front().first, 32U);
  EXPECT_EQ(whole.value().held_out.front().before, 2U);
  Dataset holed = run(30);
  holed.value[15 * 7 + 4] = NAN;
  const auto r = make_rehearsal(file(), signals(), {holed, run(30)});
  ASSERT_TRUE(r);
  for (const Window& w : r.value().learn) {
    EXPECT_TRUE(w.first + 8 < 15 || w.first - 2 > 15) << w.first;
  }
  EXPECT_EQ(r.value().learn.size(), 5U);  // 2, 4, 6; 18, 20
}

TEST(Rehearse, WhatIsMissingIsNamed) {
  Signals without = signals();
  without.features[3].tag = "zone02.load";
  EXPECT_THAT(make_rehearsal(file(), without, {run(30), run(30)}).error().text(),
              HasSubstr("working setpoint of zone02"));
  TrainingFile unjudged = file();
  unjudged.finetune.last = 1;
  EXPECT_THAT(make_rehearsal(unjudged, signals(), {run(30), run(30)}).error().text(),
              HasSubstr("core and hottest place"));
  EXPECT_THAT(can_rehearse(file(), without).error().text(),
              HasSubstr("working setpoint of zone02"));
  EXPECT_TRUE(can_rehearse(file(), signals()));
  Signals bare = signals();
  bare.features[5].over.clear();
  EXPECT_THAT(make_rehearsal(file(), bare, {run(30), run(30)}).error().text(),
              HasSubstr("zone02.hottest.temperature is not taken over a reference"));
  Signals apart = signals();
  apart.outputs[1].tags = {"zone03.top.setpoint"};
  EXPECT_THAT(make_rehearsal(file(), apart, {run(30), run(30)}).error().text(),
              HasSubstr("from zone01 to zone03"));
  EXPECT_THAT(make_rehearsal(file(), signals(), {run(9), run(9)}).error().text(),
              HasSubstr("finetune.hours"));
}

}  // namespace
}  // namespace saggar::train
