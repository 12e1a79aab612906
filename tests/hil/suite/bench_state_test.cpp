#include "hil/suite/bench_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "hil/suite/run_case.hpp"
#include "tests/hil/suite/stories.hpp"

namespace saggar::suite {
namespace {

using ::testing::HasSubstr;
using testing::short_case;

BenchState sample() { return {"build", bench_digest({"a", "b"}, 7, true), 120.5, {0, 10, 255}}; }

TEST(BenchState, ReadsBackWhatWasWritten) {
  const auto again = decode_bench_state("s", encode_bench_state(sample()));
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(again.value().build, "build");
  EXPECT_EQ(again.value().bench, sample().bench);
  EXPECT_EQ(again.value().time_s, 120.5);
  EXPECT_EQ(again.value().state, sample().state);
}

TEST(BenchState, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(decode_bench_state("s", "hello\n").error().text(), HasSubstr("no state of a bench"));
  std::string bytes = encode_bench_state(sample());
  EXPECT_FALSE(decode_bench_state("s", bytes.substr(0, 30)).ok());
  bytes.back() = 'x';
  EXPECT_THAT(decode_bench_state("s", bytes).error().text(), HasSubstr("is damaged"));
}

TEST(BenchState, KnowsFilesSeedAndWhetherThePlantIsDrawn) {
  const std::string one = bench_digest({"a", "b"}, 7, true);
  EXPECT_NE(bench_digest({"a", "c"}, 7, true), one);
  EXPECT_NE(bench_digest({"a", "b"}, 8, true), one);
  EXPECT_NE(bench_digest({"a", "b"}, 7, false), one);
}

// The second half of a story from the state after its first half is the straight run: the same
// samples of every series.
TEST(BenchState, AStoryThatBeginsThereGoesOnAsIfItHadNotStopped) {
  CaseOptions options;
  options.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  const CaseResult straight = run_case(short_case(600), options);
  const auto half = bench_after(short_case(600), 300, options);
  ASSERT_TRUE(half.ok()) << half.error().text();
  scenario::Case rest = short_case(300);
  rest.story.person = {};
  options.from = &half.value();
  const CaseResult branch = run_case(rest, options);
  ASSERT_EQ(branch.outcome, "passed") << branch.problem;
  for (std::size_t s = 0; s < straight.trace.series.size(); ++s) {
    const Series &whole = straight.trace.series[s], &part = branch.trace.series[s];
    if (whole.unit == "1") continue;  // counts since the last sample, and names of rungs
    ASSERT_EQ(part.values.size(), 30U);
    for (std::size_t i = 0; i < part.values.size(); ++i) {
      const double a = whole.values[30 + i], b = part.values[i];
      ASSERT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << whole.name << " at " << i;
    }
  }
}

TEST(BenchState, ABenchOfAnotherSeedRefusesIt) {
  CaseOptions options;
  options.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  const auto state = bench_after(short_case(60), 30, options);
  ASSERT_TRUE(state.ok());
  options.from = &state.value();
  const CaseResult other = run_case(short_case(60, 2), options);
  EXPECT_EQ(other.outcome, "refused");
  EXPECT_THAT(other.problem, HasSubstr("another bench"));
  EXPECT_FALSE(bench_after(short_case(60), 61, options).ok());
}

TEST(BenchState, ABenchWithAnotherMaterialRefusesIt) {
  namespace fs = std::filesystem;
  const fs::path configs =
      fs::temp_directory_path() / ("saggar-bench-state-" + std::to_string(::getpid()));
  fs::remove_all(configs);
  fs::copy(fs::path(SAGGAR_SOURCE_DIR) / "configs", configs, fs::copy_options::recursive);
  scenario::Case one = short_case(60);
  for (fs::path* file : {&one.files.site, &one.files.kiln, &one.files.plant, &one.files.recipe,
                         &one.files.control}) {
    *file = configs / file->parent_path().filename() / file->filename();
  }
  CaseOptions options;
  options.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  const auto state = bench_after(one, 30, options);
  ASSERT_TRUE(state.ok()) << state.error().text();
  options.from = &state.value();
  EXPECT_NE(run_case(one, options).outcome, "refused");
  ASSERT_FALSE(fs::is_empty(configs / "material"));
  for (const auto& entry : fs::directory_iterator(configs / "material")) {
    std::ofstream(entry.path(), std::ios::app) << "# measured again\n";
  }
  const CaseResult other = run_case(one, options);
  EXPECT_EQ(other.outcome, "refused");
  EXPECT_THAT(other.problem, HasSubstr("another bench"));
  fs::remove_all(configs);
}

}  // namespace
}  // namespace saggar::suite
