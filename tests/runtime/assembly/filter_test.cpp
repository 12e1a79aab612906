// From [filter] and the model it names to what the filter goes by.
#include "runtime/assembly/filter.hpp"

#include <gmock/gmock.h>

#include "runtime/assembly/model.hpp"

namespace saggar::assembly {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

config::Bundle p2() {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  auto bundle =
      config::load_bundle(configs / "site/simulated.toml", configs / "kiln/p2.toml",
                          configs / "recipes/ncm811-p2.toml", configs / "control/pid.toml");
  if (!bundle) throw std::runtime_error(bundle.error().text());
  bundle.value().control.filter.on = true;
  return std::move(bundle).value();
}

config::ModelChannel channel(int output, int input, config::Answers answer, double gain) {
  const auto zone = [](int k) { return (k < 10 ? "zone0" : "zone") + std::to_string(k); };
  config::ModelChannel c;
  c.output = zone(output) + ".temperature";
  c.input = zone(input) + ".working_setpoint";
  c.answer = answer;
  c.gain = gain;
  c.gain_error = 0.02;
  c.dead_time_s = 60;
  c.dead_time_error_s = 30;
  c.time_constant_s = 900;
  c.time_constant_error_s = 100;
  return c;
}

/// Of the first `zones` zones of P2: each answers to itself, the second to the first as well.
config::GivenModel model_of(int zones) {
  config::GivenModel given;
  given.file = "zones.model.toml";
  given.at = "control.toml:9:1";
  config::ModelConfig& model = given.config;
  model.name = "zones";
  for (int k = 1; k <= zones; ++k) {
    const config::ModelChannel own = channel(k, k, config::Answers::lag, 1);
    const std::string zone = own.output.substr(0, own.output.find('.'));
    config::ModelInput in{own.input, "degC", {}, 700, 15};
    config::ModelOutput out;
    out.name = own.output;
    out.unit = "degC";
    out.inputs = {in.name};
    for (const char* loop : {".top", ".bottom"}) {
      in.tags.push_back(zone + loop + ".working_setpoint");
      out.tags.push_back(zone + loop + ".temperature");
    }
    model.inputs.push_back(in);
    model.outputs.push_back(out);
    model.channels.push_back(own);
  }
  model.channels.push_back(channel(2, 1, config::Answers::transient, 0));
  model.channels.back().peak = 0.2;
  model.channels.back().peak_error = 0.01;
  model.sha256 = hash_of(model);
  return given;
}

config::Bundle with(config::GivenModel given) {
  config::Bundle bundle = p2();
  bundle.control.filter.model = given.file;
  bundle.models["filter"] = std::move(given);
  return bundle;
}

std::string refusal(const config::Bundle& bundle) {
  const auto made = filter_settings(bundle);
  return made ? "accepted" : made.error().text();
}

TEST(AssemblyFilter, OffThereIsNone) {
  config::Bundle bundle = p2();
  bundle.control.filter.on = false;
  const auto made = filter_settings(bundle);
  ASSERT_TRUE(made);
  EXPECT_FALSE(made.value());
}

TEST(AssemblyFilter, WithoutAModelEveryLoopHasTheDeclaredFigures) {
  const auto made = filter_settings(p2());
  ASSERT_TRUE(made && made.value());
  const filter::Settings& s = *made.value();
  ASSERT_EQ(s.loops.size(), 60U);
  EXPECT_DOUBLE_EQ(s.loops[59].gain.low, 0.94);
  EXPECT_DOUBLE_EQ(s.loops[59].lag_s.high, 1300);
  EXPECT_DOUBLE_EQ(s.horizon_s, 1800);
  EXPECT_DOUBLE_EQ(s.period_s, p2().site.supervisory_period_s());
}

TEST(AssemblyFilter, AModelGivesFiguresAndErrorsOfEachZoneAndItsNeighbours) {
  const auto made = filter_settings(with(model_of(30)));
  ASSERT_TRUE(made) << made.error().text();
  const filter::Settings& s = *made.value();
  ASSERT_EQ(s.loops.size(), 60U);
  EXPECT_DOUBLE_EQ(s.loops[0].gain.high, 1.06);  // three standard errors of 0.02
  EXPECT_DOUBLE_EQ(s.loops[0].lag_s.low, 600);
  EXPECT_DOUBLE_EQ(s.loops[0].dead_time_s.low, 0);  // 60 - 90 is below 0
  EXPECT_DOUBLE_EQ(s.loops[0].dead_time_s.high, 150);
  EXPECT_TRUE(s.loops[0].neighbours.empty());
  ASSERT_EQ(s.loops[2].neighbours.size(), 2U);  // top and bottom of zone 1, half of it each
  EXPECT_DOUBLE_EQ(s.loops[2].neighbours[0].gain.high, 0.23 / 2);
  EXPECT_DOUBLE_EQ(s.loops[2].neighbours[0].gain.low, -0.06 / 2);
  EXPECT_DOUBLE_EQ(s.loops[2].neighbour_lag_s.high, 1200);
}

TEST(AssemblyFilter, WhatAModelLacksIsNamed) {
  EXPECT_THAT(refusal(with(model_of(29))),
              AllOf(HasSubstr("control.toml:9:1: "), HasSubstr("zones.model.toml"),
                    HasSubstr("zone30.top.temperature"), HasSubstr("leave model empty")));
  config::GivenModel unsure = model_of(30);
  unsure.config.channels[3].gain_error = 0.5;
  unsure.config.sha256 = hash_of(unsure.config);
  EXPECT_THAT(refusal(with(unsure)),
              AllOf(HasSubstr("zone04"), HasSubstr("gain of 1"), HasSubstr("test longer")));
  config::GivenModel changed = model_of(30);
  changed.config.channels[3].gain = 2;
  EXPECT_THAT(refusal(with(changed)), HasSubstr("has another hash"));
}

}  // namespace
}  // namespace saggar::assembly
