#include "runtime/domain/plant.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "runtime/domain/frame.hpp"

namespace saggar::domain {
namespace {

// Two zones with top and bottom loops, one damper, one roller group; MVs not in order of duty.
Plant small_plant() {
  Plant plant;
  plant.name = "small";
  plant.zones = 2;
  const auto add_mv = [&plant](const char* tag, Unit unit, Duty duty, std::uint16_t zone) {
    Mv mv;
    mv.tag = plant.tags.add({tag, unit, 0, 1000, 0, Access::write}).value();
    mv.duty = duty;
    mv.zone = zone;
    plant.mvs.push_back(mv);
  };
  (void)plant.tags.add({"zone01.top.temperature", Unit::degC, 0, 1200, 0, Access::read});
  add_mv("zone01.top.setpoint", Unit::degC, Duty::heat, 0);
  add_mv("exhaust.damper01.position_setpoint", Unit::percent, Duty::atmosphere, 0);
  add_mv("zone02.top.setpoint", Unit::degC, Duty::heat, 1);
  add_mv("transport.group1.speed_setpoint", Unit::mm_per_s, Duty::transport, 0);
  return plant;
}

TEST(Plant, GivesTheMvsOfADutyInOrder) {
  const Plant plant = small_plant();
  EXPECT_EQ(plant.of(Duty::heat), (std::vector<MvId>{0, 2}));
  EXPECT_EQ(plant.of(Duty::atmosphere), (std::vector<MvId>{1}));
  EXPECT_EQ(plant.of(Duty::transport), (std::vector<MvId>{3}));
  EXPECT_TRUE(Plant().of(Duty::heat).empty());
}

TEST(Plant, FindsTheMvThatWritesATag) {
  const Plant plant = small_plant();
  EXPECT_EQ(plant.mv_of(*plant.tags.find("zone02.top.setpoint")), 2);
  EXPECT_EQ(plant.mv_of(*plant.tags.find("zone01.top.temperature")), kNoMv);
  EXPECT_EQ(plant.mv_of(kNoTag), kNoMv);
}

// What a cycle starts from asks for nothing and moves nothing.
TEST(Frame, IsBadAndUnnumberedBeforeTheFieldSpoke) {
  const Frame frame(3);
  ASSERT_EQ(frame.samples.size(), 3U);
  for (const Sample& sample : frame.samples) EXPECT_FALSE(sample.usable());
  EXPECT_EQ(frame.sequence, 0U);
  EXPECT_FALSE(frame.link_up);
}

TEST(Command, WritesNothingByDefault) {
  const Command command(2);
  EXPECT_EQ(command.action, (std::vector<Action>{Action::none, Action::none}));
  EXPECT_EQ(command.valid_until_ns, 0);
  const Request request(2);
  for (const Ask& ask : request.asks) EXPECT_EQ(ask.source, Source::none);
}

}  // namespace
}  // namespace saggar::domain
