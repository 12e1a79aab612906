// Drive groups that run at different speeds, as by their usual error of 0.5 %, by slip (F9) or by
// will: what it does to the gaps between columns. Saggars are 0.32 m long, fed each 0.34 m.
#include <gtest/gtest.h>

#include "hil/kiln/load.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

class Groups : public ::testing::Test {
 protected:
  Groups()
      : params(small_params()), layout(Layout::from(small_config())), load(layout, params, 1) {}
  /// Distance of column j to the one before it, at its nearest ever.
  void run(double seconds, double first_mm_per_s, double second_mm_per_s) {
    const std::vector<double> speed = {1e-3 * first_mm_per_s, 1e-3 * second_mm_per_s};
    for (double t = 0; t < seconds; t += 5.0) {
      load.move(5.0, speed, true, ledger);
      for (std::size_t j = 0; j + 1 < load.beds().count(); ++j) {
        nearest = std::min(nearest, load.position_m()[j + 1] - load.position_m()[j]);
      }
    }
  }
  /// Mean distance within one half of the kiln, away from the border at 5.5 m and from both ends.
  double spacing_m(bool second) const {
    double sum = 0;
    int n = 0;
    for (std::size_t j = 0; j + 1 < load.beds().count(); ++j) {
      const double at = load.position_m()[j];
      if (second ? (at < 6.5 || at > 9.5) : (at < 1.0 || at > 4.0)) continue;
      sum += load.position_m()[j + 1] - at;
      ++n;
    }
    return n > 0 ? sum / n : 0.0;
  }

  PlantParams params;
  Layout layout;
  Load load;
  Ledger ledger;
  double nearest = 1e9;
};

TEST_F(Groups, AFasterGroupOpensTheGapsByTheRatioOfSpeeds) {
  run(60000, 0.8, 0.88);
  EXPECT_NEAR(spacing_m(false), 0.34, 1e-6);
  EXPECT_NEAR(spacing_m(true), 0.34 * 1.1, 0.002);
}

TEST_F(Groups, ASlightlySlowerGroupClosesThemAndNothingTouches) {
  run(60000, 0.8, 0.8 * 0.98);
  EXPECT_NEAR(spacing_m(true), 0.34 * 0.98, 0.002);  // 333 mm, still 13 mm between saggars
  EXPECT_GT(nearest, 0.32 + 0.005);
}

// 0.34 x 0.9 = 0.306 m would be an overlap: columns stand against each other instead, those of the
// first group are held back, and as many enter as leave: 0.72 mm/s / 0.32 m = 8.1 an hour.
TEST_F(Groups, AMuchSlowerGroupHoldsBackThoseBehindUpToTheEntryButNothingOverlaps) {
  run(60000, 0.8, 0.72);
  EXPECT_GE(nearest, 0.32 - 1e-9);
  EXPECT_NEAR(spacing_m(true), 0.32, 1e-6);
  EXPECT_NEAR(spacing_m(false), 0.32, 0.002);
  const std::uint64_t before = load.fed();
  run(36000, 0.8, 0.72);
  EXPECT_NEAR(static_cast<double>(load.fed() - before), 36000 * 0.72e-3 / 0.32, 2.0);
}

TEST_F(Groups, SpeedsThatChangeAllTheTimeLeaveTheColumnsInOrderAndApart) {
  for (int i = 0; i < 40; ++i) {
    run(1000, 0.6 + 0.05 * (i % 7), 0.6 + 0.05 * ((3 * i) % 7));
  }
  EXPECT_GE(nearest, 0.32 - 1e-9);
}

}  // namespace
}  // namespace saggar::kiln
