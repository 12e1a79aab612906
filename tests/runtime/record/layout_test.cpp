#include "runtime/record/layout.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/record/example.hpp"

namespace saggar::record {
namespace {

TEST(Layout, ComesBackFromItsTextToTheBit) {
  domain::Plant plant = example::make_plant(2);
  plant.mvs[0].resolution = 0.1 + 1e-17;
  plant.mvs[1].resolution = 1.0 / 3.0;
  const domain::Record record = example::make_record(plant, 3, 7);
  const Layout layout = example::layout_of(plant, record);
  const auto back = parse_layout(to_text(layout));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(to_text(back.value()), to_text(layout));
  EXPECT_EQ(back.value().mv_resolution, layout.mv_resolution);
  EXPECT_EQ(back.value().tag_resolution, layout.tag_resolution);
  EXPECT_EQ(back.value().mv_tag, layout.mv_tag);
  EXPECT_EQ(back.value().names.rungs, layout.names.rungs);
  EXPECT_EQ(back.value().names.mvs, layout.names.mvs);
}

TEST(Layout, MakesRecordsOfItsShape) {
  const domain::Plant plant = example::make_plant(2);
  const domain::Record record = example::make_record(plant, 2, 7);
  const domain::Record made = example::layout_of(plant, record).make_record();
  EXPECT_EQ(made.frame.samples.size(), record.frame.samples.size());
  EXPECT_EQ(made.estimate.sigma.size(), 7U);
  EXPECT_EQ(made.proposals.size(), 2U);
  EXPECT_EQ(made.proposals[0].value.size(), 4U);
  EXPECT_EQ(made.guard_actions.capacity(), record.guard_actions.capacity());
  EXPECT_EQ(made.command.action.size(), plant.mvs.size());
  EXPECT_EQ(made.events.capacity(), record.events.capacity());
}

TEST(Layout, NamesVirtualTagsEstimatorsAndCausesWhereThereAreAny) {
  domain::Plant plant = example::make_plant(2);
  ASSERT_TRUE(plant.estimates.add({"zone01.temperature", domain::Unit::degC, 0, 1}).ok());
  ASSERT_TRUE(plant.estimates.add({"row001.dryness", domain::Unit::fraction, 0, 1}).ok());
  Layout layout = example::layout_of(plant, example::make_record(plant, 1, 2, 1, 2, 3));
  layout.names.causes = {"twin: thermocouple drift"};
  layout.names.groups = {"canary zones", "rest"};
  const auto back = parse_layout(to_text(layout));
  ASSERT_TRUE(back) << back.error().text();
  EXPECT_EQ(back.value().names.estimates, layout.names.estimates);
  EXPECT_EQ(back.value().estimate_units[1], domain::Unit::fraction);
  EXPECT_EQ(back.value().estimators, 1U);
  EXPECT_EQ(back.value().make_record().estimators.size(), 1U);
  EXPECT_EQ(back.value().make_record().trust.size(), 2U);
  EXPECT_EQ(back.value().make_record().monitors.size(), 3U);
  EXPECT_EQ(back.value().names.groups, layout.names.groups);
  EXPECT_EQ(back.value().names.causes, layout.names.causes);
}

TEST(Layout, ANameMayHoldSpaces) {
  Layout layout;
  layout.names.controllers = {"vendor X 2.1"};
  const auto back = parse_layout(to_text(layout));
  ASSERT_TRUE(back);
  EXPECT_EQ(back.value().names.controllers[0], "vendor X 2.1");
}

TEST(Layout, WrongLinesAreNamed) {
  const auto refusal = [](const std::string& line) {
    const auto layout = parse_layout("saggar layout 1\ntag a.b degC 0.1\n" + line + "\n");
    return layout ? "" : layout.error().where;
  };
  EXPECT_EQ(refusal("mv heat 0.1 0"), "");
  for (const char* line : {"tag a.b furlong 1",
                           "tag a.b degC -1",
                           "tag a.b degC x",
                           "mv heat 0.1 1",
                           "mv steam 0.1 0",
                           "mv heat nan 0",
                           "virtual 1e9",
                           "virtual -1",
                           "virtual 1.5",
                           "proposal 1000",
                           "guard_actions 99999999",
                           "estimators 9",
                           "trust 129",
                           "monitors 17",
                           "group without_trust",
                           "estimate a.b furlong",
                           "estimate a.b degC",
                           "rung x y",
                           "",
                           "tagg"}) {
    EXPECT_EQ(refusal(line), "layout line 3") << line;
  }
  EXPECT_FALSE(parse_layout(""));
  EXPECT_FALSE(parse_layout("saggar layout 2\n"));
}

}  // namespace
}  // namespace saggar::record
