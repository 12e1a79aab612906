// The program as a person calls it.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

using ::testing::HasSubstr;

TEST(SaggarHil, ValidatesAndLeavesAPageAndItsRows) {
  const std::string html = ::testing::TempDir() + "rows.html";
  const std::string json = ::testing::TempDir() + "rows.json";
  for (const std::string& file : {html, json}) std::filesystem::remove(file);
  const std::string files = " --html " + html + " --json " + json;
  const Said said = run("validate --quick --material ncm811" + files);
  EXPECT_EQ(said.code, 0) << said.text;
  EXPECT_THAT(said.text, HasSubstr("wrote " + html + " ("));
  EXPECT_THAT(said.text, HasSubstr("wrote " + json + " ("));
  // A second time, in no time: nothing is computed.
  const Said again = run("validate" + files);
  EXPECT_EQ(again.code, 2);
  EXPECT_EQ(again.text, html +
                            ": is there already; another name, or --force to replace it, would be "
                            "right\n");
  EXPECT_THAT(said.text, HasSubstr(" 0 miss, "));
  EXPECT_THAT(text_of(html), HasSubstr("<title>Validation of the kiln"));
  EXPECT_THAT(text_of(json), HasSubstr("\"verdict\": \"misfit\""));
}

// Every command of the page does what the page says, quickly, and beside the tree.
TEST(SaggarHil, DoesWhatItsPageSays) {
  const auto commands = commands_of(text_of(SAGGAR_SOURCE_DIR "/docs/qa/validate.md"));
  ASSERT_EQ(commands.size(), 3U);
  for (std::string command : commands) {
    ASSERT_EQ(command.rfind("saggar-hil ", 0), 0U) << command;
    command = command.substr(11);
    for (const char* file : {"validate.html", "validate.json"}) {
      const auto at = command.find(file);
      if (at == std::string::npos) continue;
      std::filesystem::remove(::testing::TempDir() + file);
      command.insert(at, ::testing::TempDir());
    }
    if (command.find("--quick") == std::string::npos) command += " --quick";
    const Said said = run(command);
    EXPECT_EQ(said.code, 0) << command << ": " << said.text;
    if (command.find("--data") == std::string::npos) continue;
    EXPECT_THAT(said.text, HasSubstr("tga.csv, mass_percent, model less measured: 101 points"));
    EXPECT_THAT(said.text, HasSubstr("thermocouples.csv, temperature_3_degC"));
  }
}

TEST(SaggarHil, RefusesAMeasuredSeriesWithItsPlace) {
  const std::string path = ::testing::TempDir() + "wrong.csv";
  std::ofstream(path) << "# kind: tga\n# li_per_m: much\n";
  const Said said = run("validate --data " + path);
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text, HasSubstr("wrong.csv:2:13: li_per_m is 'much'"));
}

TEST(SaggarHil, SaysWhatWouldBeRight) {
  const Said unknown = run("validate --quick --material ncm999");
  EXPECT_EQ(unknown.code, 2);
  EXPECT_THAT(unknown.text, HasSubstr("there are lno, nca"));
  EXPECT_EQ(run("validate --html ''").code, 2);
  const Said plant = run("validate --quick --plant no.plant.toml");
  EXPECT_EQ(plant.code, 2);
  EXPECT_THAT(plant.text, HasSubstr("no.plant.toml"));
  EXPECT_EQ(run("").code, 2);
  const Said option = run("validate --materal ncm811");
  EXPECT_EQ(option.code, 2);
  EXPECT_EQ(option.text,
            "saggar-hil validate: there is no option '--materal'; did you mean '--material'?\n");
  const Said command = run("validat --quick");
  EXPECT_EQ(command.code, 2);
  EXPECT_EQ(command.text, "saggar-hil: there is no command 'validat'; did you mean 'validate'?\n");
  EXPECT_EQ(run("--help").code, 0);
}

}  // namespace
}  // namespace saggar::app
