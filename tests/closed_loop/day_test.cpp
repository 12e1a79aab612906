// P2 and P1 under PID trims: the soak holds, no command leaves its limits, and it all repeats.
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

constexpr std::int64_t kHour_ns = 3600LL * 1'000'000'000;

TEST(Day, TwoHoursOfP2HoldTheSoakWithinOneKelvinAndNoCommandLeavesItsLimits) {
  suite::InProcessOptions options;
  options.settle_ns = kHour_ns;
  auto run = testing::start(testing::p2_files(), options);
  testing::switch_on(*run);
  testing::LimitChecker limits(run->plant());
  for (int i = 0; i < 2 * 3600; ++i) {
    run->cycle();
    limits.check(run->record());
  }
  EXPECT_GE(run->statistics().soak_recipe().value(), 0.99);
  EXPECT_GT(run->statistics().soak_recipe().of, 3600U * 20);
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
  EXPECT_EQ(run->record().applications[0], domain::AppState::on);
  EXPECT_EQ(run->record().decisions[0].rung, 0);  // the guard had little to correct (SC-67)
}

TEST(Day, TheSameSeedGivesTheSameRecordsAndAnotherSeedOthers) {  // HI-03
  const auto digest = [](std::uint64_t seed) {
    suite::InProcessOptions options;
    options.seed = seed;
    auto run = testing::start(testing::p2_files(), options);
    run->offer(domain::IntentKind::switch_on);
    run->cycles(900);
    return run->digest();
  };
  const std::string first = digest(1);
  EXPECT_EQ(digest(1), first);
  EXPECT_NE(digest(2), first);
}

TEST(Day, P1WithNineteenZonesRunsOnTheSameCode) {
  auto run = testing::start(testing::p1_files());
  EXPECT_EQ(run->plant().zones, 19);
  testing::switch_on(*run);
  testing::LimitChecker limits(run->plant());
  for (int i = 0; i < 1800; ++i) {
    run->cycle();
    limits.check(run->record());
  }
  EXPECT_EQ(limits.violations(), 0U) << limits.first();
}

TEST(Day, TheLoopComesUpNotDriving) {  // SC-49
  auto run = testing::start(testing::p2_files());
  for (int i = 0; i < 120; ++i) {
    run->cycle();
    for (const domain::Action action : run->record().command.action) {
      ASSERT_NE(action, domain::Action::write);
    }
    for (const domain::AppState state : run->record().applications) {
      ASSERT_EQ(state, domain::AppState::off);
    }
  }
}

}  // namespace
}  // namespace saggar
