// HI-21, HI-15 on a small kiln: devices that take setpoints and do something else with them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using domain::Action;
using faults::Kind;
using faults::State;

// Write tags of the small kiln: loops 0 to 9, drive groups 10 and 11, inlets 12 and 13, damper 14.
constexpr std::size_t kLoop = 6, kGroup = 10, kInlet = 12, kDamper = 14;

double value(const Kiln& kiln, const std::string& tag) { return sample(kiln, tag).value; }

/// A kiln with a host that writes one value to one tag each second.
struct Hosted {
  std::unique_ptr<Kiln> kiln;
  domain::Command command;
  domain::Ack ack;

  explicit Hosted(std::unique_ptr<Kiln> made = small_kiln())
      : kiln(std::move(made)), command(kiln->mv_count()), ack(kiln->mv_count()) {}
  void fault(Kind kind, const std::string& target, double severity = 1, double duration_s = 100) {
    const double now_s = 1e-9 * static_cast<double>(kiln->time_ns());
    kiln->inject({now_s + 1, kind, target, severity, duration_s});
    keep(2);
  }
  /// Keeps what it has written before alive, and writes nothing.
  void keep(int seconds) {
    for (auto& action : command.action) action = Action::none;
    beat(seconds);
  }
  void write(std::size_t mv, double to, int seconds) {
    for (auto& action : command.action) action = Action::none;
    command.action[mv] = Action::write;
    command.value[mv] = to;
    beat(seconds);
  }

 private:
  void beat(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      ++command.cycle;
      ++command.heartbeat;
      command.valid_until_ns = kiln->time_ns() + 5'000'000'000;
      ASSERT_TRUE(kiln->apply(command, ack));
      kiln->advance(1.0);
    }
  }
};

TEST(KilnDeviceFaults, AStuckDeviceTakesItsSetpointShowsItAndStaysWhereItIs) {
  Hosted host;
  host.write(kInlet, 25, 30);
  host.fault(Kind::actuator_stuck, "o2.inlet01.flow_setpoint");
  host.write(kInlet, 40, 60);
  EXPECT_EQ(host.ack.refused[kInlet], domain::Reason::none);
  EXPECT_EQ(value(*host.kiln, "o2.inlet01.flow_setpoint"), 40);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 25, 0.3);
  host.keep(80);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 40, 0.5);
}

TEST(KilnDeviceFaults, AStuckLoopKeepsItsWorkingSetpointUnderEitherNameOfItsTarget) {
  for (const char* target : {"zone04.top", "zone04.top.setpoint"}) {
    Hosted host;
    host.fault(Kind::actuator_stuck, target);
    host.write(kLoop, 610, 60);
    EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 610) << target;
    EXPECT_NEAR(value(*host.kiln, "zone04.top.working_setpoint"), 600, 1e-9) << target;
    EXPECT_EQ(host.kiln->fault_statements()[0].state, State::active);
  }
}

// Range of a speed 0 to x: half of it is out of reach.
TEST(KilnDeviceFaults, ASaturatedDeviceEndsBelowItsSetpoint) {
  Hosted host;
  const auto& tag = host.kiln->tags()[host.kiln->tags().find("o2.inlet01.flow_setpoint").value()];
  const double reach = tag.high - 0.5 * (tag.high - tag.low);
  host.fault(Kind::actuator_saturated, "o2.inlet01", 0.5);
  host.write(kInlet, tag.high, 60);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), reach, 0.02 * reach);
  host.write(kInlet, tag.high, 80);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), tag.high, 0.02 * tag.high);
}

// 2 % of 100 %: from 50, a step to 51 does nothing, one to 53 is followed.
TEST(KilnDeviceFaults, ADeadBandSwallowsSmallMoves) {
  Hosted host;
  host.write(kDamper, 50, 5);
  host.fault(Kind::actuator_dead_band, "exhaust.damper1", 0.02, 300);
  host.write(kDamper, 51, 60);
  EXPECT_NEAR(value(*host.kiln, "exhaust.damper1.position"), 50, 0.11);
  host.write(kDamper, 53, 60);
  EXPECT_NEAR(value(*host.kiln, "exhaust.damper1.position"), 53, 0.2);
}

// From 30 to 40 behind a lag of 60 s: after 60 s 1 - 1/e of the way, less the controller's own 3 s.
TEST(KilnDeviceFaults, ASlowDeviceFollowsBehindALagAndItsEndLetsItGo) {
  Hosted host;
  host.fault(Kind::actuator_slow, "o2.inlet01", 60);
  host.write(kInlet, 40, 60);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 30 + 10 * (1 - std::exp(-57.0 / 60)), 0.4);
  host.keep(60);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 40, 0.3);
}

// Own recipe 600: a move of +10 comes as +4 with 60 % lost, and as -10 reversed.
TEST(KilnDeviceFaults, AWeakOrReversedDeviceGoesLessOrTheOtherWayFromItsOwnRecipe) {
  Hosted weak, reversed;
  weak.fault(Kind::actuator_weak, "zone04.top", 0.6, 1000);
  reversed.fault(Kind::actuator_reversed, "zone04.top", 1, 1000);
  weak.write(kLoop, 610, 900);
  reversed.write(kLoop, 610, 900);
  EXPECT_NEAR(value(*weak.kiln, "zone04.top.working_setpoint"), 604, 1e-6);
  EXPECT_NEAR(value(*reversed.kiln, "zone04.top.working_setpoint"), 590, 1e-6);
  weak.keep(400);
  EXPECT_NEAR(value(*weak.kiln, "zone04.top.working_setpoint"), 610, 1e-6);
}

TEST(KilnDeviceFaults, AHalfWaveUnitGivesHalfThePowerAtTheSameOutput) {
  const auto sound = small_kiln(), kiln = small_kiln();
  kiln->inject({10, Kind::scr_half_wave, "zone04.top", 1, 600});
  for (Kiln* k : {sound.get(), kiln.get()}) {
    k->manual(kLoop, 60.0);
    k->advance(30);
  }
  EXPECT_NEAR(kiln->loop_power_kW(kLoop) / sound->loop_power_kW(kLoop), 0.5, 1e-9);
  for (Kiln* k : {sound.get(), kiln.get()}) k->advance(600);
  EXPECT_NEAR(kiln->loop_power_kW(kLoop) / sound->loop_power_kW(kLoop), 1.0, 1e-9);
}

TEST(KilnDeviceFaults, AStalledDriveStandsWithItsSaggarsAndTheOtherGroupGoesOn) {
  const auto kiln = small_kiln();
  kiln->inject({10, Kind::drive_stall, "transport.group1", 1, 600});
  kiln->advance(60);
  const std::size_t far = kiln->load().beds().count() - 4;  // nothing is fed: it keeps its index
  const double first_m = kiln->load().position_m()[2];
  const double last_m = kiln->load().position_m()[far];
  kiln->advance(300);
  EXPECT_NEAR(value(*kiln, "transport.group1.speed"), 0, 0.001);
  EXPECT_EQ(value(*kiln, "transport.group1.speed_setpoint"), 0.3);
  EXPECT_NEAR(value(*kiln, "transport.group2.speed"), 0.3, 0.005);
  EXPECT_NEAR(kiln->load().position_m()[2], first_m, 1e-4);
  EXPECT_NEAR(kiln->load().position_m()[far], last_m + 0.09, 0.003);  // 300 s of 0.3 mm/s
  kiln->advance(400);
  EXPECT_NEAR(value(*kiln, "transport.group1.speed"), 0.3, 0.005);
}

/// Distances between neighbours, from the entry on.
std::vector<double> pitches(const Kiln& kiln) {
  std::vector<double> list;
  for (std::size_t j = 1; j < kiln.load().beds().count(); ++j) {
    list.push_back(kiln.load().position_m()[j] - kiln.load().position_m()[j - 1]);
  }
  return list;
}

// Group 1 is the first 5.5 m of 11: its broken roller lies at 2.75 m, a jam ends it at 5.5 m.
// 0.3 mm/s for 1800 s is 0.54 m.
TEST(KilnDeviceFaults, ABrokenRollerAndAJamCloseUpWhatComesBehindAndOpenAGapAhead) {
  for (const auto& [kind, at_m] : {std::pair{Kind::roller_broken, 2.75}, {Kind::saggar_jam, 5.5}}) {
    const auto kiln = small_kiln();
    kiln->inject({10, kind, "transport.group1", 1, 1800});
    kiln->advance(1800);
    const std::vector<double> gaps = pitches(*kiln);
    const auto widest = std::max_element(gaps.begin(), gaps.end());
    const auto j = static_cast<std::size_t>(widest - gaps.begin());
    EXPECT_GT(*widest, 0.5) << name(kind);
    EXPECT_NEAR(kiln->load().position_m()[j], at_m, 0.4) << name(kind);
    EXPECT_NEAR(gaps[j - 1], 0.33, 0.011) << name(kind);  // they touch, or are about to
    EXPECT_NEAR(value(*kiln, "transport.group1.speed"), 0.3, 0.005);
    const double stood_m = kiln->load().position_m()[j];
    kiln->advance(600);
    EXPECT_GT(kiln->load().position_m()[j + (gaps.size() + 1 < kiln->load().beds().count())],
              stood_m + 0.1);
  }
}

TEST(KilnDeviceFaults, AHalfBrokenRollerSlowsWhatPassesIt) {
  const auto sound = small_kiln(), kiln = small_kiln();
  kiln->inject({10, Kind::roller_broken, "transport.group1", 0.5, 0});
  for (Kiln* k : {sound.get(), kiln.get()}) k->advance(4000);
  EXPECT_LT(kiln->load().beds().count(), sound->load().beds().count() + 2);
  const auto gaps = pitches(*kiln);
  EXPECT_GT(*std::max_element(gaps.begin(), gaps.end()), 0.36);
}

TEST(KilnDeviceFaults, AJammedDamperStaysAndAnUnnamedJamIsOfAllOfThem) {
  for (const char* target : {"exhaust.damper1", ""}) {
    Hosted host;
    host.fault(Kind::damper_jam, target);
    host.write(kDamper, 70, 60);
    EXPECT_NEAR(value(*host.kiln, "exhaust.damper1.position"), 50, 0.11) << target;
    host.keep(120);
    EXPECT_NEAR(value(*host.kiln, "exhaust.damper1.position"), 70, 0.2) << target;
  }
}

TEST(KilnDeviceFaults, ALeakingValveNeverClosesBelowItsLeak) {
  Hosted host;
  host.fault(Kind::o2_valve_leak, "o2.inlet01", 20);
  host.write(kInlet, 5, 60);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 20, 0.3);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet02.flow"), 30, 0.4);
  host.keep(80);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 5, 0.3);
}

TEST(KilnDeviceFaults, AWornRegisterAcknowledgesAndKeepsItsOldValue) {
  Hosted host;
  host.write(kLoop, 605, 2);
  host.fault(Kind::eeprom_worn, "zone04.top.setpoint");
  host.write(kLoop, 612, 5);
  EXPECT_EQ(host.ack.refused[kLoop], domain::Reason::none);
  EXPECT_EQ(host.ack.taken[kLoop], 605);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 605);
  host.write(kLoop, 612, 110);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 612);
}

// IF-13: what was written is gone, until it is written again; the loop comes back on its ramp.
TEST(KilnDeviceFaults, ARestartedDeviceIsSilentThenLocalWithWhatWasStored) {
  Hosted host;
  host.write(kLoop, 610, 5);
  host.fault(Kind::device_restart, "zone04.top", 1, 10);
  host.write(kLoop, 610, 5);
  EXPECT_EQ(host.ack.refused[kLoop], domain::Reason::readback_failed);
  for (const char* tag : {"temperature", "working_setpoint", "output", "remote", "setpoint"}) {
    EXPECT_EQ(sample(*host.kiln, std::string("zone04.top.") + tag).quality, domain::Quality::bad);
  }
  EXPECT_EQ(host.kiln->loop_power_kW(kLoop), 0.0);
  EXPECT_EQ(sample(*host.kiln, "zone04.bottom.temperature").quality, domain::Quality::good);
  host.keep(10);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 600);
  EXPECT_EQ(value(*host.kiln, "zone04.top.remote"), 0);
  EXPECT_EQ(value(*host.kiln, "zone04.bottom.remote"), 0);
  host.write(kLoop, 610, 2);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 610);
  EXPECT_EQ(value(*host.kiln, "zone04.top.remote"), 1);
}

TEST(KilnDeviceFaults, WithoutPowerADriveStopsAValveShutsAndADamperStays) {
  Hosted host;
  host.fault(Kind::device_restart, "transport.group1", 1, 200);
  host.fault(Kind::device_restart, "o2.inlet01", 1, 200);
  host.fault(Kind::device_restart, "exhaust.damper1", 1, 200);
  host.write(kDamper, 80, 60);
  EXPECT_TRUE(std::isnan(value(*host.kiln, "transport.group1.speed")));
  EXPECT_TRUE(std::isnan(value(*host.kiln, "o2.inlet01.flow")));
  const double m = host.kiln->load().position_m()[3];
  host.keep(60);
  EXPECT_NEAR(host.kiln->load().position_m()[3], m, 1e-4);
  host.keep(90);
  EXPECT_NEAR(value(*host.kiln, "exhaust.damper1.position"), 50, 0.2);
  EXPECT_NEAR(value(*host.kiln, "transport.group1.speed"), 0.3, 0.005);
  EXPECT_NEAR(value(*host.kiln, "o2.inlet01.flow"), 30, 0.5);
}

TEST(KilnDeviceFaults, ASlowLinkOfADeviceActsAndReadsBackLater) {
  Hosted host;
  host.fault(Kind::device_slow, "zone04.top", 3000);
  host.write(kLoop, 612, 1);
  EXPECT_EQ(host.ack.taken[kLoop], 600);
  host.keep(1);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 600);
  host.keep(2);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 612);
}

// IF-10 to IF-13: a plant whose furnace controllers keep setpoints in EEPROM and go local by
// themselves, and whose flow controllers forget theirs with the mains.
PlantParams made_of_real_devices() {
  PlantParams p = small_params();
  DeviceMakeFigures eeprom, buffered;
  eeprom.memory = instruments::Memory::eeprom;
  eeprom.endurance_writes.value = 3;
  eeprom.remote_timeout_s.value = 5;
  buffered.of = DeviceOf::atmosphere;
  buffered.loses_power = true;
  p.device = {eeprom, buffered};
  return p;
}
std::unique_ptr<Kiln> real_devices() {
  return Kiln::make(small_config(), made_of_real_devices(), small_recipe(), 1).value();
}

TEST(KilnDeviceFaults, WritesAreCountedPerRegisterAndAWornOneKeepsItsValue) {
  Hosted host(Kiln::make(small_config(), made_of_real_devices(), small_recipe(), 1).value());
  for (int i = 1; i <= 3; ++i) host.write(kLoop, 600 + i, 2);
  EXPECT_EQ(host.kiln->register_wear(kLoop).writes, 6U);
  EXPECT_EQ(host.kiln->register_wear(kLoop).changes, 3U);
  EXPECT_EQ(host.kiln->register_wear(kLoop).stored, 3U);
  EXPECT_EQ(host.kiln->register_wear(kLoop + 1).writes, 0U);
  host.write(kLoop, 620, 2);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 603);
  host.write(kInlet, 35, 2);
  EXPECT_EQ(host.kiln->register_wear(kInlet).changes, 1U);
  EXPECT_EQ(host.kiln->register_wear(kInlet).stored, 0U);  // RAM
}

TEST(KilnDeviceFaults, ADeviceWithItsOwnTimeoutGoesLocalWhileTheHostLives) {
  Hosted host(real_devices());
  host.write(kLoop, 602, 2);
  EXPECT_EQ(value(*host.kiln, "zone04.top.remote"), 1);
  host.keep(8);
  EXPECT_TRUE(host.kiln->host_alive());
  EXPECT_EQ(value(*host.kiln, "zone04.top.remote"), 0);
  EXPECT_EQ(value(*host.kiln, "zone04.top.setpoint"), 600);
}

TEST(KilnDeviceFaults, AfterAnOutageABufferedDeviceIsBackOnItsStoredSetpointAndStoresFromThen) {
  Hosted host(real_devices());
  host.write(kInlet, 40, 5);
  host.fault(Kind::mains_outage, "", 1, 2);
  host.keep(20);
  EXPECT_EQ(value(*host.kiln, "o2.inlet01.flow_setpoint"), 30);
  host.write(kInlet, 41, 2);
  EXPECT_EQ(value(*host.kiln, "o2.inlet01.flow_setpoint"), 41);
  EXPECT_EQ(host.kiln->register_wear(kInlet).stored, 1U);  // backup mode: nobody has armed it
  host.kiln->new_host();
  host.write(kInlet, 42, 2);
  EXPECT_EQ(host.kiln->register_wear(kInlet).stored, 1U);
}

TEST(KilnDeviceFaults, ASnapshotKeepsDevicesAndTheirCountersToTheBit) {
  Hosted host(real_devices());
  host.write(kLoop, 602, 2);
  host.fault(Kind::actuator_slow, "o2.inlet02", 60, 600);
  host.fault(Kind::device_slow, "o2.inlet01", 5000, 600);
  host.write(kInlet, 40, 2);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  host.kiln->serialize(out);
  const auto other = real_devices();
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  other->serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(other->register_wear(kLoop).changes, 1U);
  for (int i = 0; i < 30; ++i) {
    host.kiln->advance(1);
    other->advance(1);
    for (const char* tag : {"o2.inlet01.flow", "o2.inlet01.flow_setpoint", "o2.inlet02.flow"}) {
      EXPECT_EQ(value(*host.kiln, tag), value(*other, tag)) << tag << " at " << i;
    }
  }
}

TEST(KilnDeviceFaults, AnUnknownWriteTagOrInletIsStatedWithTheNearestName) {
  const auto kiln = small_kiln();
  kiln->inject({1, Kind::actuator_stuck, "zone04.top.setpoimt", 1, 0});
  kiln->inject({1, Kind::o2_valve_leak, "o2.inlet09", 10, 0});
  kiln->advance(2);
  EXPECT_THAT(kiln->fault_statements()[0].why_not,
              ::testing::HasSubstr("did you mean \"zone04.top.setpoint\"?"));
  EXPECT_THAT(kiln->fault_statements()[1].why_not, ::testing::HasSubstr("no gas inlet"));
}

}  // namespace
}  // namespace saggar::kiln
