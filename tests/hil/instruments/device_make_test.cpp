// IF-10 to IF-13, HI-15: how makes of devices keep what a host writes: RAM and EEPROM, wear, power
// cycles, a timeout of their own, late read-backs.
#include "hil/instruments/device_make.hpp"

#include <gtest/gtest.h>

#include "hil/instruments/remote_setpoints.hpp"

namespace saggar::instruments {
namespace {

using domain::Action;
using domain::Reason;

constexpr std::int64_t kSecond = 1'000'000'000;

/// One device of a make, own recipe 500, with a host that counts.
struct Device {
  RemoteSetpoints registers;
  domain::Command command{1};
  domain::Ack ack{1};
  int second = 0;

  explicit Device(const DeviceMake& make)
      : registers({{0, 900, 0.1, 500, domain::CommsLossReaction::local_setpoint, make}}, 5.0) {}
  void cycle(Action action, double value = 0) {
    ++second;
    ++command.cycle;
    ++command.heartbeat;
    command.valid_until_ns = (second + 5) * kSecond;
    command.value[0] = value;
    command.action[0] = action;
    registers.take(command, second * kSecond, ack);
    registers.supervise(second * kSecond);
  }
  void write(double value) { cycle(Action::write, value); }
  void restart() {
    registers.set_dark(0, true);
    registers.set_dark(0, false);
  }
};

TEST(DeviceMake, CountsWritesChangesAndWhatIsStored) {
  Device ram({.memory = Memory::ram}), eeprom({.memory = Memory::eeprom}),
      unknown({.memory = Memory::unknown});
  for (Device* d : {&ram, &eeprom, &unknown}) {
    for (const double value : {510.0, 510.0, 520.0, 520.04}) d->write(value);  // 520.04 shows 520.0
    EXPECT_EQ(d->registers.wear(0).writes, 4U);
    EXPECT_EQ(d->registers.wear(0).changes, 2U);
  }
  EXPECT_EQ(ram.registers.wear(0).stored, 0U);
  EXPECT_EQ(eeprom.registers.wear(0).stored, 2U);
  EXPECT_EQ(unknown.registers.wear(0).stored, 2U);  // counts as EEPROM (IF-02)
}

TEST(DeviceMake, AtTheEndOfItsEnduranceARegisterAcknowledgesAndKeepsItsValue) {
  Device device({.memory = Memory::eeprom, .endurance_writes = 2});
  for (const double value : {510.0, 520.0, 530.0}) device.write(value);
  EXPECT_EQ(device.ack.refused[0], Reason::none);
  EXPECT_EQ(device.ack.taken[0], 520.0);
  EXPECT_TRUE(device.registers.remote(0));
}

TEST(DeviceMake, APowerCycleBringsARamDeviceBackOnItsOwnRecipeAndAnEepromOneOnItsLast) {
  Device ram({}), eeprom({.memory = Memory::eeprom});
  for (Device* d : {&ram, &eeprom}) {
    d->write(510);
    d->restart();
    EXPECT_FALSE(d->registers.remote(0));
  }
  EXPECT_EQ(ram.registers.target(0), 500);
  EXPECT_EQ(eeprom.registers.target(0), 510);
}

TEST(DeviceMake, AfterAPowerCycleARamDeviceStoresUntilItsHostIntroducesItselfAnew) {
  Device device({});
  device.write(510);
  device.restart();
  device.write(520);
  EXPECT_EQ(device.registers.wear(0).stored, 1U);
  device.restart();
  EXPECT_EQ(device.registers.target(0), 520);
  device.registers.new_host();
  device.write(530);
  device.write(540);
  EXPECT_EQ(device.registers.wear(0).stored, 1U);
}

TEST(DeviceMake, OnlyThoseThatLoseTheirPowerForgetWithTheMains) {
  Device buffered({}), plain({.loses_power = true});
  for (Device* d : {&buffered, &plain}) {
    d->write(510);
    d->registers.power_on();
  }
  EXPECT_EQ(buffered.registers.target(0), 510);
  EXPECT_TRUE(buffered.registers.remote(0));
  EXPECT_EQ(plain.registers.target(0), 500);
  EXPECT_FALSE(plain.registers.remote(0));
}

TEST(DeviceMake, WithoutPowerADeviceRefusesAndIsNotRemote) {
  Device device({});
  device.write(510);
  device.registers.set_dark(0, true);
  device.write(520);
  EXPECT_EQ(device.ack.refused[0], Reason::readback_failed);
  EXPECT_FALSE(device.registers.remote(0));
}

// A Eurotherm wants a write about every 5 s on its remote setpoint (IF-10).
TEST(DeviceMake, ADeviceWithItsOwnTimeoutGoesLocalAlthoughTheHostLives) {
  Device device({.remote_timeout_s = 5});
  device.write(510);
  for (int i = 0; i < 5; ++i) device.cycle(Action::none);
  EXPECT_TRUE(device.registers.remote(0));
  device.cycle(Action::none);
  EXPECT_FALSE(device.registers.remote(0));
  EXPECT_TRUE(device.registers.alive());
  EXPECT_EQ(device.registers.target(0), 500);
  for (int i = 0; i < 10; ++i) device.write(510);  // the same value again keeps it
  EXPECT_TRUE(device.registers.remote(0));
}

TEST(DeviceMake, ALateDeviceTakesTheNewestValueAtItsTimeAndNoneAfterARelease) {
  Device device({});
  device.registers.set_delay(0, 2.5);
  device.write(510);
  EXPECT_EQ(device.ack.taken[0], 500);
  device.write(515);
  device.cycle(Action::none);
  EXPECT_EQ(device.registers.target(0), 500);
  device.cycle(Action::none);
  EXPECT_EQ(device.registers.target(0), 515);
  device.write(530);
  device.cycle(Action::release);
  for (int i = 0; i < 4; ++i) device.cycle(Action::none);
  EXPECT_EQ(device.registers.target(0), 500);
}

}  // namespace
}  // namespace saggar::instruments
