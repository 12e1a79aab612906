// Two tag tables compared; the differences in words are tested through the link as well.
#include "runtime/wire/tag_check.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/wire/link_fixture.hpp"

namespace saggar::wire {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr domain::TagId kNo = domain::kNoTag;

std::string differences(const domain::TagTable& field, const domain::Plant& plant) {
  const auto map = map_tags(plant, "P-test", field);
  return map.ok() ? "" : map.error().what;
}

TEST(TagCheck, TranslatesBetweenTheTwoOrders) {
  const auto map = map_tags(small_plant(), "P-test", field_table());
  ASSERT_TRUE(map.ok()) << map.error().text();
  EXPECT_THAT(map.value().plant_tag, ElementsAre(kNo, 2, 0, 4, 1, 3));
  EXPECT_THAT(map.value().plant_mv, ElementsAre(kNo, 1, kNo, 0, kNo, kNo));
  EXPECT_THAT(map.value().field_of_mv, ElementsAre(3, 1));
}

TEST(TagCheck, AFieldMayOfferMoreToReadButNotMoreToWrite) {
  domain::TagTable field = field_table();
  (void)field.add(read_tag("field.temperature", units::Unit::degC, 0, 100));
  EXPECT_EQ(differences(field, small_plant()), "");
  (void)field.add(write_tag("field.lamp", units::Unit::boolean, 0, 1, 1));
  EXPECT_EQ(differences(field, small_plant()),
            "field.lamp: the field says write, 0 to 1 bool, the configuration says nothing");
}

TEST(TagCheck, MissingTagIsNamedWithItsNearestRelative) {
  domain::Plant plant = small_plant();
  (void)plant.tags.add(read_tag("o2.inlet02.working_flow", units::Unit::Nm3_per_h, 0, 300));
  EXPECT_EQ(differences(field_table(), plant),
            "o2.inlet02.working_flow: the field says nothing (it has o2.inlet01.working_flow), the "
            "configuration says read only, 0 to 300 Nm3/h");
}

TEST(TagCheck, ResolutionOfAWriteTagMustAgree) {
  const domain::TagTable right = field_table();
  domain::TagTable field;
  for (const domain::Tag& tag : right.all()) {
    domain::Tag other = tag;
    if (other.name == "zone01.top.setpoint") other.resolution = 1;
    (void)field.add(other);
  }
  EXPECT_EQ(differences(field, small_plant()),
            "zone01.top.setpoint: the field says resolution 1, the configuration says resolution "
            "0.1");
}

TEST(TagCheck, ALongListIsCutAndCounted) {
  domain::Plant plant = small_plant();
  for (int i = 0; i < 100; ++i) {
    (void)plant.tags.add(read_tag("only.here" + std::to_string(i), units::Unit::degC, 0, 100));
  }
  const std::string text = differences(field_table(), plant);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 60);
  EXPECT_THAT(text, HasSubstr("and 40 more differences"));
}

}  // namespace
}  // namespace saggar::wire
