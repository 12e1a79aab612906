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

TEST(DigestText, ALoopInFaultIsMarkedWithWhatClearsItInStatusAndWatch) {
  wire::Digest d = example_digest(1);
  d.loops[0].actual = domain::Mode::iman;
  d.loops[0].why = domain::Reason::mv_fault;
  EXPECT_THAT(status_text(d),
              HasSubstr("IMAN! no       IN FAULT: saggar ack zone01.top.setpoint\n"));
  EXPECT_THAT(screen_text(d, nullptr, 60, false), HasSubstr(" IMAN! "));
  EXPECT_EQ(loop_remark(d.loops[0], d.duties, true), "고장: saggar ack zone01.top.setpoint");
}

TEST(DigestText, ALoopThatIsNotInTheModeItIsMeantForSaysWhichAndWhyNot) {
  wire::DigestLoop loop = example_loop(0, 0);
  const std::vector<wire::DigestDuty> duties = example_digest().duties;
  EXPECT_EQ(loop_remark(loop, duties, false), "");
  loop.actual = domain::Mode::cas;
  EXPECT_EQ(loop_remark(loop, duties, false), "wants RCAS");
  loop.why = domain::Reason::application_off;
  EXPECT_EQ(loop_remark(loop, duties, false), "wants RCAS: the application is off");
  EXPECT_EQ(loop_remark(loop, duties, true), "목표 RCAS: 애플리케이션 꺼짐");
  EXPECT_EQ(mode_text(loop), "CAS");
  loop.duty = domain::Duty::transport;
  EXPECT_EQ(loop_remark(loop, duties, false), "") << "no controller: nobody can switch it on";
}

TEST(DigestText, ADutyNamesThePermissivesThatEndedIt) {
  wire::DigestDuty duty;
  duty.reason = domain::Reason::permissive_missing;
  EXPECT_EQ(reason_text(duty, false), "a permissive is missing");
  duty.ended_by = bit(operate::Permissive::measurements) | bit(operate::Permissive::trip);
  EXPECT_EQ(reason_text(duty, false),
            "a permissive is missing: share of good measurements, no independent trip stands");
  duty.reason = domain::Reason::link_lost;
  EXPECT_EQ(reason_text(duty, true), "킬른 통신 두절");
}

TEST(DigestText, TheLadderHasNumbersNamesWhoDrivesAndWhyTheOthersMayNot) {
  wire::DigestDuty duty = example_digest().duties[0];
  duty.blocked = {domain::Reason::low_confidence, domain::Reason::none, domain::Reason::link_lost,
                  domain::Reason::none};
  EXPECT_EQ(ladder_text(duty, false),
            "ladder: 0 mpc (the controller's own confidence is below its limit), [1 pid], 2 hold, "
            "3 recipe");
  duty.rung = 0xFF;
  EXPECT_THAT(ladder_text(duty, true), HasSubstr("래더: 0 mpc"));
  EXPECT_THAT(ladder_text(duty, true), Not(HasSubstr("[")));
  EXPECT_THAT(status_text(example_digest()), HasSubstr("            ladder: 0 mpc, [1 pid], "));
}

TEST(DigestText, ADutyWithoutAControllerIsNotNaggedForOne) {
  wire::DigestDuty duty = example_digest().duties[1];
  duty.missing_permissives = bit(operate::Permissive::controller);
  EXPECT_THAT(duty_lines(duty, false), IsEmpty());
  EXPECT_EQ(ladder_text(duty, false), "ladder: 0 hold, 1 recipe; no controller");
  duty.rungs.insert(duty.rungs.begin(), "pid");
  EXPECT_THAT(duty_lines(duty, false),
              ElementsAre("missing: a controller has a proposal (process engineer can clear it)"));
}

TEST(DigestText, AMoveThatWaitsIsShownWithTheCommandsThatAnswerIt) {  // SC-84
  wire::Digest digest;
  wire::DigestTrust trust{"policy", "rest", domain::Duty::heat, domain::Level::advise};
  digest.trust = {trust};
  EXPECT_EQ(trust_lines(digest, domain::Duty::heat, false).at(0), "trust: policy, rest: advise");
  EXPECT_TRUE(trust_lines(digest, domain::Duty::transport, false).empty());
  digest.trust[0].group = "two words";
  digest.trust[0].card = 3;
  EXPECT_EQ(trust_lines(digest, domain::Duty::heat, false).at(0),
            "trust: policy, two words: advise; move 3 waits: saggar accept policy --group 'two "
            "words', or saggar reject policy --group 'two words'");
}

TEST(DigestText, AWatchedControllerHasALineWithItsShares) {  // LC-20..22
  wire::Digest digest;
  digest.monitors = {{"policy", domain::Duty::heat, std::nan(""), std::nan(""), std::nan(""),
                      std::nan(""), std::nan(""), std::nan(""), 0, domain::Drift::ok,
                      domain::Reason::none, 0}};
  EXPECT_EQ(monitor_lines(digest, domain::Duty::heat, false).at(0),
            "monitors: policy: nothing judged yet");
  EXPECT_TRUE(monitor_lines(digest, domain::Duty::transport, false).empty());
  digest.monitors = {{"policy", domain::Duty::heat, 1.524, 0.25, 2.5, 1.25, 0.901, 0.1, 0b101,
                      domain::Drift::watch, domain::Reason::not_believed, 77}};
  EXPECT_EQ(monitor_lines(digest, domain::Duty::heat, false).at(0),
            "monitors: policy: NOT BELIEVED: two of its monitors say for 3 periods that it is not "
            "at home here; distance 1.52!, spread 0.25, residual 2.50! of the threshold; coverage "
            "90.1 %; drift watch");
  EXPECT_THAT(monitor_lines(digest, domain::Duty::heat, true).at(0),
              ::testing::HasSubstr("입력 거리 1.52!, 불일치 0.25, 예측 오차 2.50! (임계값 대비)"));
}

TEST(DigestText, ANameWithBlanksIsQuotedInACommand) {
  EXPECT_EQ(as_argument("pid"), "pid");
  EXPECT_EQ(as_argument("slow mpc"), "'slow mpc'");
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
                 "기록 7건 손실", "Check the disk", ""}};
  EXPECT_THAT(status_text(d), HasSubstr("! error: 7 records are lost. Do: Check the disk\n"));
  EXPECT_THAT(screen_text(d, nullptr, 60, true), HasSubstr("기록 7건 손실. 조치: Check the disk"));
  d.troubles[0].response_korean = "디스크 점검";
  EXPECT_THAT(screen_text(d, nullptr, 60, true), HasSubstr("기록 7건 손실. 조치: 디스크 점검"));
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
