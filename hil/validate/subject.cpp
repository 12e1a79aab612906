#include "hil/validate/subject.hpp"

#include <algorithm>
#include <filesystem>

#include "runtime/config/load.hpp"
#include "runtime/config/plant.hpp"
#include "runtime/config/recipe_config.hpp"

namespace saggar::validate {
namespace {

namespace fs = std::filesystem;
using domain::Error;

std::string names_of(const std::map<std::string, kiln::MaterialFigures>& materials) {
  std::string out;
  for (const auto& [name, figures] : materials) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

domain::Result<Subject> load_subject(const std::string& configs,
                                     const std::vector<std::string>& given) {
  Subject subject;
  subject.configs = configs;
  std::vector<fs::path> files;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(fs::path(configs) / "material", problem)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (files.empty()) {
    return Error{configs, "holds no material/*.toml; the folder configs of Saggar would be right"};
  }
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    auto loaded = config::load<kiln::MaterialFigures>(file);
    if (!loaded) return loaded.error();
    subject.files.emplace(loaded.value().name, file.string());
    subject.materials.emplace(loaded.value().name, loaded.value());
  }
  for (const std::string& one : given) {
    std::string name = one;
    if (!subject.materials.contains(one)) {
      if (!fs::exists(one)) {
        return Error{one, "is neither a file nor a material of " + configs + "; there are " +
                              names_of(subject.materials)};
      }
      auto loaded = config::load<kiln::MaterialFigures>(one);
      if (!loaded) return loaded.error();
      name = loaded.value().name;
      subject.materials[name] = loaded.value();
      subject.files[name] = one;
    }
    if (std::find(subject.chosen.begin(), subject.chosen.end(), name) == subject.chosen.end()) {
      subject.chosen.push_back(name);
    }
  }
  if (given.empty()) {
    for (const auto& [name, figures] : subject.materials) subject.chosen.push_back(name);
  }
  for (const char* needed : {"lno", "nca", "ncm622", "ncm811"}) {
    if (!subject.materials.contains(needed)) {
      return Error{configs, std::string("holds no material '") + needed +
                                "', which the published rows are about"};
    }
  }
  return subject;
}

domain::Result<Preset> load_preset(const Subject& subject, const std::string& name,
                                   const std::string& recipe_name) {
  const fs::path configs(subject.configs);
  Preset preset;
  auto config = config::load<config::KilnConfig>(configs / "kiln" / (name + ".toml"));
  if (!config) return config.error();
  preset.config = std::move(config).value();
  const auto recipe =
      config::load<config::RecipeConfig>(configs / "recipes" / (recipe_name + ".toml"));
  if (!recipe) return recipe.error();
  const auto plant = config::make_plant(preset.config, recipe.value());
  if (!plant) return plant.error();
  const auto values = config::recipe_values(recipe.value(), plant.value());
  if (!values) return values.error();
  preset.recipe = values.value();
  auto params = kiln::load_plant((configs / "kiln" / (name + ".plant.toml")).string());
  if (!params) return params.error();
  preset.params = std::move(params).value();
  const auto own = subject.materials.find(preset.params.powder.name);
  if (own != subject.materials.end()) preset.params.powder = own->second;
  return preset;
}

}  // namespace saggar::validate
