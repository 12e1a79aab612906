#include "runtime/app/journal_series.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::app {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

record::Layout layout() {
  record::Layout out;
  out.names.tags = {"zone07.top.temperature", "zone07.bottom.temperature", "zone08.top.temperature",
                    "zone07.top.output", "gas.top.temperature"};
  out.units = {units::Unit::degC, units::Unit::degC, units::Unit::degC, units::Unit::percent,
               units::Unit::Pa};
  return out;
}

domain::Result<std::vector<Signal>> made(const std::string& tags, config::Join join) {
  config::SignalsConfig config;
  config.tags = tags;
  config.join = join;
  return signals_of(layout(), config);
}

TEST(JournalSeries, TagsOfAZoneMakeOneSignalAtItsPlace) {
  const auto signals = made("zone*.*.temperature", config::Join::zone);
  ASSERT_TRUE(signals) << signals.error().text();
  ASSERT_EQ(signals.value().size(), 2U);
  EXPECT_EQ(signals.value()[0].channel.name, "zone07.temperature");
  EXPECT_EQ(signals.value()[0].channel.place, 6);
  EXPECT_THAT(signals.value()[0].tags, ElementsAre(0, 1));
  EXPECT_THAT(signals.value()[1].tags, ElementsAre(2));
}

TEST(JournalSeries, EachTagAloneOrAllAsOne) {
  const auto each = made("zone*.*.temperature", config::Join::each);
  EXPECT_EQ(each.value().size(), 3U);
  const auto all = made("zone*.*.temperature", config::Join::all);
  ASSERT_EQ(all.value().size(), 1U);
  EXPECT_EQ(all.value()[0].channel.place, -1);
}

TEST(JournalSeries, APatternThatMatchesNothingAndMixedUnitsAreRefused) {
  const auto none = made("zone*.*.temprature", config::Join::zone);
  ASSERT_FALSE(none);
  EXPECT_THAT(none.error().text(), HasSubstr("no tag of this journal matches"));
  const auto mixed = made("*.top.temperature", config::Join::all);
  ASSERT_FALSE(mixed);
  EXPECT_THAT(mixed.error().text(), HasSubstr("different units"));
}

TEST(JournalSeries, SecondsBecomeSamplesOfThePlan) {
  config::IdentificationConfig plan;  // 60 s, 3600 s, 600 s, 6 h
  const identify::Options o = options_of(plan);
  EXPECT_EQ(o.horizon, 60);
  EXPECT_EQ(o.lags.block, 60);
  EXPECT_EQ(o.lags.delay, 11);  // 600 s and the hold
  EXPECT_EQ(o.lags.drift_rows, 360);
}

}  // namespace
}  // namespace saggar::app
