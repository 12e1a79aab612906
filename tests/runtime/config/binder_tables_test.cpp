// Complaints about tables, lists of tables, sourced figures and parameters.
#include <gmock/gmock.h>

#include "runtime/config/binder.hpp"
#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;

std::vector<std::string> with(const std::string& line) {
  return complaints_of<Sample>(sample_with(line));
}

TEST(BinderTables, AFigureMayBeAPlainNumberWithoutSource) {
  const auto sample = loaded<Sample>(sample_with("power_kW = 30"));
  EXPECT_EQ(sample.power_kW.value, 30);
  EXPECT_EQ(sample.power_kW.source, "");
  EXPECT_EQ(sample.power_kW.grade, Grade::none);
}

TEST(BinderTables, AFigureMayCarrySourceAndGrade) {
  const auto sample =
      loaded<Sample>(sample_with("power_kW = { value = 30, source = \"VEND30\", grade = \"R\" }"));
  EXPECT_EQ(sample.power_kW.value, 30);
  EXPECT_EQ(sample.power_kW.source, "VEND30");
  EXPECT_EQ(sample.power_kW.grade, Grade::R);
}

TEST(BinderTables, AFigureMayStateItsUncertaintyWhichSurvivesSaving) {
  const auto sample = loaded<Sample>(
      sample_with("power_kW = { value = 30, uncertainty = 2.5, source = \"s\", grade = \"E\" }"));
  EXPECT_EQ(sample.power_kW.uncertainty, 2.5);
  EXPECT_EQ(loaded<Sample>(save_text(sample)).power_kW.uncertainty, 2.5);
  EXPECT_THAT(with("power_kW = { value = 30, uncertainty = -1 }"),
              ElementsAre("3:40: uncertainty: found -1, right is 0 to 1e+300"));
}

TEST(BinderTables, FiguresMayBeOneOrMany) {
  EXPECT_THAT(loaded<Sample>(sample_with("rated_kW = 4")).rated_kW.value, ElementsAre(4));
  EXPECT_THAT(loaded<Sample>(sample_with("rated_kW = [4, 5.5]")).rated_kW.value,
              ElementsAre(4, 5.5));
  const auto sourced = loaded<Sample>(
      sample_with("rated_kW = { value = [4, 5], source = \"measured\", grade = \"D\" }"));
  EXPECT_THAT(sourced.rated_kW.value, ElementsAre(4, 5));
  EXPECT_EQ(sourced.rated_kW.grade, Grade::D);
  EXPECT_EQ(at(sourced.rated_kW, 1), 5);
  EXPECT_EQ(at(sourced.rated_kW, 2), 0);
  EXPECT_EQ(at(Figures{{9}, "", Grade::none}, 63), 9);
}

TEST(BinderTables, AGradeIsOneOfFourLetters) {
  EXPECT_THAT(with("power_kW = { value = 1, source = \"s\", grade = \"A\" }"),
              ElementsAre("3:47: grade: found the text \"A\", right is one of R, D, M, E"));
  EXPECT_THAT(with("power_kW = { value = 1, grade = \"\" }"),
              ElementsAre("3:33: grade: found the text \"\", right is one of R, D, M, E"));
}

TEST(BinderTables, ASourcedFigureIsCheckedLikeAPlainOne) {
  EXPECT_THAT(with("power_kW = { value = 101 }"),
              ElementsAre("3:22: power_kW: found 101, right is 0 to 100 kW"));
  EXPECT_THAT(with("rated_kW = { value = [1, -1] }"),
              ElementsAre("3:26: rated_kW: found -1, right is 0 to 100 kW"));
  EXPECT_THAT(with("rated_kW = [1, 2, 3, 4]"),
              ElementsAre("3:12: rated_kW: found 4 entries, right is 1 to 3"));
  EXPECT_THAT(with("rated_kW = true"),
              ElementsAre("3:12: rated_kW: found true, needs a number in kW"));
}

TEST(BinderTables, ASourcedFigureNeedsItsValueAndNothingUnknown) {
  EXPECT_THAT(with("power_kW = { source = \"s\", grad = \"R\" }"),
              ElementsAre("3:12: missing key 'value' in power_kW: the figure itself",
                          "3:28: unknown key 'grad'; did you mean 'grade'?"));
}

TEST(BinderTables, ParametersMayDependOnTheTag) {
  const auto sample = loaded<Sample>(
      sample_with("[params]\ngain = 0.4\nti_s = { default = 600, \"zone17.*\" = 900 }\n"
                  "b = { \"zone01.*\" = 1 }"));
  EXPECT_EQ(sample.params.at("gain").value, 0.4);
  EXPECT_TRUE(sample.params.at("gain").has_value);
  EXPECT_EQ(sample.params.at("ti_s").value, 600);
  EXPECT_EQ(sample.params.at("ti_s").by_tag.at("zone17.*"), 900);
  EXPECT_FALSE(sample.params.at("b").has_value);
}

TEST(BinderTables, AParameterIsANumberOrATableOfNumbers) {
  EXPECT_THAT(with("[params]\ngain = \"x\"\nti_s = { default = inf }"),
              ElementsAre("4:8: gain: found the text \"x\", needs a number",
                          "5:20: default: found inf, right is any finite number"));
  EXPECT_THAT(with("params = 3"),
              ElementsAre("3:10: params: found the number 3, needs a table of parameters"));
}

TEST(BinderTables, AValueWhereATableShouldBe) {
  EXPECT_THAT(with("inner = 3"),
              ElementsAre("3:9: inner: found the number 3, needs a table: write [inner]"));
}

TEST(BinderTables, ATableWhereAListOfTablesShouldBe) {
  EXPECT_THAT(with("[inner.item]\nname = \"x\""),
              ElementsAre("3:1: item: found a table, needs a list of tables: write [[item]]"));
}

TEST(BinderTables, EveryElementOfAListIsChecked) {
  EXPECT_THAT(with("[[inner.item]]\nname = \"a\"\n[[inner.item]]\nweight_kg = 11\nweight_g = 1"),
              ElementsAre("5:1: missing key 'name' in inner.item[1]: its name",
                          "6:13: weight_kg: found 11, right is 0 to 10 kg",
                          "7:1: unknown key 'weight_g'; did you mean 'weight_kg'?"));
  EXPECT_THAT(with("[inner]\nitem = [{name = \"a\"}, 5]"),
              ElementsAre("4:23: found the number 5, needs a table"));
}

TEST(BinderTables, AListIsBounded) {
  EXPECT_THAT(with("[inner]\nitem = [{}, {}, {}, {}]"),
              ElementsAre("4:8: item: found 4 entries, right is 0 to 3"));
}

TEST(BinderTables, ElementsKeepDefaultsAndOrder) {
  const auto sample = loaded<Sample>(
      sample_with("[[inner.item]]\nname = \"a\"\n[[inner.item]]\nname = \"b\"\nweight_kg = 3"));
  ASSERT_EQ(sample.inner.items.size(), 2U);
  EXPECT_EQ(sample.inner.items[0].name, "a");
  EXPECT_EQ(sample.inner.items[0].weight_kg, 2);
  EXPECT_EQ(sample.inner.items[1].weight_kg, 3);
}

TEST(BinderTables, AnUnknownTableIsAnUnknownKey) {
  EXPECT_THAT(with("[innner]\nx = 1"),
              ElementsAre("3:2: unknown key 'innner'; did you mean 'inner'?"));
}

}  // namespace
}  // namespace saggar::config
