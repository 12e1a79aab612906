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

}  // namespace
}  // namespace saggar::assembly
