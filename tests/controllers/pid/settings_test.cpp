#include "controllers/pid/settings.hpp"

#include <gtest/gtest.h>

#include <saggar/plugin/testing.hpp>

#include "controllers/pid/plugins.hpp"

namespace saggar::pid {
namespace {

using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Rig;

std::string refusal(std::map<std::string, double> params) {
  Kiln kiln;
  kiln.zones(1);
  Options options;
  options.params = std::move(params);
  try {
    const Rig rig = plugin::testing::rig_of<TrimPlugin>(kiln, options);
  } catch (const std::exception& e) {
    return e.what();
  }
  return "";
}

TEST(PidSettings, DefaultsAreAccepted) { EXPECT_EQ(refusal({}), ""); }

TEST(PidSettings, WhatCannotWorkIsRefusedWithTheFieldAndTheOutput) {
  const std::string text =
      refusal({{"form", 2}, {"ti_s", 10}, {"td_s", 5}, {"derivative_filter_s", 20}});
  EXPECT_NE(text.find("derivative_filter_s"), std::string::npos) << text;
  EXPECT_NE(text.find("zone01.top.setpoint"), std::string::npos) << text;
}

TEST(PidSettings, ScheduleNeedsRisingBreakpointsAndATag) {
  EXPECT_NE(refusal({{"schedule_on", 1}}).find("schedule_points"), std::string::npos);
  EXPECT_NE(refusal({{"schedule_on", 1}, {"schedule_points", 2}}).find("schedule_at"),
            std::string::npos);
  EXPECT_EQ(refusal({{"schedule_on", 1}, {"schedule_points", 2}, {"schedule_at_2", 500}}), "");
  EXPECT_NE(refusal({{"schedule_on", 2}, {"schedule_points", 2}, {"schedule_at_2", 500}})
                .find("no schedule tag"),
            std::string::npos);
}

TEST(PidSettings, EveryParameterOfBothPluginsHasUnitRangeDefaultAndOneSentence) {
  const auto check = [](const saggar_param& p) {
    EXPECT_NE(std::string_view(p.key), "");
    EXPECT_TRUE(units::parse_unit(p.unit)) << p.key;
    EXPECT_LE(p.min, p.default_value) << p.key;
    EXPECT_LE(p.default_value, p.max) << p.key;
    EXPECT_TRUE(std::string_view(p.doc).ends_with(".")) << p.key;
  };
  for (const saggar_param& p : TrimPlugin::kParams) check(p);
  for (const saggar_param& p : PowerPlugin::kParams) check(p);
}

TEST(PidSettings, IndicesOfTheTwoTablesAgreeWithTheirKeys) {
  const auto key = [](const auto& params, Param p) {
    return std::string_view(params[static_cast<std::uint32_t>(p)].key);
  };
  EXPECT_EQ(key(TrimPlugin::kParams, Param::low), "trim_low_K");
  EXPECT_EQ(key(TrimPlugin::kParams, Param::kp), "kp");
  EXPECT_EQ(key(TrimPlugin::kParams, Param::td_4), "schedule_td_4");
  EXPECT_EQ(key(TrimPlugin::kParams, Param::tune_closed), "tune_closed_loop_s");
  EXPECT_EQ(key(PowerPlugin::kParams, Param::rate_down), "rate_down_percent_per_s");
  EXPECT_EQ(key(PowerPlugin::kParams, Param::setpoint), "setpoint_degC");
  EXPECT_EQ(key(PowerPlugin::kParams, Param::program_offset), "program_offset_K");
  EXPECT_EQ(key(PowerPlugin::kParams, Param::program_step_1), "program_1_target_degC");
}

}  // namespace
}  // namespace saggar::pid
