#include "controllers/mpc/target.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace saggar::mpc {
namespace {

// x+ = 0.5 x + 0.5 B u + d: at rest x = B u + 2 d.
struct Plant {
  std::size_t n, m;
  std::vector<double> a, b, d;
  std::vector<Cv> cvs;
  std::vector<Mv> mvs;

  Plant(std::size_t states, std::size_t inputs) : n(states), m(inputs), a(n * n), b(n * m), d(n) {
    for (std::size_t i = 0; i < n; ++i) a[i + i * n] = 0.5;
    cvs.assign(n, {});
    mvs.assign(m, Mv{-10, 10, 1, 0, 0, 0, 1, true});
  }
  void gain(std::size_t i, std::size_t j, double g) { b[i + j * n] = 0.5 * g; }
  Target::Outcome solve(Target& t) const { return t.solve(a.data(), b.data(), d.data(), cvs, mvs); }
};

TEST(Target, CvsWithATargetGetThereWhateverDisturbs) {
  Plant p(1, 1);
  p.gain(0, 0, 2);
  p.d[0] = 0.5;  // x = 2 u + 1
  p.cvs[0].target = 4;
  p.cvs[0].weight = 1;
  Target t(1, 1, 1);
  ASSERT_TRUE(p.solve(t).solved);
  EXPECT_NEAR(t.x()[0], 4, 1e-3);
  EXPECT_NEAR(t.u()[0], 1.5, 1e-3);
}

TEST(Target, BoundsOfAnInputComeBeforeEverything) {
  Plant p(1, 1);
  p.gain(0, 0, 1);
  p.mvs[0].high = 3;
  p.cvs[0].low = 5;
  Target t(1, 1, 1);
  const Target::Outcome out = p.solve(t);
  ASSERT_TRUE(out.solved);
  EXPECT_EQ(out.gave_way, 1U);
  EXPECT_NEAR(t.u()[0], 3, 1e-6);
  EXPECT_NEAR(t.low()[0], 3, 1e-4) << "the band is as wide as what was reached";
}

TEST(Target, APriceGoesToTheEdgeOfTheBand) {
  Plant p(1, 1);
  p.gain(0, 0, 1);
  p.d[0] = 1;  // x = u + 2, at least 1: u = -1
  p.cvs[0].low = 1;
  p.mvs[0].price = 1;
  Target t(1, 1, 1);
  ASSERT_TRUE(p.solve(t).solved);
  EXPECT_NEAR(t.u()[0], -1, 1e-3);
}

// x0 = u may be 0 at most, x1 = -u may be -1 at most, that is u >= 1: not both.
Plant torn(std::uint32_t rank_of_first, std::uint32_t rank_of_second) {
  Plant p(2, 1);
  p.gain(0, 0, 1);
  p.gain(1, 0, -1);
  p.cvs[0].high = 0;
  p.cvs[0].rank_high = rank_of_first;
  p.cvs[1].high = -1;
  p.cvs[1].rank_high = rank_of_second;
  return p;
}

TEST(Target, WhereBandsConflictTheLowerRankGivesWay) {
  Target t(2, 1, 2);
  const Target::Outcome first = torn(1, 2).solve(t);
  ASSERT_TRUE(first.solved);
  EXPECT_EQ(first.gave_way, 2U);
  EXPECT_NEAR(t.u()[0], 0, 2e-3);
  const Target::Outcome second = torn(2, 1).solve(t);
  ASSERT_TRUE(second.solved);
  EXPECT_NEAR(t.u()[0], 1, 2e-3);
}

TEST(Target, AnUpsideDownBandIsWhatItsFirstRankSays) {
  Plant p(1, 1);
  p.gain(0, 0, 1);
  p.cvs[0].low = 2, p.cvs[0].rank_low = 2;
  p.cvs[0].high = -1, p.cvs[0].rank_high = 1;
  Target t(1, 1, 1);
  ASSERT_TRUE(p.solve(t).solved);
  EXPECT_NEAR(t.x()[0], -1, 2e-3);
}

TEST(Target, AnIntegratingCvIsHeldInItsBandByBalance) {
  Plant p(1, 1);
  p.a[0] = 1;  // x+ = x + 0.5 u + d
  p.gain(0, 0, 1);
  p.d[0] = 1;
  p.cvs[0].low = -1, p.cvs[0].high = 1;
  Target t(1, 1, 1);
  ASSERT_TRUE(t.solve(p.a.data(), p.b.data(), p.d.data(), p.cvs, p.mvs, 1e-3).solved);
  EXPECT_NEAR(t.u()[0], -2, 5e-3) << "what comes in goes out";
}

// Whatever lower ranks ask, the violation of rank 1 is what rank 1 alone would have: sums of the
// distances of 200 random plants with conflicting bands.
TEST(Target, LowerRanksCostHigherOnesNothing) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int trial = 0; trial < 200; ++trial) {
    Plant p(6, 3);
    for (std::size_t i = 0; i < 6; ++i) {
      for (std::size_t j = 0; j < 3; ++j) p.gain(i, j, uniform(random));
      p.d[i] = uniform(random);
      p.cvs[i].low = uniform(random) + 1, p.cvs[i].high = p.cvs[i].low + 0.2;
      p.cvs[i].rank_low = p.cvs[i].rank_high = i < 3 ? 1 : 2;
      p.cvs[i].weight = 1;
    }
    for (Mv& mv : p.mvs) mv.low = -1, mv.high = 1;
    const auto rank_one = [&](const Target& t) {
      double worst = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        const double out = std::max({0.0, p.cvs[i].low - t.x()[i], t.x()[i] - p.cvs[i].high});
        worst += out + 0.5 * out * out;  // as the penalty has it
      }
      return worst;
    };
    Target all(6, 3, 6), alone(6, 3, 6);
    ASSERT_TRUE(p.solve(all).solved);
    Plant q = p;
    for (std::size_t i = 3; i < 6; ++i) q.cvs[i] = {};
    ASSERT_TRUE(q.solve(alone).solved);
    EXPECT_LE(rank_one(all), rank_one(alone) + 5e-3) << "trial " << trial;
  }
}

}  // namespace
}  // namespace saggar::mpc
