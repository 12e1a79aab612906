// Every complaint about a plain field, with its exact place.
#include "runtime/config/binder.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/runtime/config/sample.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> with(const std::string& line) {
  return complaints_of<Sample>(sample_with(line));
}

TEST(Binder, MissingKeysKeepTheDefaultsOfTheStruct) {
  const auto sample = loaded<Sample>("kind = \"sample\"\nname = \"x\"\n");
  EXPECT_EQ(sample.period_s, 1);
  EXPECT_EQ(sample.count, 4);
  EXPECT_EQ(sample.note, "none");
  EXPECT_EQ(sample.colour, Colour::green);
  EXPECT_EQ(sample.power_kW.value, 7);
  EXPECT_EQ(sample.power_kW.source, "default");
  EXPECT_EQ(sample.inner.length_m, 3);
  EXPECT_THAT(sample.inner.items, IsEmpty());
}

TEST(Binder, ReadsEveryKindOfPlainField) {
  const auto sample = loaded<Sample>(sample_with(R"(period_s = 0.5
count = 9
on = true
note = "hello"
colour = "blue"
list_K = [1, 2.5]
zones = [3, 4]
words = ["p", "q"]
colours = ["blue", "red"])"));
  EXPECT_EQ(sample.period_s, 0.5);
  EXPECT_EQ(sample.count, 9);
  EXPECT_TRUE(sample.on);
  EXPECT_EQ(sample.note, "hello");
  EXPECT_EQ(sample.colour, Colour::blue);
  EXPECT_THAT(sample.list_K, ElementsAre(1, 2.5));
  EXPECT_THAT(sample.zones, ElementsAre(3, 4));
  EXPECT_THAT(sample.words, ElementsAre("p", "q"));
  EXPECT_THAT(sample.colours, ElementsAre(Colour::blue, Colour::red));
}

TEST(Binder, AnIntegerLiteralIsRightForANumber) {
  EXPECT_EQ(loaded<Sample>(sample_with("period_s = 30")).period_s, 30.0);
}

TEST(Binder, AFractionIsWrongForAWholeNumber) {
  EXPECT_THAT(with("count = 3.0"),
              ElementsAre("3:9: count: found the number 3.0, needs a whole number"));
}

TEST(Binder, ARequiredKeyThatIsMissingIsNamedWithWhatItMeans) {
  EXPECT_THAT(complaints_of<Sample>("kind = \"sample\"\n"),
              ElementsAre("1:1: missing key 'name': the name"));
}

TEST(Binder, ARequiredTextMustNotBeEmpty) {
  EXPECT_THAT(complaints_of<Sample>("kind = \"sample\"\nname = \"\"\n"),
              ElementsAre("2:8: name: must not be empty"));
}

TEST(Binder, AnUnknownKeyIsNamedWithTheNearest) {
  EXPECT_THAT(with("colur = \"red\""),
              ElementsAre("3:1: unknown key 'colur'; did you mean 'colour'?"));
}

TEST(Binder, AnUnknownKeyNearNothingListsWhatIsKnown) {
  const auto list = with("zzzzzzzzzz = 1");
  ASSERT_EQ(list.size(), 1U);
  EXPECT_THAT(list[0], testing::StartsWith("3:1: unknown key 'zzzzzzzzzz'; known here: kind, name, "
                                           "period_s, limit_s, "));
}

TEST(Binder, AKeyInAnotherUnitIsToldApartAndTheRightKeyNamed) {
  EXPECT_THAT(with("period_ms = 1000"),
              ElementsAre("3:1: unknown key 'period_ms': wrong unit ms; write 'period_s', the "
                          "figure in s"));
  EXPECT_THAT(with("power_W = 7000"), ElementsAre("3:1: unknown key 'power_W': wrong unit W; write "
                                                  "'power_kW', the figure in kW"));
}

TEST(Binder, AKeyWithoutItsUnitIsToldWhichUnit) {
  EXPECT_THAT(with("period = 1"), ElementsAre("3:1: unknown key 'period': it lacks its unit; write "
                                              "'period_s', the figure in s"));
}

TEST(Binder, AWrongTypeSaysWhatWasFoundAndWhatIsNeeded) {
  EXPECT_THAT(with("period_s = \"1 s\""),
              ElementsAre("3:12: period_s: found the text \"1 s\", needs a number in s"));
  EXPECT_THAT(with("on = 1"), ElementsAre("3:6: on: found the number 1, needs true or false"));
  EXPECT_THAT(with("note = true"), ElementsAre("3:8: note: found true, needs a text in quotes"));
  EXPECT_THAT(with("words = \"a\""),
              ElementsAre("3:9: words: found the text \"a\", needs an array of texts"));
  EXPECT_THAT(with("list_K = 3"),
              ElementsAre("3:10: list_K: found the number 3, needs an array of numbers in K"));
  EXPECT_THAT(with("free = 2020-01-01"),
              ElementsAre("3:8: free: found a date or time, needs a number"));
  EXPECT_THAT(with("free = {}"), ElementsAre("3:8: free: found a table, needs a number"));
  EXPECT_THAT(with("colour = 3"),
              ElementsAre("3:10: colour: found the number 3, needs one of red, green, blue in "
                          "quotes"));
}

TEST(Binder, OutOfRangeSaysTheRangeInTheUnit) {
  EXPECT_THAT(with("period_s = 61"),
              ElementsAre("3:12: period_s: found 61, right is 0.01 to 60 s"));
  EXPECT_THAT(with("limit_s = -1"), ElementsAre("3:11: limit_s: found -1, right is at least 0 s"));
  EXPECT_THAT(with("count = 0"), ElementsAre("3:9: count: found 0, right is 1 to 65535"));
}

TEST(Binder, AWholeNumberMustFitItsMember) {
  EXPECT_THAT(with("count = 65536"), ElementsAre("3:9: count: found 65536, right is 1 to 65535"));
  EXPECT_THAT(with("count = 9223372036854775807"),
              ElementsAre("3:9: count: found 9223372036854775807, right is 1 to 65535"));
}

TEST(Binder, TheEndsOfARangeAreInside) {
  EXPECT_EQ(loaded<Sample>(sample_with("period_s = 0.01")).period_s, 0.01);
  EXPECT_EQ(loaded<Sample>(sample_with("period_s = 60")).period_s, 60);
}

TEST(Binder, NonFiniteNumbersAreRefusedUnlessTheFieldSaysSo) {
  EXPECT_THAT(with("free = inf"), ElementsAre("3:8: free: found inf, right is any finite number"));
  EXPECT_THAT(with("free = nan"), ElementsAre("3:8: free: found nan, right is any finite number"));
  EXPECT_TRUE(std::isinf(loaded<Sample>(sample_with("limit_s = inf")).limit_s));
}

TEST(Binder, NotANumberIsRefusedEverywhere) {
  EXPECT_THAT(with("limit_s = nan"),
              ElementsAre("3:11: limit_s: found nan, right is at least 0 s"));
}

TEST(Binder, AnUnknownChoiceIsNamedWithTheNearest) {
  EXPECT_THAT(
      with("colour = \"gren\""),
      ElementsAre("3:10: colour: found the text \"gren\", right is one of red, green, blue; "
                  "did you mean 'green'?"));
}

TEST(Binder, EntriesOfArraysAreNamedAtTheirOwnPlace) {
  EXPECT_THAT(with("list_K = [1, 9, \"a\"]"),
              ElementsAre("3:14: list_K: found 9, right is -5 to 5 K",
                          "3:17: list_K: found the text \"a\", needs a number in K"));
  EXPECT_THAT(with("zones = [1,\n  65]"), ElementsAre("4:3: zones: found 65, right is 1 to 64"));
  EXPECT_THAT(with("words = [\"a\", 2]"),
              ElementsAre("3:15: words: found the number 2, needs a text in quotes"));
  EXPECT_THAT(with("colours = [\"red\", \"pink\"]"),
              ElementsAre("3:19: colours: found the text \"pink\", right is one of red, green, "
                          "blue"));
}

TEST(Binder, TheNumberOfEntriesIsBounded) {
  EXPECT_THAT(with("zones = [1, 2, 3, 4]"),
              ElementsAre("3:9: zones: found 4 entries, right is 0 to 3"));
  EXPECT_THAT(with("colours = []"), ElementsAre("3:11: colours: found 0 entries, right is 1 to 3"));
}

TEST(Binder, TextsAreBounded) {
  EXPECT_THAT(with("note = \"" + std::string(1025, 'a') + "\""),
              ElementsAre("3:8: note: a text has at most 1024 bytes and no NUL"));
  EXPECT_THAT(with("note = \"a\\u0000b\""),
              ElementsAre("3:8: note: a text has at most 1024 bytes and no NUL"));
}

TEST(Binder, AllComplaintsOfAFileAreCollectedInOrderOfPlace) {
  EXPECT_THAT(complaints_of<Sample>("kind = \"sample\"\nperiod_ms = 5\ncount = 0\n"
                                    "[inner]\nlength_m = 9\n"),
              ElementsAre("1:1: missing key 'name': the name",
                          "2:1: unknown key 'period_ms': wrong unit ms; write 'period_s', the "
                          "figure in s",
                          "3:9: count: found 0, right is 1 to 65535",
                          "5:12: length_m: found 9, right is 1 to 5 m"));
}

TEST(Binder, ColumnsCountCharactersNotBytes) {
  EXPECT_THAT(with("words = [\"가마\", 1]"),
              ElementsAre("3:16: words: found the number 1, needs a text in quotes"));
}

}  // namespace
}  // namespace saggar::config
