// The start near operation, and the presets against their figures (facts 1.7, 1.9, 2.6).
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

struct Preset {
  explicit Preset(const std::string& kiln_name, const std::string& recipe_name)
      : config(load_or_throw<config::KilnConfig>("kiln/" + kiln_name + ".toml")) {
    const auto recipe = load_or_throw<config::RecipeConfig>("recipes/" + recipe_name + ".toml");
    const auto plant = config::make_plant(config, recipe);
    if (!plant.ok()) throw std::runtime_error(plant.error().text());
    const auto found = config::recipe_values(recipe, plant.value());
    if (!found.ok()) throw std::runtime_error(found.error().text());
    values = found.value();
    auto made = Kiln::make(config, load_or_throw<PlantParams>("kiln/" + kiln_name + ".plant.toml"),
                           values, 11);
    if (!made.ok()) throw std::runtime_error(made.error().text());
    kiln = std::move(made).value();
  }
  double temperature(std::size_t loop) const { return frame.samples[loop].value; }

  config::KilnConfig config;
  std::vector<double> values;
  std::unique_ptr<Kiln> kiln;
  domain::Frame frame;
};

/// Share of soak-zone samples within 1 K of their setpoint over `seconds`.
double soak_share(Preset& p, int seconds) {
  p.frame = domain::Frame(p.kiln->tags().size());
  std::int64_t good = 0, all = 0;
  for (int s = 0; s < seconds; ++s) {
    p.kiln->advance(1.0);
    p.kiln->read(p.frame);
    for (const std::uint16_t zone : p.config.chamber.soak_zones) {
      for (std::size_t l = 0; l < 2; ++l) {
        const std::size_t loop = (zone - 1U) * 2 + l;
        good += std::abs(p.temperature(loop) - p.values[loop]) <= 1.0 ? 1 : 0;
        ++all;
      }
    }
  }
  return static_cast<double>(good) / static_cast<double>(all);
}

TEST(Warm, P2HoldsItsSoakZonesWithinOneKelvin) {
  Preset p("p2", "ncm811-p2");
  const double share = soak_share(p, 4 * 3600);
  RecordProperty("soak_share", std::to_string(share));
  EXPECT_GE(share, 0.995);
}

TEST(Warm, P2RunsAtItsPowerAndDriesWhereTheFactsPutIt) {
  Preset p("p2", "ncm811-p2");
  double kW = 0;
  for (int i = 0; i < 3600; ++i) {
    p.kiln->advance(1.0);
    kW += p.kiln->power_kW() / 3600;
  }
  RecordProperty("power_kW", std::to_string(kW));
  EXPECT_GE(kW, 550);
  EXPECT_LE(kW, 620);
  Truth truth;
  p.kiln->truth(truth);
  double lag = 0, dry_at = 0;
  for (std::size_t j = 0; j < truth.column_position_m.size(); ++j) {
    const double s = truth.column_position_m[j];
    const auto zone = static_cast<std::size_t>(std::clamp(s / 2.0, 0.0, 29.0));
    if (s < 60) lag = std::max(lag, p.values[2 * zone] - truth.column_core_degC[j]);
    if (dry_at == 0 && truth.column_dryness[j] > 0.995) dry_at = s;
  }
  RecordProperty("largest_lag_K", std::to_string(lag));
  RecordProperty("dry_at_m", std::to_string(dry_at));
  EXPECT_GE(lag, 230);  // facts 1.7
  EXPECT_LE(lag, 450);
  EXPECT_GT(dry_at, 16);  // zones 9 to 12, around the 550 degC zone
  EXPECT_LT(dry_at, 24);
  // 255 kg/h of product leave the kiln.
  EXPECT_NEAR(p.kiln->ledger().product_kg, 255, 35);
  EXPECT_NEAR(p.kiln->energy_balance().relative(), 0.0, 1e-10);
}

TEST(Warm, P1StartsNearOperationWithinItsRatedPower) {
  Preset p("p1", "ncm622-p1");
  EXPECT_GE(soak_share(p, 3600), 0.99);
  EXPECT_GT(p.kiln->power_kW(), 80);
  EXPECT_LT(p.kiln->power_kW(), 220);
}

// The figures from which the weather counts are those of the running kiln.
TEST(Warm, TheExhaustAndItsDraughtAreThoseThatTheWeatherCountsFrom) {
  for (const auto& [name, recipe] : {std::pair{"p1", "ncm622-p1"}, {"p2", "ncm811-p2"}}) {
    Preset p(name, recipe);
    const auto params = load_or_throw<PlantParams>(std::string("kiln/") + name + ".plant.toml");
    const GasPath& gas = p.kiln->chamber().gas();
    RecordProperty(std::string(name) + "_drawn_degC", std::to_string(gas.drawn_K() - 273.15));
    RecordProperty(std::string(name) + "_draft_Pa", std::to_string(gas.outside().draft_Pa));
    RecordProperty(std::string(name) + "_pressure_Pa", std::to_string(gas.pressure_Pa()));
    EXPECT_NEAR(gas.drawn_K() - 273.15, params.weather.drawn_degC.value, 25);
    EXPECT_NEAR(gas.outside().draft_Pa / params.gas.draft_Pa.value, 1.0, 0.12);  // a day's weather
  }
}

TEST(Warm, AStepOfPowerShowsGainTimeConstantAndCouplingOfASoakZone) {
  Preset p("p2", "ncm811-p2");
  // All loops in manual at what they need, then 1 kW more in zone 24, shared by top and bottom.
  std::vector<double> output(60);
  p.frame = domain::Frame(p.kiln->tags().size());
  for (int i = 0; i < 1800; ++i) {
    p.kiln->advance(1.0);
    p.kiln->read(p.frame);
    for (std::size_t l = 0; l < 60; ++l) output[l] += p.frame.samples[120 + l].value / 1800;
  }
  std::vector<std::uint8_t> start;
  auto save = domain::Archive::saving(start);
  const auto run = [&](double extra_percent) {
    auto load = domain::Archive::loading(start.data(), start.size());
    p.kiln->serialize(load);
    for (std::size_t l = 0; l < 60; ++l)
      p.kiln->manual(l, output[l] + (l / 2 == 23 ? extra_percent : 0));
    std::vector<std::array<double, 3>> own_and_next;  // upstream, own, downstream
    for (int minute = 0; minute < 8 * 60; ++minute) {
      p.kiln->advance(60);
      own_and_next.push_back({p.kiln->chamber().face_K()[22], p.kiln->chamber().face_K()[23],
                              p.kiln->chamber().face_K()[24]});
    }
    return own_and_next;
  };
  p.kiln->serialize(save);
  const auto base = run(0.0), more = run(100.0 * 0.5 / 15.8333);  // half a kW in each loop
  const auto rise = [&](std::size_t i, std::size_t z = 1) { return more[i][z] - base[i][z]; };
  const double gain = rise(base.size() - 1);
  std::size_t at = 0;
  while (rise(at) < 0.632 * gain) ++at;
  const double up = rise(at, 0) / rise(at), down = rise(at, 2) / rise(at);
  RecordProperty("coupling_end_up", std::to_string(rise(base.size() - 1, 0) / gain));
  RecordProperty("coupling_end_down", std::to_string(rise(base.size() - 1, 2) / gain));
  const double coupling = 0.5 * (up + down);
  RecordProperty("coupling_up", std::to_string(up));
  RecordProperty("coupling_down", std::to_string(down));
  RecordProperty("gain_K_per_kW", std::to_string(gain));
  RecordProperty("time_constant_h", std::to_string(static_cast<double>(at) / 60.0));
  RecordProperty("coupling", std::to_string(coupling));
  EXPECT_GT(gain, 4.0);
  EXPECT_LT(gain, 6.0);
  EXPECT_GT(static_cast<double>(at) / 60.0, 0.7);
  EXPECT_LT(static_cast<double>(at) / 60.0, 1.5);
  EXPECT_GT(coupling, 0.15);
  EXPECT_LT(coupling, 0.40);
}

}  // namespace
}  // namespace saggar::kiln
