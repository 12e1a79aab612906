#include "hil/validate/bed_checks.hpp"

#include "tests/hil/validate/judged.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(BedChecks, HoldOrAreExplained) {
  Checks checks;
  check_beds(preset_or_throw("p2", "ncm811-p2"), checks);
  expect_no_miss(checks);
  // 9.2 mol O2 over 0.2/min x 0.0274 mol x 0.93 = 1805 min.
  EXPECT_NEAR(find(checks, "6.2", "0.2 volumes").got, 30.1, 0.2);
}

TEST(BedFilm, ShowsEveryNodeAtEveryTime) {
  const BedFilm film = film_of(preset_or_throw("p2", "ncm811-p2").params, 3600);
  ASSERT_EQ(film.time_h.size(), 21U);
  ASSERT_EQ(film.depth_mm.size(), 16U);
  EXPECT_NEAR(film.depth_mm.back(), 65.4 * 15.5 / 16, 0.1);  // 5 kg / 850 kg/m3 / 0.09 m2
  for (const auto* values : {&film.lag_K, &film.conversion, &film.oxygen, &film.mixing}) {
    EXPECT_EQ(values->size(), 16U * 21U);
  }
  const std::size_t core_at_5h = 8 * 21 + 4;
  EXPECT_GT(film.lag_K[core_at_5h], 250);
  EXPECT_GT(film.conversion.back(), 0.99);
}

}  // namespace
}  // namespace saggar::validate
