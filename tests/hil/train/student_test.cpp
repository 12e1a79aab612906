#include "hil/train/student.hpp"

#include <gmock/gmock.h>

#include "runtime/config/control_config.hpp"
#include "runtime/config/load.hpp"

namespace saggar::train {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;

const fs::path kMpc = fs::path(SAGGAR_SOURCE_DIR) / "configs/control/mpc.toml";

config::ControlConfig read(const domain::Result<std::string>& text) {
  EXPECT_TRUE(text);
  auto control = config::load_text<config::ControlConfig>("made", text.value());
  EXPECT_TRUE(control) << control.error().text();
  return control.value();
}

TEST(Student, PractisesAboveTheTeacher) {
  const config::ControlConfig c = read(practice_control(kMpc, {}, "/packages/one"));
  EXPECT_THAT(c.ladder.heat.rungs, ElementsAre("policy", "mpc", "pid", "hold", "recipe"));
  EXPECT_EQ(c.controllers.back().package, "/packages/one");
  EXPECT_TRUE(c.controllers.back().learned);
  EXPECT_GE(c.controllers.back().latency_cycles, 1U);  // SC-23: never inside the cycle
}

TEST(Student, DrivesInThePlaceOfTheTeacher) {
  const config::ControlConfig c = read(driving_control(kMpc, {}, "/packages/one"));
  EXPECT_THAT(c.ladder.heat.rungs, ElementsAre("policy", "pid", "hold", "recipe"));
  for (const config::ControllerConfig& one : c.controllers) EXPECT_NE(one.name, "mpc");
  EXPECT_THAT(c.ladder.atmosphere.rungs, ElementsAre("mpc-gas", "hold", "recipe"));
}

TEST(Student, ANameThatIsTakenIsRefused) {
  Lessons lessons;
  lessons.student = "pid";
  const auto text = practice_control(kMpc, lessons, "/packages/one");
  ASSERT_FALSE(text);
  EXPECT_THAT(text.error().text(), ::testing::HasSubstr("another name would be right"));
}

}  // namespace
}  // namespace saggar::train
