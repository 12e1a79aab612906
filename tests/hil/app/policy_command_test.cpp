// saggar-policy as a person calls it; the lines of docs/engineer/training.md that take seconds.
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

/// A line of the chapter that begins so, its results in a folder of this test.
std::string line_of_chapter(const std::string& begins, const std::string& folder) {
  std::istringstream chapter(text_of(SAGGAR_SOURCE_DIR "/docs/engineer/training.md"));
  for (std::string line; std::getline(chapter, line);) {
    const std::size_t at = line.find(begins);
    if (at != 4) continue;
    line = line.substr(4);
    const std::string built = "build/release/bin/saggar-policy ";
    line.replace(0, built.size(), "");
    for (std::size_t i = 0; (i = line.find("var/training", i)) != std::string::npos;) {
      line.replace(i, 12, folder);
      i += folder.size();
    }
    return line;
  }
  return "there is no such line in the chapter";
}

TEST(PolicyProgram, TheLinesOfTheChapterTrainAndInspect) {
  const std::string folder = ::testing::TempDir() + "policy" + std::to_string(getpid());
  const Said trained =
      run(line_of_chapter("build/release/bin/saggar-policy train tests", folder), "saggar-policy");
  EXPECT_EQ(trained.code, 0) << trained.text;
  EXPECT_THAT(trained.text, AllOf(HasSubstr("round 2: run 2 of 2"), HasSubstr("report.html")));
  const Said seen =
      run(line_of_chapter("build/release/bin/saggar-policy inspect", folder), "saggar-policy");
  EXPECT_EQ(seen.code, 0) << seen.text;
  EXPECT_THAT(seen.text,
              AllOf(HasSubstr("com.saggar.mini 0.1.0"), HasSubstr("every file as listed")));
  const Said packed = run("pack " + folder + "/mini/package", "saggar-policy");
  EXPECT_EQ(packed.code, 0) << packed.text;
  fs::remove_all(folder);
}

TEST(PolicyProgram, WhatIsWrongIsSaidInALineAndIsMisuse) {
  const Said none = run("train nothing-like-it", "saggar-policy");
  EXPECT_EQ(none.code, 2);
  EXPECT_THAT(none.text, HasSubstr("nothing-like-it"));
  const Said no_folder = run("inspect /nowhere", "saggar-policy");
  EXPECT_EQ(no_folder.code, 2);
  EXPECT_THAT(no_folder.text, HasSubstr("/nowhere"));
  const Said word = run("trian heat-p2", "saggar-policy");
  EXPECT_EQ(word.code, 2);
  EXPECT_THAT(word.text, HasSubstr("train"));
  const Said no_package = run("evaluate heat-p2 /nowhere", "saggar-policy");
  EXPECT_EQ(no_package.code, 2);
  EXPECT_THAT(no_package.text, HasSubstr("/nowhere"));
}

TEST(PolicyProgram, TheShippedPolicyIsWholeAndItsControlFileIsRight) {
  const Said seen = run("inspect configs/policies/heat-p2", "saggar-policy");
  EXPECT_EQ(seen.code, 0) << seen.text;
  EXPECT_THAT(seen.text, HasSubstr("every file as listed"));
  const Said checked =
      run("check configs/site/simulated.toml configs/kiln/p2.toml configs/recipes/ncm811-p2.toml "
          "configs/control/policy.toml --plugins " SAGGAR_PLUGIN_DIR,
          "saggar");
  EXPECT_EQ(checked.code, 0) << checked.text;
  EXPECT_THAT(checked.text, HasSubstr("policy com.saggar.heat-p2 1.1.0"));
}

}  // namespace
}  // namespace saggar::app
