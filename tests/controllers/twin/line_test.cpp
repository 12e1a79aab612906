#include "controllers/twin/line.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace saggar::twin {
namespace {

Places one_group() {
  Places p;
  p.zones = 30;
  p.layers = 2;
  p.groups = 1;
  return p;
}

TEST(Line, FilledHasARowAtEachPitchOfKilnAndCoolingSection) {
  Line line(Figures{}, one_group());
  line.fill();
  EXPECT_EQ(line.count(), 212U);  // 72 m at 0.34 m, and one that is half in
  EXPECT_NEAR(line.position_m[0], 0.01, 1e-9);
  EXPECT_NEAR(line.position_m[1] - line.position_m[0], 0.34, 1e-9);
}

TEST(Line, OverADayOneRowComesForEachPitchOfWay) {
  Line line(Figures{}, one_group());
  line.fill();
  const double speed = 1e-3 / 1.2;
  std::size_t fed = 0, left = 0;
  double heavier = 0;
  for (int i = 0; i < 2880; ++i) {
    heavier = static_cast<double>(fed % 2) * 0.05;  // the weigher tells one row from the next
    const Line::Moved moved = line.advance(30, &speed, {true, 5.0 + heavier});
    fed += moved.fed;
    left += moved.left;
  }
  // 24 h at 3 m/h are 72 m, 211.8 pitches.
  EXPECT_NEAR(static_cast<double>(fed), 211.8, 22.0);
  EXPECT_NEAR(static_cast<double>(left), static_cast<double>(fed), 25.0);
}

TEST(Line, AGapStaysOpenAndTravels) {
  Line line(Figures{}, one_group());
  line.fill();
  const double speed = 1e-3 / 1.2;
  for (int i = 0; i < 80; ++i) line.advance(30, &speed, {false, 0.0});  // 2 m
  line.advance(30, &speed, {true, 5.0});
  EXPECT_NEAR(line.position_m[1] - line.position_m[0], 2.2, 0.1);
  const double gap_m = line.position_m[1] - line.position_m[0];
  for (int i = 0; i < 400; ++i) line.advance(30, &speed, {false, 0.0});
  EXPECT_NEAR(line.position_m[1] - line.position_m[0], gap_m, 1e-9);
}

TEST(Line, AMassThatIsNotKnownIsTheNominalOne) {
  Line line(Figures{}, one_group());
  const double speed = 1e-3;
  line.advance(30, &speed, {true, std::numeric_limits<double>::quiet_NaN()});
  ASSERT_EQ(line.count(), 1U);
  EXPECT_EQ(line.mix_kg[0], 5.0);
}

}  // namespace
}  // namespace saggar::twin
