// Figures by lot and by recipe, worked out by hand.
#include "hil/evidence/splits.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

double number(const report::Table& t, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < t.columns.size(); ++i) {
    if (t.columns[i].header == column) return std::get<double>(t.rows.at(row).cells.at(i).value);
  }
  ADD_FAILURE() << "no column " << column;
  return 0;
}

suite::CaseResult of(const std::string& recipe, double hours, double service, double kg,
                     double off_kg, double most_K) {
  suite::CaseResult r;
  r.recipe = recipe;
  r.figures = {{"hours", "h", 0, hours},
               {"heat_service_factor", "1", 1, service},
               {"product_kg", "kg", 1, kg},
               {"off_spec_kg", "kg", -1, off_kg},
               {"zones_most_K", "K", -1, most_K}};
  return r;
}

TEST(RecipeTable, WeighsWithHoursAndProduct) {
  const auto a = of("ncm811", 10, 0.9, 2000, 100, 4), b = of("ncm811", 30, 0.5, 1000, 50, 7),
             c = of("ncm622", 5, 1, 500, 0, 2);
  auto beside = of("ncm811", 1000, 0, 9, 9, 99), refused = suite::CaseResult();
  beside.compared = true;
  refused.recipe = "ncm811";
  const auto t = recipe_table({&a, &b, &c, &beside, &refused}, Language::en);
  ASSERT_EQ(t.rows.size(), 2U);
  EXPECT_EQ(std::get<std::string>(t.rows[1].cells[0].value), "ncm811");
  EXPECT_EQ(number(t, 1, "cases"), 2);
  EXPECT_DOUBLE_EQ(number(t, 1, "heat_service_factor"), 0.6) << "(10 x 0.9 + 30 x 0.5) / 40";
  EXPECT_DOUBLE_EQ(number(t, 1, "off_spec_share"), 0.05) << "150 of 3000 kg";
  EXPECT_DOUBLE_EQ(number(t, 1, "zones_most_K"), 7);
  EXPECT_DOUBLE_EQ(number(t, 0, "heat_service_factor"), 1);
  EXPECT_TRUE(std::isnan(number(t, 0, "settled_within_5K"))) << "nobody measured it";
}

TEST(LotTable, HasARowPerLotInTheirOrder) {
  suite::CaseResult r;
  EXPECT_TRUE(lot_table(r, Language::en).rows.empty());
  r.details = {{"lot10_off_spec_kg", "kg", -1, 5},
               {"lot9_off_spec_kg", "kg", -1, 7},
               {"zone07_mean_K", "K", 0, 1},
               {"lots_of_it", "1", 0, 1}};
  const auto t = lot_table(r, Language::ko);
  ASSERT_EQ(t.rows.size(), 2U);
  EXPECT_EQ(std::get<double>(t.rows[0].cells[0].value), 9);
  EXPECT_DOUBLE_EQ(number(t, 0, "off_spec_kg"), 7);
  EXPECT_DOUBLE_EQ(number(t, 1, "off_spec_kg"), 5);
}

}  // namespace
}  // namespace saggar::evidence
