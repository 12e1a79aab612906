#include "runtime/config/identification_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;

std::string text(const std::string& more = "") {
  return "kind = \"identification\"\nname = \"zones\"\n" + more +
         "[[input]]\ntags = \"zone*.*.working_setpoint\"\nrange = 15\n"
         "[[output]]\ntags = \"zone*.*.temperature\"\n";
}

TEST(IdentificationConfig, SaysWhichTagsAndLeavesTheRestToItsDefaults) {
  const auto plan = right<IdentificationConfig>(text());
  EXPECT_EQ(plan.period_s, 60);
  EXPECT_EQ(plan.inputs[0].join, Join::zone);
  EXPECT_EQ(plan.inputs[0].range, 15);
}

TEST(IdentificationConfig, AHorizonOfLessThanTwoPeriodsIsRefused) {
  EXPECT_THAT(complaints_of<IdentificationConfig>(text("horizon_s = 100\n")),
              ElementsAre("3:13: found 100, must be at least two periods, 120"));
}

TEST(IdentificationConfig, DriftFasterThanTheHorizonIsRefused) {
  EXPECT_THAT(complaints_of<IdentificationConfig>(text("drift_s = 3600\n")),
              ElementsAre("3:11: found 3600, must be at least twice horizon_s, 7200, so that every "
                          "part of the data sees every knot"));
}

}  // namespace
}  // namespace saggar::config
