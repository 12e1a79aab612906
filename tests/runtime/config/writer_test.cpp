// Save, and load again: nothing is lost, and equal structs give equal text.
#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

Sample full() {
  Sample sample;
  sample.name = "quote \" backslash \\ line\nend, 가마";
  sample.period_s = 1.0 / 3;
  sample.limit_s = std::numeric_limits<double>::infinity();
  sample.free = -0.0;
  sample.count = 65535;
  sample.on = true;
  sample.note = "";
  sample.colour = Colour::blue;
  sample.power_kW = {99.5, "it's \"read\"", Grade::M};
  sample.rated_kW = {{1, 2.5, 3}, "s", Grade::R};
  sample.list_K = {};
  sample.zones = {64, 1};
  sample.words = {"a", "b c"};
  sample.colours = {Colour::blue, Colour::red};
  sample.params["gain"] = {0.25, true, {}};
  sample.params["ti_s"] = {600, true, {{"zone17.*", 900}, {"zone*.top", 1}}};
  sample.params["b"] = {0, false, {{"zone01.top", 1}}};
  sample.inner.length_m = 4;
  sample.inner.items = {{"first", 1}, {"second", 10}};
  return sample;
}

TEST(Writer, LoadingWhatWasSavedGivesTheSame) {
  const Sample before = full();
  const std::string text = save_text(before);
  const auto after = load_text<Sample>("f", text);
  ASSERT_TRUE(after.ok()) << after.error().text() << "\n" << text;
  const Sample& sample = after.value();
  EXPECT_EQ(sample.name, before.name);
  EXPECT_EQ(sample.period_s, before.period_s);
  EXPECT_EQ(sample.limit_s, before.limit_s);
  EXPECT_TRUE(std::signbit(sample.free));
  EXPECT_EQ(sample.rated_kW.value, before.rated_kW.value);
  EXPECT_EQ(sample.power_kW.source, before.power_kW.source);
  EXPECT_EQ(sample.power_kW.grade, Grade::M);
  EXPECT_TRUE(sample.list_K.empty());
  EXPECT_EQ(sample.params.at("ti_s").by_tag, before.params.at("ti_s").by_tag);
  EXPECT_FALSE(sample.params.at("b").has_value);
  EXPECT_EQ(sample.inner.items[1].weight_kg, 10);
  EXPECT_EQ(save_text(sample), text);
}

TEST(Writer, WritesDefaultsToo) {
  Sample sample;
  sample.name = "x";
  EXPECT_THAT(save_text(sample), testing::HasSubstr("\nperiod_s = 1.0\n"));
  EXPECT_THAT(save_text(sample), testing::HasSubstr("\n[inner]\nlength_m = 3.0\n"));
}

TEST(Writer, CommentsAndOrderOfAFileDoNotMatter) {
  const auto one = loaded<Sample>(sample_with("count = 7 # seven\non = true"));
  const auto other = loaded<Sample>("on = true\nname = \"x\"\ncount = 7\nkind = \"sample\"\n");
  EXPECT_EQ(save_text(one), save_text(other));
}

TEST(Writer, AChangedFigureChangesTheText) {
  Sample sample;
  sample.name = "x";
  const std::string before = save_text(sample);
  sample.power_kW.source = "elsewhere";
  EXPECT_NE(save_text(sample), before);
}

}  // namespace
}  // namespace saggar::config
