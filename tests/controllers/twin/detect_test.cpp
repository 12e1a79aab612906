// The detector beside a simulated plant: a small version of `./dev accept mpc --only 9`.
#include "controllers/twin/detect.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/controllers/twin/fault_bench.hpp"
#include "tests/support/gate.hpp"

namespace saggar::twin {
namespace {

TEST(Detector, IsSilentBesideASoundPlantAndFindsEachOfTwoFaultsAlone) {
  FaultBench sound(41);
  sound.run(8);
  EXPECT_EQ(sound.findings().count(), 0U);
  FaultBench heater(sound);
  heater.begin(faults::Kind::heater_open, "zone14.top", 1.0 / 3);
  heater.run(0.25);
  ASSERT_EQ(heater.findings().count(), 1U);
  EXPECT_TRUE(heater.stands(Cause::element_open, 13, 0));
  EXPECT_NEAR(heater.findings()[0].size, -1.0 / 3, 0.05);
  EXPECT_NEAR(heater.findings()[0].began_s, 8 * 3600, 120);
  FaultBench swapped(sound);
  swapped.begin(faults::Kind::thermocouple_swap, "zone12.bottom", 1);
  swapped.run(0.5);
  ASSERT_EQ(swapped.findings().count(), 1U);
  EXPECT_TRUE(swapped.stands(Cause::thermocouple_swap, 11, 1));
  EXPECT_EQ(swapped.findings()[0].other_zone, 12);
}

/// A twin that has begun, without a plant.
class DetectorAlone : public ::testing::Test {
 protected:
  DetectorAlone()
      : config_(kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml")),
        places_(places_of(config_)),
        twin_(Figures{}, places_, Settings{}),
        detector_(limits(), Figures{}, places_),
        m_(places_),
        d_(places_.zones, 2) {
    for (std::size_t k = 0; k < places_.zones; ++k) {
      m_.top_degC[k] = m_.bottom_degC[k] = 150.0 + 20.0 * static_cast<double>(k);
      m_.top_kW[k] = m_.bottom_kW[k] = 8;
      d_.top_percent[k] = d_.bottom_percent[k] = 50;
    }
    for (double& flow : m_.inlet_Nm3_per_h) flow = 60;
    for (double& speed : m_.speed_mm_per_s) speed = 0.8333;
    for (double& damper : d_.damper_percent) damper = 50;
    m_.pressure_Pa = 10;
    m_.saggar_kg = 9.2;
    d_.mains_V = 380;
    twin_.step(30, m_);
  }
  static Limits limits() {
    Limits l;
    l.settle_h = 0;
    l.learn_h = 0.1;
    return l;
  }

  config::KilnConfig config_;
  Places places_;
  Twin twin_;
  Detector detector_;
  Measured m_;
  Driven d_;
};

TEST_F(DetectorAlone, StepsWithoutHeap) {
  const gate::Scope scope;
  for (int i = 0; i < 50; ++i) detector_.step(30, m_, d_, twin_);
  EXPECT_TRUE(!scope.counts().available || scope.counts().none());
}

TEST_F(DetectorAlone, LivesWithMeasurementsThatAreNotThereAndTakesThemForNoFault) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (int i = 0; i < 50; ++i) detector_.step(30, m_, d_, twin_);
  const std::size_t before = detector_.findings().count();
  m_.top_degC[4] = m_.bottom_kW[7] = m_.pressure_Pa = m_.present = none;
  d_.top_percent[3] = d_.damper_percent[1] = d_.mains_V = none;
  for (int i = 0; i < 50; ++i) detector_.step(30, m_, d_, twin_);
  d_.mains_V = 380;
  for (int i = 0; i < 50; ++i) detector_.step(30, m_, d_, twin_);
  EXPECT_EQ(detector_.findings().count(), before);
  EXPECT_TRUE(std::isfinite(detector_.power().loss(3).value));
  EXPECT_TRUE(std::isfinite(detector_.exhaust().sum().value));
}

// A reading that is nonsense makes the twin begin anew: its balances are not believed for hours.
TEST_F(DetectorAlone, WaitsAgainWhenTheTwinBeginsAnew) {
  for (int i = 0; i < 50; ++i) detector_.step(30, m_, d_, twin_);
  EXPECT_TRUE(detector_.signals().settled);
  Limits limits;
  Detector usual(limits, Figures{}, places_);
  usual.step(30, m_, d_, twin_);
  EXPECT_FALSE(usual.signals().settled) << "30 s after the start";
  m_.top_degC[3] = 1e300;
  twin_.step(30, m_);
  ASSERT_EQ(twin_.seen().count, 0U);
  usual.step(30, m_, d_, twin_);
  EXPECT_EQ(usual.findings().count(), 0U);
  m_.top_degC[3] = 210;
  twin_.step(30, m_);
  usual.step(30, m_, d_, twin_);
  EXPECT_FALSE(usual.signals().settled);
}

TEST_F(DetectorAlone, ASecondOneOfTheSameInputsSaysTheSameBits) {
  Detector other = detector_;
  m_.top_kW[5] = 3;
  for (int i = 0; i < 100; ++i) {
    detector_.step(30, m_, d_, twin_);
    other.step(30, m_, d_, twin_);
  }
  EXPECT_EQ(detector_.power().loss(5).value, other.power().loss(5).value);
  EXPECT_EQ(detector_.findings().count(), other.findings().count());
}

std::vector<std::uint8_t> saved(Detector& detector) {
  plugin::State count = plugin::State::counting();
  detector.state(count);
  std::vector<std::uint8_t> bytes(count.size());
  plugin::State save = plugin::State::saving(bytes.data(), bytes.size());
  detector.state(save);
  EXPECT_TRUE(save.complete());
  return bytes;
}

// Into one that has seen something else: nothing of that stays. A loop of 3 kW is found, and
// its finding ends.
TEST_F(DetectorAlone, ASavedOneGoesOnToTheBit) {
  Detector other = detector_;
  const auto steps = [&](Detector& it, int n) {
    for (int i = 0; i < n; ++i) {
      m_.top_degC[8] += i % 2 == 0 ? 0.5 : -0.5;
      m_.present = i % 20 < 14 ? 1 : 0;
      twin_.step(30, m_);
      it.step(30, m_, d_, twin_);
    }
  };
  steps(other, 30);
  m_.bottom_kW[9] = 2;
  steps(other, 60);
  ASSERT_GT(other.findings().count(), 0U);
  m_.bottom_kW[9] = 8;
  steps(detector_, 30);
  m_.top_kW[5] = 3;
  steps(detector_, 30);
  ASSERT_EQ(detector_.findings().count(), 1U);
  const std::vector<std::uint8_t> state = saved(detector_);
  plugin::State load = plugin::State::loading(state.data(), state.size());
  other.state(load);
  ASSERT_TRUE(load.complete());
  EXPECT_EQ(saved(other), state);
  ASSERT_EQ(other.findings().count(), 1U);
  EXPECT_EQ(other.findings()[0].cause, Cause::element_open);
  for (int i = 0; i < 60; ++i) {
    m_.top_kW[5] = i < 30 ? 3 : 8;
    twin_.step(30, m_);
    for (Detector* it : {&detector_, &other}) it->step(30, m_, d_, twin_);
    ASSERT_EQ(saved(detector_), saved(other)) << i;
  }
}

}  // namespace
}  // namespace saggar::twin
