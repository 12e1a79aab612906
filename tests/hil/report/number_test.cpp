// Numbers read well and are the same everywhere.
#include "hil/report/number.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Format, ShowsSixDigitsAtMostAndNoTrailingZeros) {
  EXPECT_EQ(format(0), "0");
  EXPECT_EQ(format(750), "750");
  EXPECT_EQ(format(0.1), "0.1");
  EXPECT_EQ(format(1.0 / 3), "0.333333");
  EXPECT_EQ(format(12.3456789), "12.3457");
  EXPECT_EQ(format(0.00123456789), "0.00123457");
  EXPECT_EQ(format(-2.50), "-2.5");
  EXPECT_EQ(format(999999.7), "1000000");
}

// Counts up to a thousand million are read better whole than with an exponent.
TEST(Format, ShowsLargeNumbersWholeAndHugeOrTinyOnesWithAnExponent) {
  EXPECT_EQ(format(1234567), "1234567");
  EXPECT_EQ(format(123456789), "123456789");
  EXPECT_EQ(format(1.5e9), "1.5e9");
  EXPECT_EQ(format(-6.02214076e23), "-6.02214e23");
  EXPECT_EQ(format(0.0001), "0.0001");
  EXPECT_EQ(format(1.28e-6), "1.28e-6");
  EXPECT_EQ(format(5e-324), "4.94066e-324");
  EXPECT_EQ(format(1e300), "1e300");
}

TEST(Format, FollowsTheDigitsAskedFor) {
  EXPECT_EQ(format(750, {1, false}), "750.0");
  EXPECT_EQ(format(0.05, {1, false}), "0.1");
  EXPECT_EQ(format(2.5, {0, false}), "2");  // to even, as IEC 60559 does
  EXPECT_EQ(format(1e300, {2, false}), "1e300");
  EXPECT_EQ(format(1.0, {99, false}), "1.000000000000000");
}

TEST(Format, NeverShowsAMinusBeforeNothing) {
  EXPECT_EQ(format(-0.0), "0");
  EXPECT_EQ(format(-0.04, {1, false}), "0.0");
  EXPECT_EQ(format(-0.06, {1, false}), "-0.1");
}

TEST(Format, NamesWhatIsNoNumber) {
  EXPECT_EQ(format(std::numeric_limits<double>::quiet_NaN()), "\u2013");
  EXPECT_EQ(format(kInfinite), "\u221E");
  EXPECT_EQ(format(-kInfinite, {2, true}), "-\u221E");
}

TEST(Format, GroupsThousandsFromFiveDigitsOn) {
  EXPECT_EQ(format(1234, {-1, true}), "1234");
  EXPECT_EQ(format(12345, {-1, true}), "12\u202F345");
  EXPECT_EQ(format(-1234567.25, {2, true}), "-1\u202F234\u202F567.25");
  EXPECT_EQ(format(1e20, {-1, true}), "1e20");
}

TEST(Exact, ReadsBackAsTheSameNumber) {
  for (const double value : {0.1, 1.0 / 3, 1e22, -5e-324, 1.7976931348623157e308, 0.0}) {
    const std::string text = exact(value);
    double back = 1;
    std::from_chars(text.data(), text.data() + text.size(), back);
    EXPECT_EQ(back, value) << text;
  }
  EXPECT_EQ(exact(750), "750");
  EXPECT_EQ(exact(0.1), "0.1");
}

TEST(Scientific, HasAShortExponent) {
  EXPECT_EQ(scientific(1.5e-7, 2), "1.50e-7");
  EXPECT_EQ(scientific(-2e10, 0), "-2e10");
  EXPECT_EQ(scientific(3, 1), "3.0e0");
}

TEST(Digits, AreThoseThatShowSoManySignificantOnes) {
  EXPECT_EQ(digits_for(2.0246, 3), 2);
  EXPECT_EQ(digits_for(0.0123, 3), 4);
  EXPECT_EQ(digits_for(512, 3), 0);
  EXPECT_EQ(digits_for(51200, 3), 0);
  EXPECT_EQ(digits_for(0, 3), -1);
}

}  // namespace
}  // namespace saggar::report
