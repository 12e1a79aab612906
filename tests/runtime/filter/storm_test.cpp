// Random requests against random plants within the declared errors: no zone ever passes a limit.
// Without the filter the same requests pass it, so the test can fail.
#include <gtest/gtest.h>

#include "tests/runtime/filter/filter_rig.hpp"

namespace saggar::testing {
namespace {

using filter::Interval;
using filter::Verdict;

constexpr double kAbove_K = 16;
constexpr int kRequests = 100;  // per plant

enum class Policy { random, bang_bang, worst_sign };

filter::Settings declared(const domain::Plant& plant) {
  filter::Settings s;
  s.margin_K = 0.2;
  s.noise_K = 1;
  s.drift_K_per_h = 6;
  s.offset_K = 3;
  s.loops = filter::nominal_loops(plant, {{0.94, 1.06}, {600, 1200}, {0, 90}});
  return s;
}

struct Ends {
  double most = -1e9, least = 1e9;
  int near = 0, infeasible = 0, changed = 0;
  std::uint64_t surprises = 0;
};

/// One plant, drawn from the declared errors, edges included.
class Storm {
 public:
  Storm(unsigned seed, bool filtered)
      : draw_(seed), rig_(limited_plant(2, kAbove_K, kAbove_K), settings(), filtered) {
    rig_.noise = [this] { return uniform(-1, 1); };
    for (TrueZone& zone : rig_.zones) {
      zone.gain = edge(0.94, 1.06);
      zone.lag_s = edge(600, 1200);
      zone.dead_time_s = edge(0, 90);
      zone.offset_K = uniform(-2, 2);
    }
    for (int k = 0; k < 5; ++k) rig_.step(kRecipe_degC);
  }

  void request(Policy policy, Ends& ends) {
    const double length_s = uniform(30, 300);
    std::vector<double> ask(rig_.zones.size());
    for (double& a : ask) {
      a = policy == Policy::random ? uniform(720, 780) : uniform(0, 1) < 0.5 ? 700 : 800;
    }
    const double wander = uniform(-6, 6);  // K/h
    for (double t = 0; t < length_s; t += rig_.dt_s) {
      for (std::size_t i = 0; i < ask.size(); ++i) {
        const double worst = rig_.zones[i].pv() >= kRecipe_degC ? 900 : 600;
        rig_.rig.ask(i, policy == Policy::worst_sign ? worst : ask[i], domain::Source::controller);
        double& offset = rig_.zones[i].offset_K;
        offset = std::clamp(offset + wander * rig_.dt_s / 3600, -2.0, 2.0);
      }
      rig_.step();
      ends.most = std::max(ends.most, rig_.hottest());
      ends.least = std::min(ends.least, rig_.coldest());
      ends.near += rig_.hottest() > kRecipe_degC + kAbove_K - 4 ? 1 : 0;
      ends.infeasible += rig_.verdict() == Verdict::infeasible ? 1 : 0;
      ends.changed += rig_.filter.outcome().changed[0] ? 1 : 0;
    }
    ends.surprises = rig_.filter.tube().surprises();
  }

 private:
  static filter::Settings settings() { return declared(limited_plant(2, kAbove_K, kAbove_K)); }
  double uniform(double a, double b) {
    return a + (b - a) * static_cast<double>(draw_()) / 4294967295.0;
  }
  double edge(double a, double b) {
    const double at = uniform(-0.5, 1.5);
    return at < 0 ? a : at > 1 ? b : a + (b - a) * at;
  }

  std::mt19937 draw_;
  FilterRig rig_;
};

/// Twenty plants in a test, so that no test takes long.
struct Batch {
  Policy policy;
  unsigned first;  ///< seed
};

constexpr unsigned kPlants = 20;

Ends run(const Batch& batch, bool filtered) {
  Ends ends;
  for (unsigned seed = batch.first; seed < batch.first + kPlants; ++seed) {
    Storm storm(seed, filtered);
    for (int r = 0; r < kRequests; ++r) storm.request(batch.policy, ends);
  }
  return ends;
}

std::string name(const ::testing::TestParamInfo<Batch>& test) {
  const Policy policy = test.param.policy;
  const std::string what = policy == Policy::random      ? "random"
                           : policy == Policy::bang_bang ? "bang_bang"
                                                         : "worst_sign";
  return what + "_from_" + std::to_string(test.param.first);
}

class FilterStorm : public ::testing::TestWithParam<Batch> {};

TEST_P(FilterStorm, NoZoneOfADrawnPlantPassesALimit) {  // LC-10, LC-13
  const Ends ends = run(GetParam(), true);
  EXPECT_LE(ends.most, kRecipe_degC + kAbove_K);
  EXPECT_GE(ends.least, kRecipe_degC - kAbove_K);
  EXPECT_EQ(ends.infeasible, 0);
  EXPECT_EQ(ends.surprises, 0U);
  EXPECT_GT(ends.changed, 1000);
  RecordProperty("most_K", std::to_string(ends.most - kRecipe_degC));
  RecordProperty("least_K", std::to_string(ends.least - kRecipe_degC));
  RecordProperty("near", std::to_string(ends.near));
}

TEST_P(FilterStorm, TheSameRequestsPassTheLimitsWithoutTheFilter) {
  const Ends ends = run(GetParam(), false);
  EXPECT_GT(ends.most, kRecipe_degC + kAbove_K);
  EXPECT_LT(ends.least, kRecipe_degC - kAbove_K);
}

// Random requests 10,000 of them; the others come to the limits all the time, so fewer tell as
// much.
INSTANTIATE_TEST_SUITE_P(LC13, FilterStorm,
                         ::testing::Values(Batch{Policy::random, 1}, Batch{Policy::random, 21},
                                           Batch{Policy::random, 41}, Batch{Policy::random, 61},
                                           Batch{Policy::random, 81}, Batch{Policy::bang_bang, 1},
                                           Batch{Policy::worst_sign, 1}),
                         name);

}  // namespace
}  // namespace saggar::testing
