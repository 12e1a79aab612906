#include "hil/kiln/tag_map.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

TEST(TagMap, FindsEverySignalOfTheKiln) {
  for (const auto& config : {small_config(), load_or_throw<config::KilnConfig>("kiln/p1.toml"),
                             load_or_throw<config::KilnConfig>("kiln/p2.toml")}) {
    const TagMap map(config);
    std::vector<bool> named(map.table.size(), false);
    const auto see = [&](const std::vector<domain::TagId>& ids) {
      for (const domain::TagId id : ids) {
        ASSERT_LT(id, map.table.size());
        EXPECT_FALSE(named[id]) << map.table[id].name;
        named[id] = true;
      }
    };
    for (const auto* ids : {&map.temperature, &map.working, &map.output, &map.remote, &map.current,
                            &map.o2, &map.h2o, &map.co2, &map.speed, &map.working_speed, &map.flow,
                            &map.working_flow, &map.position, &map.working_position, &map.writes}) {
      see(*ids);
    }
    see({map.pressure, map.mains, map.power, map.hall_o2, map.saggar_mass, map.present});
    see({map.laboratory.begin(), map.laboratory.end()});
    see({map.sample_age});
    for (std::size_t i = 0; i < named.size(); ++i) {
      EXPECT_TRUE(named[i]) << "nothing feeds " << map.table[static_cast<domain::TagId>(i)].name;
    }
  }
}

TEST(TagMap, OrdersLoopsZoneByZoneTopFirst) {
  const TagMap map(small_config());
  EXPECT_EQ(map.loop_names[0], "zone01.top");
  EXPECT_EQ(map.loop_names[1], "zone01.bottom");
  EXPECT_EQ(map.table[map.temperature[3]].name, "zone02.bottom.temperature");
  EXPECT_EQ(map.table[map.writes[0]].name, "zone01.top.setpoint");
}

}  // namespace
}  // namespace saggar::kiln
