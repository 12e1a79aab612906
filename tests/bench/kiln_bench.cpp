// Speed of the simulated kiln, and how its cost grows with nodes, saggars and zones.
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "hil/kiln/kiln.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"
#include "tests/bench/bench.hpp"

namespace saggar::bench {
namespace {

double simulated_per_second(double each_ns) { return 1e9 / each_ns; }

[[noreturn]] void fail(const domain::Error& error) {
  std::cerr << "saggar-bench: " << error.text() << '\n';
  std::exit(1);
}

struct Files {
  config::KilnConfig kiln;
  kiln::PlantParams plant;
  std::vector<double> recipe;
};

Files nominal_p2() {
  const std::string configs = std::string(SAGGAR_SOURCE_DIR) + "/configs/";
  auto kiln = config::load<config::KilnConfig>(configs + "kiln/p2.toml");
  if (!kiln) fail(kiln.error());
  auto plant = kiln::load_plant(configs + "kiln/p2.plant.toml");
  if (!plant) fail(plant.error());
  auto recipe = config::load<config::RecipeConfig>(configs + "recipes/ncm811-p2.toml");
  if (!recipe) fail(recipe.error());
  auto made = config::make_plant(kiln.value(), recipe.value());
  if (!made) fail(made.error());
  auto values = config::recipe_values(recipe.value(), made.value());
  if (!values) fail(values.error());
  return {kiln.value(), plant.value(), values.value()};
}

/// Nanoseconds per simulated second of P2 with this many nodes, saggar by saggar or column mean.
double cost_ns(Files files, std::uint32_t nodes, bool every_saggar, int seconds) {
  files.plant.bed.nodes = nodes;
  files.plant.numerics.every_saggar = every_saggar;
  files.plant.numerics.settle_s.value = 600;
  auto made = kiln::Kiln::make(files.kiln, files.plant, files.recipe, 1);
  if (!made) fail(made.error());
  return time_mean(static_cast<std::uint64_t>(seconds), [&] { made.value()->advance(1.0); });
}

}  // namespace

void kiln(Report& report) {
  constexpr int kSeconds = 40'000;
  const Files files = nominal_p2();
  const double mean_ns = cost_ns(files, 16, false, kSeconds);
  report.at_least("kiln: P2, all physics, column mean, 16 nodes", 20'000,
                  simulated_per_second(mean_ns), "x");
  const double each_ns = cost_ns(files, 16, true, kSeconds / 4);
  report.at_least("kiln: P2, every saggar by itself, 16 nodes", 3'000,
                  simulated_per_second(each_ns), "x");
  // Four rows instead of their mean: linear is 4 for all that belongs to beds.
  report.note("kiln:   cost of every saggar over the mean (4 rows)", each_ns / mean_ns, "");
  const double coarse_ns = cost_ns(files, 8, false, kSeconds / 2);
  const double fine_ns = cost_ns(files, 32, false, kSeconds / 2);
  report.at_most("kiln:   slope of cost in nodes, 16 to 32 over 8 to 16, linear = 2", 2.4,
                 (fine_ns - mean_ns) / (mean_ns - coarse_ns), "");
  auto alone = p2("recipe.toml");
  domain::Frame frame(alone->plant().tags.size());
  const double alone_ns = time_mean(kSeconds, [&] {
    alone->kiln().advance(1.0);
    alone->kiln().read(frame);
  });
  report.at_least("P2 alone, simulated seconds per second", 20'000, simulated_per_second(alone_ns),
                  "x");
  auto both = p2();
  both->cycles(400);
  const double both_ns = time_mean(kSeconds, [&] { both->cycle(); });
  report.at_least("P2 with runtime and PID in process, records hashed", 8'000,
                  simulated_per_second(both_ns), "x");
}

}  // namespace saggar::bench
