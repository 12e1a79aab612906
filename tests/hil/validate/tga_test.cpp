#include "hil/validate/tga.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "hil/kiln/single_saggar.hpp"
#include "tests/hil/validate/subject_or_throw.hpp"

namespace saggar::validate {
namespace {

TEST(Sample, DriesByTheWaterItHas) {
  // 1 % of free water, gone at 60 degC in dry gas; the hydrate (half-life 49 min) then follows.
  const auto m = subject_or_throw().material("ncm811");
  Sample sample(m, 1.03, 0.01);
  EXPECT_DOUBLE_EQ(sample.mass_share(), 1.0);
  for (int i = 0; i < 7200; ++i) sample.step(25 + 273.15, {0, 0, 0}, 1);
  EXPECT_NEAR(sample.mass_share(), 0.99 - 0.99 * 0.1369 * sample.hydrate_gone(), 1e-4);
}

TEST(Sample, TakesUpCarbonDioxide) {
  const auto m = subject_or_throw().material("ncm811");
  Sample sample(m, 1.03);
  fire(sample, {{500, 10, 1, {0, 0, 0}}});
  const double before = sample.mass_share();
  fire(sample, {{500, 100, 2, {0, 0, 0.05}}});
  EXPECT_NEAR(sample.carbonate_per_m(), 1.03, 0.01);
  // Half a CO2 for half a H2O per Li: 1.03 / 2 x (44.009 - 18.015) / 135.58 = 9.87 %.
  EXPECT_NEAR(sample.mass_share() - before, 0.0987, 0.001);
}

TEST(Fire, KeepsToItsStagesAndTracesThem) {
  Sample sample(subject_or_throw().material("lno"), 1.0);
  Trace trace;
  fire(sample, {{325, 10, 0.5, {0, 1, 0}}, {125, 20, 0, {0, 1, 0}}}, &trace);
  // 300 K at 10 K/min, half an hour, 200 K at 20 K/min: 70 min.
  EXPECT_NEAR(trace.time_h.back(), 70.0 / 60, 0.03);
  EXPECT_NEAR(trace.degC[15], 175, 1);
  EXPECT_NEAR(trace.degC[45], 325, 1e-6);
  EXPECT_NEAR(trace.degC.back(), 125, 25);
}

// The beds of the kiln and the sample share laws, not code. A bed of 4 mm in free gas is nearly a
// sample; what remains is its lag.
TEST(Sample, EndsLikeAThinBed) {
  auto preset = preset_or_throw("p2", "ncm811-p2");
  for (const char* material : {"ncm811", "ncm622-carbonate"}) {
    preset.params.powder = subject_or_throw().material(material);
    auto figures = kiln::BedFigures::from(preset.params, 1);
    figures.pore_m2_per_s = 1e9;
    figures.head_exchange_per_s = 1e6;
    figures.synthesis.wall.factor_mol_per_m2s = 0;
    kiln::MuffleFigures muffle;
    muffle.gas = {0.02, 0.9, 0.001};
    kiln::SingleSaggar saggar(figures, {0.3, 0.0, 1.03, 298.15},
                              {{{0, 25}, {12.5, 775}, {20.5, 775}}}, muffle);
    saggar.run(20.5);
    Sample sample(preset.params.powder, 1.03);
    fire(sample, {{775, 1, 8, muffle.gas}});
    const auto bed = saggar.beds().fired(0, 0, 8), lone = sample.fired();
    EXPECT_NEAR(bed.conversion, lone.conversion, 0.002) << material;
    EXPECT_NEAR(bed.mixing, lone.mixing, 0.0005) << material;
    EXPECT_NEAR(bed.size_nm / lone.size_nm, 1.0, 0.02) << material;
    EXPECT_NEAR(bed.carbonate_per_m, lone.carbonate_per_m, 0.003) << material;
    EXPECT_NEAR(saggar.beds().solid_kg(0) / 0.3, sample.mass_share(), 0.0005) << material;
  }
}

}  // namespace
}  // namespace saggar::validate
