// The example of hil/report/README.md, and that it is this one.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "hil/report/json.hpp"
#include "tests/hil/report/markup.hpp"

namespace {

std::string content(const std::filesystem::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

/// Lines without what indents them.
std::string flush_left(const std::string& text) {
  std::istringstream in(text);
  std::string out;
  for (std::string line; std::getline(in, line);) {
    out += line.substr(std::min(line.find_first_not_of(' '), line.size())) + "\n";
  }
  return out;
}

TEST(Example, WritesAPageAndItsJson) {
  const std::filesystem::path folder = testing::TempDir();
  // clang-format off
  // example begins
  using namespace saggar::report;

  Table checks{"Checks", {{"Quantity"}, {"Expected", "degC", 1}, {"Model", "degC", 1}}};
  checks.rows.push_back({{"Core after 6 h", 236.0, 231.4}, Verdict::pass});

  LineChart heat_up;
  heat_up.title = "Heat-up of saggar 17";
  heat_up.x = {"Time", "h"};
  heat_up.y = {"Temperature", "degC"};
  heat_up.series.push_back({"core, model", {0, 3, 6}, {25, 140, 231.4}});
  heat_up.series.push_back({"core, measured", {0, 6}, {25, 236}, Side::left, Mark::points});
  heat_up.lines.push_back({250, "limit"});

  Page page{"Validation", "NCM811, plant A", "2025-11-03"};
  page.sections.push_back({"Drying", {Paragraph{"One check."}, checks, heat_up}});

  std::ofstream(folder / "validation.html") << html(page);
  std::ofstream(folder / "validation.json") << json(page);
  // example ends
  // clang-format on
  EXPECT_EQ(test::faults_of(content(folder / "validation.html")), "");
  EXPECT_NE(content(folder / "validation.json").find("\"expected_degC\": 236"), std::string::npos);
}

TEST(Example, IsTheOneInTheReadme) {
  const std::filesystem::path root = SAGGAR_SOURCE_DIR;
  const std::string source = content(root / "tests/hil/report/example_test.cpp");
  const std::string begin = "// example begins\n", end = "  // example ends";
  const std::size_t from = source.find(begin) + begin.size();
  const std::string example = flush_left(source.substr(from, source.find(end) - from));
  EXPECT_NE(content(root / "hil/report/README.md").find(example), std::string::npos) << example;
}

}  // namespace
