#include "hil/kiln/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/figure_visitor.hpp"
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
