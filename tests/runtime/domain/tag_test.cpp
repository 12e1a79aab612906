#include "runtime/domain/tag.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace saggar::domain {
namespace {

Tag tag(std::string name) { return {std::move(name), Unit::degC, 0, 1200, 0.1, Access::read}; }

TEST(TagPattern, WithoutAStarIsTheNameItself) {
  EXPECT_TRUE(matches("zone07.top.temperature", "zone07.top.temperature"));
  EXPECT_FALSE(matches("zone07.top.temperature", "zone07.top.temperatur"));
  EXPECT_FALSE(matches("zone07.top.temperatur", "zone07.top.temperature"));
  EXPECT_FALSE(matches("zone07", "zone08"));
}

TEST(TagPattern, AStarStandsForOneOrMoreCharacters) {
  EXPECT_TRUE(matches("zone*.top.setpoint", "zone07.top.setpoint"));
  EXPECT_TRUE(matches("zone0*.top.setpoint", "zone07.top.setpoint"));
  EXPECT_FALSE(matches("zone07*.top.setpoint", "zone07.top.setpoint"));
  EXPECT_TRUE(matches("*", "pressure"));
  EXPECT_FALSE(matches("*", ""));
}

TEST(TagPattern, AStarNeverCrossesADot) {
  EXPECT_FALSE(matches("zone07.*", "zone07.top.setpoint"));
  EXPECT_TRUE(matches("zone07.*.*", "zone07.top.setpoint"));
  EXPECT_FALSE(matches("*", "a.b"));
  EXPECT_FALSE(matches("*setpoint", "zone07.top.setpoint"));
  EXPECT_TRUE(matches("*.*.setpoint", "zone07.top.setpoint"));
}

TEST(TagPattern, BacktracksToALongerMatch) {
  EXPECT_TRUE(matches("a*b", "axbxb"));
  EXPECT_TRUE(matches("*_setpoint", "speed_setpoint_setpoint"));
  EXPECT_TRUE(matches("*a*b.c", "xayab.c"));
  EXPECT_FALSE(matches("a*b", "axbx"));
  EXPECT_FALSE(matches("a*b*.c", "abb.c"));  // the second star would be empty
  EXPECT_TRUE(matches("a*b*.c", "axbx.c"));
}

TEST(TagPattern, AnEmptyPatternMatchesOnlyNothing) {
  EXPECT_TRUE(matches("", ""));
  EXPECT_FALSE(matches("", "a"));
}

TEST(TagTable, IdsAreDenseAndInOrder) {
  TagTable table;
  EXPECT_EQ(table.add(tag("b")).value(), 0);
  EXPECT_EQ(table.add(tag("a")).value(), 1);
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table[0].name, "b");
  EXPECT_EQ(table.find("a"), TagId{1});
  EXPECT_EQ(table.find("c"), std::nullopt);
  EXPECT_EQ(table.all().size(), 2U);
}

TEST(TagTable, MatchesInIdOrder) {
  TagTable table;
  for (const char* name : {"zone02.top.temperature", "zone01.top.temperature", "kiln.pressure"}) {
    ASSERT_TRUE(table.add(tag(name)).ok());
  }
  EXPECT_EQ(table.match("zone*.top.temperature"), (std::vector<TagId>{0, 1}));
  EXPECT_TRUE(table.match("zone*.bottom.temperature").empty());
}

TEST(TagTable, RefusesAMalformedNameAndSaysWhatWouldBeRight) {
  for (const char* bad :
       {"", ".", ".a", "a.", "a..b", "Zone01", "zone 1", "zone-1", "온도", "a*"}) {
    TagTable table;
    const auto result = table.add(tag(bad));
    ASSERT_FALSE(result.ok()) << bad;
    EXPECT_NE(result.error().what.find("zone07.top.temperature"), std::string::npos);
    EXPECT_EQ(table.size(), 0U);
  }
  TagTable table;
  EXPECT_TRUE(table.add(tag(std::string(64, 'a'))).ok());
  EXPECT_FALSE(table.add(tag(std::string(65, 'b'))).ok());
}

TEST(TagTable, RefusesADuplicate) {
  TagTable table;
  ASSERT_TRUE(table.add(tag("a")).ok());
  const auto result = table.add(tag("a"));
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().text(), "tag a: is declared twice");
}

TEST(TagTable, RefusesARangeThatIsNone) {
  TagTable table;
  const double nan = std::nan("");
  EXPECT_FALSE(table.add({"a", Unit::degC, 5, 5, 0, Access::read}).ok());
  EXPECT_FALSE(table.add({"a", Unit::degC, 6, 5, 0, Access::read}).ok());
  EXPECT_FALSE(table.add({"a", Unit::degC, nan, 5, 0, Access::read}).ok());
  EXPECT_FALSE(table.add({"a", Unit::degC, 0, nan, 0, Access::read}).ok());
  EXPECT_FALSE(table.add({"a", Unit::degC, 0, 5, -1, Access::read}).ok());
  EXPECT_FALSE(table.add({"a", Unit::degC, 0, 5, nan, Access::read}).ok());
  EXPECT_FALSE(
      table.add({"a", Unit::degC, 0, 5, std::numeric_limits<double>::infinity(), Access::read})
          .ok());
  EXPECT_EQ(table.size(), 0U);
}

TEST(TagTable, RefusesOneTagTooMany) {
  TagTable table;
  for (std::size_t i = 0; i < kMaxTags; ++i) {
    ASSERT_TRUE(table.add(tag("t" + std::to_string(i))).ok());
  }
  EXPECT_FALSE(table.add(tag("one_more")).ok());
  EXPECT_EQ(table.size(), kMaxTags);
}

TEST(Nearest, FindsATypingError) {
  TagTable table;
  for (const char* name : {"zone07.top.temperature", "zone07.top.setpoint", "kiln.pressure"}) {
    ASSERT_TRUE(table.add(tag(name)).ok());
  }
  EXPECT_EQ(table.nearest("zone07.top.temprature"), "zone07.top.temperature");
  EXPECT_EQ(table.nearest("klin.presure"), "kiln.pressure");
  EXPECT_EQ(table.nearest("something.else.entirely"), "");
}

// At most a third of the length, at least two edits.
TEST(Nearest, AllowsTwoEditsInAShortWordAndAThirdInALongOne) {
  EXPECT_EQ(nearest_word("kp", {"ki"}), "ki");
  EXPECT_EQ(nearest_word("ab", {"xyz"}), "");                        // three edits
  EXPECT_EQ(nearest_word("abcdefghi", {"xyzdefghi"}), "xyzdefghi");  // three of nine
  EXPECT_EQ(nearest_word("abcdefghi", {"wxyzefghi"}), "");           // four of nine
}

TEST(Nearest, TheFirstOfEquallyNearCandidatesWins) {
  EXPECT_EQ(nearest_word("zone", {"tone", "bone"}), "tone");
  EXPECT_EQ(nearest_word("zone", {}), "");
  EXPECT_EQ(nearest_word("zone", {"tone", "zone"}), "zone");
}

}  // namespace
}  // namespace saggar::domain
