// The configuration files that come with Saggar: they load, fit each other and tell their sources.
#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "runtime/config/bundle.hpp"
#include "runtime/config/describer.hpp"
#include "runtime/config/kinds.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

namespace fs = std::filesystem;

const fs::path kConfigs = fs::path(SAGGAR_SOURCE_DIR) / "configs";

std::vector<fs::path> files(std::initializer_list<const char*> folders) {
  std::vector<fs::path> paths;
  for (const char* folder : folders) {
    for (const auto& entry : fs::directory_iterator(kConfigs / folder)) {
      const std::string name = entry.path().filename().string();
      // The simulator's own files belong to a kind of hil.
      if (name.ends_with(".plant.toml") || !name.ends_with(".toml")) continue;
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

domain::Result<Bundle> shipped(const std::string& kiln, const std::string& recipe,
                               const std::string& site = "simulated") {
  return load_bundle(kConfigs / "site" / (site + ".toml"), kConfigs / "kiln" / (kiln + ".toml"),
                     kConfigs / "recipes" / (recipe + ".toml"), kConfigs / "control" / "pid.toml");
}

TEST(Shipped, EveryFileIsRight) {
  std::ostringstream out;
  EXPECT_EQ(check_files(files({"kiln", "recipes", "control", "site"}), out), 0) << out.str();
}

TEST(Shipped, PresetP2IsSixtyMetresWithThirtyZonesAndSixtyLoops) {
  const auto bundle = shipped("p2", "ncm811-p2");
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  const Bundle& p2 = bundle.value();
  EXPECT_EQ(p2.kiln.chamber.length_m(), 60);
  EXPECT_EQ(p2.plant.zones, 30);
  EXPECT_EQ(p2.plant.of(domain::Duty::heat).size(), 60U);
  EXPECT_EQ(p2.kiln.chamber.saggar_rows, 4);
  EXPECT_EQ(p2.kiln.chamber.saggar_layers, 2);
  EXPECT_EQ(p2.kiln.atmosphere.inlet_zones.size(), 20U);
  EXPECT_GE(p2.plant.tags.size(), 300U);
  // 3.0 m/h, 60 loops of 950 kW together, 1200 Nm3/h inside the 1000-1500 of the plant facts.
  EXPECT_NEAR(p2.kiln.transport.nominal_mm_per_s.value * 3.6, 3.0, 1e-3);
  EXPECT_NEAR(at(p2.kiln.heat.rated_kW, 0) * 60, 950, 0.1);
}

TEST(Shipped, PresetP1IsThirtyMetresWithNineteenZonesAndThirtyEightLoops) {
  const auto bundle = shipped("p1", "ncm622-p1", "plant");
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  const Bundle& p1 = bundle.value();
  EXPECT_NEAR(p1.kiln.chamber.length_m(), 30, 1e-3);
  EXPECT_EQ(p1.plant.zones, 19);
  EXPECT_EQ(p1.plant.of(domain::Duty::heat).size(), 38U);
  EXPECT_EQ(p1.kiln.atmosphere.inlet_zones.size(), 14U);
  EXPECT_EQ(p1.kiln.atmosphere.gas, Gas::air);
  EXPECT_EQ(p1.kiln.transport.groups, 3);
  EXPECT_NEAR(at(p1.kiln.heat.rated_kW, 0) * 38, 300, 0.1);
}

TEST(Shipped, TheNcm811RecipeIsTheZoneTableOfThePlantFacts) {
  // 1:150 2:200 3:250 4:300 5:350 6:400 7:450 8:480 9-11:500 12:550 13:600 14:650 15:700 16:740
  // 17-29:770 30:700
  const auto bundle = shipped("p2", "ncm811-p2");
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  std::vector<double> zones = {150, 200, 250, 300, 350, 400, 450, 480,
                               500, 500, 500, 550, 600, 650, 700, 740};
  zones.insert(zones.end(), 13, 770);
  zones.push_back(700);
  for (std::size_t zone = 0; zone < 30; ++zone) {
    EXPECT_EQ(bundle.value().recipe_values[2 * zone], zones[zone]) << "zone " << zone + 1;
    EXPECT_EQ(bundle.value().recipe_values[2 * zone + 1], zones[zone]);
    EXPECT_EQ(bundle.value().plant.soak_zone[zone], zones[zone] == 770);
  }
}

TEST(Shipped, TheNcm622RecipeHoldsWhatItsSourceSays) {
  // 500 degC for 5 h and 875 degC for 12 h, in hours per zone at the recipe's speed.
  const auto bundle = shipped("p1", "ncm622-p1");
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  const Bundle& p1 = bundle.value();
  const double hours_per_zone =
      p1.kiln.chamber.zone_length_m.value * 1000 / at(p1.recipe.transport.speed_mm_per_s, 0) / 3600;
  const auto& zones = p1.recipe.heat.setpoint_degC.value;
  EXPECT_NEAR(hours_per_zone * static_cast<double>(std::count(zones.begin(), zones.end(), 500)), 5,
              0.5);
  EXPECT_NEAR(hours_per_zone * static_cast<double>(std::count(zones.begin(), zones.end(), 875)), 12,
              0.5);
}

/// Collects the figures that do not say where they come from.
class SourceSeeker final : public Describer {
 public:
  std::vector<std::string> missing;

 protected:
  void field(const FieldView&) override {}
  void figure(std::string_view key, Figure& value, const Spec&) override {
    look(key, value.source, value.grade);
  }
  void figures(std::string_view key, Figures& value, const Spec&) override {
    look(key, value.source, value.grade);
  }
  bool describes() const noexcept override { return false; }
  bool enter(std::string_view, const Spec&) override { return true; }
  void leave() override {}
  std::size_t begin_list(std::string_view, std::size_t size, const Spec&) override { return size; }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}

 private:
  void look(std::string_view key, const std::string& source, Grade grade) {
    if (source.empty() || grade == Grade::none) missing.emplace_back(key);
  }
};

TEST(Shipped, EveryFigureOfKilnAndRecipeCarriesItsSourceAndGrade) {
  for (const auto& [kiln, recipe] : {std::pair("p1", "ncm622-p1"), std::pair("p2", "ncm811-p2")}) {
    auto bundle = shipped(kiln, recipe);
    ASSERT_TRUE(bundle.ok()) << bundle.error().text();
    SourceSeeker seeker;
    bundle.value().kiln.visit(seeker);
    bundle.value().recipe.visit(seeker);
    EXPECT_THAT(seeker.missing, testing::IsEmpty()) << kiln;
  }
}

TEST(Shipped, EveryFileSurvivesSavingAndLoading) {
  const auto bundle = shipped("p2", "ncm811-p2");
  ASSERT_TRUE(bundle.ok()) << bundle.error().text();
  const Bundle& b = bundle.value();
  EXPECT_EQ(
      canonical_text(right<SiteConfig>(save_text(b.site)), right<KilnConfig>(save_text(b.kiln)),
                     right<RecipeConfig>(save_text(b.recipe)),
                     right<ControlConfig>(save_text(b.control))),
      b.canonical);
}

}  // namespace
}  // namespace saggar::config
