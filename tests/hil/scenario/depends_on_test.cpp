#include "hil/scenario/depends_on.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "hil/scenario/expand.hpp"
#include "tests/hil/scenario/folder.hpp"

namespace saggar::scenario {
namespace {

using ::testing::ElementsAre;

TEST(DependsOn, IsWhatTheScenarioNamesThenMaterialsThenModels) {
  const testing::Folder folder("depends");
  folder.write("material/b.toml", "");
  folder.write("material/a.toml", "");
  folder.write("material/notes.md", "");
  std::ostringstream control;
  control << std::ifstream(SAGGAR_SOURCE_DIR "/configs/control/pid.toml").rdbuf();
  std::string text = control.str();
  text.insert(text.find("plugin = \"saggar-pid-trim\"\n"), "model = \"models/p.toml\"\n");
  folder.write("control/c.toml", text);
  folder.scenario("quiet", "");
  const auto loaded = load_scenario(folder.place(), "quiet");
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  std::vector<std::string> paths;
  for (const auto& [path, role] : depends_on(loaded.value().files)) {
    paths.push_back(std::string(role == Role::named      ? "named "
                                : role == Role::material ? "material "
                                                         : "model ") +
                    path.lexically_relative(folder.path()).string());
  }
  EXPECT_THAT(
      paths, ElementsAre("named site/test.toml", "named kiln/k.toml", "named kiln/k.plant.toml",
                         "named recipes/r.toml", "named control/c.toml", "material material/a.toml",
                         "material material/b.toml", "model control/models/p.toml"));
}

}  // namespace
}  // namespace saggar::scenario
