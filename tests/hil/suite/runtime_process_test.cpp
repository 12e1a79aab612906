// A child process: how it ended, and that it ends with its parent.
#include "hil/suite/runtime_process.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <string>

namespace saggar::suite {
namespace {

TEST(RuntimeProcess, SaysHowItEnded) {
  RuntimeProcess ends;
  ASSERT_TRUE(ends.start({"/bin/sh", "-c", "exit 3"}));
  EXPECT_EQ(ends.wait_for(20), "exit code 3");
  EXPECT_EQ(ends.ended(), "exit code 3") << "also when asked again";
  RuntimeProcess absent;
  ASSERT_TRUE(absent.start({"/nowhere/saggar"}));
  EXPECT_EQ(absent.wait_for(20), "exit code 127");
}

TEST(RuntimeProcess, PutsItsErrorsIntoAFile) {
  const std::string file = ::testing::TempDir() + "errors-" + std::to_string(::getpid());
  RuntimeProcess speaks;
  ASSERT_TRUE(speaks.start({"/bin/sh", "-c", "echo no such kiln >&2"}, file));
  EXPECT_EQ(speaks.wait_for(20), "exit code 0");
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "no such kiln");
  std::remove(file.c_str());
}

TEST(RuntimeProcess, RunsUntilItIsAskedToEnd) {
  RuntimeProcess waits;
  ASSERT_TRUE(waits.start({"/bin/sleep", "60"}));
  EXPECT_EQ(waits.wait_for(0.05), "");
  waits.ask_to_end();
  EXPECT_EQ(waits.wait_for(20), "signal Terminated");
}

TEST(RuntimeProcess, IsNotLeftBehindWhenItsParentIsKilled) {
  int pipe_fd[2];
  ASSERT_EQ(::pipe(pipe_fd), 0);
  const pid_t parent = ::fork();
  if (parent == 0) {
    // The child inherits the writing end: while it lives, the pipe is open.
    RuntimeProcess child;
    if (!child.start({"/bin/sleep", "60"})) ::_exit(1);
    const char ready = 'r';
    if (::write(pipe_fd[1], &ready, 1) != 1) ::_exit(1);
    for (;;) ::pause();
  }
  ::close(pipe_fd[1]);
  char got = 0;
  ASSERT_EQ(::read(pipe_fd[0], &got, 1), 1);
  ::kill(parent, SIGKILL);
  ::waitpid(parent, nullptr, 0);
  EXPECT_EQ(::read(pipe_fd[0], &got, 1), 0) << "all who held it have ended";
  ::close(pipe_fd[0]);
}

}  // namespace
}  // namespace saggar::suite
