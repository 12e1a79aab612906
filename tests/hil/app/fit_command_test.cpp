// `saggar-hil fit` as a person calls it, end to end.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/hil/app/program.hpp"
#include "tests/hil/fit/synthetic.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

/// An empty folder of this test's own.
std::string fresh_folder(const std::string& name) {
  const std::string path = ::testing::TempDir() + "fit_" + name + "/";
  fs::remove_all(path);
  fs::create_directories(path);
  return path;
}
void put(const std::string& path, const std::string& text) { std::ofstream(path) << text; }
const std::string kTga = "docs/qa/measured/own_tga.csv";

/// Every figure of this key in a file written by a fit: value and uncertainty.
config::Figure figure_in(const std::string& material, const std::string& key) {
  auto loaded = config::load<kiln::MaterialFigures>(material);
  if (!loaded) throw std::runtime_error(loaded.error().text());
  return *fit::find_figure(loaded.value(), key);
}
double rms_of(const std::string& text, const std::string& column) {
  const auto at = text.find("rms ", text.find(column));
  return std::stod(text.substr(at + 4));
}

// A plant with three drawn figures is measured; nothing but the files reaches the program. The
// truth is within twice the intervals (one in 400 would not be), the kiln runs with the new files,
// and they score like the noise.
TEST(FitCommand, FindsADrawnTruthAndTheKilnRunsWithIt) {
  const std::string dir = fresh_folder("truth");
  auto real = fit::truth(
      4, {"hydroxide.factor_per_s", "hydroxide.energy_J_per_mol", "bed.conductivity_factor"});
  put(dir + "tga.csv", fit::csv_of(fit::measured(fit::tga_plan(), real, 0.05, 1), "made up"));
  auto bed = fit::measured(fit::bed_plan(), real, 1.0, 1);
  bed.standard_error = {1.0};
  put(dir + "bed.csv", fit::csv_of(bed, "made up"));
  const std::string data = " --data " + dir + "tga.csv --data " + dir + "bed.csv";
  const std::string material = dir + "own.toml", plant = dir + "own.plant.toml";
  const Said said =
      run("fit --adjust hydroxide.factor_per_s hydroxide.energy_J_per_mol "
          "bed.conductivity_factor=0.5..2" +
          data + " --out-material " + material + " --out-plant " + plant);
  ASSERT_EQ(said.code, 0) << said.text;
  EXPECT_THAT(said.text, HasSubstr("converged, every figure found"));
  EXPECT_THAT(said.text, HasSubstr("standard error 1, stated"));

  const auto energy = figure_in(material, "hydroxide.energy_J_per_mol");
  EXPECT_NEAR(energy.value, real.powder.hydroxide.energy_J_per_mol.value, 2 * energy.uncertainty);
  EXPECT_EQ(energy.grade, config::Grade::D);
  EXPECT_THAT(energy.source, HasSubstr("fitted to tga.csv, bed.csv; before: 134000, CARNEY2015"));
  const auto loaded = kiln::load_plant(plant);
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const auto factor = loaded.value().bed.conductivity_factor;
  EXPECT_NEAR(factor.value, real.bed.conductivity_factor.value, 2 * factor.uncertainty);
  EXPECT_EQ(loaded.value().powder.hydroxide.energy_J_per_mol.value, energy.value) << "its material";

  EXPECT_EQ(run("check " + material + " " + plant, "saggar").code, 0);
  std::string site = text_of(SAGGAR_SOURCE_DIR "/configs/site/simulated.toml");
  for (std::size_t at = 0; (at = site.find("tcp://127.0.0.1:", at)) != std::string::npos;) {
    site.replace(at, std::string("tcp://127.0.0.1:").size(), "ipc://" + dir + "s");
  }
  put(dir + "site.toml", site);
  const Said kiln =
      run("kiln --nominal --for 2 --plant " + plant + " --site " + dir + "site.toml", "saggar");
  EXPECT_EQ(kiln.code, 0) << kiln.text;

  const Said before = run("validate --quick --material ncm811" + data);
  const Said after = run("validate --quick --material " + material + " --plant " + plant + data);
  EXPECT_GT(rms_of(before.text, "bed.csv, temperature_2"), 3.0) << before.text;
  EXPECT_NEAR(rms_of(after.text, "bed.csv, temperature_2"), 1.0, 0.25) << after.text;
  EXPECT_NEAR(rms_of(after.text, "tga.csv, mass"), 0.05, 0.01);
}

TEST(FitCommand, SaysWhatTheDataCannotTellAndWritesNoFigures) {
  const std::string dir = fresh_folder("unknown");
  const Said said =
      run("fit --data docs/qa/measured/own_thermocouples.csv --adjust "
          "bed.conductivity_factor=0.5..2 powder.solid_W_per_mK --out-material " +
          dir + "m.toml --out-plant " + dir + "p.toml --html " + dir + "f.html --json " + dir +
          "f.json");
  EXPECT_EQ(said.code, 1);
  EXPECT_THAT(said.text, HasSubstr("cannot tell: bed.conductivity_factor and "
                                   "powder.solid_W_per_mK cannot be told apart"));
  EXPECT_THAT(said.text, HasSubstr("no figures are written"));
  EXPECT_FALSE(fs::exists(dir + "m.toml") || fs::exists(dir + "p.toml"));
  EXPECT_THAT(text_of(dir + "f.html"), HasSubstr("cannot be told apart"));
  EXPECT_THAT(text_of(dir + "f.json"), HasSubstr("cannot be told apart"));
}

// The balance says nothing of crystals; and a figure that is kept away from its value.
TEST(FitCommand, SaysOfOneFigureThatItIsNotFound) {
  const Said crystals = run("fit --data " + kTga + " --adjust growth.energy_J_per_mol");
  EXPECT_EQ(crystals.code, 1);
  EXPECT_THAT(crystals.text, HasSubstr("the data say nothing of growth.energy_J_per_mol"));
  const Said bound = run("fit --data " + kTga + " --adjust hydroxide.factor_per_s=1.2e10..1.3e10");
  EXPECT_EQ(bound.code, 1);
  EXPECT_THAT(bound.text, HasSubstr("ON ONE OF its bounds"));
  EXPECT_THAT(bound.text, HasSubstr("a figure rests on its bound"));
}

// Every command of the page does what the page says, beside the tree.
TEST(FitCommand, DoesWhatItsPageSays) {
  const std::string dir = fresh_folder("page");
  const auto commands = commands_of(text_of(SAGGAR_SOURCE_DIR "/docs/qa/fit.md"));
  ASSERT_EQ(commands.size(), 4U);
  std::string all;
  for (std::string command : commands) {
    for (const char* file : {"own_ncm811.toml", "own_p2.plant.toml", "fit.html", "fit.json"}) {
      for (std::size_t at = 0; (at = command.find(file, at)) != std::string::npos;) {
        command.insert(at, dir);
        at += dir.size() + 1;
      }
    }
    const auto blank = command.find(' ');
    const Said said = run(command.substr(blank + 1), command.substr(0, blank));
    // The examples are of a powder that is not that of the literature: rows of R2 miss it.
    const bool validates = command.find(" validate ") != std::string::npos;
    EXPECT_EQ(said.code, validates ? 1 : 0) << command << ": " << said.text;
    all += said.text;
  }
  EXPECT_THAT(all, HasSubstr("bed.conductivity_factor 1, +- 0.2: Correction of"));
  EXPECT_THAT(all, HasSubstr("converged, every figure found"));
  EXPECT_NEAR(rms_of(all.substr(all.find("Balances")), "own_thermocouples.csv, temperature_2"), 1.0,
              0.25);
  EXPECT_THAT(text_of(dir + "fit.html"), HasSubstr("<title>Fit of ncm811"));
  EXPECT_THAT(text_of(dir + "fit.json"), HasSubstr("\"What the data cannot tell\""));
}

/// What the program says to a call that must be refused.
std::string refused(const std::string& arguments) {
  const Said said = run("fit " + arguments);
  EXPECT_EQ(said.code, 2) << said.text;
  return said.text;
}

TEST(FitCommand, SaysWhatWouldBeRight) {
  const std::string data = "--data " + kTga + " ";
  EXPECT_THAT(refused("--adjust powder.porosity"), HasSubstr("--data: names no series"));
  EXPECT_THAT(refused(data), HasSubstr("--list shows them"));
  EXPECT_THAT(refused(data + "--adjust powder.porsity"),
              HasSubstr("did you mean 'powder.porosity'"));
  EXPECT_THAT(refused(data + "--adjust porosity"), HasSubstr("powder.porosity would be right"));
  EXPECT_THAT(refused(data + "--adjust powder.porosity=0.9..0.5"),
              HasSubstr("no bounds that rise"));
  EXPECT_THAT(refused(data + "--adjust powder.porosity=0.1..0.9"), HasSubstr("within 0.2..0.95"));
  EXPECT_THAT(refused(data + "--adjust powder.porosity powder.porosity"),
              HasSubstr("stands twice"));
  EXPECT_THAT(refused(data + "--adjust bed.conductivity_factor --material lno"),
              HasSubstr("is of 'lno', but the series are of 'ncm811'"));
  EXPECT_THAT(refused("--data no.csv --adjust powder.porosity"), HasSubstr("no.csv"));
  EXPECT_THAT(refused(data + "--data docs/qa/measured/xrd.csv --adjust powder.porosity"),
              HasSubstr("xrd.csv: material is 'lno', others are of 'ncm811'"));
}

TEST(FitCommand, ReplacesNothingUnlessTold) {
  const std::string dir = fresh_folder("force"), old = dir + "old.toml";
  put(old, "mine");
  const std::string how = "--data " + kTga + " --adjust hydroxide.factor_per_s";
  EXPECT_THAT(refused(how + " --out-material " + old), HasSubstr("is there already"));
  EXPECT_THAT(refused(how + " --html " + old), HasSubstr("--force to replace it"));
  EXPECT_EQ(text_of(old), "mine");
  EXPECT_EQ(run("fit " + how + " --out-material " + old + " --force").code, 0);
  EXPECT_THAT(text_of(old), HasSubstr("fitted to own_tga.csv"));
  EXPECT_THAT(refused(how + " --out-material " + dir + "no/such.toml"),
              HasSubstr("a folder that exists"));
}

TEST(FitCommand, WritesBothHalvesOfAFitOrNone) {
  const std::string dir = fresh_folder("halves"), both = "--data " + kTga +
                                                         " --adjust hydroxide.factor_per_s "
                                                         "bed.conductivity_factor --out-";
  EXPECT_THAT(refused(both + "material " + dir + "m.toml"), HasSubstr("--out-plant: is missing"));
  EXPECT_THAT(refused(both + "plant " + dir + "p.toml"), HasSubstr("--out-material: is missing"));
  EXPECT_THAT(
      refused("--data " + kTga + " --adjust hydroxide.factor_per_s --out-plant " + dir + "p.toml"),
      HasSubstr("no figure of the plant file is adjusted"));
  EXPECT_TRUE(fs::is_empty(dir));
}

/// The shipped plant with the factor of the bed as a table, which a fit can read but not rewrite.
std::string plant_with_a_table(const std::string& dir) {
  std::string text = text_of(SAGGAR_SOURCE_DIR "/configs/kiln/p2.plant.toml");
  const auto replace = [&](const std::string& what, const std::string& by) {
    text.replace(text.find(what), what.size(), by);
  };
  replace("../material", SAGGAR_SOURCE_DIR "/configs/material");
  const auto from = text.find("conductivity_factor = ");
  text.erase(from, text.find('\n', from) + 1 - from);
  put(dir + "table.plant.toml", text +
                                    "\n[bed.conductivity_factor]\nvalue = 1.0\nuncertainty = "
                                    "0.2\nsource = \"a\"\ngrade = \"E\"\n");
  return dir + "table.plant.toml";
}

// The material could be rewritten, the plant cannot: neither is written.
TEST(FitCommand, WritesNoMaterialIfThePlantCannotBeRewritten) {
  const std::string dir = fresh_folder("table");
  const Said said = run("fit --plant " + plant_with_a_table(dir) + " --data " + kTga +
                        " --data docs/qa/measured/own_thermocouples.csv --adjust "
                        "hydroxide.factor_per_s hydroxide.energy_J_per_mol "
                        "bed.conductivity_factor=0.5..2 --out-material " +
                        dir + "m.toml --out-plant " + dir + "p.toml");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text, HasSubstr("every figure found"));
  EXPECT_THAT(said.text, HasSubstr("bed.conductivity_factor cannot be replaced there"));
  EXPECT_THAT(said.text, Not(HasSubstr("wrote ")));
  EXPECT_FALSE(fs::exists(dir + "m.toml") || fs::exists(dir + "p.toml"));
}

// Nothing is computed, so nothing but the complaint is said.
TEST(FitCommand, RefusesOutputsThatCannotBeWrittenBeforeItFits) {
  const std::string dir = fresh_folder("paths");
  const std::string how =
      "--data " + kTga + " --adjust hydroxide.factor_per_s --force --out-material " + dir;
  EXPECT_EQ(refused(how + "m.toml --json " + dir + "./m.toml"),
            "--json: is the file of --out-material, " + dir + "./m.toml; a file of its own would " +
                "be right\n");
  for (const std::string& path : {dir + "no/m.toml", dir + "no/f.html"}) {
    EXPECT_EQ(refused(how + (path.ends_with("html") ? "m.toml --html " + path : "no/m.toml")),
              path + ": its folder is not there; a path in a folder that exists would be right\n");
  }
  EXPECT_EQ(refused(how + "m.toml --html " + dir), dir + ": is a folder; a file would be right\n");
  EXPECT_TRUE(fs::is_empty(dir));
}

// A disk that is full (/dev/full) when half of the fit stands already.
TEST(FitCommand, SaysOfHalfAFitThatItIsHalf) {
  const std::string dir = fresh_folder("full");
  const Said said = run("fit --data " + kTga +
                        " --data docs/qa/measured/own_thermocouples.csv --adjust "
                        "hydroxide.factor_per_s hydroxide.energy_J_per_mol "
                        "bed.conductivity_factor=0.5..2 --force --out-plant /dev/full "
                        "--out-material " +
                        dir + "m.toml");
  EXPECT_EQ(said.code, 2);
  EXPECT_THAT(said.text,
              HasSubstr("/dev/full: is missing; " + dir + "m.toml holds half of the fit"));
}

// A plant file written elsewhere still finds the material that it named.
TEST(FitCommand, APlantWrittenElsewhereFindsItsMaterial) {
  const std::string dir = fresh_folder("elsewhere"), plant = dir + "own.plant.toml";
  const Said said =
      run("fit --data docs/qa/measured/own_thermocouples.csv --adjust "
          "bed.conductivity_factor=0.5..2 --out-plant " +
          plant);
  // R2 of that powder was moved as well, so the middle one is doubted: exit code and file say it.
  ASSERT_EQ(said.code, 3) << said.text;
  EXPECT_THAT(said.text, HasSubstr("every figure found, but with doubts"));
  EXPECT_THAT(text_of(plant), ::testing::StartsWith(
                                  "# Fitted to own_thermocouples.csv: bed.conductivity_factor.\n# "
                                  "Doubt: docs/qa/measured/own_thermocouples.csv, "
                                  "temperature_2_degC: what is left over follows itself"));
  const auto loaded = kiln::load_plant(plant);
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  EXPECT_EQ(loaded.value().powder.name, "ncm811");
}

}  // namespace
}  // namespace saggar::app
