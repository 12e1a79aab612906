#include "runtime/monitor/conformal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

namespace saggar::monitor {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(Conformal, SaysNothingBeforeTwentyErrorsAreKnown) {
  Conformal c({});
  for (int i = 0; i < 19; ++i) c.note(1, c.half_width());
  EXPECT_EQ(c.half_width(), kInfinite);
  EXPECT_TRUE(std::isnan(c.coverage()));
  EXPECT_EQ(c.noted(), 0U) << "no band was shown";
  c.note(1, c.half_width());
  EXPECT_EQ(c.half_width(), 1);
}

TEST(Conformal, IsTheQuantileOfTheLastErrorsWithTheCorrectionForAFiniteSample) {
  Conformal c({.target = 0.9, .gain = 1e-9, .memory = 99});
  for (int i = 1; i <= 99; ++i) c.note(i % 2 != 0 ? i : -i, kInfinite);
  EXPECT_EQ(c.half_width(), 90);  // ceil(100 x 0.9): the 90th of 1 .. 99
  for (int i = 0; i < 99; ++i) c.note(7, kInfinite);
  EXPECT_EQ(c.half_width(), 7) << "the old ones have left";
}

TEST(Conformal, OneMissWidensItAndHitsNarrowIt) {
  Conformal c({.target = 0.9, .gain = 0.02, .memory = 200});
  for (int i = 1; i <= 200; ++i) c.note(i, kInfinite);
  const double before = c.half_width();
  c.note(0.5, 0);  // outside a band of nothing: alpha 0.1 + 180 hits x 0.002, then - 0.018
  const double missed = c.half_width();
  EXPECT_GT(missed, before);
}

/// Errors of a scatter that grows by half over 30 days, in periods of two minutes (bar 7).
TEST(Conformal, CoversItsShareWhileTheScatterDrifts) {
  Conformal c({});
  std::mt19937_64 draw(11);
  std::normal_distribution<double> normal;
  constexpr int kPeriods = 30 * 720;
  int inside = 0;
  double lowest = 1, highest = 0;
  for (int i = 0; i < kPeriods; ++i) {
    const double error = normal(draw) * (1 + 0.5 * i / kPeriods);
    const double band = c.half_width();
    inside += std::abs(error) <= band ? 1 : 0;
    c.note(error, band);
    if (i < 5040) continue;
    lowest = std::min(lowest, c.coverage());
    highest = std::max(highest, c.coverage());
  }
  EXPECT_NEAR(static_cast<double>(inside) / kPeriods, 0.9, 0.02);
  EXPECT_GT(lowest, 0.88);
  EXPECT_LT(highest, 0.92);
}

/// The bound of Gibbs and Candes, proposition 4.1: |share - target| <= (max(alpha, 1 - alpha) +
/// gain) / (gain T), for errors chosen by an adversary: here always just outside while a band is
/// finite.
TEST(Conformal, KeepsItsPromiseOfTheLongRunAgainstAnAdversary) {
  constexpr double kGain = 0.05;
  Conformal c({.target = 0.9, .gain = kGain, .memory = 50});
  int inside = 0, counted = 0;
  for (int i = 0; i < 5000; ++i) {
    const double band = c.half_width();
    const double error = std::isfinite(band) ? band * 1.01 + 1e-6 : 1;
    c.note(error, band);
    if (i < 20) continue;
    ++counted;
    inside += error <= band ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(inside) / counted, 0.9,
              (0.9 + kGain) / (kGain * counted) + 1e-12);
}

TEST(Conformal, IgnoresWhatIsNoNumberAndGoesOnFromASavedState) {
  Conformal a({.memory = 30}), b({.memory = 30});
  std::mt19937_64 draw(3);
  std::normal_distribution<double> normal;
  for (int i = 0; i < 100; ++i) a.note(normal(draw), a.half_width());
  const double before = a.half_width();
  a.note(std::nan(""), before);
  a.note(1, std::nan(""));
  EXPECT_EQ(a.half_width(), before);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  a.serialize(save);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  b.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  for (int i = 0; i < 100; ++i) {
    const double error = normal(draw);
    ASSERT_EQ(a.half_width(), b.half_width());
    a.note(error, a.half_width());
    b.note(error, b.half_width());
  }
}

TEST(Conformal, RefusesSettingsThatCannotWork) {
  EXPECT_THROW(Conformal({.target = 1}), std::invalid_argument);
  EXPECT_THROW(Conformal({.gain = 0}), std::invalid_argument);
  EXPECT_THROW(Conformal({.memory = 19}), std::invalid_argument);
  EXPECT_THROW(Conformal({.window = 9}), std::invalid_argument);
}

TEST(Coverage, IsTheShareOfAWindowInPieces) {
  Coverage c(1680);  // 168 pieces of 10
  for (int i = 0; i < 167; ++i) c.note(true);
  EXPECT_TRUE(std::isnan(c.share())) << "not a tenth yet";
  c.note(false);
  EXPECT_DOUBLE_EQ(c.share(), 167.0 / 168);
  EXPECT_DOUBLE_EQ(c.filled(), 0.1);
  for (int i = 0; i < 1680; ++i) c.note(i % 4 != 0);
  EXPECT_NEAR(c.share(), 0.75, 0.005) << "the first have left";
  EXPECT_GT(c.filled(), 0.99);
}

TEST(Bias, IsTheMeanWithItsStandardErrorAndForgets) {
  Bias b(100);
  EXPECT_TRUE(std::isnan(b.standard_error()));
  for (const double e : {1.0, 2.0, 3.0, std::nan("")}) b.note(e);
  EXPECT_DOUBLE_EQ(b.value(), 2);
  EXPECT_NEAR(b.standard_error(), std::sqrt(2.0 / 3 / 2),
              1e-12);  // deviation of 1 2 3 over n: sqrt(2/3)
  for (int i = 0; i < 2000; ++i) b.note(-1);
  EXPECT_NEAR(b.value(), -1, 1e-6);
}

}  // namespace
}  // namespace saggar::monitor
