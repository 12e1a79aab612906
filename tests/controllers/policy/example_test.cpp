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

/// A folder of configurations like the shipped one, with the control file of the chapter, and a
/// scenario for it.
void put_configs(const fs::path& dir, const std::string& scenario) {
  fs::copy(kSource / "configs", dir / "configs", fs::copy_options::recursive);
  std::ofstream(dir / "configs/control/policy.toml") << control_of_the_chapter();
  std::ofstream(dir / "configs/scenarios/shifted.toml") << scenario;
}

// Bar 5, LC-20: the monitors on a whole kiln, and in its replay. A thermocouple reads 10 K more
// from 3600 s on; the package has periods of 60 s.
constexpr const char* kShifted = R"(
kind = "scenario"
name = "shifted"
description = "A thermocouple reads 10 K too much under the example policy"
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
)";

TEST(PolicyExample, ASensorThatIsOffByTenKelvinTakesItDownWithinThreePeriods) {
  const fs::path dir = fs::path(::testing::TempDir()) / "saggar_policy_shifted";
  fs::remove_all(dir);
  fs::create_directories(dir);
  put_configs(dir, kShifted);
  const auto exported =
      run("/usr/bin/python3 " + (kSource / "controllers/policy/example/export.py").string() + " " +
          (dir / "configs/policies/example").string());
  ASSERT_EQ(exported.first, 0) << exported.second;
  const auto ran =
      run((kBinary / "bin/saggar-hil").string() + " run shifted --wire --journals --configs " +
          (dir / "configs").string() + " --out " + (dir / "out").string());
  EXPECT_EQ(ran.first, 0) << ran.second;
  std::string journal;
  for (const auto& file : fs::recursive_directory_iterator(dir / "out")) {
    if (file.path().extension() == ".journal") journal = file.path().string();
  }
  const auto again =
      run((kBinary / "bin/saggar").string() + " replay " + journal + " --everything");
  EXPECT_EQ(again.first, 0) << again.second;
  EXPECT_THAT(again.second, HasSubstr("every part of every record identical"));
  fs::remove_all(dir);
}

}  // namespace
}  // namespace saggar::assembly
