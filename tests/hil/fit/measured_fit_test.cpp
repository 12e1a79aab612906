#include "hil/fit/measured_fit.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "hil/report/json.hpp"
#include "tests/hil/fit/synthetic.hpp"

namespace saggar::fit {
namespace {

using ::testing::HasSubstr;

constexpr const char *kFactor = "hydroxide.factor_per_s", *kEnergy = "hydroxide.energy_J_per_mol",
                     *kHydrateFactor = "hydrate.factor_per_s",
                     *kHydrateEnergy = "hydrate.energy_J_per_mol",
                     *kConductivity = "bed.conductivity_factor";
constexpr double kTgaNoise_percent = 0.05, kBedNoise_K = 1.0;
constexpr std::uint64_t kSeed = 11;

kiln::PlantParams drawn() { return truth(kSeed, {kFactor, kEnergy, kConductivity}); }

MeasuredFit fit_or_throw(const std::vector<validate::Measured>& data,
                         const std::vector<Parameter>& parameters) {
  auto made = fit_measured(nominal(), data, parameters);
  if (!made) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// A factor is known as the rate at its anchor, so the true one is compared at the fitted energy.
double true_value(kiln::PlantParams& real, kiln::PlantParams fitted, const std::string& key) {
  const double value = find_figure(real, key)->value;
  if (!key.ends_with(".factor_per_s")) return value;
  const std::string rate = key.substr(0, key.find('.'));
  const double anchor_K = find_figure(real, rate + ".anchor_degC")->value + 273.15;
  const std::string energy = rate + ".energy_J_per_mol";
  const double more = find_figure(fitted, energy)->value - find_figure(real, energy)->value;
  return value * std::exp(more / (8.314462618 * anchor_K));
}

// The truth was drawn. Intervals of 95 % that are linear about the best values hold it a little
// less often: 94 % of 800; nine in ten are asked for.
TEST(MeasuredFit, HoldsADrawnTruthInItsIntervals) {
  int inside = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    auto real = truth(seed, {kHydrateFactor, kHydrateEnergy, kFactor, kEnergy});
    const MeasuredFit made =
        fit_or_throw({measured(tga_plan(), real, kTgaNoise_percent, seed)},
                     {{kHydrateFactor}, {kHydrateEnergy}, {kFactor}, {kEnergy}});
    EXPECT_TRUE(made.outcome.found()) << text_of(made);
    EXPECT_NEAR(made.after[0].rms, kTgaNoise_percent, 0.01);
    EXPECT_GT(made.before[0].rms, made.after[0].rms);
    for (const Estimate& e : made.outcome.estimates) {
      const double value = true_value(real, made.outcome.plant, e.key);
      inside += e.low95 <= value && value <= e.high95 ? 1 : 0;
    }
  }
  RecordProperty("inside", inside);
  EXPECT_GE(inside, 360) << "of 400";
}

// Two files, two instruments, one truth; errors are not stated and come out as the noise that was
// put in.
TEST(MeasuredFit, JoinsABalanceAndThermocouples) {
  auto real = drawn();
  const MeasuredFit made = fit_or_throw({measured(tga_plan(), real, kTgaNoise_percent, 3),
                                         measured(bed_plan(), real, kBedNoise_K, 3)},
                                        {{kFactor}, {kEnergy}, {kConductivity, 0.5, 2.0}});
  const Outcome& o = made.outcome;
  EXPECT_TRUE(o.found()) << text_of(made);
  ASSERT_EQ(o.sigma.size(), 4U);
  EXPECT_NEAR(o.sigma[0], kTgaNoise_percent, 0.01);
  for (int i = 1; i < 4; ++i) EXPECT_NEAR(o.sigma[i], kBedNoise_K, 0.25);
  EXPECT_FALSE(made.error_stated[0]);
  EXPECT_NEAR(o.estimates[2].value, real.bed.conductivity_factor.value, 0.01);
}

TEST(MeasuredFit, SaysWhichFactorMovedWithItsEnergy) {
  const MeasuredFit made = fit_or_throw({measured(tga_plan(), drawn(), 0.05, 3)}, {{kEnergy}});
  ASSERT_EQ(made.moved.size(), 1U);
  EXPECT_EQ(made.moved[0].key, kFactor);
  EXPECT_EQ(made.moved[0].before, nominal().powder.hydroxide.factor_per_s.value);
  EXPECT_THAT(text_of(made), HasSubstr("moved with hydroxide.energy_J_per_mol"));
}

// Of A alone nothing is known but together with E, whether E was fitted too or left as it was.
TEST(MeasuredFit, SaysWhichEnergyTheIntervalOfAFactorTakesAsGiven) {
  const auto series = measured(tga_plan(), drawn(), 0.05, 3);
  const std::string factor = "hydroxide.factor_per_s";
  const MeasuredFit alone = fit_or_throw({series}, {{factor}});
  EXPECT_THAT(text_of(alone), HasSubstr("interval of " + factor +
                                        ": given hydroxide.energy_J_per_mol = 134000 J/mol (not "
                                        "adjusted), so that of the rate at its anchor; the "
                                        "uncertainty of the energy is not in it"));
  EXPECT_THAT(report::json(page_of(alone, "2025-11-03")) + report::html(page_of(alone, "x")),
              HasSubstr("not adjusted), so that of the rate at its anchor"));
  const MeasuredFit both = fit_or_throw({series}, {{factor}, {"hydroxide.energy_J_per_mol"}});
  EXPECT_THAT(text_of(both), HasSubstr("J/mol (fitted), so that of the rate"));
}

TEST(MeasuredFit, RefusesSeriesOfAnotherMaterial) {
  auto other = measured(tga_plan(), nominal(), 0.05, 1);
  other.material = "lno";
  const auto made = fit_measured(nominal(), {other}, {{kHydrateFactor}});
  EXPECT_THAT(made.error().text(), HasSubstr("material is 'lno', others are of 'ncm811'"));
}

// A thermocouple is said to be 64 mm deep but was at 61, in powder of 900 kg/m3. A bed of 5 kg in
// 0.09 m2 ends above 64 mm beyond 5 / (0.09 * 0.064) = 868.06 kg/m3.
TEST(MeasuredFit, StopsWhereAThermocoupleWouldLieBelowTheBed) {
  auto real = nominal();
  real.powder.powder.bulk_kg_per_m3.value = 900;
  auto plan = bed_plan();
  plan.position_mm[2] = 61;
  auto data = measured(plan, real, kBedNoise_K, 3);
  data.position_mm[2] = 64;
  const MeasuredFit made = fit_or_throw({data}, {{"powder.bulk_kg_per_m3"}});
  EXPECT_FALSE(made.outcome.found());
  const double bulk = made.outcome.estimates[0].value;
  EXPECT_LE(bulk, 868.06);
  EXPECT_GT(bulk, 860);
  const std::string text = text_of(made);
  EXPECT_THAT(text,
              HasSubstr("stopped: own_thermocouples.csv, temperature_3_degC: the search would "
                        "go on to where the model shows nothing of it; position_mm 64 would "
                        "lie below the bed, which is 64."));
  EXPECT_THAT(text, HasSubstr("stopped where the model shows nothing further on: misfit"));
  EXPECT_THAT(report::json(page_of(made, "2025-11-03")), HasSubstr("would lie below the bed"));
}

TEST(MeasuredFit, IsShownWithFiguresSeriesWordsAndBothCurves) {
  const MeasuredFit made = fit_or_throw({measured(bed_plan(), drawn(), 1, 3)},
                                        {{kConductivity, 0.5, 2.0}, {"growth.factor_per_s"}});
  EXPECT_THAT(text_of(made), HasSubstr("cannot tell: the data say nothing of growth.factor_per_s"));
  const report::Page page = page_of(made, "2025-11-03");
  EXPECT_EQ(page.sections[1].blocks.size(), 3U);
  const std::string html = report::html(page), json = report::json(page);
  EXPECT_THAT(html, HasSubstr("model before"));
  EXPECT_THAT(html, HasSubstr("measured"));
  EXPECT_THAT(json, HasSubstr("the data say nothing of growth.factor_per_s"));
  EXPECT_THAT(json, HasSubstr("bed.conductivity_factor"));
}

std::string example(const std::string& name) {
  return std::string(SAGGAR_SOURCE_DIR) + "/docs/qa/measured/" + name;
}

// The examples of docs/qa/fit.md are a drawn plant with noise of a known size. If the model has
// changed since, they have to be made again: SAGGAR_WRITE_GENERATED=1.
TEST(MeasuredFit, ShippedExamplesAreADrawnPlantWithNoiseUpToDate) {
  auto real = drawn();
  std::string remark = "An example. Made by the model, nothing here was measured:";
  for (const char* key : {kFactor, kEnergy, kConductivity}) {
    char text[80];
    std::snprintf(text, sizeof text, " %s %.5g,", key, find_figure(real, key)->value);
    remark += text;
  }
  const std::string tga = example("own_tga.csv"), bed = example("own_thermocouples.csv");
  if (std::getenv("SAGGAR_WRITE_GENERATED") != nullptr) {
    std::ofstream(tga) << csv_of(measured(tga_plan(), real, kTgaNoise_percent, kSeed),
                                 remark + " noise of 0.05 %");
    std::ofstream(bed) << csv_of(measured(bed_plan(), real, kBedNoise_K, kSeed),
                                 remark + " noise of 1 K");
  }
  const auto score = [&](const std::string& file) {
    const auto data = validate::load_measured(file);
    if (!data) throw std::runtime_error(data.error().text());
    return validate::score_of(data.value(), real).value();
  };
  EXPECT_NEAR(score(tga)[0].rms, kTgaNoise_percent, 0.01);
  for (const auto& s : score(bed)) EXPECT_NEAR(s.rms, kBedNoise_K, 0.25) << s.what;
}

}  // namespace
}  // namespace saggar::fit
