#include "plugins/host/child.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

ChildTask task() { return {"it", "it was asked", "to answer", std::chrono::seconds(20)}; }

TEST(AskChild, GivesTheWholeAnswerHoweverLong) {
  const std::string text(1'000'000, 'x');
  const auto got = ask_child(task(), [&] { return text; });
  ASSERT_TRUE(got.ok()) << got.error().text();
  EXPECT_EQ(got.value(), text);
}

TEST(AskChild, WhatTheChildDoesStaysInTheChild) {
  int mine = 1;
  ASSERT_TRUE(ask_child(task(), [&] {
                mine = 2;
                return std::string("done");
              }).ok());
  EXPECT_EQ(mine, 1);
}

TEST(AskChild, WhatTheChildPrintsIsNotTheToolsOutput) {
  ::testing::internal::CaptureStdout();
  const auto got = ask_child(task(), [] {
    (void)!::write(STDOUT_FILENO, "noise", 5);
    return std::string("answer");
  });
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(got.value(), "answer");
}

TEST(AskChild, ACrashAnExitAndAHangAreErrorsThatSayWhatWasGoingOn) {
  EXPECT_THAT(ask_child(task(),
                        []() -> std::string {
                          ::raise(SIGKILL);
                          return "";
                        })
                  .error()
                  .text(),
              HasSubstr("it: crashed while it was asked: signal 9"));
  EXPECT_THAT(ask_child(task(), []() -> std::string { ::_exit(3); }).error().text(),
              HasSubstr("it: ended the process while it was asked (exit code 3)"));
  ChildTask short_task = task();
  short_task.patience = std::chrono::milliseconds(50);
  EXPECT_EQ(ask_child(short_task,
                      []() -> std::string {
                        ::sleep(60);
                        return "";
                      })
                .error()
                .text(),
            "it: took longer than 50 ms to answer");
}

}  // namespace
}  // namespace saggar::host
