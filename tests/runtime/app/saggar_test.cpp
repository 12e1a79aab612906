// The real program, with commands that need no kiln and no runtime: arguments reach the commands.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace saggar {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const std::string kConfigs = std::string(SAGGAR_SOURCE_DIR) + "/configs/";
const std::string kPlugins = SAGGAR_PLUGIN_DIR;

struct Output {
  int code = -1;
  std::string text;
};

/// Runs a command line; both streams together.
Output saggar(const std::string& arguments) {
  Output out;
  FILE* pipe = ::popen((SAGGAR_BINARY_DIR "/bin/saggar " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  std::size_t n = 0;
  while ((n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    out.text.append(buffer.data(), n);
  }
  const int status = ::pclose(pipe);
  out.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

class SaggarTest : public ::testing::Test {
 protected:
  SaggarTest()
      : folder_(fs::temp_directory_path() / ("saggar-test-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~SaggarTest() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(SaggarTest, TheFourFilesOfARunAreCheckedTogetherWithTheirPlugins) {
  const std::string files = kConfigs + "site/simulated.toml " + kConfigs + "kiln/p2.toml " +
                            kConfigs + "recipes/ncm811-p2.toml " + kConfigs + "control/pid.toml";
  // The files may follow the folder, and there may be more than one folder.
  for (const std::string& arguments : {"--plugins " + kPlugins + " " + files,
                                       "--plugins /nowhere --plugins " + kPlugins + " " + files,
                                       files + " --plugins " + kPlugins, files}) {
    const Output out = saggar("check " + arguments);
    EXPECT_EQ(out.code, 0) << arguments << ": " << out.text;
    EXPECT_THAT(out.text, HasSubstr("together: ok"));
  }
}

TEST_F(SaggarTest, PluginsSayWhetherTheyBindToAKiln) {
  const Output out =
      saggar("plugins " + kPlugins + "/saggar-pid-trim.so --kiln " + kConfigs + "kiln/p2.toml");
  EXPECT_EQ(out.code, 0) << out.text;
  EXPECT_THAT(out.text, HasSubstr("heat of kiln 'p2': binds"));
  // The heaters of this kiln take no power from outside.
  const Output folder = saggar("plugins " + kPlugins + " --kiln " + kConfigs + "kiln/p2.toml");
  EXPECT_EQ(folder.code, 2);
  EXPECT_THAT(folder.text, HasSubstr("refused  saggar-pid-power.so: port 'power': pattern "
                                     "'zone*.*.power' matches no tag of kiln 'p2'"));
}

// Whatever is wrong with a command line: 2, in both programs (tests/hil/app/saggar_hil_test.cpp).
TEST_F(SaggarTest, AMisusedCommandLineIsTwoAndSaysWhatWasMeant) {
  const auto said = [](const std::string& arguments) {
    const Output out = saggar(arguments);
    EXPECT_EQ(out.code, 2) << arguments << ": " << out.text;
    return out.text;
  };
  EXPECT_EQ(said("kiln --acount x.csv"),
            "saggar kiln: there is no option '--acount'; did you mean '--account'?\n");
  EXPECT_EQ(said("run --jurnal=none"),
            "saggar run: there is no option '--jurnal'; did you mean '--journal'?\n");
  EXPECT_EQ(said("kiln -q"),
            "saggar kiln: there is no option '-q'; all of them: saggar kiln --help\n");
  EXPECT_EQ(said("--versio"), "saggar: there is no option '--versio'; did you mean '--version'?\n");
  EXPECT_EQ(said("klin"), "saggar: there is no command 'klin'; did you mean 'kiln'?\n");
  EXPECT_THAT(said("kiln --speed 0"), HasSubstr("'0' is outside its limits"));
  EXPECT_THAT(said("kiln --seed many"), HasSubstr("--seed"));
  EXPECT_THAT(said("recover"), HasSubstr("required"));
  EXPECT_THAT(said("gate"), HasSubstr("required"));
  EXPECT_THAT(said("gate x.journal --block 1"), HasSubstr("60 to 1000000000 s would be right"));
  EXPECT_THAT(said("gate /nowhere.journal"), HasSubstr("/nowhere.journal"));
  EXPECT_THAT(said(""), HasSubstr("subcommand is required"));
  EXPECT_EQ(saggar("kiln --help").code, 0);
  EXPECT_EQ(saggar("--version").code, 0);
}

// The run would take its time; what it cannot write it says before.
TEST_F(SaggarTest, AKilnOrARunThatCouldNotWriteItsFilesDoesNotBegin) {
  const std::string old = (folder_ / "old").string();
  std::ofstream(old) << "mine";
  for (const std::string& arguments :
       {"kiln --for 1 --account " + old, "kiln --for 1 --save " + old,
        "run --for 1 --summary " + old}) {
    const Output out = saggar(arguments);
    EXPECT_EQ(out.code, 2) << arguments << ": " << out.text;
    EXPECT_THAT(out.text,
                HasSubstr(old + ": is there already; another name, or --force to replace"));
  }
  EXPECT_EQ(text_of(old), "mine");
  EXPECT_THAT(saggar("kiln --account ''").text, HasSubstr("is empty"));
}

TEST_F(SaggarTest, SchemasOfAllKindsAreTheShippedOnes) {
  ASSERT_EQ(saggar("schema " + folder_.string()).code, 0);
  for (const std::string kind :
       {"site", "kiln", "recipe", "control", "plant", "material", "scenario", "baseline"}) {
    const std::string name = kind + ".schema.json";
    EXPECT_FALSE(text_of(folder_ / name).empty()) << kind;
    EXPECT_EQ(text_of(folder_ / name), text_of(kConfigs + "schema/" + name)) << kind;
  }
}

}  // namespace
}  // namespace saggar
