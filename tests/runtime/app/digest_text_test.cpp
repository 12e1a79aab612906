// The sentences that status and watch add when something is wrong, in both languages.
#include "runtime/app/digest_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/app/operator_command.hpp"
#include "runtime/app/view.hpp"
#include "runtime/operate/permissives.hpp"
#include "tests/runtime/app/screen_example.hpp"

namespace saggar::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::uint32_t bit(operate::Permissive p) { return 1U << static_cast<unsigned>(p); }

TEST(DigestText, AMissingPermissiveIsNamedWithWhoCanClearIt) {  // SC-75, SC-76
  wire::DigestDuty duty;
  EXPECT_THAT(duty_lines(duty, false), IsEmpty());
  duty.missing_permissives = bit(operate::Permissive::link) | bit(operate::Permissive::trip);
  EXPECT_THAT(duty_lines(duty, false),
              ElementsAre("missing: link to the kiln (plant network can clear it)",
                          "missing: no independent trip stands (maintenance can clear it)"));
  EXPECT_THAT(duty_lines(duty, true)[1], HasSubstr("독립 차단 없음 (해제: 정비 담당)"));
}

TEST(DigestText, EveryPermissiveHasItsLine) {
  wire::DigestDuty duty;
  duty.missing_permissives = 0xFFFFFFFF;
  EXPECT_EQ(duty_lines(duty, false).size(), operate::kPermissiveCount);
}

TEST(DigestText, ABlockedClimbSaysWhy) {  // SC-69
  wire::DigestDuty duty;
  duty.climb_blocked = domain::Reason::climb_limit;
  EXPECT_THAT(duty_lines(duty, false),
              ElementsAre("climb blocked: too many climbs: an operator must confirm"));
  EXPECT_THAT(duty_lines(duty, true), ElementsAre("상승 차단: 상승 횟수 초과: 운전원 확인 필요"));
}

TEST(DigestText, ALongListOfDifferencesIsCutOnAScreenAndWholeInTheStatus) {
  wire::Digest d = example_digest();
  d.link_up = d.link.up = false;
  d.link.english = "no link, the tag tables differ:";
  for (int i = 0; i < 40; ++i) d.link.english += "\nzone" + std::to_string(i) + ": differs";
  EXPECT_EQ(link_lines(d, false, 0).size(), 41U);
  const auto cut = link_lines(d, false, 5);
  ASSERT_EQ(cut.size(), 5U);
  EXPECT_EQ(cut.back(), "... 37 more lines: saggar status");
  EXPECT_THAT(status_text(d), HasSubstr("  zone39: differs\n"));
  const std::string screen = screen_text(d, nullptr, 60, false);
  EXPECT_THAT(screen, HasSubstr("no link, the tag tables differ:"));
  EXPECT_THAT(screen, Not(HasSubstr("zone39: differs")));
}

TEST(DigestText, WhatStandsIsShownWithWhatToDoInStatusAndWatch) {  // SC-105
  wire::Digest d = example_digest();
  d.troubles = {{domain::EventCode::records_lost, domain::Severity::error, "7 records are lost",
                 "기록 7건 손실", "Check the disk"}};
  EXPECT_THAT(status_text(d), HasSubstr("! error: 7 records are lost. Do: Check the disk\n"));
  EXPECT_THAT(screen_text(d, nullptr, 60, true), HasSubstr("기록 7건 손실. 조치: Check the disk"));
}

TEST(DigestText, NotesOfAScreenTakeTheirLinesFromTheLoops) {
  wire::Digest d = example_digest(9);
  d.duties[0].missing_permissives = 0x1FF;
  const std::string text = screen_text(d, nullptr, 30, false);
  EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 30);
  EXPECT_THAT(text, HasSubstr("english104"));
}

TEST(DigestText, LinkJournalAndLogAreInFigures) {
  wire::Digest d = example_digest();
  d.link = {true, "", "", 1, 2, 3, 4, 5};
  d.journal = wire::JournalState::failing;
  d.journal_records = 60;
  d.records_lost = 7;
  d.log_lines_lost = 8;
  const std::string text = status_text(d);
  EXPECT_THAT(text, HasSubstr("link: frames missed 1, messages refused 2, not sent 3, connections "
                              "lost 4, values refused by the field 5\n"));
  EXPECT_THAT(text, HasSubstr("journal: FAILING, records 60, lost 7; log lines lost 8\n"));
  EXPECT_THAT(health_lines(d, true)[1], HasSubstr("저널: 쓰기 실패"));
}

}  // namespace
}  // namespace saggar::app
