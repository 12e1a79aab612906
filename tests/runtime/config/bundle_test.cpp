#include "runtime/config/bundle.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

namespace fs = std::filesystem;

const std::string kSite = "kind = \"site\"\nname = \"s\"\n" + endpoints_text();
const std::string kControl =
    "kind = \"control\"\n"               // 1
    "name = \"c\"\n"                     // 2
    "[[controller]]\n"                   // 3
    "name = \"pid\"\n"                   // 4
    "plugin = \"p\"\n"                   // 5
    "duty = \"heat\"\n"                  // 6
    "period_cycles = 10\n"               // 7
    "[controller.params]\n"              // 8
    "gain = { \"zone02.*\" = 2 }\n"      // 9
    "[ladder.heat]\n"                    // 10
    "rungs = [\"pid\", \"recipe\"]\n"    // 11
    "[[screening]]\n"                    // 12
    "unit = \"degC\"\n"                  // 13
    "tags = \"zone*.*.temperature\"\n";  // 14

class BundleFiles : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) /
           (std::string("saggar_bundle_") +
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(dir_);
  }
  void TearDown() override { fs::remove_all(dir_); }

  domain::Result<Bundle> bundle(const std::string& site, const std::string& kiln,
                                const std::string& recipe, const std::string& control) const {
    put("site.toml", site);
    put("kiln.toml", kiln);
    put("recipe.toml", recipe);
    put("control.toml", control);
    return load_bundle(dir_ / "site.toml", dir_ / "kiln.toml", dir_ / "recipe.toml",
                       dir_ / "control.toml");
  }
  /// All complaints, without the folder.
  std::string error(const std::string& site, const std::string& kiln, const std::string& recipe,
                    const std::string& control) const {
    auto result = bundle(site, kiln, recipe, control);
    if (result) return "";
    std::string text = result.error().text();
    const std::string prefix = dir_.string() + "/";
    for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix)) {
      text.erase(at, prefix.size());
    }
    return text;
  }
  std::string recipe_error(const std::string& from, const std::string& to) const {
    return error(kSite, kiln_text(3), replaced(recipe_text(), from, to), kControl);
  }
  std::string control_error(const std::string& from, const std::string& to) const {
    return error(kSite, kiln_text(3), recipe_text(), replaced(kControl, from, to));
  }

 private:
  void put(const std::string& name, const std::string& text) const {
    std::ofstream(dir_ / name, std::ios::binary) << text;
  }
  fs::path dir_;
};

TEST_F(BundleFiles, GivesPlantRecipeAndCanonicalText) {
  const auto result = bundle(kSite, kiln_text(3), recipe_text(), kControl);
  ASSERT_TRUE(result.ok()) << result.error().text();
  const Bundle& all = result.value();
  EXPECT_EQ(all.plant.mvs.size(), all.recipe_values.size());
  EXPECT_EQ(all.plant.name, "k");
  EXPECT_EQ(all.canonical, canonical_text(all.site, all.kiln, all.recipe, all.control));
  // The four parts are themselves files that load.
  EXPECT_TRUE(load_text<KilnConfig>("k", save_text(all.kiln)).ok());
  EXPECT_TRUE(load_text<ControlConfig>("c", save_text(all.control)).ok());
}

TEST_F(BundleFiles, TheCanonicalTextDoesNotDependOnSpelling) {
  const auto one = bundle(kSite, kiln_text(3), recipe_text(), kControl);
  const auto other =
      bundle("# comment\n" + kSite + "\n[cycle]\nperiod_ms = 1000.0\n",
             replaced(kiln_text(3), "rated_kW = 10", "rated_kW = 10.0"), recipe_text(), kControl);
  ASSERT_TRUE(one.ok() && other.ok());
  EXPECT_EQ(one.value().canonical, other.value().canonical);
  const auto third = bundle(kSite, replaced(kiln_text(3), "rated_kW = 10", "rated_kW = 11"),
                            recipe_text(), kControl);
  EXPECT_NE(one.value().canonical, third.value().canonical);
}

TEST_F(BundleFiles, ComplaintsOfAllFilesComeTogether) {
  EXPECT_EQ(error(replaced(kSite, "[endpoints]", "x = 1\n[endpoints]"),
                  replaced(kiln_text(3), "zones = 3", "zones = 99"),
                  replaced(recipe_text(), "speed_mm_per_s = 1", "speed_mm_per_s = 99"),
                  replaced(kControl, "duty = \"heat\"", "duty = 1")),
            "site.toml:3:1: unknown key 'x'; known here: kind, name, description, plugin_dirs, "
            "cycle, endpoints, watchdog, journal, log, realtime\n"
            "kiln.toml:4:9: zones: found 99, right is 1 to 64\n"
            "recipe.toml:8:18: speed_mm_per_s: found 99, right is 0.001 to 50 mm/s\n"
            "control.toml:6:8: duty: found the number 1, needs one of heat, atmosphere, transport "
            "in quotes");
}

TEST_F(BundleFiles, ARecipeIsForOneKiln) {
  EXPECT_EQ(recipe_error("kiln = \"k\"", "kiln = \"other\""),
            "recipe.toml:3:8: the recipe is for kiln 'other', this is kiln 'k'");
}

TEST_F(BundleFiles, ARecipeHasOneFigurePerZoneOfTheKiln) {
  EXPECT_EQ(recipe_error("setpoint_degC = 700", "setpoint_degC = [700, 700]"),
            "recipe.toml:6:17: found 2 figures, right is 1 or 3, one per zone of the kiln");
  EXPECT_EQ(recipe_error("inlet_flow_Nm3_per_h = 60", "inlet_flow_Nm3_per_h = [60, 60, 60]"),
            "recipe.toml:10:24: found 3 figures, right is 1 or 2, one per inlet of the kiln");
}

TEST_F(BundleFiles, ARecipeSetpointMustKeepClearOfTheTrip) {  // SC-38
  EXPECT_EQ(recipe_error("setpoint_degC = 700", "setpoint_degC = [900, 916, 900]"),
            "recipe.toml:6:23: found 916 for zone 2, right is at most 915 degC = trip 930 - margin "
            "15 (SC-38)");
  EXPECT_EQ(recipe_error("setpoint_degC = 700", "setpoint_degC = 901"),
            "recipe.toml:6:17: found 901 for zone 1, right is 20 to 900 degC\n"
            "recipe.toml:6:17: found 901 for zone 2, right is 20 to 900 degC\n"
            "recipe.toml:6:17: found 901 for zone 3, right is 20 to 900 degC");
}

TEST_F(BundleFiles, ARecipeKeepsTheCrossLimitsOfTheKiln) {  // SC-31
  EXPECT_EQ(recipe_error("setpoint_degC = 700", "setpoint_degC = [500, 650, 801]"),
            "recipe.toml:6:28: zone 3 is 151 K from its neighbour; the kiln permits "
            "adjacent_zone_K = 150");
  EXPECT_EQ(recipe_error("setpoint_degC = 700",
                         "setpoint_degC = 700\nbottom_offset_K = { value = [0, 0, -51] }"),
            "recipe.toml:7:36: found -51 for zone 3, the kiln permits a difference of top_bottom_K "
            "= 50");
  EXPECT_EQ(error(kSite, replaced(kiln_text(3), "supply_Nm3_per_h = 300", "supply_Nm3_per_h = 130"),
                  replaced(recipe_text(), "h = 60", "h = 66"), kControl),
            "recipe.toml:10:24: the flows together are 132 Nm3/h; the supply gives "
            "supply_Nm3_per_h = 130");
}

TEST_F(BundleFiles,
       ARecipeKeepsTheBalanceOfExhaustAndInlets) {  // SC-31: 2 x 60 in, 40 % of 375 out
  const auto kiln = [](const std::string& balance) {
    return replaced(replaced(kiln_text(3), "damper_zones = [1]",
                             "damper_zones = [1]\ncapacity_Nm3_per_h = 375"),
                    "total_power_kW = 500",
                    "total_power_kW = 500\nexhaust_balance_Nm3_per_h = " + balance);
  };
  EXPECT_EQ(error(kSite, kiln("30"), recipe_text(), kControl), "");
  EXPECT_THAT(error(kSite, kiln("29"), recipe_text(), kControl),
              testing::HasSubstr("120 Nm3/h come in and the dampers draw 150; the kiln permits a "
                                 "difference of exhaust_balance_Nm3_per_h = 29"));
}

TEST_F(BundleFiles, ADanglingTagIsNamedAtItsPlaceWithTheNearest) {
  EXPECT_EQ(control_error("\"zone02.*\"", "\"zone04.*\""),
            "control.toml:9:10: no tag of kiln 'k' matches 'zone04.*'");
  EXPECT_EQ(control_error("\"zone02.*\"", "\"zone02.top.setpiont\""),
            "control.toml:9:10: no tag of kiln 'k' matches 'zone02.top.setpiont'; did you mean "
            "'zone02.top.setpoint'?");
  EXPECT_EQ(control_error("\"zone*.*.temperature\"", "\"zone*.*.temperatur\""),
            "control.toml:14:8: no tag of kiln 'k' matches 'zone*.*.temperatur'; did you mean "
            "'zone01.top.temperature'?");
}

TEST_F(BundleFiles, ALatencyBeyondTheAgeTheGuardAcceptsIsRefused) {  // SC-26
  EXPECT_EQ(control_error("period_cycles = 10", "period_cycles = 15\nlatency_cycles = 1"), "");
  EXPECT_EQ(control_error("period_cycles = 10", "period_cycles = 10\nlatency_cycles = 6"), "");
  EXPECT_EQ(control_error("period_cycles = 10", "period_cycles = 16\nlatency_cycles = 16"),
            "control.toml:8:18: found 16, but the guard refuses inputs older than 15 cycles = "
            "max_age_periods x supervisory_cycles of site 's' (SC-26)");
}

// Inputs of a proposal are 2 cycles old when it first acts and 2 + 15 - 1 when it last does.
TEST_F(BundleFiles, APeriodThatLetsAProposalGrowTooOldIsRefused) {  // SC-26
  EXPECT_EQ(control_error("period_cycles = 10", "period_cycles = 14\nlatency_cycles = 2"), "");
  EXPECT_EQ(control_error("period_cycles = 10", "period_cycles = 15\nlatency_cycles = 2"),
            "control.toml:7:17: found 15 with a latency of 2: the last of them is 16 cycles old, "
            "but the guard refuses inputs older than 15 cycles = max_age_periods x "
            "supervisory_cycles of site 's' (SC-26)");
}

TEST_F(BundleFiles, InAPlantTrustBeginsInShadow) {  // SC-81
  const auto trusting = [](const std::string& more) {
    return kControl + "[[trust]]\ncontroller = \"pid\"\n" + more;
  };
  const std::string lockstep = kSite + "[cycle]\npacing = \"field\"\n";
  EXPECT_EQ(error(kSite, kiln_text(3), recipe_text(), trusting("")), "");
  EXPECT_THAT(error(kSite, kiln_text(3), recipe_text(), trusting("level = \"full\"\n")),
              testing::HasSubstr("found \"full\", right is \"shadow\": site 's' is paced by the "
                                 "wall clock"));
  EXPECT_EQ(error(lockstep, kiln_text(3), recipe_text(), trusting("level = \"full\"\n")), "");
  EXPECT_THAT(error(kSite, kiln_text(3), recipe_text(),
                    trusting("[[trust.group]]\nname = \"a\"\ntags = [\"zone03.*\", "
                             "\"zone04.*\"]\n")),
              testing::HasSubstr("no tag of kiln 'k' matches 'zone04.*'"));
}

TEST_F(BundleFiles, AMissingFileIsSaid) {
  const auto result = load_bundle("nowhere.toml", "nowhere.toml", "nowhere.toml", "nowhere.toml");
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().text(), testing::HasSubstr("nowhere.toml: cannot be read"));
}

TEST_F(BundleFiles, AScreeningRowOfAWrongUnitIsSaidBecauseItWouldScreenNothing) {
  EXPECT_EQ(control_error("unit = \"degC\"", "unit = \"K\""),
            "control.toml:13:8: found 'K', right is one of 'degC': no tag that "
            "matches 'zone*.*.temperature' has this unit, so the row would screen nothing");
}

}  // namespace
}  // namespace saggar::config
