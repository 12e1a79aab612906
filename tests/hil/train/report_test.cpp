#include "hil/train/report.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

using ::testing::HasSubstr;

ExamResult two_arms() {
  ExamResult exam;
  exam.names = {"policy", "pid"};
  exam.plants = 3;
  exam.complete = true;
  ExamRow row{"off_spec_kg", "kg", -1, {10, 30}, {}, {10, 8, 12}};
  row.against.push_back(verdict::compare({{"a", 9}, {"b", 10}, {"c", 11}},
                                         {{"a", 29}, {"b", 30}, {"c", 31}}, -1, {2, {}, {}}));
  exam.rows = {row, {"some_other", "1", 0, {1, 1}, {verdict::Paired{}}, {1, 1, 1}}};
  return exam;
}

TEST(Report, AnExamShowsWhatWasWonAndWhatWasLost) {
  const std::string page = report::html(page_of(two_arms(), "Exam", "2026-11-23"));
  EXPECT_THAT(page, HasSubstr("3 plants that nothing was learnt from"));
  EXPECT_THAT(page, HasSubstr("off_spec_kg"));
  EXPECT_THAT(page, HasSubstr("some_other"));
  EXPECT_THAT(page, HasSubstr("better"));
  EXPECT_THAT(text_of(two_arms()), HasSubstr("less -20 [-20, -20]: better"));
}

TEST(Report, ATrainingShowsItsRoundsAndTheErrorOfEachOutput) {
  Finished done;
  done.signals = testing::two_signals();
  Round round;
  round.runs = 2;
  round.examples = 20;
  round.output_error_K = {0.25};
  round.loss = {{3, 2}};
  round.held_out_loss = {{4, 3}};
  done.rounds = {round};
  TrainingFile file;
  file.id = "com.a";
  const std::string page = report::html(page_of(file, done, "2026-11-23"));
  EXPECT_THAT(page, HasSubstr("zone01.top.setpoint"));
  EXPECT_THAT(page, HasSubstr("0.250"));
  EXPECT_THAT(page, HasSubstr("member 1, held out"));
}

TEST(Report, AnExamWithoutARunSaysSoAndHasNoTables) {
  ExamResult exam;
  exam.failed = 2;
  exam.names = {"policy"};
  const report::Page page = page_of(exam, "Exam", "2026-11-23");
  EXPECT_TRUE(page.sections.empty());
  EXPECT_THAT(page.subtitle, HasSubstr("could not be made"));
}

}  // namespace
}  // namespace saggar::train
