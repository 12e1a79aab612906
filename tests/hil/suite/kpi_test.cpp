// Key figures of saggars made by hand.
#include "hil/suite/kpi.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace saggar::suite {
namespace {

using material::Defect;

kiln::SaggarReport saggar(double kg, material::Defects defects) {
  kiln::SaggarReport r;
  r.product_kg = kg;
  r.defects = defects;
  r.mean.size_nm = 240;
  r.mean.mixing = 0.02;
  return r;
}

double named(const Kpi& kpi, const std::string& name) {
  for (const Figure& figure : figures(kpi)) {
    if (figure.name == name) return figure.value;
  }
  ADD_FAILURE() << "no figure " << name;
  return 0;
}

TEST(Kpi, OffSpecCountsASaggarOnceAndEachOfItsReasons) {
  Kpi kpi;
  kpi.hours = 2;
  const material::Defects hot = 0 | Defect::too_hot, both = hot | Defect::hydroxide;
  tally(kpi, saggar(3.5, 0), 4);     // 14 kg in specification
  tally(kpi, saggar(3.0, hot), 4);   // 12 kg
  tally(kpi, saggar(2.5, both), 4);  // 10 kg
  EXPECT_DOUBLE_EQ(kpi.product_kg, 36);
  EXPECT_DOUBLE_EQ(kpi.off_spec_kg, 22);
  EXPECT_DOUBLE_EQ(kpi.wide_spec_kg, 10) << "without those that only a peak speaks against";
  EXPECT_DOUBLE_EQ(named(kpi, "off_spec_too_hot_kg"), 22);
  EXPECT_DOUBLE_EQ(named(kpi, "off_spec_hydroxide_kg"), 10);
  EXPECT_DOUBLE_EQ(named(kpi, "off_spec_only_too_hot_kg"), 12);
  EXPECT_DOUBLE_EQ(named(kpi, "off_spec_only_hydroxide_kg"), 0);
  EXPECT_DOUBLE_EQ(named(kpi, "throughput_kg_per_h"), 18);
  EXPECT_DOUBLE_EQ(named(kpi, "off_spec_share"), 22.0 / 36.0);
}

TEST(Kpi, EnergyAndOxygenPerKilogram) {
  Kpi kpi;
  kpi.hours = 10;
  kpi.account.product_kg = 2000;
  kpi.account.electric_J = 4600 * 3.6e6;  // 4600 kWh
  kpi.account.supply_Nm3 = 9400;
  EXPECT_DOUBLE_EQ(named(kpi, "kWh_per_kg"), 2.3);
  EXPECT_DOUBLE_EQ(named(kpi, "oxygen_Nm3_per_kg"), 4.7);
  EXPECT_DOUBLE_EQ(named(kpi, "electric_kWh_per_h"), 460);
}

TEST(Kpi, EveryDefectHasAKeyOfItsOwn) {
  std::vector<std::string_view> keys;
  for (std::size_t d = 0; d < material::kDefectCount; ++d) {
    keys.push_back(key(static_cast<Defect>(1U << d)));
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
  EXPECT_EQ(key(Defect::too_cold), "too_cold");
  EXPECT_EQ(key(Defect::wet_core), "wet_core");
}

TEST(Kpi, NamesOfFiguresAreDistinct) {
  Kpi kpi;
  kpi.hours = 1;
  kpi.rungs[0] = {{"mpc", 0.9}, {"pid", 0.1}, {"hold", 0}, {"recipe", 0}};
  std::vector<std::string> names;
  for (const Figure& figure : figures(kpi)) names.push_back(figure.name);
  for (const Figure& figure : detail_figures(kpi)) names.push_back(figure.name);
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::unique(names.begin(), names.end()), names.end());
  EXPECT_DOUBLE_EQ(named(kpi, "heat_on_mpc"), 0.9);
}

TEST(Kpi, FiguresOfTheMachineAreMarked) {
  std::vector<std::string> marked;
  const Kpi kpi;
  for (const Figure& figure : figures(kpi)) {
    if (figure.machine) marked.push_back(figure.name);
  }
  EXPECT_THAT(marked,
              ::testing::ElementsAre("controllers_us", "controllers_high_us", "controllers_most_us",
                                     "controllers_ratio", "peak_MB"));
}

TEST(Kpi, DetailsNameZonesAndReasons) {
  Kpi kpi;
  kpi.zones.resize(12);
  Tracking loop;
  for (int i = 0; i < 100; ++i) loop.add(771, 770, 36);
  kpi.zones[6] = loop.sums();
  kpi.zones[11] = loop.sums();
  domain::DutyDecision decision;
  decision.rung = 1;
  decision.climb_needs = domain::Reason::late;
  kpi.service[0].add(decision);
  std::map<std::string, double> values;
  for (const Figure& figure : detail_figures(kpi)) values[figure.name] = figure.value;
  EXPECT_EQ(values.size(), 19U) << "of two zones and one reason";
  EXPECT_DOUBLE_EQ(values.at("zone12_within_5K"), 1);
  EXPECT_DOUBLE_EQ(values.at("zone07_mean_K"), 1);
  EXPECT_DOUBLE_EQ(values.at("zone12_ise_K2h"), 1);
  EXPECT_DOUBLE_EQ(values.at("zone07_itae_Kh2"), 0.5)
      << "1 K over an hour, weighed with the time: half an hour squared";
  EXPECT_DOUBLE_EQ(values.at("zone07_within_1K"), 1) << "the edge belongs to the band";
  EXPECT_DOUBLE_EQ(values.at("heat_away_late"), 1);
}

TEST(Kpi, JsonHasNullWhereThereWasNothingToJudge) {
  Kpi kpi;
  kpi.by_zone.resize(2);
  kpi.by_zone[1].add(4, 3, 5);
  const std::string text = json(kpi);
  EXPECT_THAT(text, ::testing::HasSubstr("\"settled_within_5K\": null"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"settled_within_5K_by_zone\": [null, 1]"));
  EXPECT_THAT(text, ::testing::HasSubstr("\"settled_mean_K_by_zone\": [null, 4]"));
}

}  // namespace
}  // namespace saggar::suite
