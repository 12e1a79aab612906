// AC-15: one case file is green in one process, in two in lockstep, and in two in real time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "hil/campaign/store.hpp"
#include "hil/suite/punctuality.hpp"
#include "tests/hil/app/program.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ThreeBenches : public ::testing::Test {
 protected:
  ~ThreeBenches() override { fs::remove_all(folder_); }
  /// The one result of the shipped suite on a bench.
  suite::CaseResult result_on(const std::string& bench) {
    said_ = run("run wall " + bench + " --out " + folder_.string());
    const auto results = campaign::read_results(folder_ / "wall");
    if (!results || results.value().size() != 1) {
      ADD_FAILURE() << said_.text;
      return {};
    }
    return results.value()[0];
  }
  const fs::path folder_ =
      fs::temp_directory_path() / ("saggar-benches-" + std::to_string(::getpid()));
  Said said_;
};

TEST_F(ThreeBenches, TheSameFileIsGreenOnAllOfThem) {
  const suite::CaseResult inside = result_on("");
  EXPECT_EQ(inside.outcome, "passed") << said_.text;
  const suite::CaseResult lockstep = result_on("--wire");
  EXPECT_EQ(lockstep.outcome, "passed") << said_.text;
  EXPECT_EQ(lockstep.hash, inside.hash);
  const suite::CaseResult real = result_on("--wall");
  EXPECT_THAT(said_.text, HasSubstr("take at least 24 s"));
  EXPECT_EQ(real.problem, "");
  EXPECT_EQ(real.checks.size(), inside.checks.size() + 1) << "punctuality is asked as well";
  for (const suite::Check& check : real.checks) {
    // Whether a busy machine starts cycles in time is not asked of it here.
    EXPECT_TRUE(check.held || check.text == suite::Punctuality::kCheck) << check.text << check.got;
  }
  EXPECT_EQ(real.hash, "");
  EXPECT_NE(real.inputs, inside.inputs) << "neither is taken for the other";
  double median_ms = std::nan("");
  for (const suite::Figure& figure : real.figures) {
    if (figure.name == "start_error_p50_ms") median_ms = figure.value;
  }
  EXPECT_TRUE(std::isfinite(median_ms));
}

}  // namespace
}  // namespace saggar::app
