// The timing budget: every row follows from the configuration, and a row over its limit says so.
#include "runtime/app/budget_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::app {
namespace {

using ::testing::HasSubstr;

class BudgetTest : public ::testing::Test {
 protected:
  BudgetTest() {
    const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
    options_.files = {configs / "site/plant.toml", configs / "kiln/p2.toml",
                      configs / "recipes/ncm811-p2.toml", configs / "control/pid.toml"};
    bundle_ = std::move(config::load_bundle(options_.files.site, options_.files.kiln,
                                            options_.files.recipe, options_.files.control))
                  .value();
  }
  BudgetRow row(const std::string& failure) const {
    for (BudgetRow& row : budget_rows(bundle_)) {
      if (row.failure == failure) return row;
    }
    ADD_FAILURE() << "no row " << failure;
    return {};
  }

  BudgetOptions options_;
  config::Bundle bundle_;
};

TEST_F(BudgetTest, EveryRowFollowsFromTheConfiguration) {           // SC-52
  EXPECT_EQ(row("link to the field breaks").shed_s, 5);             // SC-46
  EXPECT_EQ(row("control thread hangs, io lives").shed_s, 15 + 5);  // SC-47
  EXPECT_EQ(row("commands stop, heartbeat lives").shed_s, 5);
  EXPECT_EQ(row("frames stop, link lives").detect_s, 5) << "the shorter of 15 s and shed";
  EXPECT_EQ(row("a device does not take its setpoint").detect_s, 9);
  bundle_.site.watchdog.shed_s = 8;
  bundle_.site.cycle.supervisory_cycles = 20;
  EXPECT_EQ(row("link to the field breaks").shed_s, 8);
  EXPECT_EQ(row("control thread hangs, io lives").shed_s, 30 + 8);
}

TEST_F(BudgetTest, AControllerBesideTheLoopIsFoundAtItsOwnDeadline) {  // SC-47
  EXPECT_EQ(row("controller pid hangs").detect_s, 20) << "inside the cycle: as the control thread";
  bundle_.control.controllers[0].latency_cycles = 4;
  EXPECT_EQ(row("controller pid hangs").detect_s, 4);
  EXPECT_THAT(row("controller pid hangs").bump, HasSubstr("next rung"));
}

TEST_F(BudgetTest, TheWorstBumpIsTheWidestTrimBand) {  // SC-52
  double most = 0;
  for (const domain::Mv& mv : bundle_.plant.mvs) {
    if (mv.duty != domain::Duty::heat) continue;
    most = std::max({most, -mv.limits.trim_low, mv.limits.trim_high});
  }
  EXPECT_GT(most, 0);
  char text[32];
  std::snprintf(text, sizeof text, "%.3g K to local", most);
  EXPECT_THAT(row("runtime dies").bump, HasSubstr(text));
}

TEST_F(BudgetTest, ARowOverItsLimitSaysSo) {  // SC-47
  EXPECT_THAT(budget_text(bundle_), ::testing::Not(HasSubstr("OVER")));
  bundle_.site.cycle.supervisory_cycles = 60;
  EXPECT_THAT(budget_text(bundle_), HasSubstr("SC-47 OVER 50 s"));
}

TEST_F(BudgetTest, ThePrintedTableEndsWellAndAMissingJournalIsNamed) {
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(budget(options_), 0);
  EXPECT_THAT(::testing::internal::GetCapturedStdout(), HasSubstr("timing budget of site plant"));
  options_.journal = "/none.journal";
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(budget(options_), 1);
  ::testing::internal::GetCapturedStdout();
  EXPECT_THAT(::testing::internal::GetCapturedStderr(), HasSubstr("/none.journal"));
}

}  // namespace
}  // namespace saggar::app
