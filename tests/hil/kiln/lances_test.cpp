// Lances (PF-08): inlets over the load, whose flow reaches the saggars before it mixes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

std::unique_ptr<Kiln> kiln_with(std::vector<std::uint16_t> lances) {
  auto params = small_params();
  params.gas.lance_inlets = std::move(lances);
  auto made = Kiln::make(small_config(), params, small_recipe(), 1);
  if (!made.ok()) throw std::runtime_error(made.error().text());
  return std::move(made).value();
}

/// Oxygen in the top head-space of the column nearest to `at_m`.
double head_oxygen(const Kiln& kiln, double at_m) {
  const Load& load = kiln.load();
  std::size_t best = 0;
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    if (std::abs(load.position_m()[j] - at_m) < std::abs(load.position_m()[best] - at_m)) best = j;
  }
  return load.beds().head_oxygen[best];
}

// By hand, at 25 degC where carbonate and hydroxide rest. 0.3 mol/s of a lance over the
// 2.0 / 0.34 x 2 x 2 = 23.53 saggars of a zone: 12.75 mmol/s each. The head-space of 1.8 l changes
// 5 times a minute with the chamber: 0.15 l/s of 40.88 mol/m3, 6.131 mmol/s. So it holds (6.131 x
// 0.50 + 12.75 x 0.93) / (6.131 + 12.75) = 0.7904 oxygen.
TEST(Lances, TheHeadSpaceHoldsWhatChamberAndLanceBringByTheirFlows) {
  auto params = small_params();
  params.powder.lithium_source = LithiumSource::carbonate;
  params.lots.moisture_percent.value = params.lots.moisture_lot_percent.value = 0;
  params.bed.head_exchange_per_min.value = 5.0;
  params.gas.lance_inlets = {2};
  Load load(Layout::from(small_config()), params, 1);
  Surroundings around(5);
  Coupling coupling(5);
  Ledger ledger;
  for (std::size_t k = 0; k < 5; ++k) {
    around.roof_K[k] = around.floor_K[k] = around.gas_K[k] = 298.15;
    around.oxygen[k] = 0.5;
  }
  around.lance_mol_per_s[3] = 0.3;
  around.lance_oxygen_mol_per_s[3] = 0.3 * 0.93;
  for (int s = 0; s < 900; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  for (int i = 0; i < 120; ++i) {
    load.couple(around, coupling);
    load.heat(5.0, around, coupling, ledger);
  }
  const double per_mol = material::kGasConstant_J_per_molK * 298.15 / (101325.0 * 0.0018);
  const double exchange = 5.0 / 60 / per_mol, lance = 0.3 / (2.0 / 0.34 * 2 * 2);
  const double expected = (exchange * 0.5 + lance * 0.93) / (exchange + lance);
  EXPECT_NEAR(expected, 0.7904, 1e-4);
  std::size_t within = 0;
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    const double s = load.position_m()[j];
    const double head = load.beds().head_oxygen[j];
    if (s > 6.4 && s < 7.6) {
      EXPECT_NEAR(head, expected, 1e-3) << s;
      EXPECT_NEAR(load.beds().head_oxygen[load.beds().stride() + j], expected, 1e-3);
      ++within;
    } else if (s < 5.5 || s > 8.5) {
      EXPECT_NEAR(head, 0.5, 1e-3) << s;
    }
  }
  EXPECT_GE(within, 3U);
}

// The powder of five short zones reacts where the lance is: it sees more oxygen, takes more of it,
// and no gas is lost or made by that.
TEST(Lances, BringOxygenToThePowderThroughTheirOwnFlowTag) {
  const auto without = kiln_with({}), with = kiln_with({2});
  for (Kiln* k : {without.get(), with.get()}) k->advance(2 * 3600);
  EXPECT_GT(head_oxygen(*with, 9.0), head_oxygen(*without, 9.0) + 0.05);
  EXPECT_GT(with->ledger().oxygen_taken_mol, 1.02 * without->ledger().oxygen_taken_mol);
  for (const auto substance : {&Matter::oxygen, &Matter::water}) {
    EXPECT_NEAR(with->balance(substance).relative(), 0.0, 1e-10);
  }
  EXPECT_NEAR(with->energy_balance().relative(), 0.0, 1e-10);
  // 30 Nm3/h for two hours, less the gain error of the flow controller, 1 %.
  const Account account = with->accounts().sum(0, 2);
  EXPECT_NEAR(account.lance_Nm3, 60.0, 0.7);
  EXPECT_NEAR(account.supply_Nm3, 120.0, 1.4);
  EXPECT_EQ(without->accounts().sum(0, 2).lance_Nm3, 0.0);
  EXPECT_NEAR(with->lot_accounts().sum().lance_Nm3, account.lance_Nm3, 1e-9 * 60);
  EXPECT_NEAR(sample(*with, "o2.inlet02.flow").value, 30.0, 0.5);
  EXPECT_NEAR(1e3 * with->chamber().gas().head_mol_per_s(4), 0.3 * 30 / 3600 / 0.022414 * 1e3, 1.2);
}

TEST(Lances, GoOnBitForBitFromASnapshot) {
  const auto straight = kiln_with({1, 2}), restored = kiln_with({1, 2});
  straight->advance(303);
  std::vector<std::uint8_t> bytes, a, b;
  auto save = domain::Archive::saving(bytes);
  straight->serialize(save);
  auto back = domain::Archive::loading(bytes.data(), bytes.size());
  restored->serialize(back);
  ASSERT_TRUE(back.ok() && back.at_end());
  for (Kiln* k : {straight.get(), restored.get()}) k->advance(900);
  auto first = domain::Archive::saving(a), second = domain::Archive::saving(b);
  straight->serialize(first);
  restored->serialize(second);
  EXPECT_EQ(a, b);
}

TEST(Lances, OfInletsThatAreNotThereAreRefused) {
  auto params = small_params();
  params.gas.lance_inlets = {3};
  const auto made = Kiln::make(small_config(), params, small_recipe(), 1);
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().text(),
              ::testing::HasSubstr("gas.lance_inlets names inlet 3, but kiln small has 2"));
}

}  // namespace
}  // namespace saggar::kiln
