#include "controllers/mpc/zone_answers.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/controllers/mpc/zone_model.hpp"

namespace saggar::mpc {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr int kZones = 3;

std::vector<ZoneTags> three_zones() {
  std::vector<ZoneTags> zones;
  for (const std::string z : {"zone01", "zone02", "zone03"}) {
    zones.push_back(
        {{z + ".top.temperature", z + ".bottom.temperature"}, {z + ".top", z + ".bottom"}});
  }
  return zones;
}

std::vector<ZoneAnswer> answers(const plugin::Model& model) {
  return zone_answers(model, three_zones(), 30, 14400);
}

std::string refusal(const plugin::Model& model) {
  try {
    answers(model);
    return "accepted";
  } catch (const std::invalid_argument& e) {
    return e.what();
  }
}

plugin::ModelChannel& own(plugin::Model& model, std::uint32_t zone) {
  for (plugin::ModelChannel& c : model.channels) {
    if (c.output == zone && c.input == zone) return c;
  }
  throw std::logic_error("no such channel");
}

TEST(ZoneAnswers, LagIsTimeConstantAndDeadTimeTogether) {
  const auto all = answers(zone_model(kZones, 340, 60, 0.8));
  ASSERT_EQ(all.size(), 3U);
  for (const ZoneAnswer& zone : all) {
    EXPECT_EQ(zone.lag_s, 400);
    EXPECT_EQ(zone.gain, 0.8);
  }
}

TEST(ZoneAnswers, ZonesAreFoundByTheirTagsInWhateverOrderTheModelHasThem) {
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  std::swap(model.outputs[0], model.outputs[2]);
  std::swap(model.inputs[0], model.inputs[1]);
  // Now output 2 is zone 1 and input 1 is zone 1, output 1 is zone 2 and input 0 is zone 2.
  model.channels = {{2, 1, plugin::Answer::lag, 0.9, 0, 0, 0, 100, 0},
                    {1, 0, plugin::Answer::lag, 0.8, 0, 0, 0, 200, 0},
                    {0, 2, plugin::Answer::lag, 0.7, 0, 0, 0, 300, 0}};
  const auto all = answers(model);
  EXPECT_EQ(all[0].lag_s, 100);
  EXPECT_EQ(all[1].lag_s, 200);
  EXPECT_EQ(all[2].lag_s, 300);
  EXPECT_EQ(all[2].gain, 0.7);
}

TEST(ZoneAnswers, OutputsThatAreNoTemperatureOfAZoneAreLeftAlone) {
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  model.outputs.push_back({"zone01.output", "%", {"zone01.top.output"}, 40, false});
  model.inputs.push_back({"speed", "mm/s", {"transport.group1.speed"}, 0.8, false});
  EXPECT_EQ(answers(model)[0].lag_s, 400);
}

TEST(ZoneAnswers, AZoneThatTheModelLacksIsRefusedByName) {
  EXPECT_THAT(refusal(zone_model(2, 340, 60, 0.8)),
              AllOf(HasSubstr("zone 3"), HasSubstr("no output that is its temperature")));
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  model.inputs[1].tags = {"zone02.top.output"};
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 2"), HasSubstr("no input")));
  model = zone_model(kZones, 340, 60, 0.8);
  own(model, 1).input = 2;
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 2"), HasSubstr("no channel")));
}

TEST(ZoneAnswers, OneSignalPerLoopIsRefusedWithTheKeyThatJoinsThem) {
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  model.outputs[0].tags = {"zone01.top.temperature"};
  model.outputs.push_back(model.outputs[0]);
  model.outputs.back().tags = {"zone01.bottom.temperature"};
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 1"), HasSubstr("join = \"zone\"")));
}

TEST(ZoneAnswers, AGainThatIsNotSurelyPositiveIsRefused) {
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  own(model, 2).gain = -0.2;
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 3"), HasSubstr("must be above 0")));
  own(model, 2).gain = 0;
  EXPECT_THAT(refusal(model), HasSubstr("must be above 0"));
  own(model, 2).gain = 0.8;
  own(model, 2).gain_error = 0.4;
  EXPECT_EQ(refusal(model), "accepted") << "half of it";
  own(model, 2).gain_error = 0.41;
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 3"), HasSubstr("standard error of 0.41")));
}

TEST(ZoneAnswers, WhatIsNoLagOrOneOutOfRangeIsRefused) {
  plugin::Model model = zone_model(kZones, 340, 60, 0.8);
  own(model, 0).answer = plugin::Answer::integrating;
  EXPECT_THAT(refusal(model), AllOf(HasSubstr("zone 1"), HasSubstr("as a lag")));
  own(model, 0).answer = plugin::Answer::lag;
  own(model, 0).time_constant_s = own(model, 0).dead_time_s = 0;
  EXPECT_THAT(refusal(model), HasSubstr("are 0 s, right is 30 to 14400 s"));
}

}  // namespace
}  // namespace saggar::mpc
