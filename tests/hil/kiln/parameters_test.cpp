#include "hil/kiln/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "runtime/config/figure_visitor.hpp"
#include "runtime/config/kinds.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using ::testing::HasSubstr;

/// Counts figures, and those that do not say where they come from.
class Counter final : public config::FigureVisitor {
 public:
  int without_source = 0, figures_seen = 0;

 private:
  void see(const std::string&, config::Figure& f, const config::Spec&) override { count(f); }
  void see(const std::string&, config::Figures& f, const config::Spec&) override { count(f); }
  template <class F>
  void count(const F& f) {
    ++figures_seen;
    if (f.source.empty() || f.grade == config::Grade::none) ++without_source;
  }
};

TEST(PlantParams, EveryFigureOfThePresetsHasASourceAndAGrade) {
  for (const char* file :
       {"kiln/p1.plant.toml", "kiln/p2.plant.toml", "kiln/p2-rotary.plant.toml"}) {
    auto params = plant_or_throw(file);
    Counter figures;
    params.visit(figures);
    params.powder.visit(figures);
    EXPECT_GT(figures.figures_seen, 100) << file;
    EXPECT_EQ(figures.without_source, 0) << file;
  }
}

TEST(PlantParams, SurviveSavingAndLoading) {
  const auto params = plant_or_throw("kiln/p2.plant.toml");
  const std::string text = config::save_text(params);
  const auto again = config::load_text<PlantParams>("again", text);
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(config::save_text(again.value()), text);
}

TEST(PlantParams, TakeMakesOfDevicesEachOnceAndWithASource) {
  const std::string plant = config::save_text(plant_or_throw("kiln/p2.plant.toml"));
  const std::string heat = "\n[[device]]\nof = \"heat\"\nmemory = \"eeprom\"\nloses_power = true\n";
  const std::string wear =
      "endurance_writes = { value = 100000.0, source = \"IF-10\", grade = \"R\" }\n";
  const auto one = config::load_text<PlantParams>("x.toml", plant + heat + wear);
  ASSERT_TRUE(one.ok()) << one.error().text();
  const instruments::DeviceMake make = device_make(one.value(), DeviceOf::heat);
  EXPECT_EQ(make.memory, instruments::Memory::eeprom);
  EXPECT_EQ(make.endurance_writes, 100000.0);
  EXPECT_TRUE(make.loses_power);
  EXPECT_EQ(device_make(one.value(), DeviceOf::exhaust).memory, instruments::Memory::ram);
  const auto twice = config::load_text<PlantParams>("x.toml", plant + heat + heat);
  ASSERT_FALSE(twice.ok());
  EXPECT_THAT(twice.error().text(), HasSubstr("is the same as of device[0]"));
  const auto bare = config::load_text<PlantParams>(
      "x.toml", plant + heat + "endurance_writes = { value = 5.0 }\n");
  ASSERT_FALSE(bare.ok());
  EXPECT_THAT(bare.error().text(), HasSubstr("has no source"));
}

TEST(PlantParams, ComplainAboutSharesThatDoNotAddUpAndAMissingFigure) {
  auto params = plant_or_throw("kiln/p2.plant.toml");
  params.gas.port_shares.value.assign(params.gas.port_zones.size(), 0.5);
  const auto shares = config::load_text<PlantParams>("x.toml", config::save_text(params));
  ASSERT_FALSE(shares.ok());
  EXPECT_THAT(shares.error().text(), HasSubstr("add up to 1"));
  const auto empty = config::load_text<PlantParams>("x.toml", "kind = \"plant\"\n");
  ASSERT_FALSE(empty.ok());
  EXPECT_THAT(empty.error().text(), HasSubstr("saggar"));
}

/// A copy of the shipped plant, with `what` in it replaced by `by`, beside the shipped materials.
std::string changed_plant(const std::string& what, const std::string& by) {
  std::ifstream in(SAGGAR_SOURCE_DIR "/configs/kiln/p2.plant.toml");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  text.replace(text.find(what), what.size(), by);
  const std::string file = ::testing::TempDir() + "changed.plant.toml";
  std::ofstream(file) << text;
  return file;
}

// Line 8 of the shipped file names the material, and its value begins in column 12.
TEST(PlantParams, AMaterialThatIsNotThereIsRefusedWhereItIsNamed) {
  const std::string file = changed_plant("../material/ncm811.toml", "no.toml");
  const std::string place = file + ":8:12: material: " + ::testing::TempDir() + "no.toml: ";
  const auto loaded = load_plant(file);
  ASSERT_FALSE(loaded.ok());
  EXPECT_THAT(loaded.error().text(), ::testing::StartsWith(place));
  config::Kinds kinds;
  kinds.add<PlantParams>("Physics");
  std::ostringstream out;
  const std::vector<std::filesystem::path> files = {file};
  EXPECT_EQ(config::check_files(files, out, kinds), 1);
  EXPECT_THAT(out.str(), ::testing::StartsWith(place));
}

TEST(PlantParams, AFigureWithoutASourceIsRefusedAtItsLine) {
  const auto said = [](const std::string& text) {
    const auto loaded = config::load_text<PlantParams>("x.toml", text);
    return loaded.ok() ? "no complaint" : loaded.error().text();
  };
  std::ifstream in(SAGGAR_SOURCE_DIR "/configs/kiln/p2-rotary.plant.toml");
  const std::string shipped((std::istreambuf_iterator<char>(in)), {});
  EXPECT_EQ(said(shipped), "no complaint");
  for (const char* key : {"mass_kg", "heated_m", "conductivity_factor"}) {  // and one in a list
    std::string text = shipped;
    const auto from = text.find(std::string("\n") + key + " = ") + 1, to = text.find('\n', from);
    ASSERT_NE(to, std::string::npos) << key;
    const auto line = std::count(text.begin(), text.begin() + static_cast<long>(from), '\n') + 1;
    const auto value = text.find("value = ", from) + 8;
    const std::string number = text.substr(value, text.find_first_of(", }", value) - value);
    text.replace(from, to - from, std::string(key) + " = " + number);
    EXPECT_THAT(said(text), HasSubstr("x.toml:" + std::to_string(line) + ":"));
    EXPECT_THAT(said(text), HasSubstr(std::string(key) + ": has no source; " + key + " = { value"));
  }
}

TEST(PlantParams, GiveTheMaterialFunctionsTheirFigures) {
  const auto params = plant_or_throw("kiln/p2.plant.toml");
  EXPECT_EQ(packed_bed(params).porosity, params.powder.powder.porosity.value);
  EXPECT_EQ(powder_capacity(params.powder).at_300K_J_per_kgK, 900.0);
  EXPECT_EQ(saggar_capacity(params).at_300K_J_per_kgK, 800.0);
  const material::Drying d = drying(params.powder);
  EXPECT_EQ(d.hydrate.k.energy_J_per_mol, 85710.0);
  EXPECT_EQ(d.hydroxide.k.factor_per_s, 1.27e10);
  EXPECT_NEAR(d.hydrate.equilibrium.pressure_Pa(381.85), 1e5, 300);  // 108.7 degC
}

}  // namespace
}  // namespace saggar::kiln
