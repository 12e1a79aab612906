#include "hil/search/keep.hpp"

#include <gmock/gmock.h>

#include "runtime/config/load.hpp"

namespace saggar::search {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

scenario::Scenario story() {
  scenario::Scenario out;
  out.name = "small";
  out.bench.control = "../control/x.toml";
  out.bench.duration_s = 600;
  out.events.resize(1);
  out.events[0].fault = faults::Kind::thermocouple_open;
  out.events[0].target = "zone03.top";
  out.bounds.resize(1);
  out.bounds[0].kpi = "errors";
  out.bounds[0].most = 0;
  return out;
}

TEST(Keep, WritesOnlyWhatSaysSomethingAndReadsTheSame) {
  const std::string text = brief_text(story(), {"found by chance", "", "twice"});
  EXPECT_EQ(text, R"(# found by chance
#
# twice
kind = "scenario"
name = "small"

[bench]
control = "../control/x.toml"
duration_s = 600.0

[[event]]
time_s = 0.0
fault = "thermocouple_open"
target = "zone03.top"

[[bound]]
kpi = "errors"
most = 0.0
)");
  const auto read = config::load_text<scenario::Scenario>("small", text);
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(config::save_text(read.value()), config::save_text(story()));
}

TEST(Keep, KeepsAThingThatSaysNothingButThatItIsThere) {
  scenario::Scenario twice = story();
  twice.events[0].target.clear();
  twice.events[0].fault = faults::Kind::feed_gap;
  twice.events.push_back(twice.events[0]);
  const auto read = config::load_text<scenario::Scenario>("small", brief_text(twice, {}));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read.value().events.size(), 2U);
}

TEST(Keep, TellsPathsFromTheFolderOfTheNewFile) {
  const scenario::Place place{"/a/configs", "/a/tests/stories"};
  const auto there = moved(story(), place, "/a/var");
  EXPECT_EQ(there.bench.control, "../tests/control/x.toml");
  EXPECT_EQ(there.bench.kiln, "p2") << "a bare name means the same everywhere";
  scenario::Scenario whole = story();
  whole.bench.control = "/a/var/y.toml";
  EXPECT_EQ(moved(whole, place, "/a/var").bench.control, "y.toml");
}

}  // namespace
}  // namespace saggar::search
