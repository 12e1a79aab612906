#include "hil/fit/figures.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {
namespace {

using ::testing::HasSubstr;

TEST(Figures, AreFoundInMaterialAndPlant) {
  auto plant = kiln::small_params();
  EXPECT_EQ(find_figure(plant, "powder.porosity"), &plant.powder.powder.porosity);
  EXPECT_EQ(find_figure(plant.powder, "powder.porosity"), &plant.powder.powder.porosity);
  EXPECT_EQ(find_figure(plant, "bed.conductivity_factor"), &plant.bed.conductivity_factor);
  EXPECT_EQ(find_figure(plant, "powder.colour"), nullptr);
  EXPECT_EQ(find_figure(plant.powder, "bed.conductivity_factor"), nullptr);
}

TEST(Figures, AreKnownWithTheirFileAndWhatItMayHold) {
  const auto plant = kiln::small_params();
  const Known porosity = known_figure(plant, "powder.porosity").value();
  EXPECT_FALSE(porosity.of_plant);
  EXPECT_EQ(porosity.low, 0.2);
  EXPECT_EQ(porosity.high, 0.95);
  EXPECT_EQ(porosity.figure.uncertainty, 0.05);
  EXPECT_EQ(porosity.doc, "Porosity");
  EXPECT_TRUE(known_figure(plant, "bed.conductivity_factor").value().of_plant);
}

TEST(Figures, ThatNoFiringDependsOnAreNotAmongThem) {
  const auto all = known_figures(kiln::small_params());
  EXPECT_GT(all.size(), 60U);
  for (const Known& one : all) {
    EXPECT_FALSE(one.key.starts_with("quality.") || one.key.ends_with("anchor_degC") ||
                 one.key.starts_with("chamber.") || one.key.starts_with("gas."))
        << one.key;
  }
}

TEST(Figures, AnUnknownOneIsRefusedWithTheNearest) {
  const auto said = [](const char* key) {
    return known_figure(kiln::small_params(), key).error().text();
  };
  EXPECT_THAT(said("powder.porsity"), HasSubstr("did you mean 'powder.porosity'?"));
  EXPECT_THAT(said("porosity"), HasSubstr("; powder.porosity would be right"));
  EXPECT_THAT(said("factor_per_s"), HasSubstr("hydrate.factor_per_s or hydroxide.factor_per_s"));
  EXPECT_THAT(said("gas.supply_degC"), HasSubstr("--list shows them"));
}

TEST(Figures, HaveTheUnitOfTheirKey) {
  EXPECT_EQ(unit_of("powder.solid_W_per_mK"), "W/mK");
  EXPECT_EQ(unit_of("powder.cp_300K_J_per_kgK"), "J/kgK");
  EXPECT_EQ(unit_of("hydroxide.factor_per_s"), "1/s");
  EXPECT_EQ(unit_of("synthesis.carbonation_per_Pa_s"), "1/Pa s");
  EXPECT_EQ(unit_of("melting.band_K"), "K");
  EXPECT_EQ(unit_of("powder.porosity"), "");
}

}  // namespace
}  // namespace saggar::fit
