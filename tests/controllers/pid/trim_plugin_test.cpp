// The trim plugin behind its SDK: what the runtime sees of it.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <saggar/plugin/testing.hpp>

#include "controllers/pid/plugins.hpp"

namespace saggar::pid {
namespace {

using plugin::Status;
using plugin::Why;
using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Outcome;
using plugin::testing::Rig;

const std::string kOne = "zone02.top.setpoint";

Rig make(int zones = 3, std::map<std::string, double> params = {}) {
  Kiln kiln;
  kiln.zones(zones);
  Options options;
  options.params = std::move(params);
  Rig rig = plugin::testing::rig_of<TrimPlugin>(kiln, options);
  rig.reference("zone*.*.setpoint", 751.3);
  rig.working("zone*.*.setpoint", 751.3);
  rig.limits("zone*.*.setpoint", 700, 800);
  rig.set("zone*.*.temperature", 751.3);
  rig.set("zone*.*.output", 45);
  rig.set_free("zone*.*.setpoint", true);
  rig.driving(true);
  return rig;
}

// One step as on a plant: the field takes what was proposed.
Outcome step(Rig& rig, int n = 1) {
  Outcome last;
  for (int k = 0; k < n; ++k) {
    last = rig.step();
    EXPECT_EQ(last.wrong, "");
    for (const char* tag :
         {"zone01.top.setpoint", "zone01.bottom.setpoint", "zone02.top.setpoint",
          "zone02.bottom.setpoint", "zone03.top.setpoint", "zone03.bottom.setpoint"}) {
      rig.working(tag, rig.proposal(tag));
    }
  }
  return last;
}

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

TEST(TrimPlugin, ZeroTrimReproducesTheRecipeBitForBit) {  // PF-24
  Rig rig = make();
  for (double reference : {751.3, 700.1, 799.9999999, 0.1 + 0.2 + 700}) {
    rig.reference("zone*.*.setpoint", reference);
    rig.working("zone*.*.setpoint", reference);
    rig.set("zone*.*.temperature", reference + 0.2);  // inside the deadband
    for (int k = 0; k < 50; ++k) {
      EXPECT_EQ(rig.step().status, Status::ok);
      EXPECT_TRUE(same_bits(rig.proposal(kOne), reference));
    }
  }
}

TEST(TrimPlugin, ColdZoneIsTrimmedUpSlowlyWithinItsLimits) {
  Rig rig = make(3, {{"shift_K", 0}});
  step(rig, 2);
  rig.set("zone02.top.temperature", 747);
  step(rig, 600);
  EXPECT_GT(rig.proposal(kOne), 751.3 + 1);
  EXPECT_TRUE(same_bits(rig.proposal("zone01.top.setpoint"), 751.3)) << "its neighbour is fine";
  step(rig, 20000);
  EXPECT_DOUBLE_EQ(rig.proposal(kOne), 761.3);  // trim_high_K = 10
}

// The guard takes a controller down that it has to clip at 10 K within 8 h (SC-37).
TEST(TrimPlugin, WithinAShiftATrimGoesNoFurtherThanTheGuardLets) {
  Rig rig = make();
  step(rig, 2);
  rig.set("zone02.top.temperature", 700);
  step(rig, 20000);  // 5.6 h
  EXPECT_NEAR(rig.proposal(kOne), 751.3 + 9.5, 1e-6);
}

// What drove before had come to -6 K from 0: up to 3.5 K over the reference are within 9.5 of that.
TEST(TrimPlugin, WhatDroveBeforeCountsForTheShift) {
  Rig rig = make();
  step(rig, 2);
  rig.driving(false);
  rig.working(kOne, 745.3);
  rig.step();
  rig.driving(true);
  rig.set("zone02.top.temperature", 700);
  step(rig, 20000);
  EXPECT_NEAR(rig.proposal(kOne), 751.3 + 3.5, 1e-6);
}

TEST(TrimPlugin, IntegralActionIsKpOverTiTimesTheErrorBeyondTheDeadband) {
  // kp 0.2, ti 600, error 4.3 less the gap of 0.3: 0.2 / 600 * 4 per s
  Rig rig = make(3, {{"rate_up_K_per_min", 0}});
  rig.set("zone02.top.temperature", 747);
  step(rig, 1);  // takes over without a bump, the error standing
  step(rig, 300);
  EXPECT_NEAR(rig.proposal(kOne) - 751.3, 0.2 / 600 * 4 * 300, 1e-9);
}

TEST(TrimPlugin, FollowsTheRecipeWithItsTrimUnchanged) {
  Rig rig = make();
  rig.set("zone02.top.temperature", 748);
  step(rig, 1200);
  const double trim = rig.proposal(kOne) - 751.3;
  EXPECT_GT(trim, 0.5);
  rig.reference(kOne, 755);
  rig.set("zone02.top.temperature", 755);
  step(rig);
  EXPECT_NEAR(rig.proposal(kOne), 755 + trim, 0.2 * 3.3);  // P of the error that went away
}

TEST(TrimPlugin, TracksTheWorkingValueWhileStandingByAndTakesOverWithoutABump) {  // SC-55
  Rig rig = make();
  rig.driving(false);
  rig.set("zone02.top.temperature", 746);
  for (int k = 0; k < 40; ++k) {
    rig.working(kOne, 751.3 + 0.1 * k);
    rig.step();
    EXPECT_NEAR(rig.proposal(kOne), 751.3 + 0.1 * k, 1e-9);
  }
  rig.driving(true);
  rig.step();
  EXPECT_NEAR(rig.proposal(kOne), 751.3 + 3.9, 0.1);
}

TEST(TrimPlugin, AnOutputThatIsNotFreeIsTrackedWhileTheOthersAreControlled) {
  Rig rig = make();
  rig.set_free("zone02.top.setpoint", false);
  rig.working(kOne, 758.7);
  rig.set("zone*.*.temperature", 745);
  for (int k = 0; k < 100; ++k) rig.step();
  EXPECT_NEAR(rig.proposal(kOne), 758.7, 1e-9);
  EXPECT_GT(rig.proposal("zone01.top.setpoint"), 751.3);
  rig.set_free("zone02.top.setpoint", true);
  rig.step();
  EXPECT_NEAR(rig.proposal(kOne), 758.7, 0.1);
}

TEST(TrimPlugin, FirstStepAfterActivateProposesTheWorkingValue) {
  Rig rig = make();
  rig.working("zone*.*.setpoint", 756.5);
  rig.set("zone*.*.temperature", 740);
  rig.step();
  EXPECT_NEAR(rig.proposal(kOne), 756.5, 1e-9);
}

TEST(TrimPlugin, LimitStatusFromTheRuntimeStopsTheIntegral) {  // SC-10: 2 h clamped
  Rig rig = make();
  rig.set("zone02.top.temperature", 749);
  step(rig, 60);
  rig.limited(kOne, SAGGAR_LIMITED_HIGH);
  step(rig);
  const double before = rig.proposal(kOne);
  step(rig, 7200);
  EXPECT_NEAR(rig.proposal(kOne), before, 1e-12);
  EXPECT_GT(rig.proposal("zone02.bottom.setpoint"), 0);
  rig.limited(kOne, 0);
  step(rig, 60);
  EXPECT_GT(rig.proposal(kOne), before);
}

TEST(TrimPlugin, AHeaterAtFullPowerStopsTheIntegralUpwards) {
  Rig rig = make();
  rig.set("zone02.top.temperature", 745);
  rig.set("zone02.top.output", 100);
  step(rig, 1);
  const double before = rig.proposal(kOne);
  step(rig, 600);
  EXPECT_NEAR(rig.proposal(kOne), before, 1e-9);
  rig.set("zone02.top.output", 80);
  step(rig, 600);
  EXPECT_GT(rig.proposal(kOne), before + 0.5);
}

TEST(TrimPlugin, BadPvHoldsItsTrimAndIsReported) {
  Rig rig = make();
  rig.set("zone02.top.temperature", 748);
  step(rig, 600);
  const double before = rig.proposal(kOne);
  rig.set("zone02.top.temperature", std::numeric_limits<double>::quiet_NaN(), SAGGAR_BAD);
  const Outcome held = step(rig, 500);
  EXPECT_EQ(held.status, Status::degraded);
  EXPECT_EQ(held.why, Why::inputs_missing);
  EXPECT_NEAR(held.confidence, 5.0 / 6, 1e-12);
  EXPECT_EQ(rig.proposal(kOne), before);
  rig.set("zone02.top.temperature", 745);
  step(rig);
  EXPECT_NEAR(rig.proposal(kOne), before, 1e-9) << "returns without a bump";
}

TEST(TrimPlugin, WithMoreBadLoopsThanAllowedItDeclines) {
  Rig rig = make(3, {{"max_bad_loops", 1}});
  step(rig, 5);
  rig.set("zone02.*.temperature", 751, SAGGAR_BAD);
  const Outcome out = rig.step();
  EXPECT_EQ(out.status, Status::no_proposal);
  EXPECT_EQ(out.why, Why::inputs_missing);
  EXPECT_NE(out.message, "");
}

TEST(TrimPlugin, AReferenceThatIsNotANumberLeavesTheOutputWhereItIs) {
  Rig rig = make();
  rig.set("zone02.top.temperature", 748);
  step(rig, 600);
  const double before = rig.proposal(kOne);
  rig.reference(kOne, std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(rig.step().status, Status::degraded);
  EXPECT_EQ(rig.proposal(kOne), before);
}

TEST(TrimPlugin, HostileNumbersNeverReachTheProposal) {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const double all[] = {std::numeric_limits<double>::quiet_NaN(), kInf, -kInf, 1e300, -1e300, 0};
  Rig rig = make(3, {{"max_bad_loops", 100}, {"td_s", 30}, {"external_reset", 1}});
  step(rig, 5);
  for (double bad : all) {
    for (const char* what : {"zone02.top.temperature", "zone02.top.output"}) {
      rig.set(what, bad);
      const Outcome out = rig.step();
      EXPECT_EQ(out.wrong, "") << bad;
      EXPECT_TRUE(std::isfinite(rig.proposal(kOne)));
      EXPECT_GE(rig.proposal(kOne), 700);
      EXPECT_LE(rig.proposal(kOne), 800);
    }
    rig.working(kOne, bad);
    EXPECT_TRUE((rig.step(), std::isfinite(rig.proposal(kOne))));
    rig.working(kOne, 751.3);
  }
}

TEST(TrimPlugin, ExternalResetOverADeviceThatRoundsAndRampsStillIntegrates) {
  Rig rig = make(3, {{"external_reset", 1}});
  rig.set("zone02.top.temperature", 747);
  double working = 751.3;
  for (int k = 0; k < 3000; ++k) {
    rig.working(kOne, working);
    EXPECT_EQ(rig.step().wrong, "");
    working += std::clamp(rig.proposal(kOne) - working, -0.05, 0.05);
  }
  EXPECT_GT(rig.proposal(kOne), 751.3 + 3);
  EXPECT_LE(rig.proposal(kOne), 761.3 + 1e-9);
}

TEST(TrimPlugin, ExternalResetDoesNotWindUpAgainstAFieldThatStandsStill) {
  // The field stays 1 K above the recipe without saying why; the recipe moves meanwhile.
  const auto farthest = [](double external_reset) {
    Rig rig = make(3, {{"external_reset", external_reset}, {"rate_up_K_per_min", 0}});
    rig.set("zone02.top.temperature", 747);
    double most = 0;
    for (int k = 0; k < 6000; ++k) {
      const double reference = 751.3 + 0.0005 * k;
      rig.reference(kOne, reference);
      rig.step();
      rig.working(kOne, reference + 1);
      rig.set("zone02.top.temperature", reference - 4.3);
      most = std::max(most, rig.proposal(kOne) - reference);
    }
    return most;
  };
  EXPECT_LT(farthest(1), 1 + 0.2 * 4 + 0.1);  // the field's 1 K and about kp e, see README
  EXPECT_GT(farthest(0), 7);
}

TEST(TrimPlugin, RateOfTheTrimIsPerMinute) {
  Rig rig = make(3, {{"kp", 50}, {"rate_up_K_per_min", 6}, {"rate_down_K_per_min", 3}});
  step(rig, 2);
  rig.set("zone02.top.temperature", 745);
  step(rig, 10);
  EXPECT_NEAR(rig.proposal(kOne), 751.3 + 1, 1e-9);  // 6 K/min for 10 s
  rig.set("zone02.top.temperature", 760);
  step(rig, 10);
  EXPECT_NEAR(rig.proposal(kOne), 751.3 + 0.5, 1e-9);
}

TEST(TrimPlugin, ParameterChangeIsBumplessAndOutOfRangeIsRefused) {
  Rig rig = make();
  rig.set("zone02.top.temperature", 746);
  step(rig, 200);
  const double before = rig.proposal(kOne);
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  ASSERT_NE(tune, nullptr);
  EXPECT_EQ(tune->set_parameter(rig.self(), "kp", 2, 5.0), SAGGAR_OK);
  EXPECT_EQ(tune->set_parameter(rig.self(), "ti_s", plugin::kAllElements, 1e6), SAGGAR_OK);
  step(rig);
  EXPECT_NEAR(rig.proposal(kOne), before, 1e-3);
  EXPECT_EQ(tune->set_parameter(rig.self(), "kp", 0, -1), SAGGAR_FAULT);
  EXPECT_EQ(tune->set_parameter(rig.self(), "kp", 99, 1), SAGGAR_FAULT);
  EXPECT_EQ(tune->set_parameter(rig.self(), "form", 0, 1), SAGGAR_FAULT);
  EXPECT_EQ(tune->set_parameter(rig.self(), "nothing", 0, 1), SAGGAR_FAULT);
}

TEST(TrimPlugin, ExplainNamesTheCausesLargestFirstAndTheyAddUpToTheTrim) {
  Rig rig = make(3, {{"td_s", 60}, {"rate_up_K_per_min", 0}});
  rig.set("zone02.top.temperature", 748);
  step(rig, 300);
  rig.set("zone02.top.temperature", 746);
  step(rig);
  const auto* ext = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  ASSERT_NE(ext, nullptr);
  saggar_cause causes[16] = {};
  const std::uint32_t element = 2;  // zone-major: 01.top, 01.bottom, 02.top
  const std::uint32_t n = ext->causes(rig.self(), 0, element, causes, 16);
  ASSERT_EQ(n, 5u);
  double sum = 0;
  for (std::uint32_t k = 0; k < n; ++k) {
    sum += causes[k].share;
    if (k > 0) {
      EXPECT_GE(std::fabs(causes[k - 1].share), std::fabs(causes[k].share));
    }
  }
  EXPECT_NEAR(sum, rig.proposal(kOne) - 751.3, 1e-9);
  EXPECT_EQ(ext->causes(rig.self(), 0, element, causes, 2), 2u);
  EXPECT_EQ(ext->causes(rig.self(), 1, element, causes, 16), 0u);
}

TEST(TrimPlugin, SavedStateContinuesBitIdentical) {
  Rig rig = make(3, {{"td_s", 60}, {"derivative_n", 5}});
  rig.set("zone02.top.temperature", 748);
  step(rig, 100);
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  tune->set_parameter(rig.self(), "kp", 2, 0.7);
  step(rig, 3);
  EXPECT_EQ(rig.restore_difference(200,
                                   [](Rig& r, int k) {
                                     r.set("zone*.*.temperature", 749 + std::sin(0.1 * k));
                                     r.working("zone*.*.setpoint", 751.3 + 0.01 * k);
                                     r.driving(k % 50 != 0);
                                   }),
            "");
  EXPECT_EQ(rig.save(), rig.save());
}

TEST(TrimPlugin, ConfidenceExtensionTellsRangeAndLimit) {
  Rig rig = make(3, {{"valid_low_degC", 300}, {"valid_high_degC", 900}, {"min_confidence", 0.8}});
  const auto* ext = rig.extension<saggar_ext_confidence>(SAGGAR_EXT_CONFIDENCE);
  ASSERT_NE(ext, nullptr);
  double low[6] = {}, high[6] = {};
  EXPECT_EQ(ext->domain(rig.self(), 0, low, high, 6), 6u);
  EXPECT_EQ(low[3], 300);
  EXPECT_EQ(high[3], 900);
  EXPECT_EQ(ext->domain(rig.self(), 1, low, high, 6), 0u);
  EXPECT_DOUBLE_EQ(ext->limit(rig.self()), 0.8);
}

TEST(TrimPlugin, AnOutputWithoutItsThermocoupleIsRefusedByName) {
  Kiln kiln;
  kiln.zones(2);
  kiln.tags.erase(kiln.tags.begin() + 1);  // zone01.bottom.temperature
  try {
    plugin::testing::rig_of<TrimPlugin>(kiln, {});
    FAIL() << "must be refused";
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("zone01.bottom.temperature"), std::string::npos)
        << e.what();
  }
}

TEST(TrimPlugin, OneHundredTwentyEightLoopsAndASmallKilnBothWork) {
  for (int zones : {1, 30, 64}) {
    Kiln kiln;
    kiln.zones(zones);
    Rig rig = plugin::testing::rig_of<TrimPlugin>(kiln, {});
    rig.reference("zone*.*.setpoint", 700);
    rig.working("zone*.*.setpoint", 700);
    rig.set("zone*.*.temperature", 700);
    EXPECT_EQ(rig.step().wrong, "");
  }
}

}  // namespace
}  // namespace saggar::pid
