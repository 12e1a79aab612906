// Results of cases as JSON: what is written is read again, and what is wrong is named.
#include "hil/suite/result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/suite/sample_result.hpp"

namespace saggar::suite {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_result;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what;
  return at == text.npos ? text : text.replace(at, what.size(), by);
}

std::string complaint(const std::string& text) {
  const auto read = read_result("r.json", text);
  return read.ok() ? "" : read.error().text();
}

TEST(Result, WhatIsWrittenIsReadAgain) {
  const std::string text = json(sample_result());
  const auto read = read_result("r.json", text);
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(json(read.value()), text) << "equal values give equal bytes";
  const CaseResult& r = read.value();
  EXPECT_EQ(r.seed, 18446744073709551615U) << "a seed is no double";
  EXPECT_TRUE(std::isnan(r.figures[1].value));
  EXPECT_TRUE(r.figures[2].machine);
  EXPECT_EQ(r.moves[0].reason, "sensor_set_incomplete");
  EXPECT_EQ(r.reached.gates.at("g4_absolute clip"), 3U);
  EXPECT_EQ(r.trace.series[0].values[0], 770.125);
  EXPECT_TRUE(std::isnan(r.trace.series[0].values[1]));
}

TEST(Result, OfABuildThatKnewNoDetailsIsStillRead) {
  CaseResult old = sample_result();
  old.recipe.clear();
  old.details.clear();
  EXPECT_THAT(json(old), Not(HasSubstr("details")));
  EXPECT_THAT(json(old), Not(HasSubstr("\"recipe\"")));
  EXPECT_TRUE(read_result("r", json(old)).ok());
  EXPECT_EQ(read_result("r", json(sample_result())).value().details[0].name, "lot3_off_spec_kg");
}

TEST(Result, NumbersAreWrittenInFull) {
  CaseResult r = sample_result();
  for (const double value : {0.1 + 0.2, 1e-300, -1.7976931348623157e308, 4.9e-324, 1.0 / 3}) {
    r.figures[0].value = value;
    EXPECT_EQ(read_result("r", json(r)).value().figures[0].value, value);
  }
}

TEST(Result, WhatIsNoFiniteNumberIsNull) {
  CaseResult r = sample_result();
  r.figures[0].value = INFINITY;
  EXPECT_THAT(json(r), HasSubstr("\"better\":-1,\"value\":null"));
  EXPECT_THAT(json(r), HasSubstr("[770.125,null,770.3]"));
}

TEST(Result, RepeatableTextLeavesOutWhatDependsOnTheMachine) {
  CaseResult there = sample_result();
  there.seconds = 55;
  there.replay = "/elsewhere/saggar-hil run o2_drop";
  there.figures[2].value = 80;
  EXPECT_NE(json(there), json(sample_result()));
  there.recipe = "ncm622-p1";
  there.details.clear();
  EXPECT_EQ(repeatable_json(there), repeatable_json(sample_result()));
  there.figures[0].value += 1e-12;
  EXPECT_NE(repeatable_json(there), repeatable_json(sample_result()));
}

TEST(Result, TextsMayHoldAnything) {
  CaseResult r = sample_result();
  r.problem = "\"</script>\x01\n\t\\ 킬른 \xF0\x9F\x94\xA5";
  EXPECT_EQ(read_result("r", json(r)).value().problem, r.problem);
  r.problem = "no \xFF UTF-8";
  EXPECT_EQ(read_result("r", json(r)).value().problem, "no \xEF\xBF\xBD UTF-8");
}

TEST(Result, ErrorsNameThePlaceAndWhatIsRight) {
  const std::string good = json(sample_result());
  EXPECT_THAT(complaint("{\n  \"id\": oops"), HasSubstr("r.json:2:"));
  EXPECT_THAT(complaint(""), HasSubstr("r.json:1:1"));
  EXPECT_EQ(complaint("[]"), "r.json: an object with the result of a case is right");
  EXPECT_EQ(complaint("{}"), "r.json: \"id\" is missing");
  EXPECT_EQ(complaint(replaced(good, "\"hours\":72.0", "\"hours\":\"72\"")),
            "r.json: hours: is string, a number or null is right");
  EXPECT_EQ(complaint(replaced(good, "18446744073709551615", "-1")),
            "r.json: seed: a whole number from 0 on is right");
  EXPECT_EQ(complaint(replaced(good, "\"seed\":", "\"sead\":")), "r.json: \"seed\" is missing");
  EXPECT_EQ(complaint(replaced(good, "\"duty\":\"heat\"", "\"duty\":\"heat\",\"x\":1")),
            "r.json: moves[0]: \"x\" is not known here");
  EXPECT_EQ(complaint(replaced(good, "\"held\":true", "\"held\":1")),
            "r.json: checks[1].held: is number, true or false is right");
  EXPECT_EQ(complaint(replaced(good, "\"better\":-1", "\"better\":-2")),
            "r.json: figures[0].better: -1, 0 or 1 is right");
  EXPECT_EQ(complaint(replaced(good, "\"failed\"", "\"perhaps\"")),
            "r.json: outcome: passed, failed, refused or crashed is right");
  EXPECT_THAT(complaint(replaced(good, "\"hours\":72.0", "\"hours\":1e999")),
              HasSubstr("out of range"));
}

TEST(Result, AKeyThatStandsTwiceIsRefused) {
  const std::string good = json(sample_result());
  EXPECT_EQ(complaint(replaced(good, "\"hours\":72.0", "\"hours\":72.0,\"hours\":1.0")),
            "r.json: \"hours\" stands twice in one object");
  EXPECT_EQ(complaint(replaced(good, "\"rung_lost\":1", "\"rung_lost\":1,\"rung_lost\":0")),
            "r.json: \"rung_lost\" stands twice in one object");
}

TEST(Result, DeepNestingIsAnErrorAndNothingElse) {
  EXPECT_FALSE(read_result("r", std::string(1000000, '[')).ok());
  EXPECT_FALSE(read_result("r", std::string(100000, '[') + std::string(100000, ']')).ok());
}

}  // namespace
}  // namespace saggar::suite
