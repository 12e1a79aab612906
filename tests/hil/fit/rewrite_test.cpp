#include "hil/fit/rewrite.hpp"

#include <gmock/gmock.h>

#include <sstream>

#include "hil/fit/figures.hpp"
#include "runtime/config/load.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {
namespace {

using ::testing::HasSubstr;
using Figures = std::map<std::string, config::Figure>;

std::string shipped(const std::string& path) {
  return config::read_file(std::string(SAGGAR_SOURCE_DIR) + "/configs/" + path).value();
}
std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}
const config::Figure kPorosity{0.71, "fitted to \"a\\b.csv\"", config::Grade::D, 0.01};

TEST(Rewrite, ChangesTheFiguresAndNotOneOtherCharacter) {
  const std::string before = shipped("material/ncm811.toml");
  const auto made = rewrite_material("ncm811.toml", before, {{"powder.porosity", kPorosity}});
  ASSERT_TRUE(made.ok()) << made.error().text();
  const auto a = lines_of(before), b = lines_of(made.value());
  ASSERT_EQ(a.size(), b.size());
  int changed = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] == b[i]) continue;
    ++changed;
    EXPECT_EQ(b[i],
              "porosity = { value = 0.71, uncertainty = 0.01, source = \"fitted to "
              "\\\"a\\\\b.csv\\\"\", grade = \"D\" }");
  }
  EXPECT_EQ(changed, 1);
  EXPECT_EQ(
      config::load_text<kiln::MaterialFigures>("x", made.value()).value().powder.porosity.source,
      kPorosity.source);
}

// A doubt that is not in the file is forgotten as soon as the terminal is closed.
TEST(Rewrite, DoubtsAndWhatTheDataCannotTellStandAtTheTopAsComments) {
  Outcome outcome;
  outcome.estimates.push_back({"powder.porosity", 0.67, 0.71, 0.7, 0.72, 0.5, 0.9, false});
  outcome.doubts = {"a.csv, mass_percent: follows itself\nbadly"};
  outcome.unknown = {"the data say nothing of growth.factor_per_s"};
  const std::string before = shipped("material/ncm811.toml");
  const auto made = rewrite_material("ncm811.toml", before, {{"powder.porosity", kPorosity}},
                                     remarks_of(outcome, "a.csv"));
  ASSERT_TRUE(made.ok()) << made.error().text();
  const auto lines = lines_of(made.value());
  EXPECT_EQ(lines[0], "# Fitted to a.csv: powder.porosity.");
  EXPECT_EQ(lines[1], "# Doubt: a.csv, mass_percent: follows itself badly.");
  EXPECT_EQ(lines[2], "# Cannot tell: the data say nothing of growth.factor_per_s.");
  EXPECT_EQ(lines[3], lines_of(before)[0]);
  outcome.doubts.clear();
  outcome.unknown.clear();
  EXPECT_THAT(remarks_of(outcome, "a.csv"), ::testing::Contains("No doubts."));
}

TEST(Rewrite, FindsFiguresHoweverTheFileSpellsThem) {
  std::string text = shipped("material/ncm811.toml");
  const auto porosity = text.find("porosity = "), end = text.find('\n', porosity);
  for (const char* spelled :
       {"porosity = {value=0.67,source='a'}",
        "\"porosity\"  =  { source = \"a\", value = 0.67 } # a remark, with { and \"",
        "porosity = { source = 'a } b # \" c', value = 0.67 } # é"}) {
    std::string own = text;
    own.replace(porosity, end - porosity, spelled);
    const auto made = rewrite_material("a.toml", own, {{"powder.porosity", kPorosity}});
    ASSERT_TRUE(made.ok()) << spelled << ": " << made.error().text();
    EXPECT_THAT(made.value(), HasSubstr("value = 0.71"));
    const std::string remark(spelled);
    if (remark.find("# a") != std::string::npos) {
      EXPECT_THAT(made.value(), HasSubstr("} # a remark, with { and \"\n"));
    }
  }
}

TEST(Rewrite, RefusesAFigureThatStandsAsATableOfItsOwn) {
  std::string text = shipped("material/ncm811.toml");
  const auto porosity = text.find("porosity = "), end = text.find('\n', porosity);
  text.erase(porosity, end + 1 - porosity);
  text += "\n[powder.porosity]\nvalue = 0.67\nsource = \"a\"\n";
  const auto made = rewrite_material("a.toml", text, {{"powder.porosity", kPorosity}});
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().text(),
              HasSubstr("porosity = { value = 1.0, source = \"a book\" } would be right"));
}

TEST(Rewrite, RefusesWhatTheFileMayNotHoldOrHasNot) {
  const std::string text = shipped("material/ncm811.toml");
  EXPECT_THAT(
      rewrite_material("a.toml", text, {{"powder.porosity", {1.5, "", config::Grade::D, 0}}})
          .error()
          .text(),
      HasSubstr("would not load any more"));
  EXPECT_THAT(rewrite_material("a.toml", text, {{"powder.colour", kPorosity}}).error().text(),
              HasSubstr("has no figure powder.colour"));
  EXPECT_THAT(rewrite_material("a.toml", "kind = 3", {}).error().text(), HasSubstr("a.toml:1"));
}

TEST(Rewrite, APlantFileNamesItsMaterialAnew) {
  const std::string text = shipped("kiln/p2.plant.toml");
  const config::Figure factor{1.2, "fitted to a.csv", config::Grade::D, 0.02};
  const auto made =
      rewrite_plant("p2.plant.toml", text, {{"bed.conductivity_factor", factor}}, "own.toml");
  ASSERT_TRUE(made.ok()) << made.error().text();
  EXPECT_THAT(made.value(), HasSubstr("\nmaterial = \"own.toml\"\n"));
  const auto as_it_stands = rewrite_plant("p2", text, {{"bed.conductivity_factor", factor}}, "");
  EXPECT_THAT(as_it_stands.value(), HasSubstr("\nmaterial = \"../material/ncm811.toml\"\n"));
}

// 130 to 142 kJ/mol is 6000 either way, so 136000.12 is known to no more than 136000. The factor
// keeps its uncertainty as a share.
TEST(Rewrite, AFittedFigureSaysWhereItComesFrom) {
  const auto before = kiln::small_params();
  Outcome outcome;
  outcome.plant = before;
  outcome.plant.powder.hydroxide.factor_per_s.value *= 2;
  outcome.estimates = {
      {"hydroxide.energy_J_per_mol", 134e3, 136000.123456, 130000, 142000, 0, 0, false}};
  const Figures figures = fitted_figures(before, outcome, "own.csv");
  const config::Figure& energy = figures.at("hydroxide.energy_J_per_mol");
  EXPECT_EQ(energy.value, 136000);
  EXPECT_EQ(energy.uncertainty, 6000);
  EXPECT_EQ(energy.source, "fitted to own.csv; before: 134000, CARNEY2015");
  EXPECT_EQ(energy.grade, config::Grade::D);
  const config::Figure& factor = figures.at("hydroxide.factor_per_s");
  EXPECT_EQ(factor.value, 2 * 1.27e10);
  EXPECT_EQ(factor.uncertainty, 2 * 4.0e9);
  EXPECT_THAT(factor.source, HasSubstr("moved with hydroxide.energy_J_per_mol"));
}

}  // namespace
}  // namespace saggar::fit
