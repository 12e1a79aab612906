#include "runtime/app/plugins_command.hpp"

#include <iostream>
#include <optional>

#include "plugins/host/scan.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"

namespace saggar::app {
namespace {

int complain(const domain::Error& error, int code) {
  std::cerr << "saggar: " << error.text() << '\n';
  return code;
}

domain::Result<domain::Plant> plant_of(const std::filesystem::path& file) {
  const auto kiln = config::load<config::KilnConfig>(file);
  if (!kiln) return kiln.error();
  return config::make_plant(kiln.value());
}

}  // namespace

int plugins(const PluginsOptions& options, std::ostream& out) {
  std::optional<domain::Plant> plant;
  if (!options.kiln.empty()) {
    auto made = plant_of(options.kiln);
    if (!made) return complain(made.error(), 1);
    plant = std::move(made).value();
  }
  const domain::Plant* on = plant ? &*plant : nullptr;
  if (std::filesystem::is_regular_file(options.path)) {
    const auto described = host::describe(options.path, host::kPatience, on);
    if (!described) return complain(described.error(), 2);
    return host::print(described.value(), out, on) ? 0 : 2;
  }
  const auto listed = host::list(options.path, out, on);
  if (!listed) return complain(listed.error(), 1);
  return listed.value().refused == 0 ? 0 : 2;
}

}  // namespace saggar::app
