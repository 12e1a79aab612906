#include "hil/validate/page.hpp"

#include <gmock/gmock.h>

#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

using ::testing::HasSubstr;

TEST(Page, ShowsChecksAndEveryPicture) {
  const Subject subject = subject_or_throw({"lno", "nca"});
  Checks checks;
  checks.group("One");
  checks.near("a", "x", "K", 1, 2, percent(1), {"E", "me"});
  BedFilm bed;
  bed.time_h = {1, 2};
  bed.depth_mm = {10, 20};
  bed.muffle_degC = {100, 200};
  bed.lag_K = bed.conversion = bed.oxygen = bed.mixing = {1, 2, 3, 4};
  PlantFilm plant;
  plant.split_names = {"chemistry"};
  plant.split_model = plant.split_facts = {0.3};
  plant.step.rise_K_per_kW = {{0, 1, 0, 1}, {1, 2, 1, 2}};
  const auto page = page_of(checks, subject, bed, plant, "2026-01-31");
  const std::string text = html(page);
  for (const char* part :
       {"Thermogravimetry at 5 K/min", "How far the bed is behind", "Li/Ni mixing",
        "Temperatures along P2", "Where the energy of P2 goes", "Capacity at the exit",
        "Zone 24 after 4 kW", "lno, nca", "2026-01-31"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
  EXPECT_THAT(text, HasSubstr("The model does not hold: 1 checks miss")) << "verdict first";
  EXPECT_LT(text.find("The model does not hold"), text.find("How far the bed is behind"));
  EXPECT_THAT(html(page_of({}, subject, bed, plant, "")), HasSubstr("The model holds"));
  plant.step.rise_K_per_kW.clear();
  EXPECT_EQ(plant_charts(plant).size() + 1, 8U) << "no picture of a step that was not made";
}

TEST(Page, ThermogravimetryBeginsWithTheWholeMixAndEndsWithTheProduct) {
  const auto chart = masses_chart(subject_or_throw({"ncm811"}));
  ASSERT_EQ(chart.series.size(), 1U);
  EXPECT_NEAR(chart.series[0].y.front(), 100, 1e-9);
  EXPECT_NEAR(chart.series[0].y.back(), 72.3, 0.1);  // facts 2.2: 0.7228 per kg mix
}

}  // namespace
}  // namespace saggar::validate
