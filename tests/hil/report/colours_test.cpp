// The ramp is even to the eye; the things' classes come round with dashes.
#include "hil/report/colours.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace saggar::report {
namespace {

/// CIE 1976 lightness, 0 to 100, of an sRGB colour.
double lightness(const std::string& colour) {
  const double weights[] = {0.2126, 0.7152, 0.0722};
  double y = 0;
  for (int i = 0; i < 3; ++i) {
    const double part = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16) / 255.0;
    y += weights[i] * (part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
  }
  return y > 0.008856 ? 116 * std::cbrt(y) - 16 : 903.3 * y;
}

TEST(AmountColour, GetsLighterInEvenSteps) {
  const double whole = lightness(amount_colour(kAmountLevels - 1)) - lightness(amount_colour(0));
  EXPECT_GT(whole, 70);
  const double even = whole / (kAmountLevels - 1);
  for (int level = 1; level < kAmountLevels; ++level) {
    const double step = lightness(amount_colour(level)) - lightness(amount_colour(level - 1));
    EXPECT_NEAR(step, even, 0.6 * even) << level;
  }
}

TEST(AmountColour, EndsWhereViridisEndsAndStaysThere) {
  EXPECT_EQ(amount_colour(0), "#440154");
  EXPECT_EQ(amount_colour(kAmountLevels - 1), "#fde725");
  EXPECT_EQ(amount_colour(-7), "#440154");
  EXPECT_EQ(amount_colour(1000), "#fde725");
}

TEST(ThingClass, IsAnotherOneForEveryOfTwentyOneThings) {
  std::set<std::string> seen;
  for (std::size_t n = 0; n < 3 * kThingColours; ++n) seen.insert(thing_class(n));
  EXPECT_EQ(seen.size(), 3 * kThingColours);
  EXPECT_EQ(thing_class(0), "c0");
  EXPECT_EQ(thing_class(kThingColours), "c0 d1");
  EXPECT_EQ(thing_class(2 * kThingColours + 1), "c1 d2");
}

}  // namespace
}  // namespace saggar::report
