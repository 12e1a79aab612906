// A policy package on its way from the host to a plugin, and what an ensemble says of itself.
#include "plugins/host/package.hpp"

#include <gmock/gmock.h>

#include <functional>
#include <limits>
#include <saggar/plugin/detail/package_table.hpp>

#include "tests/plugins/host/zoo_host.hpp"

namespace saggar::host {
namespace {

using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

plugin::Package package_of(double scale) {
  plugin::Package p;
  p.id = "com.saggar.p";
  p.version = "1";
  p.backend = "torchscript";
  p.sha256 = std::string(64, scale == 2 ? 'a' : 'b');
  p.features = {
      {"zone01.top.temperature", "degC", "zone01.top.setpoint", -50, 50, 0, scale, {0, 60}}};
  p.outputs = {{{"zone01.top.setpoint"}, "degC", 10, 1}};
  p.predictions = {{"zone01.top.temperature", "degC", 600, 700, 10}};
  p.members = {1, 0};
  p.files = {{"a.pt", {1, 2}}, {"b.pt", {3}}};
  return p;
}

Created made(const std::string& animal) {
  auto created = instantiate(open_animal(animal), small(), spec_of());
  if (!created.ok()) throw std::runtime_error(created.error().text());
  return std::move(created).value();
}

std::string refusal(plugin::Package package, const std::string& animal = "complete") {
  Created created = made(animal);
  const domain::Status given =
      created.give_package(std::make_shared<const plugin::Package>(std::move(package)));
  return given ? "accepted" : given.error().text();
}

Active active_with(double scale) {
  Created created = made("complete");
  const domain::Status given =
      created.give_package(std::make_shared<const plugin::Package>(package_of(scale)));
  EXPECT_TRUE(given.ok()) << given.error().text();
  return std::move(std::move(std::move(created).configure()).value()).activate().value();
}

// The animal multiplies its gain of 0.5 1/s by the scale: 1 K of error gives 0.5 x 2 K.
TEST(Package, WhatThePluginTookItGoesBy) {
  Active active = active_with(2);
  StepIo io = active.make_io();
  fill_inputs(io);
  for (const InputPort& in : io.inputs()) {
    for (double& v : in.value) v = 749;
  }
  next_step(active, io);
  EXPECT_DOUBLE_EQ(io.outputs()[0].value[0], 751);
}

TEST(Package, WhatAnEnsembleSaysIsReadAfterAStep) {
  Active active = active_with(2);
  EXPECT_EQ(active.ensemble().runs, 0U);
  EXPECT_TRUE(active.ensemble().outputs.empty());
  StepIo io = active.make_io();
  fill_inputs(io);
  next_step(active, io);
  const EnsembleView view = active.ensemble();
  EXPECT_EQ(view.runs, 1U);
  EXPECT_EQ(view.members, 2U);
  EXPECT_EQ(view.outputs.size(), 2U);
  EXPECT_THAT(view.outputs, Each(io.outputs()[0].value[0] - 750));
  EXPECT_THAT(view.predictions, ElementsAre(700));
  EXPECT_THAT(view.inputs, ElementsAre(1, 1));
}

TEST(Package, APluginThatIsNoEnsembleSaysNothing) {
  Active active = active_animal("plain_c");
  EXPECT_EQ(active.ensemble().runs, 0U);
}

TEST(Package, InstancesMadeToProveTheStateGetTheSamePackage) {
  const domain::Status proved = active_with(2).verify_state();
  EXPECT_TRUE(proved.ok()) << proved.error().text();
}

TEST(Package, AStateOfAnotherPackageIsRefused) {
  Active one = active_with(2), other = active_with(3);
  const auto saved = one.save_state();
  EXPECT_FALSE(other.restore_state(saved).ok());
  EXPECT_TRUE(one.restore_state(std::vector<std::uint8_t>(saved.begin(), saved.end())).ok());
}

TEST(Package, APluginThatTakesNoneIsNamedWithWhatToDo) {
  EXPECT_THAT(refusal(package_of(1), "plain_c"),
              AllOf(HasSubstr("plain_c.so"), HasSubstr("does not offer saggar.package/1"),
                    HasSubstr("take the package out")));
}

TEST(Package, WhatThePluginSaysOfAPackageIsPassedOn) {
  plugin::Package package = package_of(1);
  package.version = "0";
  EXPECT_THAT(refusal(package),
              HasSubstr("refuses the package 'com.saggar.p': version 0 is too old, it needs 1"));
}

// ext/package.h promises these to a plugin.
TEST(Package, NonsenseDoesNotReachAPlugin) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto said = [](const std::function<void(plugin::Package&)>& change) {
    plugin::Package package = package_of(1);
    change(package);
    return refusal(package);
  };
  EXPECT_EQ(refusal(package_of(1)), "accepted");
  EXPECT_THAT(said([&](auto& p) { p.features[0].mean = nan; }), HasSubstr("needs finite numbers"));
  EXPECT_THAT(said([](auto& p) { p.features[0].scale = 0; }), HasSubstr("a scale above 0"));
  EXPECT_THAT(said([](auto& p) { p.features[0].low = 51; }), HasSubstr("needs low <= high"));
  EXPECT_THAT(said([](auto& p) { p.features[0].lags_s = {}; }), HasSubstr("at least one lag"));
  EXPECT_THAT(said([](auto& p) { p.features[0].lags_s = {0, 0}; }), HasSubstr("that rise"));
  EXPECT_THAT(said([](auto& p) { p.outputs[0].trim = 0; }), HasSubstr("trim and rate above 0"));
  EXPECT_THAT(said([](auto& p) { p.outputs[0].tags = {}; }), HasSubstr("an output has no tag"));
  EXPECT_THAT(said([](auto& p) { p.predictions[0].scale = 0; }), HasSubstr("prediction of zone01"));
  EXPECT_THAT(said([](auto& p) { p.members = {2}; }), HasSubstr("a member is no file of it"));
  EXPECT_THAT(said([](auto& p) { p.files[1].data.clear(); }), HasSubstr("or an empty one"));
  EXPECT_THAT(said([](auto& p) { p.features.clear(); }), HasSubstr("at least one feature"));
  EXPECT_THAT(said([](auto& p) { p.period_s = 0; }), HasSubstr("its period must be above 0"));
}

TEST(Package, CrossesTheAbiThereAndBack) {
  const plugin::Package p = package_of(2);
  const plugin::detail::PackageTable view(p);
  const saggar_package& c = view.table();
  EXPECT_EQ(c.struct_size, sizeof(saggar_package));
  EXPECT_EQ(c.features[0].lag_count, 2U);
  EXPECT_EQ(c.files[1].size, 1U);
  const plugin::Package back = plugin::detail::package_of(c);
  EXPECT_EQ(back.id, p.id);
  EXPECT_EQ(back.sha256, p.sha256);
  EXPECT_EQ(back.backend, "torchscript");
  EXPECT_EQ(back.duty, p.duty);
  EXPECT_EQ(back.features[0].reference_tag, "zone01.top.setpoint");
  EXPECT_EQ(back.features[0].lags_s, p.features[0].lags_s);
  EXPECT_EQ(back.features[0].scale, 2);
  EXPECT_EQ(back.outputs[0].tags, p.outputs[0].tags);
  EXPECT_EQ(back.outputs[0].rate_per_min, 1);
  EXPECT_EQ(back.predictions[0].horizon_s, 600);
  EXPECT_EQ(back.members, p.members);
  EXPECT_EQ(back.files[0].data, p.files[0].data);
  EXPECT_EQ(back.width(), 2U);
}

}  // namespace
}  // namespace saggar::host
