// The twin as a plugin: what it asks of a kiln, what it calls its estimates, and that a saved one
// goes on to the bit.
#include "controllers/twin/estimator.hpp"

#include <gmock/gmock.h>

#include <saggar/plugin/testing.hpp>

#include <cmath>
#include <cstring>
#include <map>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/p2.hpp"

namespace saggar::twin {
namespace {

using plugin::testing::Options;
using plugin::testing::Rig;
using ::testing::HasSubstr;

/// The tags of a simulated kiln, as its rule names them.
plugin::testing::Kiln tags_of(const kiln::Kiln& from) {
  plugin::testing::Kiln k;
  for (const domain::Tag& tag : from.tags().all()) {
    k.add({tag.name, std::string(units::symbol(tag.unit)), tag.low, tag.high, tag.resolution});
  }
  return k;
}

Options options(std::map<std::string, double> params = {}) {
  Options o;
  o.params = std::move(params);
  o.period_s = 30;
  o.latency_cycles = 5;
  o.zone_count = 30;
  return o;
}

/// The plugin beside the P2 kiln. Inlets have no zone in their names and the rig knows no MVs, so
/// that these are left out.
class Bench {
 public:
  explicit Bench(std::map<std::string, double> params = {})
      : kiln_(kiln::p2(kiln::plant_or_throw("kiln/p2.plant.toml"), 1)),
        frame_(kiln_->tags().size()),
        rig(plugin::table_of<Estimator>(), without_inlets(tags_of(*kiln_)),
            options(std::move(params))) {
    const auto* table = rig.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
    std::vector<saggar_virtual_tag> tags(SAGGAR_MAX_VIRTUAL_TAGS);
    const std::uint32_t n = table->tags(rig.self(), tags.data(), SAGGAR_MAX_VIRTUAL_TAGS);
    for (std::uint32_t i = 0; i < n; ++i) index[tags[i].name] = i;
    value.resize(n), sigma.resize(n), quality.resize(n);
  }
  static plugin::testing::Kiln without_inlets(plugin::testing::Kiln k) {
    std::erase_if(k.tags, [](const auto& tag) { return tag.name.rfind("o2.inlet", 0) == 0; });
    return k;
  }

  void feed(Rig& to) {
    kiln_->read(frame_);
    for (std::size_t i = 0; i < frame_.samples.size(); ++i) {
      const domain::Sample& s = frame_.samples[i];
      const std::string& name = kiln_->tags()[static_cast<domain::TagId>(i)].name;
      if (!read_by_it(name)) continue;
      to.set(name, s.value, static_cast<std::uint32_t>(s.quality));
    }
  }
  plugin::testing::Outcome step() {
    kiln_->advance(30);
    feed(rig);
    const auto outcome = rig.step();
    const auto* table = rig.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
    const auto n = static_cast<std::uint32_t>(value.size());
    EXPECT_EQ(table->estimate(rig.self(), value.data(), sigma.data(), quality.data(), n), n);
    return outcome;
  }
  double of(const std::string& name) const { return value[index.at(name)]; }
  std::uint32_t quality_of(const std::string& name) const { return quality[index.at(name)]; }

 private:
  static bool read_by_it(const std::string& name) {
    for (const saggar_port& port : Estimator::kPorts) {
      if (plugin::testing::matches(port.pattern, name) && name.rfind("o2.", 0) != 0) return true;
    }
    return false;
  }
  std::unique_ptr<kiln::Kiln> kiln_;
  domain::Frame frame_;

 public:
  Rig rig;
  std::map<std::string, std::uint32_t> index;
  std::vector<double> value, sigma;
  std::vector<std::uint32_t> quality;
};

TEST(TwinEstimator, NamesEveryRowAndZone) {
  Bench bench;
  // 72 m over 0.32 m: 225 rows fit, with some to spare; 13 tags each, 4 per zone, 1 for all.
  EXPECT_EQ(bench.value.size(), (225U + 4) * 13 + 30 * 4 + 1);
  for (const char* name :
       {"row001.position", "row229.exit.residual_lithium", "zone01.load", "zone30.core.temperature",
        "zone07.surface.temperature", "zone12.balance", "dryout.position"}) {
    EXPECT_EQ(bench.index.count(name), 1U) << name;
  }
}

TEST(TwinEstimator, SaysNothingUntilItKnowsTheProfile) {
  Bench bench;
  bench.feed(bench.rig);
  bench.rig.set("zone05.top.temperature", 0, SAGGAR_BAD);
  const auto outcome = bench.rig.step();
  EXPECT_EQ(outcome.status, plugin::Status::no_proposal);
  EXPECT_EQ(outcome.why, plugin::Why::inputs_missing);
}

TEST(TwinEstimator, RowsThatAreNotThereAreBadAndAllElseUncertainWhileItStarts) {
  Bench bench;
  ASSERT_EQ(bench.step().status, plugin::Status::ok);
  EXPECT_EQ(bench.quality_of("row001.core.temperature"), SAGGAR_UNCERTAIN);
  EXPECT_EQ(bench.quality_of("row229.core.temperature"), SAGGAR_BAD);
  EXPECT_EQ(bench.quality_of("row001.exit.mixing"), SAGGAR_BAD);  // not forecast yet
  EXPECT_LT(bench.of("row001.position"), bench.of("row002.position"));
  // Over the soak the core is as hot as its zone; drying it is far below.
  EXPECT_NEAR(bench.of("zone25.core.temperature"), bench.of("zone25.surface.temperature"), 10);
  EXPECT_GT(bench.of("zone05.surface.temperature") - bench.of("zone05.core.temperature"), 50);
}

// The sigma of a zone's mean is that of a row in it: the rows share their error.
TEST(TwinEstimator, AMeanOfRowsIsNoBetterKnownThanARow) {
  Bench bench;
  bench.step();
  double least = 1e9, most = 0;
  for (int row = 1; row <= 212; ++row) {
    char name[64];
    std::snprintf(name, sizeof name, "row%03d.", row);
    const double at = bench.of(std::string(name) + "position");
    if (!(at >= 20 && at < 22)) continue;
    const double sigma = bench.sigma[bench.index.at(std::string(name) + "core.temperature")];
    least = std::min(least, sigma);
    most = std::max(most, sigma);
  }
  const double mean = bench.sigma[bench.index.at("zone11.core.temperature")];
  EXPECT_GE(mean, least);
  EXPECT_LE(mean, most);
}

TEST(TwinEstimator, RefusesPlacesThatAreNotInTheKiln) {
  const auto refused = [](std::map<std::string, double> params) -> std::string {
    try {
      Bench bench(std::move(params));
    } catch (const std::exception& e) {
      return e.what();
    }
    return "accepted";
  };
  EXPECT_EQ(refused({}), "accepted");
  EXPECT_THAT(refused({{"gas_point2_zone", 0}}),
              HasSubstr("'gas_point2_zone' must say the zone of tag gas.point2.h2o"));
  EXPECT_THAT(refused({{"exhaust1_zone", 31}}), HasSubstr("must be a zone of the kiln, 1 to 30"));
  EXPECT_THAT(refused({{"cooling_length_m", 100}, {"saggar_length_m", 0.1}}),
              HasSubstr("virtual tags, at most 8192"));
}

// Rounds of a minute, so that all parts of the start, the observer and the forecast take part.
TEST(TwinEstimator, ASavedOneGoesOnToTheBit) {
  const std::map<std::string, double> quick = {
      {"round_s", 120}, {"round_blank_s", 30}, {"rounds", 2}, {"update_s", 90}};
  Bench bench(quick);
  for (int i = 0; i < 6; ++i) bench.step();
  const std::vector<std::uint8_t> state = bench.rig.save();
  EXPECT_LT(state.size(), 16U << 20U);
  ::testing::Test::RecordProperty("bytes", std::to_string(state.size()));
  Bench other(quick);
  ASSERT_TRUE(other.rig.restore(state));
  for (int i = 0; i < 30; ++i) {
    bench.step();
    bench.feed(other.rig);
    other.rig.step();
    ASSERT_EQ(bench.rig.save(), other.rig.save()) << i;
  }
  const auto* table = other.rig.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
  const auto n = static_cast<std::uint32_t>(other.value.size());
  table->estimate(other.rig.self(), other.value.data(), other.sigma.data(), other.quality.data(),
                  n);
  EXPECT_EQ(std::memcmp(bench.value.data(), other.value.data(), n * sizeof(double)), 0);
  EXPECT_EQ(bench.quality, other.quality);
  EXPECT_EQ(bench.quality_of("zone10.load"), SAGGAR_GOOD);  // the rounds are over
}

}  // namespace
}  // namespace saggar::twin
