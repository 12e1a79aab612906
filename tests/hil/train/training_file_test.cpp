#include "hil/train/training_file.hpp"

#include <gmock/gmock.h>

#include <filesystem>

#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

TEST(TrainingFile, EveryShippedOneLoadsAndComesBackAsItself) {
  std::size_t count = 0;
  for (const auto& entry :
       fs::directory_iterator(fs::path(SAGGAR_SOURCE_DIR) / "configs/training")) {
    if (entry.path().extension() != ".toml") continue;
    ++count;
    const auto file = config::load<TrainingFile>(entry.path());
    ASSERT_TRUE(file) << file.error().text();
    const std::string text = config::save_text(file.value());
    const auto again = config::load_text<TrainingFile>("again", text);
    ASSERT_TRUE(again) << again.error().text();
    EXPECT_EQ(config::save_text(again.value()), text);
  }
  EXPECT_GT(count, 0U);
}

std::string wrong(const std::string& change) {
  std::string text = R"(kind = "training"
name = "a"
id = "com.a"
version = "1"
owner = "a"
purpose = "a"
limits = ["a"]
released = "2026-01-01"
expires = "2027-01-01"
licence = "a"
feature = [{ tags = "zone*.temperature", lags_s = [0, 120] }]
output = [{ first = 1, last = 2 }]
)" + change;
  const auto file = config::load_text<TrainingFile>("x.toml", text);
  return file ? "" : file.error().text();
}

TEST(TrainingFile, WhatIsWrongIsNamedWithItsField) {
  EXPECT_EQ(wrong(""), "");
  EXPECT_THAT(wrong("period_s = 50\n"), HasSubstr("a multiple of period_s"));
  EXPECT_THAT(wrong("prediction = [{ tags = \"a\", horizon_s = 130 }]\n"),
              HasSubstr("is no multiple of period_s"));
  EXPECT_THAT(wrong("prediction = [{ tags = \"a\", first = 3, last = 2, horizon_s = 120 }]\n"),
              HasSubstr("is before `first`"));
  EXPECT_THAT(wrong("lessons = { rounds = 0 }\n"), HasSubstr("rounds"));
  EXPECT_THAT(wrong("networks = 3\n"), HasSubstr("network"));
  EXPECT_THAT(wrong("finetune = { first = 16, hottest_first = 25, last = 20 }\n"),
              HasSubstr("`hottest_first`"));
}

// 5 K at a sigma of 3 K is passed by chance 4.78 % of the time, at 1.5 K 0.04 %.
TEST(TrainingFile, AConstraintThatCannotBeKeptIsRefused) {
  EXPECT_EQ(wrong("finetune = { method = \"ppo\" }\n"), "");
  EXPECT_THAT(wrong("finetune = { method = \"ppo\", hottest_truth_K = 3.0 }\n"),
              HasSubstr("is below the 0.0477"));
  EXPECT_EQ(wrong("finetune = { method = \"ppo\", hottest_truth_K = 3.0, hot_share = 0.05 }\n"),
            "");
}

}  // namespace
}  // namespace saggar::train
