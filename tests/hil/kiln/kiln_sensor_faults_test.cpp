// HI-20 on a small kiln: each fault of a sensor does to its tag what it says, to no more, and ends.
// Two kilns of one seed have the same noise, so that what differs is the fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using domain::Quality;
using domain::SubStatus;
using faults::Kind;

const std::string kTop = "zone04.top.temperature";

double value(const Kiln& kiln, const std::string& tag) { return sample(kiln, tag).value; }

/// A sound kiln and one with a fault from 10 s to 70 s, its loop held in manual in both, so that
/// both are as hot.
struct Pair {
  std::unique_ptr<Kiln> sound = small_kiln(), kiln = small_kiln();

  Pair(Kind kind, const std::string& target, double severity = 1) {
    kiln->inject({10, kind, target, severity, 60});
    for (Kiln* k : {sound.get(), kiln.get()}) {
      for (std::size_t i = 0; i < 10; ++i) k->manual(i, 30.0);
    }
  }
  void advance(double dt_s) {
    for (Kiln* k : {sound.get(), kiln.get()}) k->advance(dt_s);
  }
  double difference(const std::string& tag) const { return value(*kiln, tag) - value(*sound, tag); }
  void expect_sound(const std::string& tag) const {
    EXPECT_EQ(value(*kiln, tag), value(*sound, tag));
    EXPECT_EQ(sample(*kiln, tag).quality, Quality::good);
  }
};

// One stretch of 2 s of 30 has a spike: in 60 s usually two of them.
TEST(KilnSensorFaults, ASpikeIsSeldomShortAndOfTheGivenHeight) {
  Pair both(Kind::thermocouple_spike, "zone04.top", 40);
  both.kiln->inject({70, Kind::thermocouple_spike, "zone04.top", 40, 5930});
  int spikes = 0, seconds = 0;
  for (; seconds < 5990; ++seconds) {
    both.advance(1);
    const double d = both.difference(kTop);
    EXPECT_TRUE(d == 0 || std::abs(d - 40) < 0.11) << d;
    spikes += d != 0 ? 1 : 0;
  }
  EXPECT_NEAR(spikes, seconds / 30, 80);  // 200 +- 4 standard deviations of 100 stretches of 2 s
  both.advance(30);
  both.expect_sound(kTop);
}

// Noise of 0.15 K times 8: the difference to the sound reading is 7 times the noise, 1.05 K.
TEST(KilnSensorFaults, ANoisySensorHasSoManyTimesItsNoise) {
  Pair both(Kind::thermocouple_noise, "zone04.top", 8);
  double square = 0;
  both.advance(10);
  for (int i = 0; i < 55; ++i) {
    both.advance(1);
    square += both.difference(kTop) * both.difference(kTop);
  }
  EXPECT_NEAR(std::sqrt(square / 55), 1.05, 0.3);
  EXPECT_EQ(both.difference("zone04.bottom.temperature"), 0.0);
  both.advance(10);
  both.expect_sound(kTop);
}

TEST(KilnSensorFaults, ADroppedOutSensorHasNoNumberForTheHostAndOneForItsController) {
  Pair both(Kind::thermocouple_dropout, "zone04.top", 1);
  both.kiln->automatic(6);
  both.sound->automatic(6);
  both.advance(40);
  const domain::Sample lost = sample(*both.kiln, kTop);
  EXPECT_TRUE(std::isnan(lost.value));
  EXPECT_EQ(lost.quality, Quality::bad);
  EXPECT_EQ(lost.sub_status, SubStatus::not_finite);
  EXPECT_EQ(both.difference("zone04.top.output"), 0.0);
  both.advance(40);
  both.expect_sound(kTop);
}

TEST(KilnSensorFaults, AHalfDroppedOutSensorIsGoneInHalfOfTheStretches) {
  Pair both(Kind::thermocouple_dropout, "zone04.top", 0.5);
  both.kiln->inject({70, Kind::thermocouple_dropout, "zone04.top", 0.5, 0});
  int gone = 0;
  both.kiln->advance(10);
  for (int i = 0; i < 400; ++i) {
    both.kiln->advance(5);
    gone += sample(*both.kiln, kTop).quality == Quality::bad ? 1 : 0;
  }
  EXPECT_NEAR(gone, 200, 40);
}

TEST(KilnSensorFaults, AQuantisedSensorShowsWholeSteps) {
  Pair both(Kind::thermocouple_quantised, "zone04.top", 5);
  both.advance(40);
  EXPECT_EQ(std::fmod(value(*both.kiln, kTop), 5.0), 0.0);
  EXPECT_LE(std::abs(both.difference(kTop)), 2.6);
  both.advance(40);
  both.expect_sound(kTop);
}

// What it shows is the sound reading behind one time constant of 100 s more, noise and step aside.
TEST(KilnSensorFaults, ALaggingSensorComesBehindAChange) {
  Pair both(Kind::thermocouple_lag, "zone04.top", 100);
  both.kiln->inject({10, Kind::thermocouple_lag, "zone04.top", 100, 590});
  both.advance(10);
  for (Kiln* k : {both.sound.get(), both.kiln.get()}) k->manual(6, 100.0);
  double behind = value(*both.sound, kTop);
  for (int i = 0; i < 580; ++i) {
    both.advance(1);
    behind += (value(*both.sound, kTop) - behind) * (1 - std::exp(-1.0 / 100));
  }
  EXPECT_NEAR(value(*both.kiln, kTop), behind, 0.7);
  EXPECT_LT(both.difference(kTop), -2.0);
  both.advance(20);
  both.expect_sound(kTop);
}

// 600 degC mirrored about terminals at 25 degC would be -550; the card ends at -200.
TEST(KilnSensorFaults, AReversedSensorReadsBelowZeroAndItsLoopGivesAll) {
  Pair both(Kind::thermocouple_reversed, "zone04.top");
  both.kiln->automatic(6);
  both.advance(60);
  EXPECT_EQ(value(*both.kiln, kTop), -200.0);
  EXPECT_EQ(value(*both.kiln, "zone04.top.output"), 100.0);
}

TEST(KilnSensorFaults, AReversedSensorNearTheTerminalsIsMirroredAboutThem) {
  auto made = Kiln::make(small_config(), small_params(), small_recipe(), 1, Start::cold);
  const auto kiln = std::move(made).value();
  kiln->inject({10, Kind::thermocouple_reversed, "zone04.top", 1, 60});
  kiln->inject({10, Kind::thermocouple_offset, "zone04.top", 30, 60});
  kiln->advance(5);
  const double before = value(*kiln, kTop);
  kiln->advance(10);
  EXPECT_NEAR(value(*kiln, kTop), 50 - (before + 30), 1.5);
}

TEST(KilnSensorFaults, AnErrorOfTheColdJunctionIsOnAllSensorsAndOneWithItsOwnIsItsOwn) {
  Pair both(Kind::cold_junction_error, "", 5);
  both.kiln->inject({10, Kind::cold_junction_error, "zone01.top", -3, 60});
  both.advance(40);
  EXPECT_NEAR(both.difference("zone01.top.temperature"), -3, 0.11);
  for (const char* loop : {"zone01.bottom", "zone04.top", "zone05.bottom"}) {
    EXPECT_NEAR(both.difference(std::string(loop) + ".temperature"), 5, 0.11) << loop;
  }
  both.advance(40);
  both.expect_sound(kTop);
}

TEST(KilnSensorFaults, ADecalibratedSensorIsWrongInProportionToItsTemperature) {
  Pair both(Kind::thermocouple_gain, "zone04.top", -2);
  both.kiln->inject({10, Kind::thermocouple_gain, "zone01.top", -2, 60});
  both.advance(40);
  EXPECT_NEAR(both.difference(kTop), -0.02 * value(*both.sound, kTop), 0.3);
  EXPECT_NEAR(both.difference("zone01.top.temperature"),
              -0.02 * value(*both.sound, "zone01.top.temperature"), 0.3);
  both.advance(40);
  both.expect_sound(kTop);
}

TEST(KilnSensorFaults, AMixUpOfUnitsSendsFahrenheitAndLeavesTheLoopAsItIs) {
  Pair both(Kind::fahrenheit, "zone04.top");
  both.kiln->automatic(6);
  both.sound->automatic(6);
  both.advance(40);
  EXPECT_NEAR(value(*both.kiln, kTop), 1.8 * value(*both.sound, kTop) + 32, 0.051);
  EXPECT_EQ(sample(*both.kiln, kTop).quality, Quality::good);
  EXPECT_EQ(both.difference("zone04.top.output"), 0.0);
  EXPECT_EQ(both.difference("zone04.bottom.temperature"), 0.0);
  both.advance(40);
  both.expect_sound(kTop);
}

TEST(KilnSensorFaults, AnAnalyserIsOffOrStuckAndRightAgainAtTheEnd) {
  Pair off(Kind::analyser_offset, "gas.point2.o2", -2);
  off.kiln->inject({10, Kind::analyser_offset, "gas.point1.co2", 0.5, 60});
  off.advance(40);
  EXPECT_NEAR(off.difference("gas.point2.o2"), -2, 0.011);
  EXPECT_NEAR(off.difference("gas.point1.co2"), 0.005, 2e-6);  // 0.5 vol % as a fraction
  EXPECT_EQ(off.difference("gas.point1.o2"), 0.0);
  off.advance(40);
  off.expect_sound("gas.point2.o2");
  off.expect_sound("gas.point1.co2");
  Pair stuck(Kind::analyser_stuck, "gas.point2.o2");
  stuck.advance(11);
  const double held = value(*stuck.kiln, "gas.point2.o2");
  stuck.advance(50);
  EXPECT_EQ(value(*stuck.kiln, "gas.point2.o2"), held);
  EXPECT_NE(value(*stuck.sound, "gas.point2.o2"), held);
  stuck.advance(20);
  stuck.expect_sound("gas.point2.o2");
}

TEST(KilnSensorFaults, ThePressureTransmitterIsOffOrStuckAndRightAgainAtTheEnd) {
  Pair off(Kind::pressure_offset, "", 20);
  off.advance(40);
  EXPECT_NEAR(off.difference("kiln.pressure"), 20, 0.11);
  off.advance(40);
  off.expect_sound("kiln.pressure");
  Pair stuck(Kind::pressure_stuck, "");
  stuck.kiln->inject({30, Kind::exhaust_block, "", 0.8, 30});
  stuck.advance(12);
  const double held = value(*stuck.kiln, "kiln.pressure");
  stuck.advance(45);
  EXPECT_EQ(value(*stuck.kiln, "kiln.pressure"), held);
  EXPECT_GT(stuck.kiln->chamber().gas().pressure_Pa(), held + 20);
}

TEST(KilnSensorFaults, ASnapshotKeepsThemToTheBit) {
  Pair both(Kind::thermocouple_lag, "zone04.top", 100);
  both.kiln->inject({10, Kind::thermocouple_noise, "zone04.bottom", 5, 600});
  both.kiln->inject({10, Kind::analyser_stuck, "gas.point1.o2", 1, 600});
  both.kiln->inject({10, Kind::thermocouple_dropout, "zone03.top", 0.5, 600});
  both.kiln->advance(40);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  both.kiln->serialize(out);
  const auto other = small_kiln(2);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  other->serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  for (int i = 0; i < 50; ++i) {
    both.kiln->advance(1);
    other->advance(1);
    for (const char* tag : {"zone04.top.temperature", "zone04.bottom.temperature", "gas.point1.o2",
                            "zone03.top.temperature"}) {
      const double a = value(*both.kiln, tag), b = value(*other, tag);
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << tag << " at " << i;
    }
  }
}

}  // namespace
}  // namespace saggar::kiln
