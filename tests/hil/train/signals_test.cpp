#include "hil/train/signals.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

using ::testing::ElementsAre;

/// Two zones with two loops each, and an estimate per zone.
domain::Plant two_zones() {
  domain::Plant plant;
  plant.zones = 2;
  for (int zone = 1; zone <= 2; ++zone) {
    for (const char* loop : {"top", "bottom"}) {
      const std::string name = "zone0" + std::to_string(zone) + "." + loop;
      domain::Mv mv;
      mv.tag = plant.tags
                   .add({name + ".setpoint", domain::Unit::degC, 0, 1000, 0, domain::Access::write})
                   .value();
      mv.pv = plant.tags.add({name + ".temperature", domain::Unit::degC, 0, 1000, 0}).value();
      mv.zone = static_cast<std::uint16_t>(zone - 1);
      plant.mvs.push_back(mv);
    }
    EXPECT_TRUE(plant.estimates.add(
        {"zone0" + std::to_string(zone) + ".core.temperature", domain::Unit::degC, 0, 1000, 0}));
  }
  return plant;
}

TrainingFile file_with(const std::string& rows) {
  const auto file = config::load_text<TrainingFile>("x", R"(kind = "training"
name = "a"
id = "com.a"
version = "1"
owner = "a"
purpose = "a"
limits = ["a"]
released = "2026-01-01"
expires = "2027-01-01"
licence = "a"
)" + rows);
  EXPECT_TRUE(file) << file.error().text();
  return file.value();
}

TEST(Signals, PatternsBecomeTagsAndTheirReferences) {
  const auto s = signals_of(file_with(R"(
feature = [{ tags = "zone*.core.temperature", over = "zone*.top.setpoint" }, { tags = "zone*.top.temperature", first = 2 }]
output = [{ first = 2, last = 9, trim_K = 5, value = 0.5 }]
prediction = [{ tags = "zone*.bottom.temperature", horizon_s = 240 }]
)"),
                            two_zones());
  ASSERT_TRUE(s) << s.error().text();
  ASSERT_EQ(s.value().features.size(), 3U);
  EXPECT_EQ(s.value().features[1].tag, "zone02.core.temperature");
  EXPECT_EQ(s.value().features[1].over, "zone02.top.setpoint");
  EXPECT_EQ(s.value().features[1].unit, "degC");
  EXPECT_EQ(s.value().seen[1].reference, 2);
  EXPECT_EQ(s.value().features[2].tag, "zone02.top.temperature");
  ASSERT_EQ(s.value().outputs.size(), 1U);
  EXPECT_THAT(s.value().outputs[0].tags,
              ElementsAre("zone02.top.setpoint", "zone02.bottom.setpoint"));
  EXPECT_THAT(s.value().moved[0], ElementsAre(2, 3));
  EXPECT_THAT(s.value().worth, ElementsAre(0.5));
  EXPECT_EQ(s.value().predictions.size(), 2U);
}

TEST(Signals, MeasuredValuesMayBeUncertainEstimatesMayNot) {
  const domain::Plant plant = two_zones();
  domain::Record record(plant, plant.estimates.size(), {});
  record.recipe = {700, 700, 710, 710};
  record.screened.samples[1].value = 705;
  record.screened.samples[1].quality = domain::Quality::uncertain;
  record.estimate.samples[0].value = 690;
  record.estimate.samples[0].quality = domain::Quality::good;
  const auto estimate = static_cast<domain::TagId>(plant.tags.size());
  EXPECT_EQ(Signals::value({1, 0}, plant, record), 5);
  EXPECT_EQ(Signals::value({1, domain::kNoMv}, plant, record), 705);
  EXPECT_EQ(Signals::value({estimate, 0}, plant, record), -10);
  record.estimate.samples[0].quality = domain::Quality::uncertain;
  EXPECT_TRUE(std::isnan(Signals::value({estimate, 0}, plant, record)));
  record.screened.samples[1].quality = domain::Quality::bad;
  EXPECT_TRUE(std::isnan(Signals::value({1, 0}, plant, record)));
}

TEST(Signals, WhatIsNotThereIsNamedByItsRow) {
  const auto beyond = signals_of(file_with(R"(
feature = [{ tags = "zone*.top.temperature", first = 3 }]
output = [{ first = 1 }]
)"),
                                 two_zones());
  ASSERT_FALSE(beyond);
  EXPECT_THAT(beyond.error().text(), ::testing::HasSubstr("feature[0].first"));
  const auto none = signals_of(file_with(R"(
feature = [{ tags = "zone*.top.temperature" }]
output = [{ first = 8, last = 9 }]
)"),
                               two_zones());
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text(), ::testing::HasSubstr("names no zone"));
}

}  // namespace
}  // namespace saggar::train
