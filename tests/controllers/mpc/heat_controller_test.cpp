#include "controllers/mpc/heat_controller.hpp"

#include <gtest/gtest.h>

#include "tests/controllers/mpc/heat_kiln.hpp"
#include "tests/controllers/mpc/zone_model.hpp"

namespace saggar::mpc {
namespace {

using plugin::Status;

TEST(HeatController, PowderInTheSoakComesToTheRecipeThoughThermocouplesSayOtherwise) {
  HeatKiln kiln(true);
  const auto out = kiln.run(10);
  EXPECT_EQ(out.wrong, "");
  EXPECT_EQ(out.status, Status::ok) << out.message;
  for (int k = 3; k < HeatKiln::kZones; ++k)
    EXPECT_NEAR(kiln.core[k], 770, 0.2) << "zone " << k + 1;
  EXPECT_NEAR(kiln.zone[4], 765, 0.2) << "5 K below, as the powder needs it";
  EXPECT_NEAR(kiln.zone[0], 600, 0.5) << "ramp zones follow the recipe";
}

TEST(HeatController, WithoutCoreEstimatesZonesFollowTheRecipeWithoutOffset) {
  HeatKiln kiln(false);
  kiln.sag_K = -5;
  EXPECT_EQ(kiln.run(10).status, Status::ok);
  for (int k = 0; k < HeatKiln::kZones; ++k) {
    EXPECT_NEAR(kiln.zone[k], HeatKiln::recipe(k), 0.1) << "zone " << k + 1;
  }
}

TEST(HeatController, WherePowderComesUpItsZoneIsKeptBelowByTheMargin) {
  HeatKiln kiln(true, {{"settle_margin_K", 8}, {"settle_zones", 2}});
  kiln.run(12);
  EXPECT_LE(kiln.core[2], 770 + 3 - 8 - 0.5 + 0.2) << "hottest is the core and 0.5 K";
  EXPECT_LE(kiln.core[3], 770 + 3 - 4 - 0.5 + 0.2) << "half of it in the last of them";
  EXPECT_NEAR(kiln.core[4], 770, 0.3);
}

TEST(HeatController, LostEstimatesAreSaidAndTheZonesGoBackToTheRecipe) {
  HeatKiln kiln(true, {{"core_wait_s", 600}});
  kiln.run(8);
  kiln.core_quality = SAGGAR_BAD;
  const auto out = kiln.run(10);
  EXPECT_EQ(out.status, Status::degraded);
  EXPECT_NE(out.message.find("powder is not seen"), std::string::npos);
  for (int k = 3; k < HeatKiln::kZones; ++k) EXPECT_NEAR(kiln.zone[k], 770, 0.2);
}

TEST(HeatController, TooManyBlindZonesAreNoProposal) {
  HeatKiln kiln(true, {{"most_unseen", 1}});
  kiln.run(1);
  kiln.rig.set("zone*.*.temperature", 770, SAGGAR_BAD);
  EXPECT_EQ(kiln.rig.step().status, Status::degraded) << "one blind step costs no seat";
  plugin::testing::Outcome out;
  for (int i = 0; i < 6; ++i) out = kiln.rig.step();
  EXPECT_EQ(out.status, Status::no_proposal);
  EXPECT_EQ(out.why, plugin::Why::inputs_missing);
}

TEST(HeatController, EstimatesThatAreNotVouchedForMoveNothing) {
  HeatKiln kiln(true);
  kiln.core_quality = SAGGAR_UNCERTAIN;
  const auto out = kiln.run(4);
  EXPECT_EQ(out.status, Status::degraded);
  for (int k = 0; k < HeatKiln::kZones; ++k) EXPECT_NEAR(kiln.working[k], HeatKiln::recipe(k), 0.1);
}

// Top 3 K over its reference, bottom 3 K below: with the top lost the zone still reads as before.
TEST(HeatController, ALostThermocoupleDoesNotMoveItsZone) {
  HeatKiln kiln(false);
  kiln.top_over_K = 3;
  kiln.run(8);
  const double before = kiln.zone[4];
  kiln.lost_top = 4;
  const auto out = kiln.run(6);
  EXPECT_EQ(out.status, Status::degraded);
  EXPECT_NEAR(kiln.zone[4], before, 0.2);
}

// docs/engineer/mpc.md: the zones of this kiln lag by 700 s.
TEST(HeatController, ALagThatIsWrongByAFactorOfThreeStillSettles) {
  for (const double lag_s : {235.0, 2100.0}) {
    HeatKiln kiln(true, {{"lag_s", lag_s}});
    kiln.run(1.2);
    for (int i = 0; i < 360; ++i) {
      kiln.step();
      ASSERT_NEAR(kiln.core[4], 770, 0.5) << lag_s;
    }
  }
}

TEST(HeatController, ASpeedThatIsNoNumberCostsNothing) {
  HeatKiln kiln(true);
  kiln.run(8);
  const double before = kiln.working[4];
  kiln.rig.set("transport.group1.speed", std::nan(""));
  EXPECT_EQ(kiln.run(0.2).status, Status::ok);
  EXPECT_NEAR(kiln.working[4], before, 0.2);
}

TEST(HeatController, ASetpointThatAPersonHasIsLeftToThem) {
  HeatKiln kiln(true);
  kiln.rig.set_free("zone05.*.setpoint", false);
  kiln.run(6);
  EXPECT_NEAR(kiln.working[4], 770, 1e-9);
  EXPECT_NEAR(kiln.core[5], 770, 0.3);
}

// Core 5 K too hot, and the bottom loop is held 2 K low: the top loop has to give the other 8 K.
TEST(HeatController, WhereAPersonHasOneLoopOfAZoneTheOtherMovesAloneAndAtItsRate) {
  HeatKiln kiln(true);
  kiln.persons = 4;
  kiln.persons_degC = 768;
  kiln.rig.set_free("zone05.bottom.setpoint", false);
  double most = 0;
  for (int i = 0; i < 10 * 360; ++i) {
    const double before = kiln.working[4];
    kiln.step();
    most = std::max(most, std::abs(kiln.working[4] - before));
    EXPECT_NEAR(kiln.rig.proposal("zone05.bottom.setpoint"), 768, 1e-9);
  }
  EXPECT_LE(most, 10.0 / 60 + 1e-9) << "rate_K_per_min = 1, steps of 10 s";
  EXPECT_NEAR(kiln.core[4], 770, 0.5);
  EXPECT_NEAR(kiln.working[4], 762, 1.0);
}

TEST(HeatController, ExplainsATrimByThePowderAndTheWayThere) {
  HeatKiln kiln(true);
  kiln.run(10);
  const auto* explain = kiln.rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  ASSERT_NE(explain, nullptr);
  saggar_cause causes[4];
  ASSERT_EQ(explain->causes(kiln.rig.self(), 0, 8, causes, 4), 2U);
  EXPECT_STREQ(causes[0].label, "powder");
  EXPECT_NEAR(causes[0].share + causes[1].share, kiln.working[4] - 770, 0.05);
}

TEST(HeatController, ThePathItForetellsComesTrue) {
  HeatKiln kiln(true);
  kiln.run(1);
  const auto* horizon = kiln.rig.extension<saggar_ext_horizon>(SAGGAR_EXT_HORIZON);
  ASSERT_NE(horizon, nullptr);
  double time_s[20], value[20], sigma[20];
  ASSERT_EQ(horizon->path(kiln.rig.self(), HeatController::kCore, 4, time_s, value, sigma, 20),
            20U);
  const double after_s = time_s[14];
  kiln.run(after_s / 3600);
  EXPECT_NEAR(kiln.core[4], value[14], 3 * sigma[14]);
  EXPECT_GT(sigma[14], sigma[0]);
}

/// How a kiln with a lag of 400 s and a gain of 0.8 comes to the recipe from 5 K over it in 3 h,
/// and stays there when its zones sag by 4 K for 3 h more.
struct Settling {
  double hours = 0;     ///< until no soak core is further off than 0.5 K again, of the first 3 h
  double area_Kh = 0;   ///< distance of a soak core over all 6 h, mean of them
  double travel_K = 0;  ///< of the setpoint of one soak zone
};
Settling settle(const std::shared_ptr<const plugin::Model>& model) {
  HeatKiln kiln(true, {}, model);
  kiln.lag_s = 400;
  kiln.gain = 0.8;
  Settling s;
  for (int i = 0; i < 6 * 360; ++i) {
    if (i == 3 * 360) kiln.sag_K = -10;
    const double was = kiln.working[4];
    EXPECT_EQ(kiln.step().wrong, "");
    s.travel_K += std::abs(kiln.working[4] - was);
    for (int k = 3; k < HeatKiln::kZones; ++k) {
      const double off_K = std::abs(kiln.core[k] - 770);
      s.area_Kh += off_K / 3 / 360;
      if (off_K > 0.5 && i < 3 * 360) s.hours = (i + 1) / 360.0;
    }
  }
  return s;
}

// Without a model it plans with 900 s and 1. That is too slow, so it moves too much, which costs
// time on the way to the recipe and travel all along; measured 0.93 h, 2.74 K h and 21.8 K, and
// with the model 0.55 h, 2.62 K h and 18.7 K. (Of the sag alone the hasty one is rid sooner: 0.68
// h to 0.5 K, against 1.11 h.)
TEST(HeatController, WithAModelOfTheKilnItSettlesSoonerAndMovesLess) {
  const auto model = std::make_shared<plugin::Model>(zone_model(HeatKiln::kZones, 340, 60, 0.8));
  const Settling with = settle(model), without = settle(nullptr);
  EXPECT_LT(with.hours, 0.75 * without.hours);
  EXPECT_LT(with.area_Kh, 0.98 * without.area_Kh);
  EXPECT_LT(with.travel_K, 0.9 * without.travel_K);
}

TEST(HeatController, LagAndGainOfItsZonesAreThoseOfTheModelAndLagSIsNotUsed) {
  const auto model = std::make_shared<plugin::Model>(zone_model(HeatKiln::kZones, 340, 60, 0.8));
  HeatKiln kiln(true, {{"lag_s", 2000}}, model), other(true, {{"lag_s", 50}}, model);
  kiln.run(1);
  other.run(1);
  for (int k = 0; k < HeatKiln::kZones; ++k) EXPECT_EQ(kiln.working[k], other.working[k]);
}

TEST(HeatController, AModelThatLacksAZoneIsRefusedWithTheZone) {
  const auto model = std::make_shared<plugin::Model>(zone_model(4, 340, 60, 0.8));
  try {
    HeatKiln kiln(true, {}, model);
    FAIL() << "zones 5 and 6 are not in it";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find("zone 5 of the model"), std::string::npos) << e.what();
  }
}

TEST(HeatController, AStateSavedWithAnotherModelIsRefused) {
  const auto slow = std::make_shared<plugin::Model>(zone_model(HeatKiln::kZones, 900, 60, 1));
  const auto fast = std::make_shared<plugin::Model>(zone_model(HeatKiln::kZones, 340, 60, 0.8));
  HeatKiln one(true, {}, slow), other(true, {}, fast), none(true);
  one.run(0.5);
  EXPECT_FALSE(other.rig.restore(one.rig.save()));
  EXPECT_FALSE(none.rig.restore(one.rig.save()));
  EXPECT_TRUE(one.rig.restore(one.rig.save()));
}

TEST(HeatController, ARestoredOneGoesOnBitForBit) {
  HeatKiln kiln(true);
  kiln.run(1);
  EXPECT_EQ(kiln.rig.restore_difference(40,
                                        [](plugin::testing::Rig& rig, int i) {
                                          rig.set("zone05.*.temperature", 768 + 0.1 * i);
                                          rig.set("zone05.core.temperature", 773 + 0.05 * i);
                                        }),
            "");
}

}  // namespace
}  // namespace saggar::mpc
