// `saggar check` and `saggar schema`: what they say, and that `check` says what `run` would.
#include "runtime/app/check_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "runtime/app/run_command.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";

class CheckCommandTest : public ::testing::Test {
 protected:
  CheckCommandTest() : folder_(fs::path(::testing::TempDir()) / ("saggar-check-" + id())) {
    fs::create_directories(folder_);
    options_.files = {kConfigs / "site/test.toml", kConfigs / "kiln/p2.toml",
                      kConfigs / "recipes/ncm811-p2.toml", kConfigs / "control/pid.toml"};
    options_.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  }
  ~CheckCommandTest() override { fs::remove_all(folder_); }
  static std::string id() { return std::to_string(::getpid()); }

  /// A control file with one controller `mine` above the recipe.
  void control(const std::string& plugin, const std::string& more = "") {
    options_.files[3] = folder_ / "control.toml";
    std::ofstream(options_.files[3]) << "kind = \"control\"\nname = \"c\"\n[[controller]]\n"
                                        "name = \"mine\"\nplugin = \""
                                     << plugin << "\"\nduty = \"heat\"\n"
                                     << more << "[ladder.heat]\nrungs = [\"mine\", \"recipe\"]\n";
  }
  std::string checked(int expected) {
    std::ostringstream out;
    EXPECT_EQ(check(options_, config::Kinds::builtin(), out), expected) << out.str();
    return out.str();
  }
  /// What `saggar run` says on standard error about the same files.
  std::string run_says() {
    RunOptions run;
    run.files = {options_.files[0], options_.files[1], options_.files[2], options_.files[3]};
    run.plugin_dirs = options_.plugin_dirs;
    run.journal = "none";
    run.quiet = true;
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(app::run(run), 1);
    return ::testing::internal::GetCapturedStderr();
  }

  fs::path folder_;
  CheckOptions options_;
};

TEST_F(CheckCommandTest, TheShippedFilesTogetherAreRightAndTheirPluginIsNamed) {
  const std::string said = checked(0);
  EXPECT_THAT(said, HasSubstr("control/pid.toml: ok\n"));
  EXPECT_THAT(said, HasSubstr("together: ok, kiln 'p2' with 1 controller(s)\n  pid: "));
  EXPECT_THAT(said, HasSubstr("saggar-pid-trim.so, version "));
}

TEST_F(CheckCommandTest, AModelThatCannotBeReadIsSaidWhereItIsNamed) {
  control("saggar-mpc-heat", "latency_cycles = 1\nmodel = \"nowhere.model.toml\"\n");
  const std::string said = checked(1);
  EXPECT_THAT(said,
              HasSubstr("control.toml:8:9: model " + (folder_ / "nowhere.model.toml").string()));
  EXPECT_THAT(said, HasSubstr("together: refused"));
  EXPECT_THAT(run_says(), HasSubstr("control.toml:8:9: model "));
}

TEST_F(CheckCommandTest, WhatOnlyRunWouldRefuseIsSaidInTheSameWords) {
  options_.plugin_dirs = {SAGGAR_BINARY_DIR "/zoo", SAGGAR_PLUGIN_DIR};
  const struct {
    const char *plugin, *params, *words;
  } cases[] = {
      {"no-such-plugin", "", "is not in any plugin folder"},
      {"wrong_unit", "", "is in K, but tag zone01.top."},
      {"unknown_port", "", "matches no tag of kiln 'p2'"},
      {"saggar-pid-trim", "[controller.params]\nkpp = 1\n", "kpp"},
      {"saggar-pid-trim", "[controller.params]\nkp = -1e9\n", "kp"},
      {"wrong_major", "", "is made for ABI 2.0"},
  };
  for (const auto& c : cases) {
    control(c.plugin, c.params);
    const std::string said = checked(1);
    EXPECT_THAT(said, HasSubstr("control.toml: ok\n")) << "the file alone is right";
    const std::string last = said.substr(said.find("control.toml: ok\n") + 17);
    EXPECT_THAT(last, HasSubstr(c.words));
    EXPECT_EQ("saggar: " + last, run_says() + "together: refused\n");
  }
}

TEST_F(CheckCommandTest, ARecipeForAnotherKilnIsRefusedTogether) {
  options_.files[2] = kConfigs / "recipes/ncm622-p1.toml";
  EXPECT_THAT(checked(1),
              ::testing::ContainsRegex(
                  "the recipe is for kiln 'p1', this is kiln 'p2'\ntogether: refused\n$"));
}

// What other folders know of files together counts as much as what this one knows.
TEST_F(CheckCommandTest, WhatIsWrongBetweenFilesOfOtherKindsIsSaidAndRefused) {
  options_.between = [](const config::FilesByKind& files, config::Complaints& complaints) {
    complaints.add({files.at("recipe").front().string(), {7, 12}, "material", "of another plant"});
  };
  EXPECT_THAT(checked(1), HasSubstr("ncm811-p2.toml:7:12: of another plant\ntogether: refused\n"));
}

TEST_F(CheckCommandTest, APluginThatCrashesOrHangsHarmsOnlyTheCheckOfIt) {
  options_.plugin_dirs = {SAGGAR_BINARY_DIR "/zoo"};
  control("crashes_when_opened");
  EXPECT_THAT(checked(1), HasSubstr("together: crashed while the controllers were made: signal "));
}

TEST_F(CheckCommandTest, WithoutOneOfEachNothingIsMadeAndPluginsAreRefused) {
  options_.files.pop_back();
  EXPECT_THAT(checked(1), HasSubstr("--plugins: controllers are made from one site, one kiln, one "
                                    "recipe and one control file together; found 0 of kind "
                                    "control\n"));
  options_.plugin_dirs.clear();
  EXPECT_THAT(checked(0), Not(HasSubstr("together")));
}

TEST_F(CheckCommandTest, AWrongFileIsSaidAndNothingIsMadeOfIt) {
  control("wrong_unit", "period_cycles = 0\n");
  const std::string said = checked(1);
  EXPECT_THAT(said, HasSubstr("control.toml:7:17: period_cycles: found 0"));
  EXPECT_THAT(said, Not(HasSubstr("together")));
}

TEST_F(CheckCommandTest, NoSocketAndNoJournalIsOpened) {
  options_.files[0] = folder_ / "site.toml";
  const fs::path journal = folder_ / "plant.journal";
  std::ofstream(options_.files[0])
      << "kind = \"site\"\nname = \"s\"\nplugin_dirs = []\n[journal]\npath = \"" << journal.string()
      << "\"\n[endpoints]\nframes = \"ipc://" << folder_.string()
      << "/frames\"\ncommands = \"ipc://" << folder_.string() << "/commands\"\noperator = \"ipc://"
      << folder_.string() << "/operator\"\nrecords = \"ipc://" << folder_.string()
      << "/records\"\n";
  checked(0);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()), 1)
      << "only the site file itself";
}

TEST_F(CheckCommandTest, SchemasOfEveryKindTheProgramKnowsAreWritten) {
  const fs::path dir = folder_ / "schema";
  config::Kinds kinds = config::Kinds::builtin();
  config::Kind more = *kinds.find("site");
  more.name = "another";
  kinds.add(more);
  EXPECT_EQ(write_schema(dir, kinds), 0);
  for (const char* kind : {"site", "kiln", "recipe", "control", "another"}) {
    EXPECT_GT(fs::file_size(dir / (std::string(kind) + ".schema.json")), 100U) << kind;
  }
}

TEST_F(CheckCommandTest, AFolderThatCannotBeWrittenIsRefused) {
  std::ofstream(folder_ / "file") << "x";
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(write_schema(folder_ / "file" / "inside-a-file", config::Kinds::builtin()), 1);
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("inside-a-file"));
}

}  // namespace
}  // namespace saggar::app
