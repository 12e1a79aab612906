// The book's tables of figures are those of the shipped files. To renew them:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/kiln_test --gtest_filter='Book.*'
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "runtime/config/figure_visitor.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

/// One row per figure: key, value, uncertainty, source, grade.
class Rows final : public config::FigureVisitor {
 public:
  std::string rows;

 private:
  void see(const std::string& path, config::Figure& f, const config::Spec&) override {
    row(path, shown(f.value), f);
  }
  void see(const std::string& path, config::Figures& f, const config::Spec&) override {
    std::string list;
    for (const double v : f.value) list += (list.empty() ? "" : ", ") + shown(v);
    row(path, list, f);
  }
  static std::string shown(double value) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.6g", value);
    return out.data();
  }
  template <class F>
  void row(const std::string& path, const std::string& value, const F& f) {
    const std::string grade(
        config::Spelling<config::Grade>::names[static_cast<std::size_t>(f.grade)]);
    rows += "| `" + path + "` | " + value + " | " +
            (f.uncertainty > 0 ? shown(f.uncertainty) : "") + " | " + f.source + " | " + grade +
            " |\n";
  }
};

std::string chapter() {
  std::string out =
      "# Figures of the simulated kilns and materials\n\nGenerated from `configs/kiln` and "
      "`configs/material`; the unit is the end of each key, the uncertainty its half "
      "width.\nGrades: "
      "R read in its source, D derived, M remembered, E estimated. What they mean: `kiln.md`.\n";
  const std::string head =
      "\n| key | value | +- | source | grade |\n| --- | --- | --- | --- | --- |\n";
  for (const std::string name : {"p1", "p2"}) {
    auto plant = plant_or_throw("kiln/" + name + ".plant.toml");
    Rows of;
    plant.visit(of);
    out += "\n## Plant " + name + ": " + plant.description + "\n" + head + of.rows;
  }
  auto rotary = plant_or_throw("kiln/p2-rotary.plant.toml");
  Rows of_tube;
  rotary.precalciner.front().visit(of_tube);
  out += "\n## Pre-calciner of p2-rotary, the rest is p2\n" + head + of_tube.rows;
  for (const std::string name : {"ncm811", "ncm622", "ncm622-carbonate", "ni90", "nca", "lno"}) {
    auto material = load_or_throw<MaterialFigures>("material/" + name + ".toml");
    Rows of;
    material.visit(of);
    out += "\n## Material " + name + ": " + material.description + "\n" + head + of.rows;
  }
  return out;
}

TEST(Book, ItsTablesOfFiguresAreThoseOfTheShippedFiles) {
  const std::string path = SAGGAR_SOURCE_DIR "/docs/engineer/figures.md";
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) std::ofstream(path) << chapter();
  const auto text = config::read_file(path);
  ASSERT_TRUE(text.ok()) << text.error().text();
  EXPECT_EQ(text.value(), chapter()) << "renew it: see the top of this file";
}

}  // namespace
}  // namespace saggar::kiln
