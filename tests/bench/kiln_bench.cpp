// Speed of the simulated kiln, and how its cost grows with nodes, saggars and zones.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <memory>
#include <type_traits>

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
  config::RecipeConfig recipe;

  std::vector<double> recipe_values() const {
    auto made = config::make_plant(kiln, recipe);
    if (!made) fail(made.error());
    auto values = config::recipe_values(recipe, made.value());
    if (!values) fail(values.error());
    return values.value();
  }
};

Files nominal_p2() {
  const std::string configs = std::string(SAGGAR_SOURCE_DIR) + "/configs/";
  auto kiln = config::load<config::KilnConfig>(configs + "kiln/p2.toml");
  if (!kiln) fail(kiln.error());
  auto plant = kiln::load_plant(configs + "kiln/p2.plant.toml");
  if (!plant) fail(plant.error());
  auto recipe = config::load<config::RecipeConfig>(configs + "recipes/ncm811-p2.toml");
  if (!recipe) fail(recipe.error());
  return {kiln.value(), plant.value(), recipe.value()};
}

/// P2 made longer or shorter: as many zones of 2 m, each thing at its place in the length, and no
/// more gas than the dampers can draw.
Files stretched(std::uint16_t zones) {
  Files files = nominal_p2();
  const std::size_t before = files.kiln.chamber.zones;
  const double factor = static_cast<double>(zones) / static_cast<double>(before);
  const auto places = [&](auto& list) {
    std::remove_reference_t<decltype(list)> made;
    for (std::size_t z = 1; z <= zones; ++z) {
      const auto was = static_cast<std::size_t>(std::ceil(static_cast<double>(z) / factor));
      if (std::find(list.begin(), list.end(), was) != list.end()) {
        made.push_back(static_cast<typename decltype(made)::value_type>(z));
      }
    }
    list = made;
  };
  places(files.kiln.chamber.soak_zones);
  places(files.kiln.atmosphere.inlet_zones);
  for (auto* list : {&files.kiln.atmosphere.gas_point_zones}) {
    for (auto& z : *list)
      z = static_cast<std::remove_reference_t<decltype(z)>>(std::ceil(z * factor));
  }
  files.kiln.chamber.zones = zones;
  const double flow = 60.0 / std::max(1.0, factor);
  files.recipe.atmosphere.inlet_flow_Nm3_per_h.value = {flow};
  files.kiln.atmosphere.nominal_Nm3_per_h.value = {flow};
  auto& setpoints = files.recipe.heat.setpoint_degC.value;
  const auto old = setpoints;
  setpoints.clear();
  for (std::size_t z = 0; z < zones; ++z) {
    setpoints.push_back(old[static_cast<std::size_t>(static_cast<double>(z) / factor)]);
  }
  for (auto& z : files.plant.gas.port_zones) {
    z = static_cast<std::remove_reference_t<decltype(z)>>(std::ceil(z * factor));
  }
  files.plant.gas.pressure_zone = static_cast<decltype(files.plant.gas.pressure_zone)>(12 * factor);
  return files;
}

/// Nanoseconds per simulated second of P2 with this many nodes, saggar by saggar or column mean.
double cost_ns(Files files, std::uint32_t nodes, bool every_saggar, int seconds) {
  files.plant.bed.nodes = nodes;
  files.plant.numerics.every_saggar = every_saggar;
  files.plant.numerics.settle_s.value = 600;
  auto made = kiln::Kiln::make(files.kiln, files.plant, files.recipe_values(), 1);
  if (!made) fail(made.error());
  return time_mean(static_cast<std::uint64_t>(seconds), [&] { made.value()->advance(1.0); });
}

/// What the second doubling costs over the first; 2 where cost is a straight line.
double slope(double one, double two, double four) {
  return two > one ? (four - two) / (two - one) : std::numeric_limits<double>::infinity();
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
                 slope(coarse_ns, mean_ns, fine_ns), "");
  const double short_ns = cost_ns(stretched(15), 16, false, kSeconds / 2);
  const double long_ns = cost_ns(stretched(60), 16, false, kSeconds / 2);
  report.at_most("kiln:   slope of cost in zones, 30 to 60 over 15 to 30, linear = 2", 2.4,
                 slope(short_ns, mean_ns, long_ns), "");
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
