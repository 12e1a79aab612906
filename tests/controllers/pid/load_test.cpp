// The feed-forward of a zone's load: its filter by hand, and what it does in the trim.
#include "controllers/pid/load.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <saggar/plugin/testing.hpp>

#include "controllers/pid/plugins.hpp"

namespace saggar::pid {
namespace {

using plugin::Status;
using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Rig;

constexpr LoadSettings kSlow{1e6, 0, 0, 1000};

TEST(LoadDeviation, BeginsAtNothingWhateverTheLoad) {
  LoadDeviation d;
  d.step(10, 25.0, true, kSlow);
  EXPECT_EQ(d.value, 0.0);
  EXPECT_EQ(d.mean, 25.0);
}

TEST(LoadDeviation, IsTheLoadLessItsSlowMean) {
  LoadSettings f{100, 0, 0, 1000};
  LoadDeviation d;
  d.step(10, 20.0, true, f);
  d.step(10, 30.0, true, f);
  // mean 20 + (1 - exp(-0.1)) 10 = 20.9516; 30 - 20.9516 = 9.0484
  EXPECT_NEAR(d.mean, 20.951626, 1e-6);
  EXPECT_NEAR(d.value, 9.048374, 1e-6);
  for (int k = 0; k < 200; ++k) d.step(10, 30.0, true, f);
  EXPECT_NEAR(d.value, 0.0, 1e-6) << "what stays is usual after some time constants of the mean";
}

TEST(LoadDeviation, LagComesLateAndLeadComesEarly) {
  LoadDeviation lag, lead;
  const LoadSettings lags{1e6, 0, 60, 1000}, leads{1e6, 120, 60, 1000};
  for (LoadDeviation* d : {&lag, &lead}) d->step(30, 0.0, true, lags);
  for (int k = 0; k < 2; ++k) {
    lag.step(30, 10.0, true, lags);
    lead.step(30, 10.0, true, leads);
  }
  // A ramp to 10 in 30 s, then 30 s at 10; T = 60 s, the mean hardly moves. The slope is
  // (1 - exp(-0.5)) 10/30 = 0.131156 after the ramp, exp(-0.5) of it 0.079550 after the second
  // step: 10 - 60 x 0.07955 = 5.227 with the lag alone, 10 + 60 x 0.07955 = 14.773 with twice the
  // lead.
  EXPECT_NEAR(lag.value, 5.227, 2e-3);
  EXPECT_NEAR(lead.value, 14.773, 2e-3);
}

TEST(LoadDeviation, BadSamplesMoveNothingAndNeitherDoesTheReturn) {
  LoadDeviation d;
  d.step(10, 20.0, true, kSlow);
  d.step(10, 26.0, true, kSlow);
  const double before = d.value;
  EXPECT_NEAR(before, 6.0, 1e-3);
  d.step(10, 99.0, false, kSlow);
  d.step(10, std::numeric_limits<double>::quiet_NaN(), true, kSlow);
  EXPECT_EQ(d.value, before);
  d.step(10, 35.0, true, kSlow);
  EXPECT_EQ(d.value, before) << "the mean begins where nothing moves: 35 - 6 = 29";
  EXPECT_NEAR(d.mean, 29.0, 1e-3);
  d.step(10, 36.0, true, kSlow);
  EXPECT_NEAR(d.value, 7.0, 1e-3);
}

// ---- in the trim --------------------------------------------------------------------------------

const std::string kTop = "zone02.top.setpoint", kOther = "zone01.top.setpoint";

Rig trim(bool has_load, std::map<std::string, double> params) {
  Kiln kiln;
  kiln.zones(3);
  for (int z = 1; has_load && z <= 3; ++z) {
    kiln.add({"zone0" + std::to_string(z) + ".load", "kW", -100, 200, 0});
  }
  Options options;
  options.params = std::move(params);
  options.params["rate_up_K_per_min"] = 0;
  options.params["rate_down_K_per_min"] = 0;
  Rig rig = plugin::testing::rig_of<TrimPlugin>(kiln, options);
  rig.reference("zone*.*.setpoint", 751.3);
  rig.working("zone*.*.setpoint", 751.3);
  rig.limits("zone*.*.setpoint", 700, 800);
  rig.set("zone*.*.temperature", 751.3);
  rig.set("zone*.*.output", 45);
  if (has_load) rig.set("zone*.load", 20);
  rig.set_free("zone*.*.setpoint", true);
  rig.driving(true);
  return rig;
}

TEST(TrimLoad, MovesBothLoopsOfItsZoneByTheGainAndNoOther) {
  Rig rig = trim(true, {{"load_gain", 0.5}, {"load_mean_s", 1e6}});
  for (int k = 0; k < 5; ++k) EXPECT_EQ(rig.step().wrong, "");
  EXPECT_EQ(rig.proposal(kTop), 751.3) << "the load as it was found is the usual one";
  rig.set("zone02.load", 16);  // a gap: 4 kW less
  EXPECT_EQ(rig.step().wrong, "");
  EXPECT_NEAR(rig.proposal(kTop), 751.3 - 2.0, 1e-4);
  EXPECT_NEAR(rig.proposal("zone02.bottom.setpoint"), 751.3 - 2.0, 1e-4);
  EXPECT_EQ(rig.proposal(kOther), 751.3);
}

TEST(TrimLoad, WithoutGainOrWithoutTheTagEverySetpointIsTheSameBitForBit) {
  Rig without = trim(false, {}), off = trim(true, {}), on = trim(false, {{"load_gain", 3}});
  for (int k = 0; k < 300; ++k) {
    off.set("zone*.load", 20 + k % 7);
    for (Rig* rig : {&without, &off, &on}) {
      rig->set("zone*.*.temperature", 749 + 0.01 * k);
      EXPECT_EQ(rig->step().wrong, "");
    }
    EXPECT_EQ(without.proposal(kTop), off.proposal(kTop));
    EXPECT_EQ(without.proposal(kTop), on.proposal(kTop));
  }
}

TEST(TrimLoad, ABadLoadHoldsWhatItGave) {
  Rig rig = trim(true, {{"load_gain", 0.5}, {"load_mean_s", 1e6}});
  rig.step();
  rig.set("zone02.load", 24);
  rig.step();
  const double before = rig.proposal(kTop);
  EXPECT_NEAR(before, 753.3, 1e-4);
  rig.set("zone02.load", 80, SAGGAR_BAD);
  EXPECT_EQ(rig.step().status, Status::ok) << "a baseline that needs its estimator would be none";
  EXPECT_EQ(rig.proposal(kTop), before);
  rig.set("zone02.load", 80);
  rig.step();
  EXPECT_EQ(rig.proposal(kTop), before) << "and its return moves nothing";
}

TEST(TrimLoad, AChangeOfTheGainIsBumpless) {
  Rig rig = trim(true, {{"load_gain", 0.5}, {"load_mean_s", 1e6}});
  rig.step();
  rig.set("zone02.load", 24);
  rig.step();
  rig.working(kTop, rig.proposal(kTop));
  const double before = rig.proposal(kTop);
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  ASSERT_EQ(tune->set_parameter(rig.self(), "load_gain", plugin::kAllElements, 2.0), SAGGAR_OK);
  rig.step();
  EXPECT_NEAR(rig.proposal(kTop), before, 1e-3);
  rig.set("zone02.load", 25);
  rig.step();
  EXPECT_NEAR(rig.proposal(kTop), before + 2.0, 1e-3) << "one kW more at the new gain";
}

TEST(TrimLoad, ExplainsTheLoadAsACauseOfItsOwn) {
  Rig rig = trim(true, {{"load_gain", 0.5}, {"load_mean_s", 1e6}});
  rig.step();
  rig.set("zone02.load", 26);
  rig.step();
  const auto* ext = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  saggar_cause causes[16] = {};
  ASSERT_EQ(ext->causes(rig.self(), 0, 2, causes, 16), 6u);
  EXPECT_STREQ(causes[0].label, "load");
  EXPECT_NEAR(causes[0].share, 3.0, 1e-4);
}

TEST(TrimLoad, SavedStateContinuesBitIdentical) {
  Rig rig = trim(true, {{"load_gain", 0.5}, {"load_lead_s", 600}, {"load_lag_s", 120}});
  EXPECT_EQ(rig.restore_difference(200,
                                   [](Rig& r, int k) {
                                     r.set("zone*.load", 20 + std::sin(0.1 * k),
                                           k % 40 == 7 ? SAGGAR_BAD : SAGGAR_GOOD);
                                   }),
            "");
}

}  // namespace
}  // namespace saggar::pid
