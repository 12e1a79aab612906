// Every figure beside every arm (HI-42).
#include "hil/verdict/score_card.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace saggar::verdict {
namespace {

Arm arm(double kWh, double within) {
  Arm out;
  for (int i = 0; i < 20; ++i) {
    const std::string key = "calm/seed" + std::to_string(i);
    out["kWh_per_kg"][key] = kWh + 0.01 * i;
    out["settled_within_3K"][key] = within;
  }
  return out;
}

const std::vector<FigureRule> kFigures = {{"kWh_per_kg", "kWh/kg", -1, {0, 0.01}},
                                          {"settled_within_3K", "1", 1, {}},
                                          {"absent", "K", -1, {}}};

TEST(ScoreCard, HasARowPerFigureAndACellPerArm) {
  const ScoreCard card = score_card(
      "mpc", {"recipe", "pid", "previous release"},
      {{"mpc", arm(2.3, 0.9)}, {"recipe", arm(2.5, 0.5)}, {"pid", arm(2.2, 0.9)}}, kFigures);
  ASSERT_EQ(card.rows.size(), 3U);
  for (const ScoreRow& row : card.rows) ASSERT_EQ(row.cells.size(), 3U);
  const ScoreRow& energy = card.rows[0];
  EXPECT_NEAR(energy.ours, 2.3 + 0.095, 1e-12);
  EXPECT_EQ(energy.cases, 20U);
  EXPECT_EQ(energy.cells[0].against.finding, Finding::better);
  EXPECT_EQ(energy.cells[1].against.finding, Finding::worse);
  EXPECT_EQ(energy.cells[2].against.finding, Finding::too_few) << "no previous release is there";
  EXPECT_EQ(card.rows[1].cells[0].against.finding, Finding::better);
  EXPECT_EQ(card.rows[1].cells[1].against.finding, Finding::no_difference);
  EXPECT_TRUE(std::isnan(card.rows[2].ours));
  ASSERT_EQ(card.worse_than("pid").size(), 1U);
  EXPECT_EQ(card.worse_than("pid")[0]->figure.name, "kWh_per_kg");
  EXPECT_TRUE(card.worse_than("recipe").empty());
}

TEST(ScoreCard, WhatIsRequiredAgainstAnArmIsItsMargin) {
  std::vector<FigureRule> figures = {kFigures[0]};
  figures[0].required["old"] = {0.05, 0};
  const ScoreCard card = score_card(
      "new", {"old", "pid"},
      {{"new", arm(2.34, 0.9)}, {"old", arm(2.3, 0.9)}, {"pid", arm(2.3, 0.9)}}, figures);
  EXPECT_EQ(card.rows[0].cells[0].against.finding, Finding::not_worse);
  EXPECT_EQ(card.rows[0].cells[1].against.finding, Finding::worse) << "1 % of 2.395 only";
}

TEST(NoWorse, ByHand) {
  Paired p;
  p.pairs = 20;
  p.margin = 1;
  p.difference = {0.5, -0.2, 1.2};
  EXPECT_FALSE(no_worse(p, -1)) << "nothing is shown of too few";
  p.finding = Finding::no_difference;
  EXPECT_FALSE(no_worse(p, -1)) << "1.2 more is too much";
  EXPECT_TRUE(no_worse(p, 1));
  EXPECT_FALSE(no_worse(p, 0));
  p.difference = {0, 0, 0};
  p.margin = 0;
  EXPECT_TRUE(no_worse(p, -1)) << "exactly as good";
}

TEST(ScoreCard, EachFigureHasItsOwnMargin) {
  // 0.02 of 2.395 more is within 1 % of it.
  const ScoreCard card =
      score_card("new", {"old"}, {{"new", arm(2.32, 0.9)}, {"old", arm(2.3, 0.9)}}, kFigures);
  EXPECT_EQ(card.rows[0].cells[0].against.finding, Finding::not_worse);
  EXPECT_NEAR(card.rows[0].cells[0].against.margin, 0.02395, 1e-9);
  EXPECT_EQ(card.rows[1].cells[0].against.margin, 0);
}

}  // namespace
}  // namespace saggar::verdict
