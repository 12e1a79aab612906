#include "hil/search/menu.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace saggar::search {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsSubsetOf;
using ::testing::Not;

scenario::BenchFiles bench(const char* kiln, const char* control = "pid") {
  const std::filesystem::path configs = SAGGAR_SOURCE_DIR "/configs";
  scenario::BenchFiles files;
  files.kiln = configs / "kiln" / (std::string(kiln) + ".toml");
  files.control = configs / "control" / (std::string(control) + ".toml");
  return files;
}

const Dish* find(const std::vector<Family>& menu, faults::Kind kind) {
  for (const Family& family : menu) {
    for (const Dish& dish : family.dishes) {
      if (dish.kind == kind) return &dish;
    }
  }
  return nullptr;
}

TEST(Menu, HasThePlacesOfItsKiln) {
  const auto menu = menu_of(bench("p2")).value();
  const Dish* open = find(menu, faults::Kind::thermocouple_open);
  ASSERT_NE(open, nullptr);
  EXPECT_EQ(open->places.size(), 60U);  // 30 zones, top and bottom
  EXPECT_THAT(open->places, Contains("zone07.top"));
  EXPECT_THAT(find(menu, faults::Kind::exhaust_block)->places,
              ElementsAre("exhaust.damper1", "exhaust.damper2"));
  EXPECT_THAT(find(menu, faults::Kind::analyser_drift)->places, Contains("gas.point4.o2"));
  EXPECT_THAT(find(menu, faults::Kind::feed_gap)->places, ElementsAre(""));
  const auto small = menu_of(bench("p1")).value();
  EXPECT_EQ(find(small, faults::Kind::thermocouple_open)->places.size(), 38U);  // 19 zones
  EXPECT_THAT(find(small, faults::Kind::exhaust_block)->places, ElementsAre("exhaust.damper1"));
}

TEST(Menu, HasSoftwareOnlyWhereADrillIsAndNothingThatPeopleDo) {
  const auto menu = menu_of(bench("p2")).value();
  std::vector<std::string> names;
  for (const Family& family : menu) names.push_back(family.name);
  EXPECT_THAT(names,
              ::testing::IsSupersetOf({"sensor", "actuator", "process", "communication", "time"}));
  EXPECT_THAT(names, Not(Contains("software")));
  EXPECT_THAT(names, Not(Contains("human")));
  EXPECT_EQ(find(menu, faults::Kind::limiter_reset), nullptr);
  EXPECT_EQ(find(menu, faults::Kind::plugin_nan), nullptr);
}

// A swarm must not stumble over faults that no plant would take.
TEST(Menu, EveryDishAtEveryLevelIsAFaultThatMayBeTried) {
  const auto menu = menu_of(bench("p2")).value();
  for (const Family& family : menu) {
    for (const Dish& dish : family.dishes) {
      for (int level = 1; level <= 5; ++level) {
        faults::Fault fault;
        fault.fault = dish.kind;
        fault.target = dish.places.front();
        fault.severity = faults::severity_at(dish.kind, level);
        for (const faults::Objection& o : faults::objections(fault)) {
          ADD_FAILURE() << faults::name(dish.kind) << ": " << o.field << " " << o.text;
        }
      }
    }
  }
}

}  // namespace
}  // namespace saggar::search
