// SC-46, SC-48, SC-50, SC-51: what field devices do when their host falls silent.
#include "hil/instruments/remote_setpoints.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace saggar::instruments {
namespace {

using domain::Action;
using domain::CommsLossReaction;
using domain::Reason;

constexpr std::int64_t kSecond = 1'000'000'000;

class RemoteSetpointsTest : public ::testing::Test {
 protected:
  RemoteSetpointsTest()
      : devices({{0, 900, 0.1, 500, CommsLossReaction::local_setpoint},
                 {0, 900, 0.1, 600, CommsLossReaction::hold_setpoint},
                 {0, 900, 0.1, 700, CommsLossReaction::output_off}},
                5.0),
        command(3),
        ack(3) {}

  /// One healthy cycle at second `s`.
  void write(double value, int s) {
    command.cycle = static_cast<std::uint64_t>(++cycle);
    command.heartbeat = static_cast<std::uint32_t>(++beat);
    command.valid_until_ns = (s + 5) * kSecond;
    for (std::size_t i = 0; i < 3; ++i) {
      command.value[i] = value;
      command.action[i] = Action::write;
    }
    devices.take(command, s * kSecond, ack);
  }

  RemoteSetpoints devices;
  domain::Command command;
  domain::Ack ack;
  int cycle = 0, beat = 100;
};

TEST_F(RemoteSetpointsTest, StartOnTheLocalRecipeNotRemote) {
  EXPECT_EQ(devices.target(0), 500);
  EXPECT_FALSE(devices.remote(0));
  EXPECT_FALSE(devices.alive());
}

TEST_F(RemoteSetpointsTest, AWriteTakesADeviceRemoteAtItsResolution) {
  write(512.34, 1);
  EXPECT_TRUE(devices.remote(0));
  EXPECT_NEAR(devices.target(0), 512.3, 1e-9);
  EXPECT_NEAR(ack.taken[0], 512.3, 1e-9);
  EXPECT_EQ(ack.refused[0], Reason::none);
  EXPECT_EQ(ack.cycle, command.cycle);
}

TEST_F(RemoteSetpointsTest, RefuseWhatTheyCannotTakeAndKeepTheirValue) {
  write(512.0, 1);
  command.value = {std::numeric_limits<double>::quiet_NaN(), 901.0, -1.0};
  ++command.cycle;
  ++command.heartbeat;
  devices.take(command, 2 * kSecond, ack);
  EXPECT_EQ(ack.refused[0], Reason::non_finite);
  EXPECT_EQ(ack.refused[1], Reason::absolute_limit);
  EXPECT_EQ(ack.refused[2], Reason::absolute_limit);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(devices.target(i), 512.0, 1e-9);
}

TEST_F(RemoteSetpointsTest, ShedAfterFiveSecondsOfSilenceEachInItsOwnWay) {
  write(512.0, 10);
  EXPECT_FALSE(devices.supervise(15 * kSecond - 1));
  EXPECT_TRUE(devices.remote(0));
  EXPECT_TRUE(devices.supervise(15 * kSecond));
  EXPECT_FALSE(devices.remote(0));
  EXPECT_EQ(devices.target(0), 500);              // local recipe
  EXPECT_NEAR(devices.target(1), 512.0, 1e-9);    // holds
  EXPECT_TRUE(devices.output_off(2));             // stops heating
  EXPECT_FALSE(devices.supervise(16 * kSecond));  // once
}

TEST_F(RemoteSetpointsTest, AStandingHeartbeatIsNotLifeHoweverManyCommandsCome) {
  write(512.0, 0);
  for (int s = 1; s < 5; ++s) {
    ++command.cycle;
    command.valid_until_ns = (s + 5) * kSecond;
    devices.take(command, s * kSecond, ack);
    devices.supervise(s * kSecond);
    EXPECT_TRUE(devices.alive());
  }
  EXPECT_TRUE(devices.supervise(5 * kSecond));
  ++command.cycle;
  devices.take(command, 5 * kSecond, ack);
  EXPECT_EQ(ack.refused[0], Reason::watchdog);
  EXPECT_EQ(devices.target(0), 500);
}

/// Which counter comes in second `s` after a healthy minute that ended with `last`.
using Counter = std::uint32_t (*)(std::uint32_t last, std::uint32_t s);
struct UnsoundCount {
  const char* name;
  Counter counter;
};
class UnsoundCounts : public RemoteSetpointsTest,
                      public ::testing::WithParamInterface<UnsoundCount> {};

// SC-48 on the side of the field; bar: 5 s +- 1 s after the last sound beat, and no way back with
// such a count. Commands stay valid and fresh throughout.
TEST_P(UnsoundCounts, ShedTheDevicesFiveSecondsAfterTheLastSoundBeat) {
  for (int s = 0; s <= 60; ++s) {
    write(512.0, s);
    ASSERT_FALSE(devices.supervise(s * kSecond));
  }
  const auto last = static_cast<std::uint32_t>(beat);
  std::int64_t shed_ns = 0;
  for (std::int64_t tick = 121; tick <= 240; ++tick) {  // each half second, two minutes
    const std::int64_t now_ns = tick * kSecond / 2;
    if (devices.supervise(now_ns)) shed_ns = shed_ns == 0 ? now_ns : -1;
    if (tick % 2 != 0) continue;
    ++command.cycle;
    command.heartbeat = GetParam().counter(last, static_cast<std::uint32_t>(tick / 2 - 60));
    command.valid_until_ns = now_ns + 5 * kSecond;
    devices.take(command, now_ns, ack);
  }
  EXPECT_NEAR(static_cast<double>(shed_ns) * 1e-9, 65.0, 1.0);
  EXPECT_FALSE(devices.alive());
  EXPECT_EQ(ack.refused[0], Reason::watchdog);
  EXPECT_EQ(devices.target(0), 500);
}

INSTANTIATE_TEST_SUITE_P(
    Sc48, UnsoundCounts,
    ::testing::Values(
        UnsoundCount{"Standing", [](std::uint32_t last, std::uint32_t) { return last; }},
        UnsoundCount{"Backwards", [](std::uint32_t last, std::uint32_t s) { return last - s; }},
        UnsoundCount{"Racing", [](std::uint32_t last, std::uint32_t s) { return last + 50 * s; }},
        UnsoundCount{"ToggleBit", [](std::uint32_t, std::uint32_t s) { return s % 2; }}),
    [](const auto& one) { return std::string(one.param.name); });

TEST_F(RemoteSetpointsTest, AHostThatReconnectsAgainAndAgainWithoutCountingIsNoLife) {
  write(512.0, 0);
  for (int s = 1; s < 5; ++s) {
    devices.new_host();
    devices.beat(7, s * kSecond);
    EXPECT_FALSE(devices.supervise(s * kSecond));
  }
  EXPECT_TRUE(devices.supervise(5 * kSecond));
}

TEST_F(RemoteSetpointsTest, ShedWhenTheCommandExpiresThoughTheHeartGoesOn) {
  write(512.0, 0);
  for (int s = 1; s <= 5; ++s) {
    devices.beat(static_cast<std::uint32_t>(beat + s), s * kSecond);
    EXPECT_FALSE(devices.supervise(s * kSecond));
  }
  devices.beat(static_cast<std::uint32_t>(beat + 6), 6 * kSecond);
  EXPECT_TRUE(devices.supervise(6 * kSecond));
}

TEST_F(RemoteSetpointsTest, AnExpiredCommandIsRefusedWhole) {
  command.valid_until_ns = 3 * kSecond;
  command.cycle = 1;
  command.heartbeat = 1;
  command.action.assign(3, Action::write);
  command.value.assign(3, 450.0);
  devices.take(command, 4 * kSecond, ack);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(ack.refused[i], Reason::stale_request);
  EXPECT_EQ(devices.target(0), 500);
}

TEST_F(RemoteSetpointsTest, ARepeatedCycleIsRefusedUntilAnotherHostIntroducesItself) {
  write(512.0, 0);
  devices.take(command, kSecond, ack);
  EXPECT_EQ(ack.refused[0], Reason::sequence);
  devices.new_host();
  command.cycle = 1;
  ++command.heartbeat;
  devices.take(command, kSecond, ack);
  EXPECT_EQ(ack.refused[0], Reason::none);
}

TEST_F(RemoteSetpointsTest, ComeBackOnlyWithANewWrite) {
  write(512.0, 0);
  devices.supervise(10 * kSecond);
  beat += 11;
  devices.beat(static_cast<std::uint32_t>(beat), 11 * kSecond);
  EXPECT_TRUE(devices.alive());
  EXPECT_FALSE(devices.remote(0));
  write(520.0, 12);
  EXPECT_TRUE(devices.remote(0));
  EXPECT_NEAR(devices.target(0), 520.0, 1e-9);
  EXPECT_FALSE(devices.output_off(2));
}

TEST_F(RemoteSetpointsTest, ReleaseAndThePanelSwitchLeadToTheLocalRecipe) {
  write(512.0, 0);
  command.action[0] = Action::release;
  ++command.cycle;
  ++command.heartbeat;
  devices.take(command, kSecond, ack);
  EXPECT_EQ(devices.target(0), 500);
  EXPECT_FALSE(devices.remote(0));
  devices.set_local(1, true);
  EXPECT_EQ(devices.target(1), 600);
  ++command.cycle;
  devices.take(command, kSecond, ack);
  EXPECT_EQ(ack.refused[1], Reason::field_local);
}

TEST_F(RemoteSetpointsTest, ContinueFromASnapshot) {
  write(512.0, 0);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  devices.serialize(save);
  write(700.0, 1);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  devices.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  EXPECT_NEAR(devices.target(0), 512.0, 1e-9);
  EXPECT_TRUE(devices.supervise(5 * kSecond));
}

}  // namespace
}  // namespace saggar::instruments
