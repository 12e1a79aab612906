#include "runtime/config/recipe_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;

TEST(RecipeConfig, RampLimitsHaveTheDefaultsOfTheRequirements) {  // RB-06
  const auto recipe = right<RecipeConfig>(recipe_text());
  EXPECT_EQ(recipe.ramp.up_K_per_h.value, 50);
  EXPECT_EQ(recipe.ramp.down_K_per_h.value, 40);
  EXPECT_EQ(recipe.ramp.up_K_per_h.source, "RB-06");
  EXPECT_THAT(recipe.heat.bottom_offset_K.value, ElementsAre(0));
}

TEST(RecipeConfig, TheSoakToleranceIsNotWiderThanTheRamp) {
  EXPECT_THAT(complaints_of<RecipeConfig>(recipe_text() + "[tolerance]\nsoak_K = 20\n"),
              ElementsAre("14:10: found 20, must not be wider than ramp_K = 15"));
}

TEST(RecipeConfig, OffsetsAndSetpointsHaveTheSameLength) {
  EXPECT_THAT(
      complaints_of<RecipeConfig>(replaced(recipe_text(), "setpoint_degC = 700",
                                           "setpoint_degC = [1, 2, 3]\nbottom_offset_K = [1, 2]")),
      ElementsAre("7:19: found 2 figures, right is 1 or 3, one per zone"));
}

TEST(RecipeConfig, ASetpointInAnotherUnitIsToldApart) {
  EXPECT_THAT(complaints_of<RecipeConfig>(replaced(recipe_text(), "setpoint_degC", "setpoint_K")),
              ElementsAre("5:1: missing key 'setpoint_degC' in heat: Zone setpoints from the entry "
                          "on, one per zone (or one for all)",
                          "6:1: unknown key 'setpoint_K': wrong unit K; write 'setpoint_degC', the "
                          "figure in degC"));
}

}  // namespace
}  // namespace saggar::config
