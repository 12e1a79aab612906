// The table of `saggar status`, and what the commands say when nobody answers.
#include "runtime/app/operator_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/app/screen_example.hpp"

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(Status, TheFirstLineSaysKilnCycleTimeAndLink) {
  wire::Digest d = example_digest();
  EXPECT_THAT(status_text(d), StartsWith("kiln p9  cycle 3725  field time 3725 s  link up  "
                                         "frame age 0.4 s\n"));
  d.link_up = false;
  EXPECT_THAT(status_text(d), HasSubstr("link LOST"));
}

TEST(Status, EachDutySaysWhoDrivesSinceWhenAndWhy) {
  const std::string text = status_text(example_digest());
  EXPECT_THAT(text, HasSubstr("heat        ON         drives: pid      since cycle 3000, "
                              "the controller's own confidence is below its limit\n"));
  EXPECT_THAT(text, HasSubstr("transport   OFF        drives: -        since"));
}

TEST(Status, EachLoopIsOneLineWithItsModeAndItsLimit) {
  wire::Digest d = example_digest(1);
  d.loops[0].limited = domain::Limited::high;
  d.loops[1].actual = domain::Mode::man;
  d.loops[1].pv = NAN;
  const std::string text = status_text(d);
  EXPECT_THAT(text, HasSubstr("zone01.top.setpoint             750.00    751.25    749.50    43.2 "
                              "RCAS  high"));
  EXPECT_THAT(text, HasSubstr("nan    43.2 MAN   no"));
  EXPECT_EQ(lines_with(text, ".setpoint"), 2);
}

TEST(Status, FiguresOfTheRunAndAllEventsAreThere) {
  const std::string text = status_text(example_digest());
  EXPECT_THAT(text, HasSubstr("cycle time p50 61.0 p99 93.0 p99.9 120.0 max 217.0 us, overruns 4, "
                              "records dropped 6\n"));
  EXPECT_EQ(lines_with(text, " error: english"), 5);
  EXPECT_THAT(text, HasSubstr("cycle 104 error: english104\n"));
}

TEST(OperatorCommand, AnAnswerIsOneLineWithItsReasonAndWhatFollows) {
  wire::IntentReply reply = {9, 40, domain::AnswerKind::done, domain::Reason::none, "", ""};
  EXPECT_EQ(reply_text(reply), "done at cycle 40\n");
  reply.detail = "this lifts the AI OFF of heat";
  EXPECT_EQ(reply_text(reply), "done at cycle 40 (this lifts the AI OFF of heat)\n");
  reply.answer = domain::AnswerKind::error;
  reply.reason = domain::Reason::out_of_limits;
  reply.detail = "allowed is 0 to 885 degC";
  EXPECT_EQ(reply_text(reply),
            "error at cycle 40: the value is outside its limits (allowed is 0 to 885 degC)\n");
  EXPECT_EQ(reply_text(reply, true),
            "error at cycle 40: 값이 한계를 벗어남 (allowed is 0 to 885 degC)\n");
  reply.detail_korean = "허용 0 ~ 885 degC";
  EXPECT_EQ(reply_text(reply, true), "error at cycle 40: 값이 한계를 벗어남 (허용 0 ~ 885 degC)\n");
}

TEST(Status, InKoreanItsSentencesAreKorean) {
  const std::string text = status_text(example_digest(), true);
  EXPECT_THAT(text, HasSubstr("래더: 0 mpc, [1 pid]"));
  EXPECT_THAT(text, HasSubstr("한국어104"));
}

TEST(OperatorCommand, WithoutAnAnswerItFailsAndSaysSo) {
  OperatorOptions options;
  options.endpoint = "ipc:///tmp/saggar-nobody-" + std::to_string(::getpid());
  options.timeout_s = 0.05;
  wire::IntentByName intent;
  intent.kind = domain::IntentKind::hold;
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(ask(options, intent), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), StartsWith("saggar: "));
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(status(options), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), StartsWith("saggar: "));
}

TEST(OperatorCommand, AnEndpointThatIsNoneIsRefused) {
  OperatorOptions options;
  options.endpoint = "nonsense";
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(status(options), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("nonsense"));
}

}  // namespace
}  // namespace saggar::app
