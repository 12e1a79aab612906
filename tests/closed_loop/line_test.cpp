// What a runtime makes of a bad line and of a wrong clock (HI-23, HI-24): its events and modes, and
// that without a fault the line is not there at all.
#include <gtest/gtest.h>

#include <map>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using domain::EventCode;
using faults::Kind;

/// P1 with heat ON, and what it says from then on.
class BadLine : public ::testing::Test {
 protected:
  BadLine() : run_(testing::start(testing::p1_files())) { testing::switch_on(*run_); }

  void schedule(std::vector<faults::Fault> events) { run_->schedule_line(std::move(events)); }
  void cycles(int n) {
    for (int i = 0; i < n; ++i) {
      run_->cycle();
      for (const domain::Event& e : run_->record().events) {
        ++said_[e.code];
        if (e.code == EventCode::field_clock_jumped) jumps_s_.push_back(e.x);
      }
      for (const domain::Sample& s : run_->record().screened.samples) {
        stale_ += s.sub_status == domain::SubStatus::stale ? 1 : 0;
      }
    }
  }
  bool drives() const {
    return run_->record().applications[0] == domain::AppState::on &&
           run_->record().decisions[0].rung == 0;
  }
  int heaters() const { return static_cast<int>(run_->plant().of(domain::Duty::heat).size()); }
  int said(EventCode code) const {
    const auto found = said_.find(code);
    return found == said_.end() ? 0 : found->second;
  }

  std::unique_ptr<suite::InProcess> run_;
  std::map<EventCode, int> said_;
  std::vector<double> jumps_s_;
  int stale_ = 0;
};

TEST_F(BadLine, WithoutAnActiveFaultIsTheSameToTheBit) {
  auto plain = testing::start(testing::p1_files());
  testing::switch_on(*plain);
  schedule({{1e6, Kind::link_delay, "", 10, 0}});
  cycles(600);
  plain->cycles(600);
  EXPECT_EQ(run_->digest(), plain->digest());
}

TEST_F(BadLine, OneOfTenFramesLostShowsAsGapsAndThePidDrivesOn) {
  schedule({{0, Kind::link_random_loss, "frames", 0.1, 0}});
  cycles(600);
  EXPECT_GT(said(EventCode::frame_gap), 30);
  EXPECT_EQ(said(EventCode::link_lost), 0);
  EXPECT_TRUE(drives());
}

TEST_F(BadLine, SilenceOfThreeSecondsIsAFrameUsedAgain) {
  schedule({{10, Kind::link_half_open, "frames", 1, 3}});
  cycles(60);
  EXPECT_EQ(said(EventCode::frame_reused), 1);
  EXPECT_EQ(said(EventCode::frame_gap), 1);
  EXPECT_EQ(said(EventCode::link_lost), 0);
  EXPECT_TRUE(drives());
}

TEST_F(BadLine, SilenceOfAMinuteIsALostLinkAndTheDevicesShed) {
  schedule({{10, Kind::link_half_open, "frames", 1, 60}});
  cycles(40);
  EXPECT_EQ(said(EventCode::link_lost), 1);
  EXPECT_FALSE(run_->kiln().host_alive());
  EXPECT_GT(said(EventCode::mode_shed), 0);
  EXPECT_FALSE(drives());
  cycles(60);
  EXPECT_EQ(said(EventCode::link_up), 1);
  EXPECT_TRUE(run_->kiln().host_alive()) << "its heartbeat is heard again";
}

TEST_F(BadLine, ADeafKilnShedsAndTheRuntimeSeesItInTheDevicesWhileFramesCome) {
  schedule({{10, Kind::link_half_open, "commands", 1, 0}});
  cycles(40);
  EXPECT_EQ(said(EventCode::link_lost), 0);
  EXPECT_EQ(said(EventCode::frame_gap), 0);
  EXPECT_FALSE(run_->kiln().host_alive());
  EXPECT_EQ(said(EventCode::mode_changed), heaters()) << "to IMAN";
  EXPECT_EQ(said(EventCode::rung_lost), 1) << "cascade open";
  EXPECT_FALSE(drives());
}

TEST_F(BadLine, FramesThatAreTenSecondsOldAreStale) {
  schedule({{10, Kind::link_delay, "frames", 8, 0}});
  cycles(16);
  EXPECT_EQ(said(EventCode::frame_reused), 1);
  cycles(60);
  EXPECT_GT(stale_, 0);
  EXPECT_FALSE(drives());
}

TEST_F(BadLine, ShortJitterIsRiddenThrough) {
  schedule({{10, Kind::link_jitter, "", 0.9, 0}});
  cycles(600);
  EXPECT_EQ(said(EventCode::link_lost), 0);
  EXPECT_EQ(said(EventCode::mode_shed), 0);
  EXPECT_EQ(stale_, 0);
  EXPECT_TRUE(run_->kiln().host_alive());
}

TEST_F(BadLine, TurnedBitsAreScreenedAndNeverReachAnOutOfRangeSetpoint) {
  schedule({{10, Kind::link_corrupt, "frames", 1, 0}});
  testing::LimitChecker limits(run_->plant());
  for (int i = 0; i < 600; ++i) {
    cycles(1);
    limits.check(run_->record());
  }
  EXPECT_GT(said(EventCode::sample_bad), 20);
  EXPECT_GT(said(EventCode::frame_gap), 100) << "what cannot be decoded";
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
}

TEST_F(BadLine, AClockSetForwardAnHourIsOneJumpOnceFiveFramesAgree) {
  schedule({{10, Kind::clock_jump, "", 3600, 600}});
  cycles(300);
  ASSERT_EQ(said(EventCode::field_clock_jumped), 1);
  EXPECT_NEAR(jumps_s_[0], 3600, 1);
  EXPECT_LT(run_->record().time_ns, run_->kiln().time_ns() + 10'000'000'000)
      << "control's time made no step";
  cycles(400);
  ASSERT_EQ(said(EventCode::field_clock_jumped), 2);
  EXPECT_NEAR(jumps_s_[1], -3600, 1);
}

TEST_F(BadLine, AClockSetBackAnHourMakesTheFramesOldUntilItIsBelieved) {
  schedule({{10, Kind::clock_jump, "", -3600, 0}});
  cycles(60);
  ASSERT_EQ(said(EventCode::field_clock_jumped), 1);
  EXPECT_NEAR(jumps_s_[0], -3600, 1);
  EXPECT_GT(stale_, 0);
}

TEST_F(BadLine, ASteppedOrSlewedClockIsNoJump) {
  schedule({{10, Kind::clock_ntp_step, "", -0.3, 60}, {100, Kind::clock_skew, "", 5, 0}});
  cycles(1200);
  EXPECT_EQ(said(EventCode::field_clock_jumped), 0);
  EXPECT_EQ(stale_, 0);
  EXPECT_TRUE(drives());
}

TEST_F(BadLine, ALeapSecondAndALocalTimeLabelAreJumpsOfTheirSize) {
  schedule({{10, Kind::clock_leap_second, "", 1, 100}, {200, Kind::clock_dst_label, "", 1, 100}});
  cycles(400);
  ASSERT_EQ(jumps_s_.size(), 4U);
  EXPECT_NEAR(jumps_s_[0], -1, 0.01);
  EXPECT_NEAR(jumps_s_[1], 1, 0.01);
  EXPECT_NEAR(jumps_s_[2], 3600, 0.01);
  EXPECT_NEAR(jumps_s_[3], -3600, 0.01);
}

TEST_F(BadLine, AClockThatStandsStillMakesEverySampleStale) {
  schedule({{10, Kind::clock_freeze, "", 1, 30}});
  cycles(39);
  EXPECT_GT(stale_, 0);
  EXPECT_GT(said(EventCode::sample_bad), 0);
  EXPECT_FALSE(drives());
  cycles(30);
  EXPECT_GT(said(EventCode::sample_good), 0);
}

TEST_F(BadLine, AfterAPartitionTheNewestFrameCounts) {
  schedule({{10, Kind::link_partition, "frames", 0, 4}});
  cycles(60);
  EXPECT_EQ(said(EventCode::frame_gap), 0);
  EXPECT_EQ(said(EventCode::frame_reused), 1);
  EXPECT_EQ(said(EventCode::link_lost), 0);
}

TEST_F(BadLine, CommandsThatWaitForADeadLinkKeepNoDeviceRemote) {
  schedule({{10, Kind::link_partition, "commands", 1, 30}});
  cycles(39);
  EXPECT_FALSE(run_->kiln().host_alive());
  EXPECT_EQ(said(EventCode::link_lost), 0) << "frames come";
  EXPECT_EQ(said(EventCode::rung_lost), 1) << "cascade open";
  cycles(20);
  EXPECT_TRUE(run_->kiln().host_alive());
}

TEST_F(BadLine, ARestoredRunGoesOnBitForBit) {
  const std::vector<faults::Fault> events = {{5, Kind::link_burst_loss, "", 0.2, 0},
                                             {5, Kind::link_delay, "commands", 1.3, 0},
                                             {20, Kind::clock_jump, "", 60, 0}};
  schedule(events);
  cycles(30);
  const std::vector<std::uint8_t> state = run_->snapshot();
  auto other = testing::start(testing::p1_files());
  other->schedule_line({});
  ASSERT_TRUE(other->restore(state));
  for (int i = 0; i < 100; ++i) {
    run_->cycle();
    other->cycle();
    ASSERT_EQ(run_->snapshot(), other->snapshot()) << "cycle " << i;
  }
  auto bare = testing::start(testing::p1_files());
  EXPECT_FALSE(bare->restore(state)) << "a run without a line is another run";
}

}  // namespace
}  // namespace saggar
