#include "hil/validate/plant_checks.hpp"

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(PlantChecks, HoldOrAreExplainedAndFillThePictures) {
  Checks checks;
  const auto film = check_plants(subject_or_throw(), quick_hours(), checks);
  ASSERT_TRUE(film.ok()) << film.error().text();
  expect_no_miss(checks);
  EXPECT_EQ(film.value().setpoint_degC.size(), 30U);
  EXPECT_GT(film.value().column_m.size(), 170U);
  EXPECT_EQ(film.value().conversion.size(), film.value().column_m.size());
  // 3 h x 3.0 m/h / 0.34 m = 26 columns of two layers.
  EXPECT_NEAR(static_cast<double>(film.value().capacity.size()), 52, 5);
  double sum = 0;
  for (const double part : film.value().split_model) sum += part;
  EXPECT_NEAR(sum / find(checks, "1.6", "energy").got, 1.0, 0.05) << "the parts make the whole";
}

}  // namespace
}  // namespace saggar::validate
