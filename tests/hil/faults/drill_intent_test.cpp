#include "hil/faults/drill_intent.hpp"

#include <gtest/gtest.h>

namespace saggar::faults {
namespace {

TEST(DrillIntent, SetsTheNumberOfTheKindAndZeroAtItsEnd) {
  const domain::Intent on = misbehave({0, Kind::plugin_inf, "x", 1, 0}, 3);
  EXPECT_EQ(on.kind, domain::IntentKind::set_parameter);
  EXPECT_EQ(on.key.view(), "misbehave");
  EXPECT_EQ(on.controller, 3);
  EXPECT_EQ(on.value, 2);
  EXPECT_EQ(behave(3).value, 0);
}

TEST(DrillIntent, SaysWhatAPersonMustDoAfterwardsAndWhatNoProcessSurvives) {
  EXPECT_TRUE(ends_process(Kind::plugin_hangs));
  EXPECT_FALSE(ends_process(Kind::plugin_blocks_signals));
  EXPECT_TRUE(needs_restart(Kind::plugin_throws));
  EXPECT_FALSE(needs_restart(Kind::plugin_nan));
}

}  // namespace
}  // namespace saggar::faults
