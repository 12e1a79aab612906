// A kiln that starts cold and empty: heated up on a ramp and shut down, within its limits.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

std::unique_ptr<Kiln> cold_kiln() {
  auto made = Kiln::make(small_config(), small_params(), small_recipe(), 1, Start::cold);
  if (!made.ok()) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// A host that writes setpoints of all ten loops each minute, as a runtime on a recipe would.
class Ramp {
 public:
  explicit Ramp(Kiln& kiln) : kiln_(kiln), command_(kiln.mv_count()), ack_(kiln.mv_count()) {
    kiln_.agree_heartbeat(1.0);
  }
  /// `seconds` with setpoints that move by `K_per_h` toward `target`.
  void go(int seconds, double K_per_h, const std::vector<double>& target) {
    for (int s = 0; s < seconds; ++s) {
      for (std::size_t l = 0; l < 10; ++l) {
        const double step = K_per_h / 3600.0;
        at_[l] += std::clamp(target[l] - at_[l], -step, step);
        command_.action[l] = domain::Action::write;
        command_.value[l] = at_[l];
      }
      ++command_.cycle;
      ++command_.heartbeat;
      command_.valid_until_ns = kiln_.time_ns() + 5'000'000'000;
      kiln_.apply(command_, ack_);
      kiln_.advance(1.0);
    }
  }
  const std::vector<double>& wanted() const { return at_; }

 private:
  Kiln& kiln_;
  domain::Command command_;
  domain::Ack ack_;
  std::vector<double> at_ = std::vector<double>(10, 25.0);
};

/// How far any loop is behind its setpoint.
double behind_K(const Kiln& kiln, const std::vector<double>& wanted) {
  double worst = 0;
  for (std::size_t l = 0; l < 10; ++l) {
    domain::Frame frame(kiln.tags().size());
    kiln.read(frame);
    worst = std::max(worst, wanted[l] - frame.samples[l].value);
  }
  return worst;
}
/// How far a soak zone is ahead of it; the zones before stand in the hot gas that leaves over them,
/// with no load that would take it up.
double ahead_K(const Kiln& kiln, const std::vector<double>& wanted) {
  domain::Frame frame(kiln.tags().size());
  kiln.read(frame);
  double worst = 0;
  for (std::size_t l = 6; l < 10; ++l) worst = std::max(worst, frame.samples[l].value - wanted[l]);
  return worst;
}

TEST(Cold, AKilnStartsEmptyAtTheTemperatureOfTheHallAndStaysThere) {
  const auto kiln = cold_kiln();
  EXPECT_EQ(kiln->load().beds().count(), 0U);
  for (const double face : kiln->chamber().face_K()) EXPECT_NEAR(face, 298.15, 1.0);
  EXPECT_EQ(kiln->time_ns(), 0);
  kiln->advance(3600);
  EXPECT_EQ(kiln->load().beds().count(), 0U);
  EXPECT_EQ(kiln->power_kW(), 0.0);  // the heating is off, whatever the recipe says
  EXPECT_NEAR(sample(*kiln, "zone03.top.temperature").value, 25.0, 10.0);  // gas comes at 60 degC
}

/// Mean of the two loops of zone 4, which climbs longest.
double zone_4(const Kiln& kiln) {
  return 0.5 * (sample(kiln, "zone04.top.temperature").value +
                sample(kiln, "zone04.bottom.temperature").value);
}

// 100 K/h to 600 degC in zone 4: 5.75 h. Zone 5 goes to 500 degC only: beside the open exit, and
// with the gas to be warmed, it has no power for more. A PI loop follows a ramp behind it, by ramp
// / (its gain over its integral time x zone: 1.2e-3 K/s per %): 100 / 3600 / (3 / 900 x 1.2e-3) = 7
// K, more for the setpoint weight of 0.5. Then the same down.
TEST(Cold, HeatsUpOnItsRampAndShutsDownWithEveryJouleAccountedFor) {
  const auto kiln = cold_kiln();
  kiln->turn_on();
  Ramp ramp(*kiln);
  const std::vector<double> recipe = small_recipe();
  std::vector<double> target(recipe.begin(), recipe.begin() + 10);
  target[8] = target[9] = 500.0;
  double behind = 0, ahead = 0, before = zone_4(*kiln);
  for (int hour = 0; hour < 6; ++hour) {
    ramp.go(3600, 100.0, target);
    behind = std::max(behind, behind_K(*kiln, ramp.wanted()));
    ahead = std::max(ahead, ahead_K(*kiln, ramp.wanted()));
    const double climbed = zone_4(*kiln) - before;
    EXPECT_LT(climbed, 105.0) << "hour " << hour;
    if (hour > 0 && hour < 5) {
      EXPECT_GT(climbed, 95.0) << "hour " << hour;
    }
    before += climbed;
    EXPECT_EQ(kiln->load().beds().count(), 0U);
  }
  RecordProperty("behind_K", std::to_string(behind));
  RecordProperty("ahead_K", std::to_string(ahead));
  EXPECT_LT(behind, 20.0);
  EXPECT_LT(ahead, 3.0);
  ramp.go(3600, 100.0, target);
  EXPECT_LT(behind_K(*kiln, ramp.wanted()), 3.0);
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
  const double hot = kiln->chamber().face_K()[3];
  const Ledger heated = kiln->ledger();
  EXPECT_EQ(heated.feed_J, 0.0);
  EXPECT_EQ(heated.solids_out_J, 0.0);
  before = zone_4(*kiln);
  for (int hour = 0; hour < 7; ++hour) {
    ramp.go(3600, 100.0, std::vector<double>(10, 25.0));
    EXPECT_LT(before - zone_4(*kiln), 105.0) << "hour " << hour;
    before = zone_4(*kiln);
  }
  EXPECT_LT(kiln->chamber().face_K()[3], hot - 300.0);
  EXPECT_LT(kiln->ledger().electric_J - heated.electric_J, heated.electric_J);
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
}

TEST(Cold, FeedsOnlyWhenToldTo) {
  const auto kiln = cold_kiln();
  kiln->turn_on();
  kiln->advance(3600);
  EXPECT_EQ(kiln->load().beds().count(), 0U);
  kiln->feed(true);
  kiln->advance(3600);
  EXPECT_GE(kiln->load().beds().count(), 3U);  // 0.3 mm/s / 0.34 m x 3600 s
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
}

TEST(Cold, ASnapshotDuringHeatUpGoesOnBitForBit) {
  const auto straight = cold_kiln(), restored = small_kiln();
  straight->turn_on();
  straight->advance(1801);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  straight->serialize(save);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  restored->serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  for (Kiln* k : {straight.get(), restored.get()}) k->advance(1800);
  EXPECT_EQ(straight->chamber().enthalpy_J(), restored->chamber().enthalpy_J());
  EXPECT_EQ(restored->load().beds().count(), 0U);
}

}  // namespace
}  // namespace saggar::kiln
