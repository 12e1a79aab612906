// The twin as a plugin: what it asks of a kiln, what it calls its estimates, and that a saved one
// goes on to the bit.
#include "controllers/twin/estimator.hpp"

#include <gmock/gmock.h>

#include <saggar/plugin/testing.hpp>

#include <algorithm>
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
/// that these are left out, and what else a test says.
class Bench {
 public:
  explicit Bench(std::map<std::string, double> params = {}, std::vector<std::string> without = {})
      : kiln_(kiln::p2(kiln::plant_or_throw("kiln/p2.plant.toml"), 1)),
        frame_(kiln_->tags().size()),
        without_(with_inlets(std::move(without))),
        rig(plugin::table_of<Estimator>(), less(tags_of(*kiln_), without_),
            options(std::move(params))) {
    const auto* table = rig.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
    std::vector<saggar_virtual_tag> tags(SAGGAR_MAX_VIRTUAL_TAGS);
    const std::uint32_t n = table->tags(rig.self(), tags.data(), SAGGAR_MAX_VIRTUAL_TAGS);
    for (std::uint32_t i = 0; i < n; ++i) index[tags[i].name] = i;
    value.resize(n), sigma.resize(n), quality.resize(n);
  }
  static std::vector<std::string> with_inlets(std::vector<std::string> patterns) {
    patterns.emplace_back("o2.inlet*.*");
    return patterns;
  }
  static bool is_one_of(const std::string& name, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
      return plugin::testing::matches(pattern, name);
    });
  }
  static plugin::testing::Kiln less(plugin::testing::Kiln k,
                                    const std::vector<std::string>& without) {
    std::erase_if(k.tags, [&](const auto& tag) { return is_one_of(tag.name, without); });
    return k;
  }

  void feed(Rig& to) {
    kiln_->read(frame_);
    for (std::size_t i = 0; i < frame_.samples.size(); ++i) {
      const domain::Sample& s = frame_.samples[i];
      const std::string& name = kiln_->tags()[static_cast<domain::TagId>(i)].name;
      if (!read_by_it(name)) continue;
      to.set(name, (name == lossy ? kept : 1.0) * s.value, static_cast<std::uint32_t>(s.quality));
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
  std::vector<saggar_finding> findings(Rig& from) const {
    const auto* table = from.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
    std::vector<saggar_finding> all(SAGGAR_MAX_FINDINGS);
    all.resize(table->findings(from.self(), all.data(), SAGGAR_MAX_FINDINGS));
    return all;
  }
  double of(const std::string& name) const { return value[index.at(name)]; }
  std::uint32_t quality_of(const std::string& name) const { return quality[index.at(name)]; }

 private:
  bool read_by_it(const std::string& name) const {
    for (const saggar_port& port : Estimator::kPorts) {
      if (plugin::testing::matches(port.pattern, name)) return !is_one_of(name, without_);
    }
    return false;
  }
  std::unique_ptr<kiln::Kiln> kiln_;
  domain::Frame frame_;
  std::vector<std::string> without_;

 public:
  std::string lossy;  ///< what this tag says is multiplied by
  double kept = 1;
  Rig rig;
  std::map<std::string, std::uint32_t> index;
  std::vector<double> value, sigma;
  std::vector<std::uint32_t> quality;
};

TEST(TwinEstimator, NamesEveryRowAndZone) {
  Bench bench;
  // 72 m over 0.32 m: 225 rows fit, with some to spare; 13 tags each, 5 per zone, 1 for all.
  EXPECT_EQ(bench.value.size(), (225U + 4) * 13 + 30 * 5 + 1);
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

// Six minutes of learning. 240 s at 1/3 of a loop: 8 samples are as long as confirmation, and the
// smoothed loss is there within four.
constexpr int kTold = 14;
const std::map<std::string, double> kSoon = {{"detect_learn_h", 0.1}};

TEST(TwinEstimator, TellsAFindingInTheWordsItDeclared) {
  Bench bench(kSoon);
  for (int i = 0; i < 20; ++i) bench.step();
  EXPECT_TRUE(bench.findings(bench.rig).empty());
  bench.lossy = "zone14.bottom.current";
  bench.kept = 2.0 / 3;
  for (int i = 0; i < kTold; ++i) bench.step();
  const auto found = bench.findings(bench.rig);
  ASSERT_EQ(found.size(), 1U);
  const char* causes[SAGGAR_MAX_CAUSES] = {};
  const auto* table = bench.rig.extension<saggar_ext_estimator>(SAGGAR_EXT_ESTIMATOR);
  ASSERT_EQ(table->causes(bench.rig.self(), causes, SAGGAR_MAX_CAUSES), 10U);
  EXPECT_STREQ(found[0].cause, "heater_element_open");
  EXPECT_EQ(found[0].cause, causes[2]);
  EXPECT_EQ(found[0].zone, 13U);
  EXPECT_EQ(found[0].element, 1U);
  EXPECT_EQ(found[0].threshold, 0.4);
  EXPECT_GT(found[0].statistic, 0.4);
  EXPECT_GE(found[0].since_s, 0);
  EXPECT_LT(found[0].since_s, kTold * 30 - 240);
  bench.step();
  EXPECT_EQ(bench.findings(bench.rig)[0].since_s, found[0].since_s + 30);
  const saggar_plugin* plugin = plugin::table_of<Estimator>();
  plugin->deactivate(bench.rig.self());
  ASSERT_EQ(plugin->activate(bench.rig.self()), SAGGAR_OK);
  EXPECT_TRUE(bench.findings(bench.rig).empty()) << "the twin begins anew";
}

TEST(TwinEstimator, FindsNothingWhereTheKilnTellsNoOutputs) {
  Bench bench(kSoon, {"zone*.*.output"});
  for (int i = 0; i < 20; ++i) bench.step();
  bench.lossy = "zone14.bottom.current";
  bench.kept = 0;
  for (int i = 0; i < 30; ++i) ASSERT_EQ(bench.step().status, plugin::Status::ok);
  EXPECT_TRUE(bench.findings(bench.rig).empty());
  try {
    Bench half({}, {"zone*.top.output"});
    ADD_FAILURE() << "accepted";
  } catch (const std::exception& e) {
    EXPECT_THAT(e.what(), HasSubstr("of 60 loops 30 have a tag of their output"));
  }
}

TEST(TwinEstimator, ASavedFindingIsToldAndEndsAsItWould) {
  Bench bench(kSoon);
  for (int i = 0; i < 20; ++i) bench.step();
  bench.lossy = "zone14.bottom.current";
  bench.kept = 2.0 / 3;
  for (int i = 0; i < kTold; ++i) bench.step();
  Bench other(kSoon);
  ASSERT_TRUE(other.rig.restore(bench.rig.save()));
  ASSERT_EQ(other.findings(other.rig).size(), 1U);
  bench.kept = 1;
  for (int i = 0; i < 24; ++i) {
    bench.step();
    bench.feed(other.rig);
    other.rig.step();
    ASSERT_EQ(bench.rig.save(), other.rig.save()) << i;
    const auto one = bench.findings(bench.rig), two = other.findings(other.rig);
    ASSERT_EQ(one.size(), two.size()) << i;
    for (std::size_t f = 0; f < one.size(); ++f) ASSERT_EQ(one[f].since_s, two[f].since_s);
  }
  EXPECT_TRUE(other.findings(other.rig).empty());
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
