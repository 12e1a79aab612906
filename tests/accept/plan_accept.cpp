// Bar 7: time of one plan of the heat controller for a kiln as long as P2, with zones that wander,
// powder over them and a model that changes each period. Prints JSON. Called by mpc.py.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>
#include <saggar/plugin/testing.hpp>
#include <string>
#include <vector>

#include "controllers/mpc/heat_controller.hpp"

namespace saggar::mpc {
namespace {

constexpr int kZones = 30;
constexpr int kPlans = 600;
constexpr int kStepsPerPlan = 12;

std::string zone(int k) { return std::string(k < 9 ? "zone0" : "zone") + std::to_string(k + 1); }
/// 20 K/m up to a soak of 13 zones, as NCM811 on P2.
double recipe(int k) { return k < 16 ? 150 + 38.75 * k : (k < 29 ? 770 : 700); }

/// Time that this thread has had a core, ms.
double own_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

plugin::testing::Rig make() {
  plugin::testing::Kiln kiln;
  kiln.zones(kZones);
  for (const char* what : {".core.temperature", ".hottest.temperature"}) {
    for (int k = 0; k < kZones; ++k) kiln.add({zone(k) + what, "degC", 0, 1200, 0, true});
  }
  kiln.add({"dryout.position", "m", 0, 100, 0, true});
  kiln.add({"transport.group1.speed", "mm/s", 0, 5, 0});
  plugin::testing::Options options;
  options.period_s = 10;
  options.latency_cycles = 1;
  options.zone_count = kZones;
  options.budget_ns = 1'000'000'000;
  options.params["dry_limit_m"] = 25;
  auto rig = plugin::testing::rig_of<HeatController>(kiln, options);
  for (int k = 0; k < kZones; ++k) {
    rig.reference(zone(k) + ".*.setpoint", recipe(k));
    rig.limits(zone(k) + ".*.setpoint", recipe(k) - 15, recipe(k) + 15);
  }
  rig.set_free("zone*.*.setpoint", true);
  rig.set("transport.group1.speed", 0.8333);
  return rig;
}

int run(int plans) {
  plugin::testing::Rig rig = make();
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  std::vector<double> drift(kZones, 0.0), core(kZones), at(kZones), taken_ms;
  for (int k = 0; k < kZones; ++k) {
    at[k] = recipe(k);
    core[k] = recipe(k) - (k < 16 ? 60.0 : 40.0 * std::exp(-0.8 * (k - 15)) - 5.0);
  }
  for (int i = 0; i < plans * kStepsPerPlan; ++i) {
    for (int k = 0; k < kZones; ++k) {
      drift[k] += 0.02 * normal(random) - 0.001 * drift[k];
      rig.set(zone(k) + ".*.temperature", at[k] + drift[k] + 0.2 * normal(random));
      const double seen = core[k] + (at[k] - recipe(k)) + 3 * drift[k];
      rig.set(zone(k) + ".core.temperature", seen);
      rig.set(zone(k) + ".hottest.temperature", seen + (k < 16 ? 40.0 : 6.0));
      rig.working(zone(k) + ".*.setpoint", i > 0 ? rig.proposal(zone(k) + ".top.setpoint") : at[k]);
    }
    rig.set("dryout.position", 24 + drift[5]);
    const double begin = own_ms();
    const plugin::testing::Outcome out = rig.step();
    const double ms = own_ms() - begin;
    if (!out.wrong.empty()) {
      std::fprintf(stderr, "plan_accept: %s\n", out.wrong.c_str());
      return 1;
    }
    if (i % kStepsPerPlan == 0 && i > 0) taken_ms.push_back(ms);
    for (int k = 0; k < kZones; ++k) {
      at[k] += (rig.proposal(zone(k) + ".top.setpoint") - at[k]) * 10 / 900;
    }
  }
  std::sort(taken_ms.begin(), taken_ms.end());
  const std::size_t n = taken_ms.size();
  std::printf("{\"plans\": %zu, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"most_ms\": %.3f}\n", n,
              taken_ms[n / 2], taken_ms[n * 99 / 100], taken_ms[n - 1]);
  return 0;
}

}  // namespace
}  // namespace saggar::mpc

int main(int argc, char** argv) {
  const int plans = argc > 1 ? std::atoi(argv[1]) : saggar::mpc::kPlans;
  if (plans >= 10) return saggar::mpc::run(plans);
  std::fprintf(stderr, "plan_accept: found %s plans; 10 or more would be right\n", argv[1]);
  return 2;
}
