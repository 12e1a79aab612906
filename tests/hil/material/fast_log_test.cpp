#include "hil/material/fast_log.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::material {
namespace {

// Against the library's logarithm, over all magnitudes that the bed meets and far beyond.
TEST(FastLog, AgreesWithTheLibraryOverAllMagnitudes) {
  double worst = 0;
  for (double exponent = -300; exponent <= 300; exponent += 0.037) {
    const double x = std::pow(10.0, exponent);
    const double error = std::abs(fast_log(x) - std::log(x)) / std::max(1.0, std::abs(std::log(x)));
    worst = std::max(worst, error);
  }
  for (double x = 1e-6; x <= 2.0; x += 1.7e-4) {
    worst = std::max(worst, std::abs(fast_log(x) - std::log(x)));
  }
  EXPECT_LT(worst, 1e-13);
  EXPECT_EQ(fast_log(1.0), 0.0);
}

}  // namespace
}  // namespace saggar::material
