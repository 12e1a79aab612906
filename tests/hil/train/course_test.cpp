// Training in miniature: both rounds on the whole kiln, and what they leave.
#include "hil/train/course.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>

#include "hil/train/exam.hpp"
#include "hil/train/lesson.hpp"
#include "hil/train/report.hpp"
#include "hil/train/signals.hpp"
#include "hil/train/student.hpp"
#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Course : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::current_path(SAGGAR_SOURCE_DIR);
    auto file = config::load<TrainingFile>("tests/hil/train/mini.toml");
    ASSERT_TRUE(file) << file.error().text();
    file_ = file.value();
    build_.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    build_.digest = std::string(64, 'c');
    fs::remove_all(folder_);
    options_.out = folder_ / "one";
  }
  void TearDown() override { fs::remove_all(folder_); }

  const fs::path folder_ = fs::path(::testing::TempDir()) / ("course" + std::to_string(getpid()));
  TrainingFile file_;
  campaign::Build build_;
  CourseOptions options_;
};

TEST_F(Course, GoesRoundAndLeavesAPackageThatDrivesAndTheSameSeedTheSameBits) {
  std::ostringstream said;
  options_.progress = &said;
  const auto done = train(file_, build_, options_);
  ASSERT_TRUE(done) << done.error().text();
  ASSERT_EQ(done.value().rounds.size(), 2U);
  // 900 s less 60 in steps of 30: 28 samples of a run, 27 of them with a lag; 2 and 4 runs.
  const Round &first = done.value().rounds[0], &second = done.value().rounds[1];
  EXPECT_EQ(first.examples + first.held_out + first.left_out, 2 * 27U);
  EXPECT_EQ(second.runs, 4U);
  EXPECT_EQ(second.examples + second.held_out + second.left_out, 4 * 27U);
  EXPECT_EQ(first.student_drove, 0);
  EXPECT_EQ(second.loss.size(), 2U);
  EXPECT_THAT(said.str(), HasSubstr("round 2: run 2 of 2"));
  const report::Page page = page_of(file_, done.value(), "2026-11-23");
  EXPECT_EQ(page.sections.size(), 3U);

  // Another folder, from the start: the same networks, bit for bit.
  CourseOptions again = options_;
  again.out = folder_ / "two";
  const auto twice = train(file_, build_, again);
  ASSERT_TRUE(twice) << twice.error().text();
  for (const char* name : {"member1.pt", "member2.pt", "domain.toml", "card.toml"}) {
    EXPECT_EQ(slurp(done.value().package / name), slurp(twice.value().package / name)) << name;
    EXPECT_FALSE(slurp(done.value().package / name).empty());
  }

  // It drives, beside the recipe, and the exam says so for both.
  const auto control = driving_control("configs/control/mpc.toml", file_.lessons,
                                       fs::absolute(done.value().package));
  ASSERT_TRUE(control);
  ASSERT_TRUE(write_text(folder_ / "driving.toml", control.value()));
  ExamOptions how;
  how.out = folder_ / "exam";
  how.story = file_.lessons.story;
  how.seeds = 2;
  how.hours = 0.2;
  const auto exam =
      examine({{"policy", folder_ / "driving.toml"}, {"recipe", "configs/control/recipe.toml"}},
              build_, how);
  ASSERT_TRUE(exam) << exam.error().text();
  EXPECT_TRUE(exam.value().complete);
  EXPECT_EQ(exam.value().failed, 0U);
  ASSERT_FALSE(exam.value().rows.empty());
  EXPECT_THAT(text_of(exam.value()), HasSubstr("kWh_per_kg"));
  EXPECT_EQ(page_of(exam.value(), "t", "d").sections.size(), 2U);
}

TEST_F(Course, GoesOnWhereItWasStoppedAndDamageIsNamed) {
  file_.lessons.rounds = 1;
  ASSERT_TRUE(train(file_, build_, options_));
  const fs::path lesson = options_.out / "round1/seed3.lesson";
  const auto when = fs::last_write_time(lesson);
  ASSERT_TRUE(train(file_, build_, options_));  // nothing is left to do
  EXPECT_EQ(fs::last_write_time(lesson), when);

  std::ofstream(lesson, std::ios::binary | std::ios::trunc) << "torn";
  const auto torn = train(file_, build_, options_);
  ASSERT_FALSE(torn);
  EXPECT_THAT(torn.error().text(), HasSubstr("seed3.lesson"));

  build_.digest = std::string(64, 'd');
  const auto other = train(file_, build_, options_);
  ASSERT_FALSE(other);
  EXPECT_THAT(other.error().text(), HasSubstr("another build"));
}

TEST_F(Course, WhatCannotBeIsSaidBeforeAnythingRuns) {
  TrainingFile file = file_;
  file.lessons.teacher = "nobody";
  const auto story = scenario::load_scenario({"configs", fs::current_path()}, file.lessons.story);
  ASSERT_TRUE(story);
  const auto cases = scenario::expand(story.value());
  ASSERT_TRUE(cases);
  const auto no_teacher = run_lesson(file, cases.value().front(), build_.plugin_dirs);
  ASSERT_FALSE(no_teacher);
  EXPECT_THAT(no_teacher.error().text(), HasSubstr("nobody"));
  file = file_;
  file.features[0].tags = "zone*.heat";
  const auto no_tag = train(file, build_, options_);
  ASSERT_FALSE(no_tag);
  EXPECT_THAT(no_tag.error().text(), HasSubstr("feature[0].tags"));
  file = file_;
  file.features[0].over = "zone*.temperature";
  const auto no_mv = train(file, build_, options_);
  ASSERT_FALSE(no_mv);
  EXPECT_THAT(no_mv.error().text(), HasSubstr("zone01.temperature is no MV"));
  EXPECT_FALSE(fs::exists(options_.out));
}

}  // namespace
}  // namespace saggar::train
