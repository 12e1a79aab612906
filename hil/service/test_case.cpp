#include "hil/service/test_case.hpp"

#include <algorithm>

#include "runtime/config/kiln_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/recipe_config.hpp"

namespace saggar::service {
namespace {

std::vector<std::filesystem::path> files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> list;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") list.push_back(entry.path());
  }
  std::sort(list.begin(), list.end());
  return list;
}

}  // namespace

domain::Result<std::vector<TestCase>> find_test_cases(const std::filesystem::path& configs) {
  std::vector<TestCase> list;
  for (const std::filesystem::path& recipe : files(configs / "recipes")) {
    auto read = config::load<config::RecipeConfig>(recipe);
    if (!read) return read.error();
    const std::filesystem::path kiln = configs / "kiln" / (read.value().kiln + ".toml");
    std::filesystem::path plant = kiln;
    plant.replace_extension(".plant.toml");
    if (!std::filesystem::exists(kiln) || !std::filesystem::exists(plant)) continue;
    list.push_back({recipe.stem().string(),
                    "kiln " + read.value().kiln + ", " + read.value().description, kiln, plant,
                    recipe, configs / "site/simulated.toml"});
  }
  if (list.empty()) {
    return domain::Error{configs.string(),
                         "has no recipes/NAME.toml whose kiln is in kiln/: no test case"};
  }
  return list;
}

}  // namespace saggar::service
