// A journal says why a setpoint is where it is: the run is made again up to that cycle, and the
// controller that drove is asked.
#include "runtime/app/why_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using ::testing::HasSubstr;

class WhyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    asked_.journal = (std::filesystem::temp_directory_path() /
                      ("saggar-why-" + std::to_string(::getpid()) + ".journal"))
                         .string();
    asked_.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
    asked_.tag = "zone20.top.setpoint";
    remove();
  }
  void TearDown() override { remove(); }
  void remove() const {
    for (const char* tail : {"", "-wal", "-shm"}) {
      std::filesystem::remove(asked_.journal + tail);
    }
  }
  void record(std::uint64_t snapshot_cycles) {
    suite::InProcessOptions options;
    options.journal = asked_.journal;
    options.snapshot_cycles = snapshot_cycles;
    auto run = testing::start(testing::p2_files(), options);
    testing::switch_on(*run);
    run->cycles(900);
  }
  std::string said(int expected = 0) const {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    const int code = app::why(asked_);
    const std::string out = ::testing::internal::GetCapturedStdout();
    const std::string err = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(code, expected) << out << err;
    return out + err;
  }
  app::WhyOptions asked_;
};

TEST_F(WhyTest, TheDrivingControllerItsCausesAndTheRungBelow) {
  record(0);
  const std::string text = said();
  RecordProperty("said", text);
  EXPECT_THAT(text, HasSubstr("zone20.top.setpoint "));
  EXPECT_THAT(text, HasSubstr("asked by pid; because of "));
  EXPECT_THAT(text, HasSubstr("hold would have kept "));
  asked_.korean = true;
  EXPECT_THAT(said(), HasSubstr("pid의 요청"));
}

TEST_F(WhyTest, FromAKeptStateItIsTheSameSentence) {
  record(0);
  asked_.cycle = 800;
  const std::string from_the_start = said();
  remove();
  record(300);
  EXPECT_EQ(said(), from_the_start);
}

TEST_F(WhyTest, BeforeItIsSwitchedOnNobodyDrives) {
  record(0);
  asked_.cycle = 5;
  EXPECT_THAT(said(), HasSubstr("no controller drives zone20.top.setpoint"));
}

TEST_F(WhyTest, WhatIsNotThereIsRefusedWithWhatWouldBeRight) {
  record(0);
  asked_.tag = "zone20.top.temperature";
  EXPECT_THAT(said(1), HasSubstr("is no written tag of this kiln, such as zone01.top.setpoint"));
  asked_.tag = "zone20.top.setpoint";
  asked_.cycle = 1'000'000;
  EXPECT_THAT(said(1), HasSubstr("holds no record of cycle 1000000"));
}

}  // namespace
}  // namespace saggar
