#include "hil/scenario/depends_on.hpp"

#include <algorithm>

#include "runtime/config/control_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/policy_config.hpp"

namespace saggar::scenario {
namespace {

namespace fs = std::filesystem;

/// What a plant file names stands in the materials' folder: all of it counts.
std::vector<fs::path> materials_of(const fs::path& plant) {
  std::error_code problem;
  std::vector<fs::path> files;
  const fs::path folder = plant.parent_path().parent_path() / "material";
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Models, and the manifests of policy packages, stand where the control file says.
std::vector<fs::path> models_of(const fs::path& control) {
  std::vector<fs::path> files;
  const auto loaded = config::load<config::ControlConfig>(control);
  if (!loaded) return files;  // it is the runtime that refuses it, and says why
  for (const config::ControllerConfig& controller : loaded.value().controllers) {
    if (!controller.model.empty()) files.push_back(control.parent_path() / controller.model);
  }
  for (const config::ControllerConfig& controller : loaded.value().controllers) {
    // Its hash stands for every file beside it: the runtime refuses those that are not listed.
    if (controller.package.empty()) continue;
    files.push_back(control.parent_path() / controller.package / config::PolicyConfig::kFile);
  }
  const std::string& filter = loaded.value().filter.model;
  if (!filter.empty()) files.push_back(control.parent_path() / filter);
  return files;
}

}  // namespace

std::vector<Dependency> depends_on(const BenchFiles& bench) {
  std::vector<Dependency> out;
  for (const fs::path& path : {bench.site, bench.kiln, bench.plant, bench.recipe, bench.control}) {
    out.push_back({path, Role::named});
  }
  for (const fs::path& path : materials_of(bench.plant)) out.push_back({path, Role::material});
  for (const fs::path& path : models_of(bench.control)) out.push_back({path, Role::model});
  return out;
}

}  // namespace saggar::scenario
