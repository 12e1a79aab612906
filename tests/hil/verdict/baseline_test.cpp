// Baseline files: saved, read again, and refused when somebody changed them by hand (HI-47).
#include "hil/verdict/baseline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

#include "tests/hil/verdict/sample_baseline.hpp"

namespace saggar::verdict {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_baseline;

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, text.npos) << what << " in\n" << text;
  return at == text.npos ? text : text.replace(at, what.size(), by);
}

std::string complaint(const std::string& text) {
  const auto read = read_baseline("smoke.toml", text);
  return read.ok() ? "" : read.error().text();
}

TEST(Baseline, IsReadAsItWasWritten) {
  const std::string text = baseline_text(sample_baseline()).value();
  const auto read = read_baseline("smoke.toml", text);
  ASSERT_TRUE(read.ok()) << read.error().text();
  EXPECT_EQ(baseline_text(read.value()).value(), text) << "equal values give equal text";
  const BaselineCase& first = read.value().cases[0];
  EXPECT_EQ(first.figures.at("kWh_per_kg").value, 2.3125);
  EXPECT_FALSE(first.figures.contains("settled_rms_K")) << "had no value";
  ASSERT_EQ(first.traces.size(), 1U);
  EXPECT_TRUE(std::isinf(first.traces[0].values[1])) << "a gap";
  EXPECT_EQ(read.value().sha256, hash_of(sample_baseline()));
}

TEST(Baseline, AFileThatWasChangedByHandIsRefusedWithTheLineOfItsHash) {
  const std::string text = baseline_text(sample_baseline()).value();
  const std::string found = complaint(replaced(text, "2.3125", "2.4125"));
  EXPECT_THAT(found, HasSubstr("smoke.toml:7:10: sha256: the content has another hash"));
  EXPECT_THAT(complaint(replaced(text, "Kim", "Lee")), HasSubstr("another hash"));
  EXPECT_THAT(complaint(replaced(text, "sha256 = \"", "sha256 = \"0")), HasSubstr("another hash"));
}

TEST(Baseline, CommentsAndSpacingAreNoChange) {
  const std::string text = baseline_text(sample_baseline()).value();
  EXPECT_EQ(complaint("# reviewed\n\n" + replaced(text, "author = ", "author   =   ")), "");
}

TEST(Baseline, ErrorsNameTheFieldAndWhatIsRight) {
  Baseline wrong = sample_baseline();
  wrong.date = "3 November";
  wrong.author.clear();
  wrong.reason.clear();
  wrong.cases[1].id = wrong.cases[0].id;
  wrong.cases[1].hash = "abc";
  const std::string found = complaint(baseline_text(wrong).value());
  EXPECT_THAT(found, HasSubstr("date: found \"3 November\", needs YYYY-MM-DD"));
  EXPECT_THAT(found, HasSubstr("author: is empty"));
  EXPECT_THAT(found, HasSubstr("reason: is empty"));
  EXPECT_THAT(found, HasSubstr("a second time"));
  EXPECT_THAT(found, HasSubstr("needs 64 digits"));
}

TEST(Baseline, OfAHundredAndFiftyCasesAndAHundredFiguresIsStillAFile) {
  Baseline many = sample_baseline();
  BaselineCase one;
  one.inputs = one.hash = std::string(64, 'c');
  for (int f = 0; f < 100; ++f) one.set("some_figure_or_other_" + std::to_string(f), 1.0 / (f + 3));
  many.cases.clear();
  for (int i = 0; i < 150; ++i) {
    one.id = "case" + std::to_string(i);
    many.cases.push_back(one);
  }
  const auto text = baseline_text(many);
  ASSERT_TRUE(text.ok());
  const auto read = read_baseline("many.toml", text.value());
  EXPECT_TRUE(read.ok()) << read.error().text();
}

TEST(Baseline, ThatWouldBeTooLongIsNotWritten) {
  Baseline many = sample_baseline();
  many.cases[0].traces.assign(60, {"x", "K", 60, std::vector<double>(2000, 1.0 / 3)});
  const auto text = baseline_text(many);
  ASSERT_FALSE(text.ok());
  EXPECT_THAT(text.error().text(), HasSubstr("keep fewer figures or traces"));
}

TEST(Baseline, IsLoadedFromItsFile) {
  const auto path = std::filesystem::path(::testing::TempDir()) / "baseline_test.toml";
  std::ofstream(path) << baseline_text(sample_baseline()).value();
  EXPECT_TRUE(load_baseline(path).ok());
  std::filesystem::remove(path);
  EXPECT_THAT(load_baseline(path).error().text(), HasSubstr("baseline_test.toml"));
}

}  // namespace
}  // namespace saggar::verdict
