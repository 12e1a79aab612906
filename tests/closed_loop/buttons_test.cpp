// The three buttons and the way back from them, on the simulated kiln (SC-91).
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

using domain::IntentKind;

constexpr std::uint8_t kPid = 0;

TEST(Buttons, SwitchingOnAfterAButtonBringsTheBestRungBack) {  // SC-91
  for (const IntentKind button : {IntentKind::release, IntentKind::hold, IntentKind::ai_off}) {
    SCOPED_TRACE(std::string(domain::name(button)));
    auto run = testing::start(testing::p2_files());
    testing::switch_on(*run);
    run->offer(button);
    run->cycles(60);
    testing::switch_on(*run);
    for (int i = 0; i < 120; ++i) {
      run->cycle();
      ASSERT_EQ(run->record().applications[0], domain::AppState::on) << i;
      ASSERT_EQ(run->record().decisions[0].rung, kPid) << i;
    }
  }
}

TEST(Buttons, AClimbAfterAiOffBringsTheBestRungBack) {  // SC-91
  auto run = testing::start(testing::p2_files());
  testing::switch_on(*run);
  run->offer(IntentKind::ai_off);
  run->cycles(30);
  domain::Intent climb;
  climb.id = 70;
  climb.kind = IntentKind::climb;
  climb.duty = domain::Duty::heat;
  climb.who.assign("operator");
  climb.station.assign("panel");
  climb.reason.assign("button test");
  run->offer(climb);
  run->cycles(30);
  EXPECT_EQ(run->record().decisions[0].rung, kPid);
  EXPECT_EQ(run->record().applications[0], domain::AppState::on);
}

}  // namespace
}  // namespace saggar
