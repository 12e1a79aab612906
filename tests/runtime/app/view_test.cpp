// The live view as text: what a person reads from it.
#include "runtime/app/view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/runtime/app/screen_example.hpp"

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kTall = 60;

/// Zones 1 m apart; columns at the middle of zones 1 and 2, none near zone 3.
wire::Truth truth() {
  wire::Truth t;
  t.zone_position_m = {1, 2, 9};
  t.zone_gas_degC = {750, 750, 750};
  t.column_position_m = {1.1, 2.1};
  t.column_core_degC = {613, 687};
  t.column_surface_degC = {700, 710};
  t.column_dryness = {1, 1};
  return t;
}

TEST(View, TheHeadSaysKilnFieldTimeLinkAndHeartbeat) {
  wire::Digest d = example_digest();
  EXPECT_THAT(screen_text(d, nullptr, kTall, false),
              HasSubstr("kiln p9  1:02:05  link up  heartbeat 42\n"));
  d.link_up = false;
  EXPECT_THAT(screen_text(d, nullptr, kTall, false), HasSubstr("LINK LOST"));
}

TEST(View, TheSeatOfTheLadderIsInBracketsWithItsReason) {
  const std::string text = screen_text(example_digest(), nullptr, kTall, false);
  EXPECT_THAT(text, HasSubstr("ON         drives: mpc [pid] hold recipe  since cycle 3000, "
                              "the controller's own confidence is below its limit\n"));
  EXPECT_THAT(text, HasSubstr("drives: hold recipe  since"));  // off: nobody has the seat
}

TEST(View, GatesAreSummedAndCycleTimesRounded) {
  const std::string text = screen_text(example_digest(), nullptr, kTall, false);
  EXPECT_THAT(text, HasSubstr("guard pass/clip/reject 190 / 17 / 3 "));
  EXPECT_THAT(text, HasSubstr("cycle time us p50/p99/max 61 / 93 / 217\n"));
}

TEST(View, ALoopShowsItsTrimAndABadValueIsMarked) {
  wire::Digest d = example_digest(1);
  d.loops[1].quality = domain::Quality::bad;
  const std::string text = screen_text(d, nullptr, kTall, false);
  EXPECT_THAT(text, HasSubstr(" 1 top    750.0    751.2    749.5    1.25   43.2"));
  EXPECT_THAT(text, HasSubstr(" 1 bot    750.0    751.2    749.5?   1.25"));
}

TEST(View, AKilnThatNobodyHasHeardYetIsShownWithoutValues) {
  wire::Digest d = example_digest(1);
  for (wire::DigestLoop& loop : d.loops) loop.pv = loop.working_sp = loop.output_percent = NAN;
  d.link_up = d.link.up = false;
  EXPECT_THAT(screen_text(d, nullptr, kTall, false), HasSubstr("nan"));
}

TEST(View, TheCoreIsThatOfTheNearestColumnAndAGapStaysEmpty) {
  const wire::Truth t = truth();
  const std::string text = screen_text(example_digest(), &t, kTall, false);
  EXPECT_THAT(text, HasSubstr("1.25   43.2       613 RCAS"));
  EXPECT_THAT(text, HasSubstr("1.25   43.2       687 RCAS"));
  const std::size_t third = text.find(" 3 top ");
  ASSERT_NE(third, std::string::npos);
  EXPECT_THAT(text.substr(third, text.find('\n', third) - third), HasSubstr("43.2           RCAS"));
  EXPECT_EQ(lines_with(text, "613"), 1);  // once per zone, not per loop
  EXPECT_THAT(screen_text(example_digest(), nullptr, kTall, false), Not(HasSubstr("613")));
}

TEST(View, AZoneThatTheTruthDoesNotKnowHasNoCore) {
  wire::Truth t = truth();
  t.zone_position_m = {1};
  const std::string text = screen_text(example_digest(), &t, kTall, false);
  EXPECT_EQ(lines_with(text, "613"), 1);
  EXPECT_EQ(lines_with(text, "687"), 0);
}

TEST(View, KoreanWordsReasonsAndEvents) {
  const std::string text = screen_text(example_digest(), nullptr, kTall, true);
  for (const char* word : {"킬른 p9", "통신 정상", "제어: mpc [pid]", "보정", "최근 이벤트",
                           "제어기 신뢰도가 한계 미만", "한국어104"}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
  EXPECT_THAT(text, Not(HasSubstr("english")));
}

TEST(View, TheFourNewestEventsAreShownNewestLast) {
  const std::string text = screen_text(example_digest(), nullptr, kTall, false);
  EXPECT_THAT(text, Not(HasSubstr("english100")));
  EXPECT_THAT(text, HasSubstr("  101 english101\n  102 english102\n  103 english103\n"
                              "  104 english104\n"));
}

TEST(View, ALongEventIsNotCutInsideACharacter) {
  wire::Digest d = example_digest(1);
  d.events.back().korean.clear();
  for (int i = 0; i < 100; ++i) d.events.back().korean += "가";  // 300 bytes
  const std::string text = screen_text(d, nullptr, kTall, true);
  const std::size_t at = text.find("  104 ");
  ASSERT_NE(at, std::string::npos);
  const std::string shown = text.substr(at + 6, text.find('\n', at) - at - 6);
  EXPECT_GT(shown.size(), 100U);
  EXPECT_EQ(shown.size() % 3, 0U);  // whole characters of three bytes
}

TEST(View, ASmallScreenShowsTheTopLoopsOnly) {
  const wire::Digest d = example_digest(9);
  const std::string tall = screen_text(d, nullptr, kTall, false);
  EXPECT_THAT(tall, HasSubstr(" 9 bot "));
  const std::string small = screen_text(d, nullptr, 24, false);
  EXPECT_THAT(small, Not(HasSubstr(" bot ")));
  EXPECT_THAT(small, HasSubstr(" 9 top "));
  EXPECT_LE(std::count(small.begin(), small.end(), '\n'), 24);
}

TEST(View, MoreZonesThanLinesAreCutSoThatTheEventsStayVisible) {
  const std::string text = screen_text(example_digest(9), nullptr, 18, false);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 18);
  EXPECT_THAT(text, HasSubstr("english104"));
  EXPECT_THAT(text, HasSubstr("... +4\n"));  // 18 lines: 12 are taken, 5 zones and this one
}

}  // namespace
}  // namespace saggar::app
