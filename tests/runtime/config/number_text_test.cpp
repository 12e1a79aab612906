#include "runtime/config/number_text.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <limits>

namespace saggar::config {
namespace {

TEST(NumberText, IsTheShortestThatReadsBack) {
  EXPECT_EQ(plain(0.1), "0.1");
  EXPECT_EQ(plain(30), "30");
  EXPECT_EQ(plain(-0.5), "-0.5");
  for (const double value : {0.1, 1.0 / 3, 1e300, 5e-324, 123456789.125}) {
    EXPECT_EQ(std::strtod(plain(value).c_str(), nullptr), value);
  }
}

TEST(NumberText, ATomlFloatIsNeverAnInteger) {
  EXPECT_EQ(toml_float(30), "30.0");
  EXPECT_EQ(toml_float(-0.0), "-0.0");
  EXPECT_EQ(toml_float(1e22), "1e+22");
  EXPECT_EQ(toml_float(123456789012345680000.0), "123456789012345683968.0");
}

TEST(NumberText, NonFiniteNumbersHaveTheirTomlSpelling) {
  EXPECT_EQ(toml_float(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(toml_float(-std::numeric_limits<double>::infinity()), "-inf");
  EXPECT_EQ(toml_float(std::numeric_limits<double>::quiet_NaN()), "nan");
}

}  // namespace
}  // namespace saggar::config
