// Long operation of P2 with random lots, weather and faults: nothing becomes non-finite, every
// balance closes, and snapshot, restore, continue is the straight run bit for bit. In a usual test
// run some days; the acceptance asks for a year (SAGGAR_DAYS=365).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <iomanip>
#include <sstream>

#include "hil/faults/kinds.hpp"
#include "hil/instruments/noise.hpp"
#include "hil/kiln/draw.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar::kiln {
namespace {

constexpr double kDay_s = 86400.0;

PlantParams drawn(std::uint64_t seed) {
  return draw_plant(plant_or_throw("kiln/p2.plant.toml"), seed);
}

/// One random event a day, of the usual sizes of facts section 5, each over within the day.
std::vector<faults::Fault> random_faults(int days, std::uint64_t seed) {
  using faults::Kind;
  struct Usual {
    Kind kind;
    const char* target;
    double severity, duration_s;
  };
  const Usual usual[] = {{Kind::thermocouple_open, "zone12.top", 1, 3600},
                         {Kind::heater_open, "zone07.bottom", 0.25, 20 * 3600},
                         {Kind::link_loss, "", 1, 600},
                         {Kind::o2_supply_drop, "", 0.3, 3 * 3600},
                         {Kind::feed_gap, "", 1, 1200},
                         {Kind::overfill, "", 0.4, 1800},
                         {Kind::overfill, "", -0.4, 1800},
                         {Kind::wet_lot, "", 2, 6 * 3600},
                         {Kind::li_ratio, "", 0.01, 6 * 3600},
                         {Kind::exhaust_block, "", 0.3, 5 * 3600},
                         {Kind::mains_dip, "", 0.1, 60},
                         {Kind::mains_outage, "", 1, 30},
                         {Kind::door_open, "exit", 1, 120},
                         {Kind::thermocouple_offset, "zone20.bottom", -20, 7200},
                         {Kind::o2_purity_drop, "", 8, 3 * 3600}};
  const std::uint64_t key = instruments::stream(seed, "a year of faults");
  std::vector<faults::Fault> list;
  for (int day = 0; day < days; ++day) {
    const auto at = static_cast<std::uint64_t>(day);
    const double pick = instruments::uniform(instruments::element(key, 0), at);
    const Usual& u = usual[static_cast<std::size_t>(pick * std::size(usual)) % std::size(usual)];
    const double hour = 3.0 * instruments::uniform(instruments::element(key, 1), at);
    list.push_back({day * kDay_s + hour * 3600, u.kind, u.target, u.severity, u.duration_s});
  }
  return list;
}

std::vector<std::uint8_t> bytes_of(Kiln& kiln) {
  std::vector<std::uint8_t> bytes;
  auto archive = domain::Archive::saving(bytes);
  kiln.serialize(archive);
  return bytes;
}

/// All that the field shows and all that a node is made of.
bool finite(const Kiln& kiln) {
  domain::Frame frame(kiln.tags().size());
  kiln.read(frame);
  for (const domain::Sample& s : frame.samples) {
    const bool never = s.sub_status == domain::SubStatus::never_received;
    if (!never && !std::isfinite(s.value)) return false;
  }
  const Beds& b = kiln.load().beds();
  for (const auto* rows : {&b.temperature_K, &b.conversion, &b.mixing, &b.size_nm3, &b.carbonate,
                           &b.oxide, &b.in_wall, &b.pore_steam, &b.pore_oxygen, &b.peak_K}) {
    for (const double x : *rows) {
      if (!std::isfinite(x)) return false;
    }
  }
  return true;
}

std::string scientific(double value) {
  std::ostringstream out;
  out << std::scientific << std::setprecision(1) << value;
  return out.str();
}

TEST(Year, OfRandomLotsWeatherAndFaultsStaysFiniteBalancedAndResumable) {
  const char* asked = std::getenv("SAGGAR_DAYS");
  const int days = asked != nullptr ? std::max(1, std::atoi(asked)) : 2;
  RecordProperty("days", days);
  const auto straight = p2(drawn(41), 41);
  straight->schedule(random_faults(days, 41));
  std::vector<std::uint8_t> half;
  std::unique_ptr<Kiln> resumed;
  for (int hour = 0; hour < 24 * days; ++hour) {
    if (hour == 12 * days) {
      half = bytes_of(*straight);
      resumed =
          p2(drawn(41), 42);  // lots, noise and sensors of another seed: the snapshot has them
      auto archive = domain::Archive::loading(half.data(), half.size());
      resumed->serialize(archive);
      ASSERT_TRUE(archive.ok() && archive.at_end());
    }
    straight->advance(3600);
    if (resumed && hour < 12 * days + 24) resumed->advance(3600);
    if (resumed && hour + 1 == std::min(12 * days + 24, 24 * days)) {
      EXPECT_EQ(bytes_of(*straight), bytes_of(*resumed)) << "after hour " << hour;
      RecordProperty("resumed_equal", bytes_of(*straight) == bytes_of(*resumed) ? 1 : 0);
    }
    ASSERT_TRUE(finite(*straight)) << "hour " << hour;
  }
  EXPECT_LT(std::abs(straight->energy_balance().relative()), 1e-6);
  double worst = 0;
  for (const auto substance : {&Matter::water, &Matter::oxygen, &Matter::lithium, &Matter::metal}) {
    const Balance b = straight->balance(substance);
    worst = std::max(worst, std::abs(b.error()) / (std::abs(b.in) + std::abs(b.out)));
  }
  EXPECT_LT(worst, 1e-9);
  RecordProperty("worst_matter", scientific(worst));
  RecordProperty("energy", scientific(straight->energy_balance().relative()));
  EXPECT_GT(straight->load().exits().count(), 100U);
}

}  // namespace
}  // namespace saggar::kiln
