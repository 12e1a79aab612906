// From a policy package to the monitors of its controller; and bar 5 as a table of what is refused.
#include "runtime/assembly/watch.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <functional>

#include "runtime/assembly/assembly.hpp"
#include "runtime/assembly/package.hpp"
#include "tests/controllers/policy/torch_mlp.hpp"
#include "tests/support/policy_package.hpp"

namespace saggar::assembly {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";
constexpr int kZones = 30;

constexpr const char* kControl =
    "kind = \"control\"\nname = \"c\"\n"
    "[[controller]]\nname = \"heat\"\nplugin = \"saggar-policy-heat\"\nduty = \"heat\"\n"
    "period_cycles = 10\nlatency_cycles = 1\npackage = \"policy\"\n"
    "[[controller]]\nname = \"pid\"\nplugin = \"saggar-pid-trim\"\nduty = \"heat\"\n"
    "period_cycles = 10\nlearned = false\n"
    "[ladder.heat]\nrungs = [\"heat\", \"pid\", \"hold\", \"recipe\"]\n"
    "[[screening]]\nunit = \"degC\"\n";

class Watched : public ::testing::Test {
 protected:
  Watched() : package_(kZones, "p2", "ncm811-p2", networks(kZones)) {
    dir_ = fs::path(::testing::TempDir()) /
           (std::string("saggar_assembly_watch_") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
    std::ofstream(dir_ / "control.toml", std::ios::binary) << kControl;
  }
  ~Watched() override { fs::remove_all(dir_); }
  /// Two networks of so many outputs that say nearly nothing.
  static std::map<std::string, std::string> networks(std::size_t outputs) {
    return {{"a.pt", policy::torchscript_bytes({2 * kZones, outputs, {8}, 1, 0, {}})},
            {"b.pt", policy::torchscript_bytes({2 * kZones, outputs, {8}, 2, 0, {}})}};
  }
  domain::Result<std::unique_ptr<Assembly>> made() {
    package_.write(dir_ / "policy");
    if (spoil_) spoil_();
    auto bundle = config::load_bundle(kConfigs / "site/simulated.toml", kConfigs / "kiln/p2.toml",
                                      kConfigs / "recipes/ncm811-p2.toml", dir_ / "control.toml",
                                      "2026-06-01");
    if (!bundle) return bundle.error();
    AssemblyOptions o;
    o.plugin_dirs.push_back(fs::path(SAGGAR_BINARY_DIR) / "plugins");
    o.roster.threads = false;
    return assemble(std::move(bundle).value(), o);
  }
  std::string refusal() {
    const auto result = made();
    return result ? "accepted" : result.error().text();
  }
  fs::path dir_;
  saggar::testing::PolicyPackage package_;
  std::function<void()> spoil_;
};

TEST_F(Watched, AControllerWithAPackageHasARowAndOneWithoutHasNone) {
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  const loop::Cycle& cycle = *result.value()->cycle;
  EXPECT_NE(cycle.roster().watched(0), nullptr);
  EXPECT_EQ(cycle.roster().watched(1), nullptr);
  EXPECT_EQ(result.value()->layout.monitor_rows, 1U);
  EXPECT_EQ(cycle.prototype().monitors.size(), 1U);
}

TEST_F(Watched, ItsSettingsAreThoseOfThePackage) {
  package_.manifest.predictions = {{"zone17.top.temperature", "degC", 300, 770, 10}};
  package_.manifest.features[1].lags_s = {0, 20};
  package_.members = {};
  for (const auto& [name, bytes] : networks(kZones + 1)) {
    package_.members[name] = policy::torchscript_bytes({2 * kZones + 1, kZones + 1, {8}, 1, 0, {}});
  }
  package_.agree();
  package_.domain.cholesky[2] = 2;  // row 1, diagonal
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  const Assembly& assembly = *result.value();
  const config::GivenPackage& given = assembly.bundle.packages.at("heat");
  const auto library =
      host::Library::open(fs::path(SAGGAR_BINARY_DIR) / "plugins/saggar-policy-heat.so");
  ASSERT_TRUE(library);
  host::InstanceSpec spec;
  spec.name = "heat";
  spec.period_s = 10;
  spec.latency_cycles = 1;
  auto created = host::instantiate(library.value(), assembly.bundle.plant, spec);
  ASSERT_TRUE(created) << created.error().text();
  ASSERT_TRUE(
      created.value().give_package(host_package(given, assembly.bundle.plant).value()).ok());
  auto configured = std::move(created).value().configure();
  ASSERT_TRUE(configured) << configured.error().text();
  const auto active = std::move(configured).value().activate();
  ASSERT_TRUE(active);
  const auto settings = watch_of(given, assembly.bundle.plant, active.value());
  ASSERT_TRUE(settings) << settings.error().text();
  const monitor::WatchSettings& w = settings.value();
  ASSERT_EQ(w.features.size(), 2U * kZones);
  const domain::Plant& plant = assembly.bundle.plant;
  EXPECT_EQ(plant.tag(w.features[1].tag).name, "zone01.bottom.temperature");
  EXPECT_EQ(plant.tags[plant.mvs[w.features[1].over].tag].name, "zone01.bottom.setpoint");
  EXPECT_EQ(w.features[1].input.lags, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(w.features[1].input.scale, 10);
  EXPECT_EQ(w.step_s, 10);
  EXPECT_EQ(w.period_s, 10);
  EXPECT_EQ(w.members, 2U);
  EXPECT_TRUE(w.tells);
  EXPECT_EQ(w.distance, 4);
  const std::size_t n = 2 * kZones + 1;
  ASSERT_EQ(w.lower.size(), n * n);
  EXPECT_EQ(w.lower[0], 1);
  EXPECT_EQ(w.lower[1], 0);
  EXPECT_EQ(w.lower[n + 1], 2);
  ASSERT_EQ(w.predictions.size(), 1U);
  EXPECT_EQ(plant.tag(w.predictions[0].tag).name, "zone17.top.temperature");
  EXPECT_EQ(w.predictions[0].horizon_s, 300);
  EXPECT_EQ(w.predictions[0].residual, 3);
}

TEST_F(Watched, APredictionThatReachesTooFarForItsPeriodIsRefusedWhereThePackageIsNamed) {
  package_.manifest.predictions.assign(200, {"zone17.top.temperature", "degC", 86400, 770, 10});
  package_.members = networks(kZones + 200);
  package_.agree();
  EXPECT_THAT(refusal(), AllOf(HasSubstr("control.toml:"), HasSubstr("cannot be watched"),
                               HasSubstr("at most 1048576")));
}

// Bar 5, what never drives: each is refused before the first cycle, with its reason. What is found
// only while it runs (a sensor shift, a frozen feature) stands in cycle_monitors_test and in
// tests/controllers/policy/example_test.
TEST_F(Watched, WhatIsNotForThisKilnIsRefusedWithItsReason) {
  config::PolicyConfig& m = package_.manifest;
  const config::PolicyConfig sound = m;
  const struct {
    const char* what;
    std::function<void()> change;
    const char* said;
  } table[] = {
      {"another kiln", [&] { m.kilns = {"p1"}; }, "is for kiln p1, this is kiln 'p2'"},
      {"an unseen recipe", [&] { m.recipes = {"other"}; }, "covers recipe other, this is recipe"},
      {"expired", [&] { m.expires = "2026-05-31"; }, "2026-05-31"},
      {"units mixed up", [&] { m.features[0].unit = "K"; }, "but zone01.top.temperature is in"},
      {"a range of other units",
       [&] { m.features[0].over = "", m.features[0].low = 1250, m.features[0].high = 1500; },
       "but here it can be 0 to 1200 degC only"},
  };
  for (const auto& row : table) {
    m = sound;
    row.change();
    package_.agree();
    EXPECT_THAT(refusal(), HasSubstr(row.said)) << row.what;
  }
  m = sound;
  package_.agree();
  spoil_ = [&] {
    std::string bytes = package_.members["a.pt"];
    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
    saggar::testing::PolicyPackage::put(dir_ / "policy" / "a.pt", bytes);
  };
  EXPECT_THAT(refusal(), HasSubstr("it is not the file that was released")) << "a flipped bit";
  spoil_ = nullptr;
  EXPECT_EQ(refusal(), "accepted");
}

}  // namespace
}  // namespace saggar::assembly
