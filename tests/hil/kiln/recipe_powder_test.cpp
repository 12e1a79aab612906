#include "hil/kiln/recipe_powder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

namespace saggar::kiln {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

const fs::path kConfigs = SAGGAR_SOURCE_DIR "/configs";

std::string said(const fs::path& plant, const fs::path& recipe) {
  config::Complaints complaints;
  check_recipe_powder({{"plant", {plant}}, {"recipe", {recipe}}}, complaints);
  return complaints.empty() ? "" : complaints.error().text();
}
/// The shipped recipe of P2 for another material.
fs::path recipe_of(const std::string& material) {
  std::ifstream in(kConfigs / "recipes/ncm811-p2.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const std::string own = "material = \"NCM811\"";
  text.replace(text.find(own), own.size(), "material = \"" + material + "\"");
  const fs::path file = fs::path(::testing::TempDir()) / "powder-recipe.toml";
  std::ofstream(file) << text;
  return file;
}

TEST(RecipePowder, TheShippedOnesGoTogether) {
  EXPECT_EQ(said(kConfigs / "kiln/p2.plant.toml", kConfigs / "recipes/ncm811-p2.toml"), "");
  EXPECT_EQ(said(kConfigs / "kiln/p1.plant.toml", kConfigs / "recipes/ncm622-p1.toml"), "");
}

// Line 6 of the shipped recipe, whose value begins in column 12.
TEST(RecipePowder, ARecipeForAnotherMaterialIsRefusedWhereItNamesIt) {
  const std::string text = said(kConfigs / "kiln/p2.plant.toml", recipe_of("NCM622"));
  EXPECT_THAT(text,
              HasSubstr("powder-recipe.toml:6:12: material: the recipe is for 'NCM622', but "));
  EXPECT_THAT(text, HasSubstr("p2.plant.toml has 'ncm811' in its saggars"));
}

TEST(RecipePowder, SpellingAndWhatAPlantSaysMoreDoNotCount) {
  EXPECT_EQ(said(kConfigs / "kiln/p2.plant.toml", recipe_of("N-C-M 811")), "");
  EXPECT_EQ(said(kConfigs / "kiln/p2.plant.toml", recipe_of("NCM")), "");
}

TEST(RecipePowder, AnotherKilnAndFilesThatDoNotLoadAreNoneOfItsBusiness) {
  EXPECT_EQ(said(kConfigs / "kiln/p1.plant.toml", recipe_of("NCM622")), "");
  EXPECT_EQ(said("/no/such.plant.toml", recipe_of("NCM622")), "");
  config::Complaints complaints;
  check_recipe_powder({}, complaints);
  EXPECT_TRUE(complaints.empty());
}

}  // namespace
}  // namespace saggar::kiln
