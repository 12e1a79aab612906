// A policy trained in Python, exported as TorchScript, loads as one made here; and the control file
// of the chapter is right as it stands there.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "runtime/assembly/assembly.hpp"

namespace saggar::assembly {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kSource = SAGGAR_SOURCE_DIR, kBinary = SAGGAR_BINARY_DIR;

/// The one block of TOML in the chapter.
std::string control_of_the_chapter() {
  std::ifstream file(kSource / "docs/engineer/policy.md");
  std::string line, block;
  bool inside = false;
  while (std::getline(file, line)) {
    if (line == "```toml") {
      inside = true;
    } else if (line == "```") {
      inside = false;
    } else if (inside) {
      block += line + '\n';
    }
  }
  return block;
}

/// Exit code and all that was said.
std::pair<int, std::string> run(const std::string& command) {
  std::FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  std::string said;
  char part[256];
  while (std::fgets(part, sizeof part, pipe) != nullptr) said += part;
  const int status = pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

TEST(PolicyExample, WhatPythonExportsIsCheckedAndDrives) {
  const fs::path dir = fs::path(::testing::TempDir()) / "saggar_policy_example";
  fs::remove_all(dir);
  fs::create_directories(dir / "control");
  std::ofstream(dir / "control/policy.toml") << control_of_the_chapter();
  const auto exported =
      run("/usr/bin/python3 " + (kSource / "controllers/policy/example/export.py").string() + " " +
          (dir / "policies/example").string() + " --steps 60");
  ASSERT_EQ(exported.first, 0) << exported.second;

  const fs::path configs = kSource / "configs";
  const auto checked =
      run((kBinary / "bin/saggar").string() + " check " +
          (configs / "site/simulated.toml").string() + " " + (configs / "kiln/p2.toml").string() +
          " " + (configs / "recipes/ncm811-p2.toml").string() + " " +
          (dir / "control/policy.toml").string() + " --plugins " + (kBinary / "plugins").string());
  EXPECT_EQ(checked.first, 0) << checked.second;
  EXPECT_THAT(checked.second, HasSubstr("policy com.saggar.example-heat 1.0.0"));

  auto bundle =
      config::load_bundle(configs / "site/simulated.toml", configs / "kiln/p2.toml",
                          configs / "recipes/ncm811-p2.toml", dir / "control/policy.toml");
  ASSERT_TRUE(bundle) << bundle.error().text();
  AssemblyOptions options;
  options.plugin_dirs.push_back(kBinary / "plugins");
  options.roster.threads = false;
  const auto made = assemble(std::move(bundle).value(), options);
  EXPECT_TRUE(made) << made.error().text();
  fs::remove_all(dir);
}

// Bar 5, LC-20: monitors and screening on a whole kiln. The package has periods of 60 s.
constexpr const char* kStory = R"(
kind = "scenario"
name = "story"
description = "A thermocouple goes wrong under the example policy"
requirements = ["HI-20"]
[bench]
control = "policy"
duration_s = 4200
[person]
switch_on = ["heat"]
[[request]]
time_s = 600
intent = "climb"
rung = "policy"
duty = "heat"
[[expect]]
see = "rung"
is = "policy"
after_s = 600
within_s = 3
[[expect]]
see = "event"
is = "belief_lost"
within_s = 3600
never = true
)";

/// A folder of configurations like the shipped one, with the example package, the control file of
/// the chapter, and a story of a fault at 3600 s.
class PolicyStory : public ::testing::Test {
 protected:
  PolicyStory()
      : dir_(fs::path(::testing::TempDir()) /
             (std::string("saggar_policy_story_") +
              ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(dir_);
    fs::create_directories(dir_);
    fs::copy(kSource / "configs", dir_ / "configs", fs::copy_options::recursive);
  }
  ~PolicyStory() override { fs::remove_all(dir_); }
  void plays(const std::string& fault_and_expectations, const std::string& more_control = "") {
    std::ofstream(dir_ / "configs/control/policy.toml") << control_of_the_chapter() << more_control;
    std::ofstream(dir_ / "configs/scenarios/story.toml") << kStory << fault_and_expectations;
    const auto exported =
        run("/usr/bin/python3 " + (kSource / "controllers/policy/example/export.py").string() +
            " " + (dir_ / "configs/policies/example").string());
    ASSERT_EQ(exported.first, 0) << exported.second;
    const auto ran =
        run((kBinary / "bin/saggar-hil").string() + " run story --wire --journals --configs " +
            (dir_ / "configs").string() + " --out " + (dir_ / "out").string());
    EXPECT_EQ(ran.first, 0) << ran.second;
  }
  /// What a replay of the run says.
  std::string replayed() const {
    for (const auto& file : fs::recursive_directory_iterator(dir_ / "out")) {
      if (file.path().extension() != ".journal") continue;
      return run((kBinary / "bin/saggar").string() + " replay " + file.path().string() +
                 " --everything")
          .second;
    }
    return "no journal";
  }
  fs::path dir_;
};

TEST_F(PolicyStory, ASensorThatIsOffByTenKelvinTakesItDownWithinThreePeriods) {
  plays(R"(
[[event]]
time_s = 3600
fault = "thermocouple_offset"
target = "zone21.top"
severity = 10
duration_s = 600
[[expect]]
see = "event"
is = "belief_lost"
of = "policy"
after_s = 3600
within_s = 190
[[expect]]
see = "rung"
is = "pid"
reason = "not_believed"
after_s = 3600
within_s = 190
)");
  EXPECT_THAT(replayed(), HasSubstr("every part of every record identical"));
}

// A frozen reading is as usual as any: it is for screening to find, and then an input is missing.
// 300 s until it is called frozen, 120 s that the last value stands in, a period.
TEST_F(PolicyStory, AFrozenSensorLeavesItWithoutAnInput) {
  plays(R"(
[[event]]
time_s = 3600
fault = "thermocouple_stuck"
target = "zone21.top"
duration_s = 600
[[expect]]
see = "rung"
is = "pid"
reason = "sensor_set_incomplete"
after_s = 3600
within_s = 500
)",
        "[[screening]]\nunit = \"degC\"\ntags = \"zone*.*.temperature\"\nrate_per_s = 5.0\n"
        "freeze_s = 300\n");
}

}  // namespace
}  // namespace saggar::assembly
