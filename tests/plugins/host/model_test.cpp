// A model on its way from the host to a plugin, and the same in every instance made like it.
#include <gmock/gmock.h>

#include <limits>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

plugin::Model model_of(double gain) {
  plugin::Model model;
  model.name = "m";
  model.inputs = {{"u", "degC", {"zone01.top.setpoint"}, 700, false}};
  model.outputs = {{"y", "degC", {"zone01.top.temperature"}, 700, false}};
  model.channels = {{0, 0, plugin::Answer::lag, gain, 0.1, 30, 5, 600, 40}};
  return model;
}

Created made(const std::string& animal) {
  auto created = instantiate(open_animal(animal), small(), spec_of());
  if (!created.ok()) throw std::runtime_error(created.error().text());
  return std::move(created).value();
}

std::string refusal(plugin::Model model, const std::string& animal = "complete") {
  Created created = made(animal);
  const domain::Status given =
      created.give_model(std::make_shared<const plugin::Model>(std::move(model)));
  return given ? "accepted" : given.error().text();
}

Active active_with(double gain) {
  Created created = made("complete");
  const domain::Status given =
      created.give_model(std::make_shared<const plugin::Model>(model_of(gain)));
  EXPECT_TRUE(given.ok()) << given.error().text();
  return std::move(std::move(std::move(created).configure()).value()).activate().value();
}

// The animal divides its gain of 0.5 1/s by that of the model: 10 K of error give 5 / 0.8 K.
TEST(Model, WhatThePluginTookItGoesBy) {
  Active active = active_with(0.8);
  StepIo io = active.make_io();
  fill_inputs(io);
  next_step(active, io);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 750 + 0.5 / 0.8 * 10);
}

TEST(Model, InstancesMadeToProveTheStateGetTheSameModel) {
  const Active active = active_with(0.8);
  const domain::Status proved = active.verify_state();
  EXPECT_TRUE(proved.ok()) << proved.error().text();
}

TEST(Model, AStateOfAnotherModelIsRefused) {
  Active one = active_with(0.8), other = active_with(0.7);
  const auto saved = one.save_state();
  EXPECT_FALSE(other.restore_state(saved).ok());
  EXPECT_TRUE(one.restore_state(std::vector<std::uint8_t>(saved.begin(), saved.end())).ok());
}

TEST(Model, APluginThatTakesNoneIsNamedWithWhatToDo) {
  EXPECT_THAT(refusal(model_of(1), "plain_c"),
              AllOf(HasSubstr("plain_c.so"), HasSubstr("does not offer saggar.model/1"),
                    HasSubstr("take the model out")));
}

TEST(Model, WhatThePluginSaysOfAModelIsPassedOn) {
  plugin::Model model = model_of(1);
  model.channels.clear();
  EXPECT_THAT(refusal(model), HasSubstr("refuses the model 'm': it has no channel, it needs one"));
}

// ext/model.h promises these to a plugin.
TEST(Model, NonsenseDoesNotReachAPlugin) {
  plugin::Model model = model_of(1);
  EXPECT_EQ(refusal(model), "accepted");
  model.channels[0].input = 1;
  EXPECT_THAT(refusal(model), HasSubstr("channel 1 is of an output or input that does not exist"));
  model = model_of(std::numeric_limits<double>::quiet_NaN());
  EXPECT_THAT(refusal(model), HasSubstr("channel 1 needs finite numbers"));
  model = model_of(1);
  model.channels[0].dead_time_s = -1;
  EXPECT_THAT(refusal(model), HasSubstr("times not below 0"));
  model = model_of(1);
  model.outputs[0].tags.clear();
  EXPECT_THAT(refusal(model), HasSubstr("'y' has no tag"));
  model = model_of(1);
  model.period_s = 0;
  EXPECT_THAT(refusal(model), HasSubstr("sample period must be above 0"));
}

}  // namespace
}  // namespace saggar::host
