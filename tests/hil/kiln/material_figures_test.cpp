// The shipped materials: complete, sourced, and consistent with the stoichiometry of facts 2.2.
#include "hil/kiln/material_figures.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

class ShippedMaterial : public ::testing::TestWithParam<const char*> {
 protected:
  const MaterialFigures m =
      load_or_throw<MaterialFigures>(std::string("material/") + GetParam() + ".toml");
};

// M(OH)2 -> LiMO2: + Li - 2 H, so the molar masses differ by 6.94 - 2.016 = 4.924 g/mol.
TEST_P(ShippedMaterial, MolarMassesAreThoseOfOneMetal) {
  EXPECT_NEAR(m.product_kg_per_mol.value - m.hydroxide_kg_per_mol.value, 4.924e-3, 2e-6);
}

TEST_P(ShippedMaterial, SurvivesSavingAndLoading) {
  const auto again = config::load_text<MaterialFigures>("again", config::save_text(m));
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(config::save_text(again.value()), config::save_text(m));
}

TEST_P(ShippedMaterial, GivesTheLawsItsFigures) {
  const material::Synthesis s = synthesis(m);
  EXPECT_EQ(s.growth.start_nm, 35);
  EXPECT_EQ(s.melting.heat_J_per_mol, 22850);
  EXPECT_EQ(quality_map(m).product_kg_per_mol, m.product_kg_per_mol.value);
  EXPECT_EQ(specification(m).soak_degC, m.quality.spec_soak_degC.value);
  EXPECT_EQ(drying(m).mix.hydroxide_kg_per_mol, m.hydroxide_kg_per_mol.value);
}
INSTANTIATE_TEST_SUITE_P(Files, ShippedMaterial,
                         ::testing::Values("ncm811", "ncm622", "ncm622-carbonate", "ni90", "nca",
                                           "lno"));

// Facts 2.2, NCM811 with LiOH.H2O: product per kg mix 0.7243 (Li/M 1.00), 0.7228 (1.03).
TEST(MaterialFigures, MixLosesWhatTheStoichiometrySays) {
  const auto m = load_or_throw<MaterialFigures>("material/ncm811.toml");
  for (const auto& [li, product] : {std::pair{1.00, 0.7243}, std::pair{1.03, 0.7228}}) {
    const double mol = drying(m).mix.hydroxide_mol_per_kg(li);
    const double kg =
        mol * (m.product_kg_per_mol.value + (li - 1.0) * material::kHydroxide_kg_per_mol);
    EXPECT_NEAR(kg, product, 1e-4);
  }
}

TEST(MaterialFigures, RefuseMassesThatCannotBeAndWindowsThatAreEmpty) {
  auto m = load_or_throw<MaterialFigures>("material/ncm811.toml");
  m.product_kg_per_mol.value = 0.06;
  m.quality.spec_size_low_nm.value = 600;
  const auto loaded = config::load_text<MaterialFigures>("x.toml", config::save_text(m));
  ASSERT_FALSE(loaded.ok());
  EXPECT_NE(loaded.error().text().find("product_kg_per_mol"), std::string::npos)
      << loaded.error().text();
  EXPECT_NE(loaded.error().text().find("spec_size_low_nm"), std::string::npos);
}

}  // namespace
}  // namespace saggar::kiln
