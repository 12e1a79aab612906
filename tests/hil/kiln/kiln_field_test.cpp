#include <gtest/gtest.h>

#include <cmath>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using domain::Action;
using domain::Quality;

/// A host that writes every second.
struct Host {
  explicit Host(Kiln& kiln_) : kiln(kiln_), command(kiln_.mv_count()), ack(kiln_.mv_count()) {}
  void write(std::size_t mv, double value) {
    command.action[mv] = Action::write;
    command.value[mv] = value;
  }
  bool cycle() {
    ++command.cycle;
    ++command.heartbeat;
    command.valid_until_ns = kiln.time_ns() + 5'000'000'000;
    const bool answered = kiln.apply(command, ack);
    kiln.advance(1.0);
    return answered;
  }
  Kiln& kiln;
  domain::Command command;
  domain::Ack ack;
};

TEST(KilnField, AFrameHasAGoodSampleOfEveryTagWithinItsRange) {
  const auto kiln = small_kiln();
  kiln->advance(5.0);
  domain::Frame frame(kiln->tags().size());
  kiln->read(frame);
  EXPECT_EQ(frame.time_ns, 5'000'000'000);
  for (std::size_t i = 0; i < frame.samples.size(); ++i) {
    const domain::Tag& tag = kiln->tags()[static_cast<domain::TagId>(i)];
    if (tag.name.starts_with("lab.")) continue;  // hours later
    EXPECT_EQ(frame.samples[i].quality, Quality::good) << tag.name;
    EXPECT_GE(frame.samples[i].value, tag.low) << tag.name;
    EXPECT_LE(frame.samples[i].value, tag.high) << tag.name;
    EXPECT_EQ(frame.samples[i].time_ns, frame.time_ns) << tag.name;
  }
}

TEST(KilnField, SequenceRisesWithEveryStep) {
  const auto kiln = small_kiln();
  domain::Frame a(kiln->tags().size()), b(kiln->tags().size());
  kiln->read(a);
  kiln->advance(1.0);
  kiln->read(b);
  EXPECT_EQ(b.sequence, a.sequence + 1);
}

TEST(KilnField, AWriteIsTakenRampedToAndReadBack) {
  const auto kiln = small_kiln();
  Host host(*kiln);
  host.write(0, 212.34);
  EXPECT_TRUE(host.cycle());
  EXPECT_NEAR(host.ack.taken[0], 212.3, 1e-9);
  EXPECT_EQ(sample(*kiln, "zone01.top.remote").value, 1.0);
  EXPECT_EQ(sample(*kiln, "zone01.bottom.remote").value, 0.0);  // nobody wrote it
  EXPECT_NEAR(sample(*kiln, "zone01.top.setpoint").value, 212.3, 1e-9);
  EXPECT_LT(sample(*kiln, "zone01.top.working_setpoint").value, 201.0);  // 5 K/min
  for (int i = 0; i < 200; ++i) host.cycle();
  EXPECT_NEAR(sample(*kiln, "zone01.top.working_setpoint").value, 212.3, 1e-9);
}

TEST(KilnField, ShedsFiveSecondsAfterTheHostFellSilent) {  // SC-46, SC-50
  const auto kiln = small_kiln();
  Host host(*kiln);
  host.write(0, 210.0);
  host.write(10, 0.35);
  for (int i = 0; i < 10; ++i) host.cycle();
  EXPECT_NEAR(sample(*kiln, "transport.group1.working_speed").value, 0.35, 1e-9);
  double silent = 0;
  while (kiln->host_alive() && silent < 20) {
    kiln->advance(0.5);
    silent += 0.5;
  }
  EXPECT_NEAR(silent, 4.0, 1.0);  // the last write was one second before
  EXPECT_EQ(sample(*kiln, "zone01.top.remote").value, 0.0);
  EXPECT_NEAR(sample(*kiln, "zone01.top.setpoint").value, 200.0, 1e-9);
  EXPECT_NEAR(sample(*kiln, "transport.group1.working_speed").value, 0.3, 1e-9);
}

TEST(KilnField, TheCurrentFollowsThePower) {
  const auto kiln = small_kiln();
  kiln->manual(4, 50.0);
  kiln->advance(10.0);
  // 15.83 kW * 50 % at 380 V, give or take mains, element and meter.
  EXPECT_NEAR(sample(*kiln, "zone03.top.current").value, 0.5 * 15833.3 / 380.0, 1.5);
}

TEST(KilnField, AnalysersShowTheGasOfTheirZone) {
  const auto kiln = small_kiln();
  kiln->advance(600);
  const GasPath& gas = kiln->chamber().gas();  // the points are in zones 2 and 5
  EXPECT_NEAR(sample(*kiln, "gas.point2.o2").value, 100.0 * gas.fraction(kO2, 4), 1.0);
  EXPECT_NEAR(sample(*kiln, "gas.point2.h2o").value, 100.0 * gas.fraction(kH2O, 4), 1.5);
  EXPECT_NEAR(sample(*kiln, "gas.point1.h2o").value, 100.0 * gas.fraction(kH2O, 1), 1.5);
  // Supply comes in at zone 5 and steam from all before it: drier and richer at the soak.
  EXPECT_GT(gas.fraction(kO2, 4), gas.fraction(kO2, 1));
  EXPECT_LT(gas.fraction(kH2O, 4), gas.fraction(kH2O, 1));
  EXPECT_NEAR(sample(*kiln, "kiln.hall_o2").value, 20.95, 0.5);
}

TEST(KilnField, TruthHasOneEntryPerZoneAndColumn) {
  const auto kiln = small_kiln();
  Truth truth;
  kiln->truth(truth);
  EXPECT_EQ(truth.zone_position_m.size(), 5U);
  EXPECT_EQ(truth.zone_position_m[1], 3.0);
  ASSERT_EQ(truth.column_core_degC.size(), kiln->load().beds().count());
  ASSERT_GT(truth.column_core_degC.size(), 25U);
  EXPECT_LT(truth.column_dryness[0], 0.05);
  EXPECT_LT(truth.column_core_degC[10], truth.column_surface_degC[10]);
}

}  // namespace
}  // namespace saggar::kiln
