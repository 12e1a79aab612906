#include "hil/scenario/falsify_file.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "runtime/config/kinds.hpp"

namespace saggar::scenario {
namespace {

using ::testing::HasSubstr;

const char* kText = R"(kind = "falsify"
name = "x"
scenario = "quiet"
[[range]]
key = "event[0].severity"
low = 0
high = 0.3
grid = 0.1
[[range]]
key = "event[0].fault"
words = ["mains_dip", "o2_supply_drop"]
)";

Scenario story() {
  Scenario out;
  out.name = "quiet";
  out.events.resize(1);
  out.events[0].fault = faults::Kind::mains_dip;
  out.bounds.resize(1);
  out.bounds[0].kpi = "errors";
  out.bounds[0].most = 0;
  return out;
}

TEST(FalsifyFile, RangesAreNumbersOnAGridAndWords) {
  Range range;
  range.low = -1;
  range.high = 10;
  range.grid = 4;
  EXPECT_EQ(range.at(0), "0");  // the multiples of 4 from -1 to 10: 0, 4, 8
  EXPECT_EQ(range.at(1), "8");
  EXPECT_EQ(range.at(0.5), "4");  // 4.5
  range.grid = 0;
  EXPECT_EQ(range.at(0.5), "4.5");
  EXPECT_EQ(range.at(1.0 / 3.0), "2.66666667") << "no more digits than a person can read";
  range.words = {"a", "b", "c"};
  EXPECT_EQ(range.at(0), "a");
  EXPECT_EQ(range.at(0.34), "b");
  EXPECT_EQ(range.at(1), "c");
}

TEST(FalsifyFile, MakesAStoryOfAPoint) {
  const auto file = config::load_text<FalsifyFile>("x", kText);
  ASSERT_TRUE(file.ok()) << file.error().text();
  const auto made = story_at(story(), file.value().ranges, {0.7, 0.9});
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_DOUBLE_EQ(made.value().events[0].severity, 0.2);
  EXPECT_EQ(made.value().events[0].fault, faults::Kind::o2_supply_drop);
  EXPECT_TRUE(fits(file.value(), story()).ok());
}

TEST(FalsifyFile, SaysBeforeTheFirstRunWhatDoesNotFit) {
  auto file = config::load_text<FalsifyFile>("x", kText).value();
  file.ranges[0].key = "event[1].severity";
  EXPECT_THAT(fits(file, story()).error().text(), HasSubstr("event[1].severity"));
  file.ranges[0].key = "event[0].severity";
  file.ranges[0].high = 1.7;
  EXPECT_THAT(fits(file, story()).error().text(), HasSubstr("severity"));
  file.ranges[0].high = 0.3;
  Scenario unbounded = story();
  unbounded.bounds.clear();
  EXPECT_THAT(fits(file, unbounded).error().text(), HasSubstr("is a distance to bounds"));
}

TEST(FalsifyFile, RefusesWhatMakesNoSense) {
  const auto refusal = [](const char* from, const char* to) {
    std::string text = kText;
    const std::size_t at = text.find(from);
    if (at != std::string::npos) text.replace(at, std::string(from).size(), to);
    const auto file = config::load_text<FalsifyFile>("x", text);
    return file.ok() ? std::string("nothing is wrong") : file.error().text();
  };
  EXPECT_THAT(refusal("high = 0.3", "high = 0.0"), HasSubstr("must be above low"));
  EXPECT_THAT(refusal("grid = 0.1", "grid = 7"), HasSubstr("nothing is wrong"));  // 0 is a multiple
  EXPECT_THAT(refusal("low = 0\n", "low = 0.1\ngrid = 7\n#"), HasSubstr("grid"));
  EXPECT_THAT(refusal("event[0].fault", "event[0].severity"), HasSubstr("has a range already"));
  EXPECT_THAT(refusal("words =", "high = 1\nwords ="), HasSubstr("in place of low and high"));
  EXPECT_THAT(refusal("scenario = \"quiet\"", "scenario = \"quiet\"\n[objective]\naim = \"most\""),
              HasSubstr("need a key figure"));
}

// To renew it: SAGGAR_WRITE_GENERATED=1 build/release/tests/scenario_test
// --gtest_filter='*UpToDate*'
TEST(FalsifyFile, CommittedSchemaIsUpToDate) {
  const std::filesystem::path folder = SAGGAR_SOURCE_DIR "/configs/schema";
  config::Kinds kinds;
  kinds.add<FalsifyFile>("What the falsifier may choose, and what is bad.");
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    ASSERT_TRUE(config::write_schemas(folder, kinds).ok());
  }
  const config::Kind& kind = *kinds.find("falsify");
  const auto text = config::read_file(folder / "falsify.schema.json");
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(text.value(), config::schema_text(kind)) << "renew it: see above";
}

}  // namespace
}  // namespace saggar::scenario
