// SC-46, SC-48: stuck, silent, too fast and backwards counts are no life, sound ones are.
#include "hil/instruments/host_pulse.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace saggar::instruments {
namespace {

constexpr std::int64_t kMs = 1'000'000;

class HostPulseTest : public ::testing::Test {
 protected:
  /// Hears `counter(i)` each `every_ms`, from second 0 on.
  /// @return the last time at which it was life, in ms; -1 = never
  std::int64_t last_life_ms(int count, std::int64_t every_ms,
                            const std::function<std::uint32_t(std::uint32_t)>& counter) {
    std::int64_t last = -1;
    for (int i = 0; i < count; ++i) {
      now_ns += every_ms * kMs;
      const auto got = pulse.hear(counter(static_cast<std::uint32_t>(i)), now_ns);
      if (got == HostPulse::Beat::sound) last = now_ns / kMs;
    }
    return last;
  }
  /// A healthy start: 100 at 0 s, 101 at 1 s, ... 105 at 5 s.
  void start() {
    pulse.hear(100, now_ns);
    EXPECT_EQ(last_life_ms(5, 1000, [](std::uint32_t i) { return 101 + i; }), 5000);
  }
  HostPulse pulse{5.0};
  std::int64_t now_ns = 0;
};

TEST_F(HostPulseTest, TheFirstValueOnlySaysWhereTheCountStands) {
  EXPECT_EQ(pulse.hear(77, 0), HostPulse::Beat::first);
  EXPECT_EQ(pulse.hear(77, kMs), HostPulse::Beat::none);
  EXPECT_EQ(pulse.hear(78, 1000 * kMs), HostPulse::Beat::sound);
}

TEST_F(HostPulseTest, AStandingCountIsNoLife) {
  start();
  EXPECT_EQ(last_life_ms(60, 200, [](std::uint32_t) { return 105U; }), -1);
}

TEST_F(HostPulseTest, ABackwardCountIsNoLife) {
  start();
  EXPECT_EQ(last_life_ms(60, 1000, [](std::uint32_t i) { return 104 - i; }), -1);
}

// 105, 104, 105, 104, ...: every second step goes forward by one.
TEST_F(HostPulseTest, ACountThatSwingsToAndFroIsNoLife) {
  start();
  EXPECT_EQ(last_life_ms(60, 1000, [](std::uint32_t i) { return i % 2 == 0 ? 104U : 105U; }), -1);
}

// A hundred steps a second against one: the first message is a hundred, 6 + 2 may come at once.
TEST_F(HostPulseTest, ACountThatRacesIsNoLife) {
  start();
  EXPECT_EQ(last_life_ms(60, 1000, [](std::uint32_t i) { return 105 + 100 * (i + 1); }), -1);
}

// Three steps a second in messages of one step each: 2/3 of a step is earned and one is spent with
// each, so what may come at once (at most 6 steps) lasts 6 / (1/3) = 18 messages: 6 s, not longer.
TEST_F(HostPulseTest, ACountThatRacesInSmallStepsIsNoLifeOnceItsAllowanceIsSpent) {
  start();
  const std::int64_t last = last_life_ms(600, 333, [](std::uint32_t i) { return 106 + i; });
  EXPECT_GT(last, 5000);
  EXPECT_LE(last, 5000 + 6100);
}

TEST_F(HostPulseTest, BeatsThatWereHeldUpAndComeTogetherAreLife) {
  start();
  EXPECT_EQ(last_life_ms(1, 4900, [](std::uint32_t) { return 106U; }), 9900);
  EXPECT_EQ(last_life_ms(4, 1, [](std::uint32_t i) { return 107 + i; }), 9904);
}

// The link was cut for an hour and the host went on counting: 3600 steps are what it should have.
TEST_F(HostPulseTest, AHostThatComesBackAfterALongSilenceIsBelievedAtOnce) {
  start();
  EXPECT_EQ(last_life_ms(1, 3'600'000, [](std::uint32_t) { return 105U + 3600U; }), 3'605'000);
  // But the hour gives no licence to race afterwards.
  EXPECT_EQ(last_life_ms(20, 1000, [](std::uint32_t i) { return 3705 + 100 * (i + 1); }), -1);
}

TEST_F(HostPulseTest, OneJumpCostsTwoBeatsNotTheLink) {
  start();
  EXPECT_EQ(last_life_ms(2, 1000, [](std::uint32_t i) { return 9000 + i; }), -1);
  EXPECT_EQ(last_life_ms(1, 1000, [](std::uint32_t) { return 9002U; }), 8000);
}

TEST_F(HostPulseTest, TheCountMayWrap) {
  pulse.hear(0xFFFFFFFEU, 0);
  EXPECT_EQ(last_life_ms(3, 1000, [](std::uint32_t i) { return 0xFFFFFFFFU + i; }), 3000);
}

TEST_F(HostPulseTest, AnotherHostMayCountFromAnywhere) {
  start();
  pulse.new_host();
  EXPECT_EQ(pulse.hear(1, now_ns), HostPulse::Beat::first);
  EXPECT_EQ(last_life_ms(1, 1000, [](std::uint32_t) { return 2U; }), 6000);
}

// A cycle of 0.1 s counts ten times a second.
TEST_F(HostPulseTest, TheAgreedPaceSaysWhatIsTooFast) {
  pulse.agree(0.1);
  pulse.hear(0, 0);
  EXPECT_EQ(last_life_ms(600, 100, [](std::uint32_t i) { return 1 + i; }), 60'000);
}

TEST_F(HostPulseTest, GoesOnFromASnapshot) {
  start();
  pulse.hear(50, now_ns);  // backwards: in doubt
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  pulse.serialize(save);
  HostPulse other{5.0};
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  other.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  EXPECT_EQ(other.hear(51, now_ns + 1000 * kMs), HostPulse::Beat::none);
  EXPECT_EQ(other.hear(52, now_ns + 2000 * kMs), HostPulse::Beat::sound);
}

}  // namespace
}  // namespace saggar::instruments
