// Every saggar by itself: rows across the kiln that see it by their place (section spread +-5 K,
// VEND30; edge rows colder by 2-4 K, facts 6.2).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

std::unique_ptr<Kiln> every_saggar(double lateral_K) {
  auto config = small_config();
  config.chamber.saggar_rows = 4;
  auto params = small_params();
  params.numerics.every_saggar = true;
  params.chamber.lateral_K.value = lateral_K;
  auto made = Kiln::make(config, params, small_recipe(), 1);
  if (!made.ok()) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

TEST(EverySaggar, RowsStandSideBySideAndEachHasItsOwnCharge) {
  const auto kiln = every_saggar(3.0);
  kiln->advance(3600);
  const Load& load = kiln->load();
  ASSERT_EQ(load.tracks(), 4U);
  ASSERT_EQ(load.beds().count() % 4, 0U);
  for (std::size_t j = 0; j + 4 <= load.beds().count(); j += 4) {
    for (std::size_t r = 1; r < 4; ++r) EXPECT_EQ(load.position_m()[j], load.position_m()[j + r]);
  }
  EXPECT_NE(load.beds().depth_m[0], load.beds().depth_m[1]);
}

// p = -3/4, -1/4, 1/4, 3/4; p^2 - 5/16 = 1/4, -1/4, -1/4, 1/4 times 3 K.
TEST(EverySaggar, EdgesAreColderThanTheMiddleAndTheMeanIsThatOfTheZone) {
  const auto kiln = every_saggar(3.0);
  const Load& load = kiln->load();
  EXPECT_NEAR(load.colder_K(0), 0.75, 1e-12);
  EXPECT_NEAR(load.colder_K(1), -0.75, 1e-12);
  EXPECT_NEAR(load.colder_K(0) + load.colder_K(1) + load.colder_K(2) + load.colder_K(3), 0, 1e-12);
}

TEST(EverySaggar, EnergyAndMatterCloseAsWithTheMean) {
  const auto kiln = every_saggar(5.0);
  kiln->advance(2 * 3600);
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
  for (const auto substance : {&Matter::water, &Matter::oxygen, &Matter::lithium, &Matter::metal}) {
    const Balance b = kiln->balance(substance);
    EXPECT_NEAR(b.error() / (std::abs(b.in) + std::abs(b.out)), 0.0, 1e-10);
  }
  EXPECT_GT(kiln->load().exits().count(), 8U);
}

// Without spread and with equal charges the rows are their mean: the same kiln at four times the
// work.
TEST(EverySaggar, AgreesWithTheMeanWhereThereIsNoSpread) {
  auto config = small_config();
  auto params = small_params();
  params.lots.mass_percent.value = 0;
  params.chamber.lateral_K.value = 0;
  const auto mean = Kiln::make(config, params, small_recipe(), 1);
  params.numerics.every_saggar = true;
  const auto each = Kiln::make(config, params, small_recipe(), 1);
  ASSERT_TRUE(mean.ok() && each.ok());
  for (Kiln* k : {mean.value().get(), each.value().get()}) k->advance(3600);
  EXPECT_NEAR(each.value()->power_kW() / mean.value()->power_kW(), 1.0, 1e-5)
      << "R3 to R8 wait by groups of columns, which differ";
  EXPECT_NEAR(each.value()->load().beds().core_K(2 * 3), mean.value()->load().beds().core_K(3),
              1e-3);
}

}  // namespace
}  // namespace saggar::kiln
