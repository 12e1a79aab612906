// Controllers of the zoo that ask for whatever does harm, on the simulated P1: with the predictive
// filter no zone passes a limit of its PV, without it zones do (LC-10, LC-13).
#include <gtest/gtest.h>

#include "runtime/config/load.hpp"
#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

constexpr double kAbove_K = 20;
constexpr int kCycles = 4 * 3600;

/// P1 with the animal above the PID. Trims of 25 K everywhere, so that the guard alone lets them
/// pass the limit of 20 K; nobody loses a seat for being corrected.
config::Bundle bundle_of(const char* animal, bool filtered) {
  const suite::InProcessFiles files = testing::p1_files();
  auto loaded = config::load_bundle(files.site, files.kiln, files.recipe, files.control);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  config::Bundle bundle = std::move(loaded).value();
  config::ControlConfig& control = bundle.control;
  config::ControllerConfig subject = control.controllers.front();
  subject.name = "subject";
  subject.plugin = std::string(SAGGAR_ZOO_DIR) + '/' + animal + ".so";
  subject.params.clear();
  control.controllers.push_back(subject);
  control.ladder.heat.rungs = {"subject", "pid", "hold", "recipe"};
  control.guard.intervention_percent = control.filter.max_share_percent = 100;
  control.filter.on = filtered;
  for (std::size_t i = 0; i < bundle.plant.mvs.size(); ++i) {
    domain::Mv& mv = bundle.plant.mvs[i];
    if (mv.duty != domain::Duty::heat) continue;
    mv.limits.trim_low = -25;
    mv.limits.trim_high = 25;
    mv.limits.per_shift = 50;
    mv.pv_high = bundle.recipe_values[i] + kAbove_K;
  }
  return bundle;
}

struct Run {
  double most_K = -1e9;  ///< thermocouple less its limit, over all zones and cycles
  int beyond = 0;        ///< cycles with a zone beyond its limit
  std::uint64_t clips = 0;
  int on_seat = 0;
};

Run run(const char* animal, bool filtered) {
  assembly::AssemblyOptions how;
  how.plugin_dirs.push_back(SAGGAR_PLUGIN_DIR);
  how.roster.threads = false;
  auto made = assembly::assemble(bundle_of(animal, filtered), how);
  if (!made) throw std::runtime_error(made.error().text());
  assembly::Assembly& assembly = *made.value();
  const domain::Plant& plant = assembly.bundle.plant;
  auto kiln = suite::make_kiln(assembly.bundle, testing::p1_files().plant, 1, false);
  if (!kiln) throw std::runtime_error(kiln.error().text());
  domain::Record record = assembly.cycle->prototype();
  domain::Ack ack(plant.mvs.size());
  assembly.cycle->offer(testing::person_asks(domain::IntentKind::switch_on, 1));
  Run result;
  for (int i = 0; i < kCycles; ++i) {
    kiln.value()->read(record.frame);
    ++record.cycle;
    record.frame.sequence = record.cycle;
    record.frame.link_up = true;
    record.time_ns = record.frame.time_ns;
    assembly.cycle->run(record);
    kiln.value()->apply(record.command, ack);
    kiln.value()->advance(1.0);
    result.on_seat += record.decisions[0].rung == 0 ? 1 : 0;
    for (const domain::GuardAction& action : record.guard_actions) {
      result.clips += action.gate == domain::Gate::g8_predictive ? 1 : 0;
    }
    double most = -1e9;
    for (const domain::Mv& mv : plant.mvs) {
      if (mv.duty != domain::Duty::heat) continue;
      const domain::Sample& pv = record.screened.samples[mv.pv];
      if (pv.usable()) most = std::max(most, pv.value - mv.pv_high);
    }
    result.most_K = std::max(result.most_K, most);
    result.beyond += most > 0 ? 1 : 0;
  }
  return result;
}

class FilterOnP1 : public ::testing::TestWithParam<const char*> {};

TEST_P(FilterOnP1, NoZonePassesItsLimitWhoeverDrives) {
  const Run with = run(GetParam(), true);
  EXPECT_LE(with.most_K, 0);
  EXPECT_EQ(with.beyond, 0);
  EXPECT_GT(with.clips, 100U);
  EXPECT_GT(with.on_seat, kCycles / 2);
  RecordProperty("most_K", std::to_string(with.most_K));
  RecordProperty("clips", std::to_string(with.clips));
}

INSTANTIATE_TEST_SUITE_P(LC13, FilterOnP1,
                         ::testing::Values("asks_at_random", "asks_bang_bang", "asks_the_worst"),
                         [](const auto& test) { return std::string(test.param); });

TEST(FilterOnP1Off, WithoutTheFilterZonesPassTheirLimits) {
  const Run without = run("asks_bang_bang", false);
  EXPECT_GT(without.most_K, 1);
  EXPECT_EQ(without.clips, 0U);
}

}  // namespace
}  // namespace saggar
