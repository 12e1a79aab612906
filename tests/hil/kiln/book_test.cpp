// The book's tables of figures are those of the shipped files. To renew them:
//   SAGGAR_WRITE_GENERATED=1 build/release/tests/kiln_test --gtest_filter='Book.*'
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

/// One row per figure: key, value, uncertainty, source, grade.
class Rows final : public config::Visitor {
 public:
  std::string rows;

 protected:
  void figure(std::string_view key, config::Figure& f, const config::Spec&) override {
    row(key, shown(f.value), f);
  }
  void figures(std::string_view key, config::Figures& f, const config::Spec&) override {
    std::string list;
    for (const double v : f.value) list += (list.empty() ? "" : ", ") + shown(v);
    row(key, list, f);
  }
  void number(std::string_view, double&, const config::Spec&) override {}
  void integer(std::string_view, std::int64_t&, const config::Spec&) override {}
  void flag(std::string_view, bool&, const config::Spec&) override {}
  void text(std::string_view, std::string&, const config::Spec&) override {}
  void choice(std::string_view, int&, config::Names, const config::Spec&) override {}
  void numbers(std::string_view, std::vector<double>&, const config::Spec&) override {}
  void integers(std::string_view, std::vector<std::int64_t>&, const config::Spec&) override {}
  void texts(std::string_view, std::vector<std::string>&, const config::Spec&) override {}
  void choices(std::string_view, std::vector<int>&, config::Names, const config::Spec&) override {}
  void parameters(std::string_view, config::Parameters&, const config::Spec&) override {}
  bool enter(std::string_view key, const config::Spec&) override {
    lengths_.push_back(path_.size());
    path_ += std::string(key) + '.';
    return true;
  }
  void leave() override {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }
  std::size_t begin_list(std::string_view, std::size_t size, const config::Spec&) override {
    return size;
  }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}
  void end_list() override {}

 private:
  static std::string shown(double value) {
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.6g", value);
    return out.data();
  }
  template <class F>
  void row(std::string_view key, const std::string& value, const F& f) {
    const std::string grade(
        config::Spelling<config::Grade>::names[static_cast<std::size_t>(f.grade)]);
    rows += "| `" + path_ + std::string(key) + "` | " + value + " | " +
            (f.uncertainty > 0 ? shown(f.uncertainty) : "") + " | " + f.source + " | " + grade +
            " |\n";
  }

  std::string path_;
  std::vector<std::size_t> lengths_;
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
