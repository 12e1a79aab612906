#include "hil/kiln/recipe_powder.hpp"

#include <cctype>
#include <string>

#include "hil/kiln/parameters.hpp"
#include "runtime/config/recipe_config.hpp"

namespace saggar::kiln {
namespace {

std::string letters_of(const std::string& name) {
  std::string out;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0) out += static_cast<char>(std::tolower(byte));
  }
  return out;
}

const std::vector<std::filesystem::path>& of_kind(const config::FilesByKind& files,
                                                  std::string_view kind) {
  static const std::vector<std::filesystem::path> none;
  const auto found = files.find(kind);
  return found == files.end() ? none : found->second;
}

void compare(const std::filesystem::path& file, const PlantParams& plant,
             const std::string& plant_file, config::Complaints& complaints) {
  const auto text = config::read_file(file);
  if (!text) return;
  config::RecipeConfig recipe;
  config::Source source;
  source.file = file.string();
  config::Complaints own;
  config::load_into(text.value(), recipe, source, own);
  if (!own.empty() || recipe.kiln != plant.kiln) return;
  if (letters_of(plant.powder.name).starts_with(letters_of(recipe.material))) return;
  complaints.add(source, "material",
                 "material: the recipe is for '" + recipe.material + "', but " + plant_file +
                     " has '" + plant.powder.name + "' in its saggars (" + plant.material +
                     "); a recipe and a plant of one material would be right");
}

}  // namespace

void check_recipe_powder(const config::FilesByKind& files, config::Complaints& complaints) {
  for (const auto& file : of_kind(files, PlantParams::kKind)) {
    const auto plant = load_plant(file.string());
    if (!plant) continue;
    for (const auto& recipe : of_kind(files, config::RecipeConfig::kKind)) {
      compare(recipe, plant.value(), file.string(), complaints);
    }
  }
}

}  // namespace saggar::kiln
