#include "hil/scenario/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/scenario/folder.hpp"

namespace saggar::scenario {
namespace {

using ::testing::HasSubstr;

TEST(Files, BareNamesAreFilesOfTheConfigurationsPathsStartFromTheFile) {
  const testing::Folder folder("files");
  folder.scenario("quiet", "");
  folder.write("mapping/k.toml", "");
  const auto loaded = load_scenario(folder.place(), "quiet");
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const BenchFiles& files = loaded.value().files;
  EXPECT_EQ(files.kiln, folder.path() / "kiln/k.toml");
  EXPECT_EQ(files.plant, folder.path() / "kiln/k.plant.toml");
  EXPECT_EQ(files.recipe, folder.path() / "recipes/r.toml");
  EXPECT_EQ(files.control, folder.path() / "control/c.toml");
  EXPECT_EQ(files.mapping, folder.path() / "mapping/k.toml");
  EXPECT_EQ(find_file(loaded.value().place, "control", "own/x.toml"),
            folder.path() / "scenarios/own/x.toml");
}

TEST(Files, WhatIsNotThereIsNamedWithWhatThereIs) {
  const testing::Folder folder("files-missing");
  folder.scenario("quiet", "");
  const auto unknown = load_scenario(folder.place(), "quite");
  ASSERT_FALSE(unknown.ok());
  EXPECT_THAT(unknown.error().text(), HasSubstr("did you mean 'quiet'?"));
  folder.write("scenarios/other.toml",
               "kind = \"scenario\"\nname = \"other\"\n[bench]\nkiln = \"k\"\nrecipe = \"r\"\n"
               "control = \"e\"\n");
  const auto control = load_scenario(folder.place(), "other");
  ASSERT_FALSE(control.ok());
  EXPECT_THAT(control.error().text(), HasSubstr("bench.control: \"e\": no file"));
  EXPECT_THAT(control.error().text(), HasSubstr("there are: c, d"));
  EXPECT_THAT(load_suite(folder.place(), "smoke").error().text(), HasSubstr("there is no suite"));
}

}  // namespace
}  // namespace saggar::scenario
