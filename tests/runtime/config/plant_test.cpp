#include "runtime/config/plant.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <set>

#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using domain::Duty;
using domain::Mv;
using domain::Plant;

Plant plant_of(int zones) {
  auto plant = make_plant(right<KilnConfig>(kiln_text(zones)));
  if (!plant) throw std::runtime_error(plant.error().text());
  return std::move(plant).value();
}

class PlantOfZones : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Sizes, PlantOfZones, testing::Values(1, 19, 30, 64));

TEST_P(PlantOfZones, HasOneMvPerWriteTagInTheirOrder) {
  const Plant plant = plant_of(GetParam());
  std::size_t mv = 0;
  for (std::size_t i = 0; i < plant.tags.size(); ++i) {
    const auto id = static_cast<domain::TagId>(i);
    if (plant.tags[id].access != domain::Access::write) continue;
    ASSERT_LT(mv, plant.mvs.size());
    EXPECT_EQ(plant.mvs[mv].tag, id);
    EXPECT_EQ(plant.mv_of(id), mv);
    ++mv;
  }
  EXPECT_EQ(mv, plant.mvs.size());
  EXPECT_EQ(plant.mvs.size(), 2U * static_cast<std::size_t>(GetParam()) + 2 + 2 + 1);
  EXPECT_EQ(plant.of(Duty::heat).size(), 2U * static_cast<std::size_t>(GetParam()));
  EXPECT_EQ(plant.of(Duty::transport).size(), 2U);
  EXPECT_EQ(plant.of(Duty::atmosphere).size(), 3U);
}

TEST_P(PlantOfZones, EveryMvKnowsItsOwnTags) {
  const Plant plant = plant_of(GetParam());
  std::set<domain::TagId> used;
  for (const Mv& mv : plant.mvs) {
    ASSERT_NE(mv.working, domain::kNoTag);
    EXPECT_TRUE(used.insert(mv.working).second);
    const std::string& name = plant.tags[mv.tag].name;
    const std::string owner = name.substr(0, name.rfind('.'));
    EXPECT_TRUE(plant.tags[mv.working].name.starts_with(owner + ".working_")) << name;
    if (mv.duty == Duty::heat) {
      EXPECT_EQ(plant.tags[mv.pv].name, owner + ".temperature");
      EXPECT_EQ(plant.tags[mv.output].name, owner + ".output");
      EXPECT_EQ(plant.tags[mv.remote].name, owner + ".remote");
    }
    EXPECT_EQ(plant.tags[mv.working].unit, plant.tags[mv.tag].unit);
    EXPECT_EQ(mv.resolution, plant.tags[mv.tag].resolution);
  }
}

TEST_P(PlantOfZones, EveryLimitIsConsistent) {
  const Plant plant = plant_of(GetParam());
  for (const Mv& mv : plant.mvs) {
    EXPECT_LT(mv.limits.low, mv.limits.high);
    EXPECT_LE(mv.limits.trim_low, 0);
    EXPECT_GE(mv.limits.trim_high, 0);
    EXPECT_GT(mv.limits.per_period, 0);
    EXPECT_GT(mv.limits.per_minute, 0);
    EXPECT_GT(mv.limits.per_shift, 0);
    EXPECT_GT(mv.limits.per_hour, 0);
    EXPECT_GE(mv.limits.low, plant.tags[mv.tag].low);
    EXPECT_LE(mv.limits.high, plant.tags[mv.tag].high);
    if (mv.trip > 0) {
      EXPECT_LE(mv.limits.high, mv.trip - plant.trip_margin_K);
    }
  }
  EXPECT_EQ(plant.zones, GetParam());
  ASSERT_EQ(plant.soak_zone.size(), static_cast<std::size_t>(GetParam()));
  EXPECT_TRUE(plant.soak_zone.back());
}

TEST(MakePlant, ZoneSetpointsHaveTheLimitsOfTheRequirements) {  // SC-37, SC-38
  const Plant plant = plant_of(2);
  const Mv& ramp = plant.mvs[1];
  const Mv& soak = plant.mvs[2];
  EXPECT_EQ(plant.tags[ramp.tag].name, "zone01.bottom.setpoint");
  EXPECT_EQ(ramp.zone, 0);
  EXPECT_EQ(ramp.loop, 1);
  EXPECT_EQ(ramp.limits.trim_low, -25);
  EXPECT_EQ(ramp.limits.trim_high, 25);
  EXPECT_EQ(soak.zone, 1);
  EXPECT_EQ(soak.limits.trim_low, -15);
  EXPECT_EQ(soak.limits.trim_high, 15);
  EXPECT_EQ(soak.limits.low, 20);
  EXPECT_EQ(soak.limits.high, 900);
  EXPECT_EQ(soak.limits.per_period, 1);
  EXPECT_EQ(soak.limits.per_minute, 2);
  EXPECT_EQ(soak.limits.per_shift, 10);
  EXPECT_TRUE(std::isinf(soak.limits.per_hour));
  EXPECT_EQ(soak.trip, 930);
  EXPECT_EQ(soak.pv_high, 915);
  EXPECT_EQ(soak.rated_kW, 10);
  EXPECT_EQ(soak.reaction, domain::CommsLossReaction::local_setpoint);
  EXPECT_EQ(soak.permitted & domain::bit(domain::Mode::rout), 0);
  EXPECT_NE(soak.permitted & domain::bit(domain::Mode::rcas), 0);
}

TEST(MakePlant, PercentLimitsReferToTheNominalValues) {  // SC-37
  const Plant plant = plant_of(1);
  const Mv& speed = plant.mvs[2];  // nominal 0.5 mm/s
  EXPECT_DOUBLE_EQ(speed.limits.trim_high, 0.05);
  EXPECT_DOUBLE_EQ(speed.limits.per_minute, 0.005);
  EXPECT_DOUBLE_EQ(speed.limits.per_hour, 0.01);
  EXPECT_EQ(speed.reaction, domain::CommsLossReaction::hold_setpoint);
  const Mv& flow = plant.mvs[5];  // nominal 80 Nm3/h
  EXPECT_DOUBLE_EQ(flow.limits.trim_low, -12);
  EXPECT_DOUBLE_EQ(flow.limits.per_minute, 1.6);
  EXPECT_EQ(flow.limits.high, 200);
  const Mv& damper = plant.mvs[6];
  EXPECT_EQ(damper.limits.low, 5);
  EXPECT_EQ(damper.limits.high, 95);
  EXPECT_EQ(damper.limits.per_minute, 2);
  EXPECT_TRUE(std::isinf(damper.limits.trim_high));
}

TEST(MakePlant, PercentLimitsReferToTheRecipeOnceThereIsOne) {  // SC-37
  const auto kiln = right<KilnConfig>(kiln_text(1));
  const auto plant = make_plant(kiln, right<RecipeConfig>(recipe_text()));
  ASSERT_TRUE(plant.ok()) << plant.error().text();
  EXPECT_DOUBLE_EQ(plant.value().mvs[2].limits.trim_high, 0.1);  // 10 % of 1 mm/s
  EXPECT_DOUBLE_EQ(plant.value().mvs[4].limits.trim_high, 9);    // 15 % of 60 Nm3/h
}

TEST(MakePlant, AnInletThatTheRecipeKeepsShutCanBeShut) {
  const auto kiln = right<KilnConfig>(kiln_text(1));
  const auto plant =
      make_plant(kiln, right<RecipeConfig>(replaced(recipe_text(), "h = 60", "h = [0, 60]")));
  ASSERT_TRUE(plant.ok()) << plant.error().text();
  EXPECT_EQ(plant.value().mvs[4].limits.trim_high, 0);
  EXPECT_DOUBLE_EQ(plant.value().mvs[4].limits.per_minute, 2);  // 2 %/min of 100 Nm3/h
}

TEST(MakePlant, ATagThatIsATripIsPassedOn) {  // SC-75, SC-112
  KilnConfig kiln = right<KilnConfig>(kiln_text(3));
  EXPECT_TRUE(make_plant(kiln).value().trips.empty());
  kiln.extra_tags.push_back({"limiter.tripped", "bool", 0, 1, 0, true});
  kiln.extra_tags.push_back({"limiter.noise", "bool", 0, 1, 0, false});
  const domain::Plant plant = make_plant(kiln).value();
  ASSERT_EQ(plant.trips.size(), 1U);
  EXPECT_EQ(plant.tags[plant.trips[0]].name, "limiter.tripped");
}

TEST(MakePlant, CrossLimitsArePassedOn) {  // SC-31
  const Plant plant = plant_of(1);
  EXPECT_EQ(plant.cross.total_power_kW, 500);
  EXPECT_EQ(plant.cross.o2_supply_Nm3_per_h, 300);
  EXPECT_EQ(plant.cross.adjacent_zone_K, 150);
  EXPECT_EQ(plant.cross.top_bottom_K, 50);
}

TEST(MakePlant, RefusesAStructThatNoFileCouldHold) {
  auto kiln = right<KilnConfig>(kiln_text(2));
  kiln.chamber.zones = 65;
  EXPECT_THAT(make_plant(kiln).error().what, testing::HasSubstr("found 65 zones"));
  kiln = right<KilnConfig>(kiln_text(2));
  kiln.atmosphere.inlet_zones[0] = 0;
  EXPECT_FALSE(make_plant(kiln).ok());
  kiln = right<KilnConfig>(kiln_text(2));
  kiln.heat.trip_degC.value = {900};
  EXPECT_THAT(make_plant(kiln).error().what, testing::HasSubstr("SC-38"));
}

TEST(MakePlant, RefusesMoreMvsThanTheRuntimeHolds) {
  auto kiln = right<KilnConfig>(kiln_text(64));
  kiln.atmosphere.inlet_zones.assign(126, 1);  // 128 + 2 + 126 + 1 = 257
  kiln.atmosphere.high_Nm3_per_h.value = {100};
  kiln.atmosphere.nominal_Nm3_per_h.value = {1};
  EXPECT_EQ(make_plant(kiln).error().text(), "kiln k: has 257 manipulated values; at most 256");
  kiln.atmosphere.inlet_zones.pop_back();
  EXPECT_TRUE(make_plant(kiln).ok());
}

TEST(RecipeValues, OnePerMvWithTheOffsetOfTheBottom) {
  const auto kiln = right<KilnConfig>(kiln_text(2));
  const auto recipe = right<RecipeConfig>(
      replaced(replaced(recipe_text(), "setpoint_degC = 700",
                        "setpoint_degC = [600, 700]\nbottom_offset_K = [5, -10]"),
               "speed_mm_per_s = 1", "speed_mm_per_s = [1, 1.1]"));
  const auto values = recipe_values(recipe, make_plant(kiln).value());
  ASSERT_TRUE(values.ok()) << values.error().text();
  EXPECT_THAT(values.value(), testing::ElementsAre(600, 605, 700, 690, 1, 1.1, 60, 60, 40));
}

TEST(RecipeValues, CountsAndLimitsOfTheKilnHold) {
  const Plant plant = plant_of(2);
  const auto error = [&](const std::string& from, const std::string& to) {
    const auto values =
        recipe_values(right<RecipeConfig>(replaced(recipe_text(), from, to)), plant);
    return values.ok() ? std::string() : values.error().text();
  };
  EXPECT_EQ(error("setpoint_degC = 700", "setpoint_degC = [1, 2, 3]"),
            "recipe r heat.setpoint_degC: found 3 figures, right is 1 or 2, one per zone of the "
            "kiln");
  EXPECT_EQ(
      error("setpoint_degC = 700", "setpoint_degC = 916"),
      "recipe r zone01.top.setpoint: recipe value 916 degC is above 915 = trip 930 - margin 15 "
      "(SC-38)");
  EXPECT_EQ(error("setpoint_degC = 700", "setpoint_degC = 901"),
            "recipe r zone01.top.setpoint: recipe value 901 degC, right is 20 to 900");
  EXPECT_EQ(error("damper_percent = 40", "damper_percent = 4"),
            "recipe r exhaust.damper1.position_setpoint: recipe value 4 %, right is 5 to 95");
  EXPECT_EQ(error("speed_mm_per_s = 1", "speed_mm_per_s = 3"),
            "recipe r transport.group1.speed_setpoint: recipe value 3 mm/s, right is 0 to 2");
}

}  // namespace
}  // namespace saggar::config
