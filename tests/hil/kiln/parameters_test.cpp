#include "hil/kiln/parameters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using ::testing::HasSubstr;

/// Writes a struct's figures out as (path, source, grade).
class Figures : public config::Visitor {
 public:
  int without_source = 0, figures_seen = 0;

 protected:
  void number(std::string_view, double&, const config::Spec&) override {}
  void integer(std::string_view, std::int64_t&, const config::Spec&) override {}
  void flag(std::string_view, bool&, const config::Spec&) override {}
  void text(std::string_view, std::string&, const config::Spec&) override {}
  void choice(std::string_view, int&, config::Names, const config::Spec&) override {}
  void figure(std::string_view, config::Figure& f, const config::Spec&) override { see(f); }
  void figures(std::string_view, config::Figures& f, const config::Spec&) override { see(f); }
  void numbers(std::string_view, std::vector<double>&, const config::Spec&) override {}
  void integers(std::string_view, std::vector<std::int64_t>&, const config::Spec&) override {}
  void texts(std::string_view, std::vector<std::string>&, const config::Spec&) override {}
  void choices(std::string_view, std::vector<int>&, config::Names, const config::Spec&) override {}
  void parameters(std::string_view, config::Parameters&, const config::Spec&) override {}
  bool enter(std::string_view, const config::Spec&) override { return true; }
  void leave() override {}
  std::size_t begin_list(std::string_view, std::size_t size, const config::Spec&) override {
    return size;
  }
  bool begin_element(std::size_t) override { return true; }
  void end_element() override {}
  void end_list() override {}

 private:
  template <class F>
  void see(const F& f) {
    ++figures_seen;
    if (f.source.empty() || f.grade == config::Grade::none) ++without_source;
  }
};

TEST(PlantParams, EveryFigureOfBothPresetsHasASourceAndAGrade) {
  for (const char* file : {"kiln/p1.plant.toml", "kiln/p2.plant.toml"}) {
    auto params = plant_or_throw(file);
    Figures figures;
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
