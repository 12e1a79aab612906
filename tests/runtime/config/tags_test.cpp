// Names and order of the tags: the contract between runtime and field.
#include <gmock/gmock.h>

#include "runtime/config/tag_rule.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

std::vector<std::string> names(const domain::TagTable& tags) {
  std::vector<std::string> list;
  for (const domain::Tag& tag : tags.all()) list.push_back(tag.name);
  return list;
}

TEST(Tags, NamesAndOrderOfASmallKiln) {
  const auto kiln = right<KilnConfig>(kiln_text(2) +
                                      "[[extra_tag]]\nname = \"hall.humidity\"\n"
                                      "unit = \"%\"\nlow = 0\nhigh = 100\n");
  EXPECT_THAT(
      names(tags_of(kiln)),
      testing::ElementsAre(
          "zone01.top.temperature", "zone01.bottom.temperature", "zone02.top.temperature",
          "zone02.bottom.temperature",  //
          "zone01.top.working_setpoint", "zone01.bottom.working_setpoint",
          "zone02.top.working_setpoint", "zone02.bottom.working_setpoint",  //
          "zone01.top.output", "zone01.bottom.output", "zone02.top.output", "zone02.bottom.output",
          "zone01.top.remote", "zone01.bottom.remote", "zone02.top.remote", "zone02.bottom.remote",
          "zone01.top.current", "zone01.bottom.current", "zone02.top.current",
          "zone02.bottom.current",                                              //
          "gas.point1.o2", "gas.point1.h2o", "gas.point1.co2",                  //
          "kiln.pressure", "kiln.mains_voltage", "kiln.power", "kiln.hall_o2",  //
          "transport.group1.speed", "transport.group1.working_speed", "transport.group2.speed",
          "transport.group2.working_speed",  //
          "o2.inlet01.flow", "o2.inlet01.working_flow", "o2.inlet02.flow",
          "o2.inlet02.working_flow",                                       //
          "exhaust.damper1.position", "exhaust.damper1.working_position",  //
          "feed.saggar_mass", "feed.present", "hall.humidity",             //
          "zone01.top.setpoint", "zone01.bottom.setpoint", "zone02.top.setpoint",
          "zone02.bottom.setpoint",                                              //
          "transport.group1.speed_setpoint", "transport.group2.speed_setpoint",  //
          "o2.inlet01.flow_setpoint", "o2.inlet02.flow_setpoint",                //
          "exhaust.damper1.position_setpoint"));
}

TEST(Tags, OnlySetpointsAreWritten) {
  const auto tags = tags_of(right<KilnConfig>(kiln_text(5)));
  for (const domain::Tag& tag : tags.all()) {
    EXPECT_EQ(tag.access == domain::Access::write,
              tag.name.ends_with("setpoint") && !tag.name.ends_with("working_setpoint"))
        << tag.name;
  }
}

TEST(Tags, CarryUnitsRangesAndResolution) {
  const auto tags = tags_of(right<KilnConfig>(kiln_text(2)));
  const domain::Tag& setpoint = tags[*tags.find("zone02.bottom.setpoint")];
  EXPECT_EQ(setpoint.unit, domain::Unit::degC);
  EXPECT_EQ(setpoint.low, 20);
  EXPECT_EQ(setpoint.high, 900);
  EXPECT_EQ(setpoint.resolution, 0.1);
  EXPECT_EQ(tags[*tags.find("o2.inlet02.flow_setpoint")].high, 200);
  EXPECT_EQ(tags[*tags.find("o2.inlet01.flow")].unit, domain::Unit::Nm3_per_h);
  EXPECT_EQ(tags[*tags.find("gas.point1.co2")].unit, domain::Unit::fraction);
  EXPECT_EQ(tags[*tags.find("kiln.power")].high, 60);  // 1.5 x 4 loops x 10 kW
  EXPECT_EQ(tags[*tags.find("transport.group1.speed")].unit, domain::Unit::mm_per_s);
}

TEST(Tags, OneLoopPerZoneHasTopOnly) {
  const auto tags = tags_of(
      right<KilnConfig>(replaced(kiln_text(3), "zones = 3", "zones = 3\nloops_per_zone = 1")));
  EXPECT_TRUE(tags.find("zone03.top.setpoint").has_value());
  EXPECT_FALSE(tags.find("zone03.bottom.setpoint").has_value());
}

TEST(Tags, TwoThousandAreRightAndOneMoreIsRefused) {
  auto kiln = right<KilnConfig>(kiln_text(64));
  const std::size_t by_rule = tags_of(kiln).size();
  for (std::size_t i = by_rule; i < domain::kMaxTags; ++i) {
    kiln.extra_tags.push_back({"extra.t" + std::to_string(i), "degC", 0, 1, 0});
  }
  EXPECT_EQ(tags_of(kiln).size(), 2000U);
  EXPECT_TRUE(make_plant(kiln).ok());
  kiln.extra_tags.push_back({"extra.last", "degC", 0, 1, 0});
  const auto plant = make_plant(kiln);
  ASSERT_FALSE(plant.ok());
  EXPECT_EQ(plant.error().text(),
            "tag exhaust.damper1.position_setpoint: is one too many: at most 2000 tags");
  EXPECT_EQ(tags_of(kiln).size(), 0U);
}

TEST(Tags, AnExtraTagMustNotTakeAnotherName) {
  auto kiln = right<KilnConfig>(kiln_text(2));
  kiln.extra_tags.push_back({"kiln.pressure", "Pa", 0, 1, 0});
  EXPECT_EQ(make_plant(kiln).error().text(), "tag kiln.pressure: is declared twice");
}

}  // namespace
}  // namespace saggar::config
