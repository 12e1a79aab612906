// A QA engineer's first hour (docs/qa/first-hour.md): its files are written, its commands run as
// they stand, and what it promises of them is looked at.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include <unistd.h>

#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

/// The blocks of a page that are written as TOML.
std::vector<std::string> files_of(const std::string& page) {
  std::vector<std::string> out;
  std::istringstream lines(page);
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.rfind("```", 0) == 0) {
      inside = line == "```toml";
      if (inside) out.emplace_back();
    } else if (inside) {
      out.back() += line + "\n";
    }
  }
  return out;
}

class FirstHour : public ::testing::Test {
 protected:
  FirstHour() : page_(text_of(SAGGAR_SOURCE_DIR "/docs/qa/first-hour.md")) {
    fs::remove_all(folder_);
    const auto files = files_of(page_);
    if (files.size() != 2) throw std::runtime_error("the page has two files");
    write("break.toml", files[0]);
    write("configs/suites/first.toml", files[1]);
  }
  ~FirstHour() override { fs::remove_all(folder_); }
  /// The page as it stands, but in a folder of the test and with the programs of this build.
  std::string here(std::string command) const {
    command =
        std::regex_replace(command, std::regex("build/release/bin"), SAGGAR_BINARY_DIR "/bin");
    return std::regex_replace(command, std::regex("var/qa"), folder_.string());
  }
  void write(const std::string& name, const std::string& text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }
  static std::string hash_of(const std::string& text) {
    std::smatch match;
    return std::regex_search(text, match, std::regex("hash ([0-9a-f]{16})")) ? match[1].str() : "";
  }
  const std::string page_;
  const fs::path folder_ =
      fs::temp_directory_path() / ("saggar-first-hour-" + std::to_string(::getpid()));
};

TEST_F(FirstHour, GoesAsThePageSays) {
  std::vector<Said> said;
  for (const std::string& command : commands_of(page_)) said.push_back(shell(here(command)));
  ASSERT_EQ(said.size(), 13U);
  enum { list, show, check, run, wire, copy, first, accept, again, break_, broken, part, replay };
  for (const int i : {list, show, check, run, wire, copy, accept, again, break_, replay}) {
    EXPECT_EQ(said[static_cast<std::size_t>(i)].code, 0) << said[static_cast<std::size_t>(i)].text;
  }
  EXPECT_THAT(said[list].text, HasSubstr("premerge"));
  EXPECT_THAT(said[run].text, HasSubstr("break: PASSED, 1 of 1 cases passed"));
  EXPECT_EQ(hash_of(said[wire].text), hash_of(said[run].text)) << said[wire].text;
  EXPECT_EQ(said[first].code, 1) << "nothing is accepted yet";
  EXPECT_THAT(said[first].text, HasSubstr("first: FAILED, 3 of 3 cases passed"));
  EXPECT_THAT(said[first].text, HasSubstr("accepted baseline: required one, by"));
  EXPECT_THAT(said[accept].text, HasSubstr("accepted: "));
  EXPECT_THAT(said[again].text, HasSubstr("first: PASSED"));
  EXPECT_EQ(said[broken].code, 1) << said[broken].text;
  EXPECT_THAT(said[broken].text, HasSubstr("setpoint left its tube"));
  EXPECT_THAT(said[broken].text, HasSubstr("earlier results: now in "));
  EXPECT_TRUE(fs::exists(folder_ / "out/first.previous/report.html"));
  EXPECT_THAT(said[part].text, HasSubstr("1 of 1 cases passed"));
  EXPECT_THAT(said[replay].text, HasSubstr("identical"));
  for (const char* file : {"report.html", "report.ko.html", "junit.xml", "summary.json"}) {
    EXPECT_TRUE(fs::exists(folder_ / "out/first" / file)) << file;
  }
}

}  // namespace
}  // namespace saggar::app
