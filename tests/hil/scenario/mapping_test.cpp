#include "hil/scenario/mapping.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/load.hpp"

namespace saggar::scenario {
namespace {

using ::testing::HasSubstr;

Mapping p2() { return {"p2", "", {{"soak_top", "zone16.top"}, {"damper", "exhaust.damper1"}}}; }

TEST(Mapping, PutsThePlaceWhereTheNameIsAndKeepsWhatFollowsTheDot) {
  Scenario story;
  story.events.resize(2);
  story.events[0].target = "@soak_top";
  story.events[1].target = "zone01.top";
  story.requests.resize(1);
  story.requests[0].mv = "@soak_top.setpoint";
  story.expectations.resize(1);
  story.expectations[0].of = "@soak_top.temperature";
  EXPECT_TRUE(has_abstract_names(story));
  ASSERT_TRUE(resolve(p2(), story).ok());
  EXPECT_EQ(story.events[0].target, "zone16.top");
  EXPECT_EQ(story.events[1].target, "zone01.top");
  EXPECT_EQ(story.requests[0].mv, "zone16.top.setpoint");
  EXPECT_EQ(story.expectations[0].of, "zone16.top.temperature");
  EXPECT_FALSE(has_abstract_names(story));
}

TEST(Mapping, ANameItDoesNotHaveIsNamedAndNothingIsChanged) {
  Scenario story;
  story.events.resize(2);
  story.events[0].target = "@soak_top";
  story.events[1].target = "@soak_tip";
  const auto done = resolve(p2(), story);
  ASSERT_FALSE(done.ok());
  EXPECT_THAT(done.error().text(), HasSubstr("event[1].target: mapping \"p2\" has no name"));
  EXPECT_THAT(done.error().text(), HasSubstr("did you mean 'soak_top'?"));
  EXPECT_EQ(story.events[0].target, "@soak_top");
}

TEST(Mapping, RefusesNamesTwiceWithDotsOrWithTheAt) {
  const auto complaint = [](const std::string& rows) {
    const auto loaded =
        config::load_text<Mapping>("m.toml", "kind = \"mapping\"\nname = \"m\"\n" + rows);
    return loaded.ok() ? std::string() : loaded.error().text();
  };
  const std::string good = "[[map]]\nname = \"a\"\nplace = \"zone01.top\"\n";
  EXPECT_EQ(complaint(good), "");
  EXPECT_THAT(complaint(good + good), HasSubstr("\"a\" is there twice"));
  EXPECT_THAT(complaint("[[map]]\nname = \"a.b\"\nplace = \"x\"\n"), HasSubstr("has a dot"));
  EXPECT_THAT(complaint("[[map]]\nname = \"@a\"\nplace = \"x\"\n"), HasSubstr("without the @"));
}

}  // namespace
}  // namespace saggar::scenario
