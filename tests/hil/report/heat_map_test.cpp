// Heat maps: small files, gaps that are seen, bad matrices that are told.
#include "hil/report/heat_map.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "hil/report/colours.hpp"
#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::kNone;
using test::Markup;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

HeatMap small_map(std::vector<double> values) {
  HeatMap map;
  map.x = {"Position", "m"};
  map.y = {"Time", "h"};
  map.amount = {"T", "degC"};
  map.x_values = {1, 2, 3};
  map.values = std::move(values);
  return map;
}

std::size_t hatched(const std::string& text) {
  std::size_t n = 0;
  for (const auto& element : Markup(text).elements) n += element.attribute("class") == "hatch";
  return n;
}

TEST(HeatMap, Of200By32CellsIsSmall) {
  const std::string text = html(test::bed_map());
  EXPECT_EQ(faults_of(text), "");
  EXPECT_LT(text.size(), 40'000u);
  EXPECT_EQ(text.find("Note:"), text.npos);
  EXPECT_EQ(text, html(test::bed_map()));
}

// Noise: no two neighbours alike, the largest a map of this size can be.
TEST(HeatMap, Of200By32CellsOfNoiseIsNotLargeEither) {
  HeatMap map = test::bed_map();
  for (std::size_t i = 0; i < map.values.size(); ++i) {
    map.values[i] = static_cast<double>(i * 2654435761u % 1009);
  }
  EXPECT_LT(html(map).size(), 140'000u);
}

TEST(HeatMap, LargerThanTheDrawingIsAveragedAndSaysItsExtremes) {
  HeatMap map = test::bed_map(3000, 250);
  map.values[1'234] = 999.5;
  const std::string text = html(map);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_LT(text.size(), 80'000u);
  EXPECT_NE(text.find("3000 x 250 cells are drawn as 273 x 84 averages"), text.npos);
  EXPECT_NE(text.find("and 999.5 degC."), text.npos);
}

TEST(HeatMap, HatchesWhatIsNotThereAndOnlyThen) {
  EXPECT_EQ(hatched(html(small_map({1, 2, 3, 4, 5, 6}))), 0u);
  EXPECT_EQ(hatched(html(small_map({1, 2, kNone, 4, 5, 6}))), 1u);
}

TEST(HeatMap, UsesTheWholeRampAndPutsTheLowestAtItsEnd) {
  const std::string text = html(small_map({0, 50, 100}));
  EXPECT_NE(text.find("fill=\"" + amount_colour(0) + "\" d=\"m"), text.npos);
  EXPECT_NE(text.find("fill=\"" + amount_colour(32) + "\" d=\"m"), text.npos);
  EXPECT_NE(text.find("fill=\"" + amount_colour(kAmountLevels - 1) + "\" d=\"m"), text.npos);
}

TEST(HeatMap, WithFixedLimitsShowsWhatIsBeyondAsTheEnds) {
  HeatMap map = small_map({-500, 50, 5000});
  map.amount.min = 0;
  map.amount.max = 100;
  const std::string text = html(map);
  EXPECT_NE(text.find("fill=\"" + amount_colour(0) + "\" d=\"m"), text.npos);
  EXPECT_NE(text.find("fill=\"" + amount_colour(kAmountLevels - 1) + "\" d=\"m"), text.npos);
  EXPECT_NE(text.find(">100<"), text.npos);
}

TEST(HeatMap, HasItsColourBarLabelled) {
  const std::string text = html(test::bed_map());
  EXPECT_NE(text.find("Temperature, degC"), text.npos);
  EXPECT_NE(text.find(">600<"), text.npos);
  EXPECT_NE(text.find("Depth below the surface, mm"), text.npos);
}

TEST(HeatMap, MayHaveAxesOfUnequalStepsOrDownwards) {
  HeatMap map = small_map({1, 2, 3, 4, 5, 6});
  map.x_values = {10, 5, 1};
  map.y_values = {0, 40};
  EXPECT_EQ(faults_of(html(map)), "");
  EXPECT_EQ(html(map).find("Note:"), std::string::npos);
}

TEST(HeatMap, OfBadDataIsASoundFigureWithANote) {
  HeatMap turned = small_map({1, 2, 3});
  turned.x_values = {1, 3, 2};
  HeatMap short_of = small_map({1, 2, 3, 4});
  short_of.y_values = {1, 2};
  HeatMap negative = small_map({-1, 0, 3});
  negative.amount.logarithmic = true;
  HeatMap rows_only = small_map({1, 2, 3});
  rows_only.x_values.clear();
  rows_only.y_values = {1, 2};
  for (const HeatMap& map :
       {HeatMap{}, small_map({}), small_map({kNone, kNone, kNone}), small_map({1, kInfinite, 3}),
        small_map({1, -1e308, 3}), turned, short_of, negative, rows_only}) {
    const std::string text = html(map);
    EXPECT_EQ(faults_of(text), "");
    EXPECT_NE(text.find("Note:"), text.npos);
  }
}

TEST(HeatMap, OfOneValueEverywhereIsASoundFigure) {
  for (const double value : {0.0, 750.0, -1e300}) {
    const std::string text = html(small_map({value, value, value}));
    EXPECT_EQ(faults_of(text), "");
    EXPECT_EQ(text.find("Note:"), text.npos);
  }
}

}  // namespace
}  // namespace saggar::report
