// Every verdict of the signal screening (SC-19), and how a sample gets its good name back.
#include "runtime/estimate/screening.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/plants.hpp"

namespace saggar::estimate {
namespace {

using domain::Quality;
using domain::SubStatus;

/// Tag 0 is zone01.top.temperature, range 0..1300 degC; one frame per second.
class ScreeningTest : public ::testing::Test {
 protected:
  static constexpr domain::TagId kTag = 0;

  ScreeningTest()
      : plant_(testing::small_plant(1)),
        screening_(plant_, {ScreeningLimits{5.0, 100.0, 3.0}}),
        raw_(plant_.tags.size()),
        screened_(plant_.tags.size()),
        events_(64) {
    for (domain::Sample& s : raw_.samples) s = {100, 0, Quality::good, SubStatus::none};
  }

  SubStatus feed(double value, double age_s = 0) {
    now_ns_ += 1'000'000'000;
    for (domain::Sample& s : raw_.samples) s.time_ns = now_ns_;
    raw_.samples[kTag].value = value;
    raw_.samples[kTag].time_ns = now_ns_ - static_cast<std::int64_t>(age_s * 1e9);
    screening_.screen(now_ns_, raw_, screened_, events_);
    const domain::Sample& s = screened_.samples[kTag];
    EXPECT_EQ(s.usable(), s.sub_status == SubStatus::none);
    return s.sub_status;
  }
  int events(domain::EventCode code) const {
    int n = 0;
    for (const domain::Event& e : events_) n += e.code == code && e.a == kTag ? 1 : 0;
    return n;
  }

  domain::Plant plant_;
  Screening screening_;
  domain::Frame raw_, screened_;
  domain::Bounded<domain::Event> events_;
  std::int64_t now_ns_ = 0;
};

TEST_F(ScreeningTest, AGoodSamplePassesUnchanged) {
  EXPECT_EQ(feed(500), SubStatus::none);
  EXPECT_EQ(screened_.samples[kTag].value, 500);
}

TEST_F(ScreeningTest, NotANumberAndInfinityAreBad) {
  feed(100);
  EXPECT_EQ(feed(std::nan("")), SubStatus::not_finite);
  EXPECT_EQ(feed(INFINITY), SubStatus::not_finite);
}

TEST_F(ScreeningTest, OutsideTheRangeIsBad) {
  feed(100);
  EXPECT_EQ(feed(-0.1), SubStatus::out_of_range);
  EXPECT_EQ(feed(1300.1), SubStatus::out_of_range);
}

TEST_F(ScreeningTest, ABrokenSensorKeepsTheFieldsReason) {
  raw_.samples[kTag] = {100, 0, Quality::bad, SubStatus::out_of_service};
  EXPECT_EQ(feed(100), SubStatus::out_of_service);
}

TEST_F(ScreeningTest, OlderThanItsLimitIsStale) {  // limit 3 s
  feed(100);
  EXPECT_EQ(feed(101, 3.0), SubStatus::none);
  EXPECT_EQ(feed(101, 3.1), SubStatus::stale);
}

TEST_F(ScreeningTest, ASpikeIsRefusedAndForgotten) {  // 5 K/s allowed
  feed(100);
  EXPECT_EQ(feed(400), SubStatus::too_fast);
  EXPECT_EQ(feed(101), SubStatus::none);
}

TEST_F(ScreeningTest, AStepThatStaysIsTheNewTruthAfterThreeSamples) {
  feed(100);
  EXPECT_EQ(feed(400), SubStatus::too_fast);
  EXPECT_EQ(feed(401), SubStatus::too_fast);
  EXPECT_EQ(feed(402), SubStatus::too_fast);
  EXPECT_EQ(feed(403), SubStatus::none);
}

TEST_F(ScreeningTest, TheAllowedRateIsPerSecondSinceTheLastAcceptedSample) {
  feed(100);
  EXPECT_EQ(feed(105), SubStatus::none);
  EXPECT_EQ(feed(110.1), SubStatus::too_fast);
  EXPECT_EQ(feed(114.9), SubStatus::none);  // 2 s after 105: 10 K allowed
}

TEST_F(ScreeningTest, UnchangedLongerThanItsLimitIsFrozenUntilItMoves) {  // limit 100 s
  feed(100);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(feed(100), SubStatus::none) << i;
  EXPECT_EQ(feed(100), SubStatus::frozen);
  EXPECT_EQ(feed(100.1), SubStatus::none);
}

TEST_F(ScreeningTest, OneEventPerChangeNotPerSample) {
  feed(100);
  for (int i = 0; i < 5; ++i) feed(-5);
  for (int i = 0; i < 5; ++i) feed(100);
  EXPECT_EQ(events(domain::EventCode::sample_bad), 1);
  EXPECT_EQ(events(domain::EventCode::sample_good), 1);
}

TEST_F(ScreeningTest, TheFirstGoodSampleIsNoNewsButTheFirstBadOneIs) {
  raw_.samples[kTag] = {NAN, 0, Quality::bad, SubStatus::never_received};
  screening_.screen(1, raw_, screened_, events_);
  raw_.samples[kTag] = {100, 0, Quality::good, SubStatus::none};
  feed(100);
  EXPECT_EQ(events(domain::EventCode::sample_good), 0);
  EXPECT_EQ(events(domain::EventCode::sample_bad), 0);
  Screening fresh(plant_, {ScreeningLimits{5.0, 100.0, 3.0}});
  raw_.samples[kTag].value = -5;
  fresh.screen(now_ns_, raw_, screened_, events_);
  EXPECT_EQ(events(domain::EventCode::sample_bad), 1);
}

TEST_F(ScreeningTest, RestoredStateJudgesLikeTheOriginal) {
  feed(100);
  feed(400);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  screening_.serialize(out);
  Screening copy(plant_, {ScreeningLimits{5.0, 100.0, 3.0}});
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  copy.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  for (int i = 0; i < 4; ++i) {
    const SubStatus original = feed(401 + i);
    domain::Frame other(plant_.tags.size());
    domain::Bounded<domain::Event> ignored(8);
    copy.screen(now_ns_, raw_, other, ignored);
    ASSERT_EQ(other.samples[kTag].sub_status, original);
  }
}

}  // namespace
}  // namespace saggar::estimate
