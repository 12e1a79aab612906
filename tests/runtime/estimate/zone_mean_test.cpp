#include "runtime/estimate/zone_mean.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/plants.hpp"

namespace saggar::estimate {
namespace {

class ZoneMeanTest : public ::testing::Test {
 protected:
  ZoneMeanTest()
      : plant_(testing::small_plant(2)), mean_(plant_, 1.0), frame_(plant_.tags.size()), out_(2) {
    for (domain::Sample& s : frame_.samples) {
      s = {500, 7, domain::Quality::good, domain::SubStatus::none};
    }
  }
  domain::Plant plant_;
  ZoneMean mean_;
  domain::Frame frame_;
  domain::Estimate out_;
};

TEST_F(ZoneMeanTest, IsTheMeanOfTopAndBottomWithTheirSpread) {
  frame_.samples[plant_.mvs[0].pv].value = 498;
  frame_.samples[plant_.mvs[1].pv].value = 502;
  mean_.estimate(frame_, out_);
  EXPECT_EQ(out_.samples[0].value, 500);
  EXPECT_EQ(out_.samples[0].quality, domain::Quality::good);
  EXPECT_NEAR(out_.sigma[0], 1.0 / std::sqrt(2.0) + 2.0, 1e-12);
  EXPECT_NEAR(out_.sigma[1], 1.0 / std::sqrt(2.0), 1e-12);
}

TEST_F(ZoneMeanTest, OneBadThermocoupleLeavesAnUncertainZone) {
  frame_.samples[plant_.mvs[0].pv].quality = domain::Quality::bad;
  frame_.samples[plant_.mvs[1].pv].value = 510;
  mean_.estimate(frame_, out_);
  EXPECT_EQ(out_.samples[0].value, 510);
  EXPECT_EQ(out_.samples[0].quality, domain::Quality::uncertain);
}

TEST_F(ZoneMeanTest, NoThermocoupleIsABadZoneWithUnboundedUncertainty) {
  frame_.samples[plant_.mvs[0].pv].quality = domain::Quality::bad;
  frame_.samples[plant_.mvs[1].pv].quality = domain::Quality::bad;
  mean_.estimate(frame_, out_);
  EXPECT_FALSE(out_.samples[0].usable());
  EXPECT_TRUE(std::isinf(out_.sigma[0]));
}

TEST_F(ZoneMeanTest, WithoutAThermocoupleNothingIsLeftOfWhatTheRoomHeldBefore) {
  mean_.estimate(frame_, out_);
  frame_.samples[plant_.mvs[0].pv].quality = domain::Quality::bad;
  frame_.samples[plant_.mvs[1].pv].quality = domain::Quality::bad;
  out_.samples[0] = {123.0, 456, domain::Quality::good, domain::SubStatus::none};
  mean_.estimate(frame_, out_);
  EXPECT_TRUE(std::isnan(out_.samples[0].value));
  EXPECT_EQ(out_.samples[0].time_ns, 0);
}

TEST_F(ZoneMeanTest, NamesItsTagsLikeTheKiln) {
  EXPECT_EQ(mean_.names(), (std::vector<std::string>{"zone01.temperature", "zone02.temperature"}));
}

}  // namespace
}  // namespace saggar::estimate
