// Check values: facts, section 2.3 (LIOHVAP).
#include "hil/material/equilibria.hpp"

#include <gtest/gtest.h>

namespace saggar::material {
namespace {

constexpr double kZero_K = 273.15;

TEST(OxideEquilibrium, HasThePressuresThatWereMeasured) {
  const OxideEquilibrium e;
  EXPECT_NEAR(e.pressure_Pa(400 + kZero_K), 42, 1);
  EXPECT_NEAR(e.pressure_Pa(473 + kZero_K), 363, 5);
  EXPECT_NEAR(e.pressure_Pa(500 + kZero_K), 564, 6);
  // Extrapolated beyond 547 degC.
  EXPECT_NEAR(e.pressure_Pa(600 + kZero_K), 2.3e3, 0.06e3);
  EXPECT_NEAR(e.pressure_Pa(700 + kZero_K), 6.8e3, 0.1e3);
  EXPECT_NEAR(e.pressure_Pa(800 + kZero_K), 16.8e3, 0.2e3);
}

// The two lines cross at the melting point, 473.3 degC.
TEST(OxideEquilibrium, LinesCrossAtTheMeltingPoint) {
  EXPECT_NEAR(OxideEquilibrium{}.crossing_K() - kZero_K, 473.3, 0.2);
}

TEST(Melting, IsSpreadOverItsBandAndItsSlopeIsItsDerivative) {
  const Melting m;
  EXPECT_EQ(m.share(m.middle_K - 4.0), 0.0);
  EXPECT_EQ(m.share(m.middle_K), 0.5);
  EXPECT_EQ(m.share(m.middle_K + 4.0), 1.0);
  EXPECT_EQ(m.slope(m.middle_K + 4.0), 0.0);
  double area = 0;
  for (double t = m.middle_K - 5; t < m.middle_K + 5; t += 1e-3) area += 1e-3 * m.slope(t);
  EXPECT_NEAR(area, 1.0, 1e-6);
}

}  // namespace
}  // namespace saggar::material
