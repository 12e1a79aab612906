#include "hil/scenario/set_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hil/scenario/scenario.hpp"

namespace saggar::scenario {
namespace {

using ::testing::HasSubstr;

class SetField : public ::testing::Test {
 protected:
  SetField() {
    story.events.resize(2);
    story.requests.resize(1);
  }
  std::string set(const std::string& path, const std::string& value) {
    const auto done = set_field([&](config::Visitor& v) { story.visit(v); }, path, value);
    return done.ok() ? std::string() : done.error().text();
  }
  Scenario story;
};

TEST_F(SetField, PutsNumbersWordsFlagsAndChoicesWhereThePathSays) {
  EXPECT_EQ(set("bench.duration_s", "7200"), "");
  EXPECT_EQ(set("bench.control", "mpc"), "");
  EXPECT_EQ(set("bench.drawn", "true"), "");
  EXPECT_EQ(set("event[1].severity", "0.25"), "");
  EXPECT_EQ(set("event[1].fault", "feed_gap"), "");
  EXPECT_EQ(set("request[0].intent", "hold"), "");
  EXPECT_EQ(story.bench.duration_s, 7200);
  EXPECT_EQ(story.bench.control, "mpc");
  EXPECT_TRUE(story.bench.drawn);
  EXPECT_EQ(story.events[0].severity, 1.0);
  EXPECT_EQ(story.events[1].severity, 0.25);
  EXPECT_EQ(story.events[1].fault, faults::Kind::feed_gap);
  EXPECT_EQ(story.requests[0].intent, domain::IntentKind::hold);
}

TEST_F(SetField, SaysWhatWouldBeRight) {
  EXPECT_THAT(set("bench.duration", "7200"), HasSubstr("did you mean 'bench.duration_s'?"));
  EXPECT_THAT(set("event[2].severity", "1"), HasSubstr("there is no such field"));
  EXPECT_THAT(set("bench.duration_s", "long"), HasSubstr("is a number; found \"long\""));
  EXPECT_THAT(set("bench.duration_s", "1e9"), HasSubstr("outside 1 to 3.2e+07"));
  EXPECT_THAT(set("bench.seeds", "1.5"), HasSubstr("is a whole number"));
  EXPECT_THAT(set("bench.drawn", "yes"), HasSubstr("is true or false"));
  EXPECT_THAT(set("event[0].fault", "feed_gab"), HasSubstr("did you mean 'feed_gap'?"));
  EXPECT_THAT(set("requirements", "HI-01"), HasSubstr("a single value"));
}

}  // namespace
}  // namespace saggar::scenario
