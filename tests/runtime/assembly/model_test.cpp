// From a model file that a control file names to the controller that goes by it.
#include "runtime/assembly/model.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "runtime/assembly/assembly.hpp"
#include "runtime/config/load.hpp"

namespace saggar::assembly {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";

std::string control(const std::string& plugin) {
  return "kind = \"control\"\n"  // 1
         "name = \"c\"\n"        // 2
         "[[controller]]\n"      // 3
         "name = \"heat\"\n"     // 4
         "plugin = \"" +
         plugin +
         "\"\n"                                        // 5
         "duty = \"heat\"\n"                           // 6
         "latency_cycles = 1\n"                        // 7
         "model = \"zones.model.toml\"\n"              // 8
         "[ladder.heat]\n"                             // 9
         "rungs = [\"heat\", \"hold\", \"recipe\"]\n"  // 10
         "[[screening]]\n"                             // 11
         "unit = \"degC\"\n";                          // 12
}

/// Of the first `zones` zones of P2.
config::ModelConfig zones_model(int zones) {
  config::ModelConfig model;
  model.name = "zones";
  model.origin.kiln = "p2";
  for (int k = 1; k <= zones; ++k) {
    const std::string z = (k < 10 ? "zone0" : "zone") + std::to_string(k);
    config::ModelInput in{z + ".working_setpoint", "degC", {}, 700, 15};
    config::ModelOutput out;
    out.name = z + ".temperature";
    out.unit = "degC";
    out.inputs = {in.name};
    out.a = {0.9};
    out.b = {0.1};
    out.c = {1};
    for (const char* loop : {".top", ".bottom"}) {
      in.tags.push_back(z + loop + ".working_setpoint");
      out.tags.push_back(z + loop + ".temperature");
    }
    config::ModelChannel own;
    own.output = out.name;
    own.input = in.name;
    own.answer = config::Answers::lag;
    own.gain = 1;
    own.dead_time_s = 60;
    own.time_constant_s = 500 + k;
    model.inputs.push_back(in);
    model.outputs.push_back(out);
    model.channels.push_back(own);
  }
  model.sha256 = hash_of(model);
  return model;
}

class GivenModel : public ::testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(::testing::TempDir()) /
           (std::string("saggar_assembly_model_") +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
    put("control.toml", control("saggar-mpc-heat"));
    put("zones.model.toml", config::save_text(zones_model(30)));
  }
  void TearDown() override { fs::remove_all(dir_); }
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
  }
  static AssemblyOptions options() {
    AssemblyOptions o;
    o.plugin_dirs.push_back(fs::path(SAGGAR_BINARY_DIR) / "plugins");
    o.roster.threads = false;
    return o;
  }
  domain::Result<std::unique_ptr<Assembly>> made() const {
    auto bundle = config::load_bundle(kConfigs / "site/simulated.toml", kConfigs / "kiln/p2.toml",
                                      kConfigs / "recipes/ncm811-p2.toml", dir_ / "control.toml");
    if (!bundle) return bundle.error();
    return assemble(std::move(bundle).value(), options());
  }
  std::string refusal() const {
    const auto result = made();
    return result ? "accepted" : result.error().text();
  }
  /// How a message calls line 8 of the control file.
  std::string named_at() const { return (dir_ / "control.toml").string() + ":8:9: "; }
  fs::path dir_;
};

TEST_F(GivenModel, TheJournalHasItsFileItsHashAndItsText) {
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  auto meta = journal_meta(*result.value());
  EXPECT_EQ(meta["model/heat/file"], (dir_ / "zones.model.toml").string());
  EXPECT_EQ(meta["model/heat/sha256"], zones_model(30).sha256);
  EXPECT_EQ(meta["config/model/heat"], config::save_text(zones_model(30)));
}

TEST_F(GivenModel, AReplayHasItFromTheJournalAndNotFromItsFile) {
  const auto result = made();
  ASSERT_TRUE(result) << result.error().text();
  fs::remove(dir_ / "zones.model.toml");
  const auto texts = recorded_config(journal_meta(*result.value()));
  ASSERT_TRUE(texts) << texts.error().text();
  auto bundle = config::load_bundle(texts.value());
  ASSERT_TRUE(bundle) << bundle.error().text();
  const auto again = assemble(std::move(bundle).value(), options());
  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again.value()->bundle.canonical, result.value()->bundle.canonical);
  EXPECT_EQ(again.value()->plugins.at("model/heat/sha256"), zones_model(30).sha256);
}

TEST_F(GivenModel, APluginThatTakesNoModelIsRefusedWhereTheModelIsNamed) {
  put("control.toml", control("saggar-pid-trim"));
  EXPECT_THAT(refusal(), AllOf(HasSubstr(named_at()), HasSubstr("controller 'heat'"),
                               HasSubstr("does not offer saggar.model/1")));
}

TEST_F(GivenModel, AFileThatWasChangedByHandIsRefused) {
  config::ModelConfig model = zones_model(30);
  model.channels[3].gain = 0.5;
  put("zones.model.toml", config::save_text(model));
  EXPECT_THAT(refusal(), AllOf(HasSubstr(named_at()), HasSubstr("zones.model.toml"),
                               HasSubstr("has another hash")));
}

TEST_F(GivenModel, AZoneThatTheModelLacksIsNamedWithBothFiles) {
  put("zones.model.toml", config::save_text(zones_model(29)));
  EXPECT_THAT(refusal(), AllOf(HasSubstr(named_at()), HasSubstr("zones.model.toml"),
                               HasSubstr("zone 30 of the model")));
}

TEST(HostModel, ChannelsNameInputsAndOutputsByTheirPlace) {
  config::ModelConfig from = zones_model(3);
  std::swap(from.inputs[0], from.inputs[2]);
  from.outputs[1].integrating = true;
  from.channels[0].gain_error = 0.1;
  from.channels[0].dead_time_error_s = 7;
  from.channels[0].time_constant_error_s = 9;
  const host::Model model = host_model(from);
  EXPECT_EQ(model.name, "zones");
  EXPECT_EQ(model.kiln, "p2");
  EXPECT_EQ(model.sha256.size(), 64U);
  EXPECT_TRUE(model.outputs[1].integrating);
  EXPECT_EQ(model.channel(0, 0), nullptr);
  const host::ModelChannel* own = model.channel(0, 2);
  ASSERT_NE(own, nullptr);
  EXPECT_EQ(own->answer, host::Answer::lag);
  EXPECT_EQ(own->gain_error, 0.1);
  EXPECT_EQ(own->dead_time_s, 60);
  EXPECT_EQ(own->dead_time_error_s, 7);
  EXPECT_EQ(own->time_constant_s, 501);
  EXPECT_EQ(own->time_constant_error_s, 9);
}

}  // namespace
}  // namespace saggar::assembly
