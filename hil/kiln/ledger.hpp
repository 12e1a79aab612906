// Ledger: what went into the kiln and what came out, since it was made. For the balances.
#pragma once

#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

/// Amounts of what is conserved, mol. Oxygen and carbon dioxide count as O2 and CO2, free or bound.
struct Matter {
  double water = 0, oxygen = 0, carbon_dioxide = 0, lithium = 0, metal = 0;

  Matter& operator+=(const Matter& o) noexcept {
    water += o.water;
    oxygen += o.oxygen;
    carbon_dioxide += o.carbon_dioxide;
    lithium += o.lithium;
    metal += o.metal;
    return *this;
  }
  friend Matter operator*(double f, const Matter& m) noexcept {
    return {f * m.water, f * m.oxygen, f * m.carbon_dioxide, f * m.lithium, f * m.metal};
  }
};

/// Sums in J and mol. Enthalpies are relative to 25 degC. In = out + stored, to rounding.
struct Ledger {
  // energy in
  double electric_J = 0;  ///< heaters
  double feed_J = 0;      ///< sensible enthalpy of saggars and mix fed
  double gas_in_J = 0;    ///< supply and false air
  // energy out
  double shell_J = 0;       ///< through brick and shell
  double openings_J = 0;    ///< entry, exit, roller ends
  double gas_out_J = 0;     ///< exhaust and leaks
  double cooling_J = 0;     ///< taken by the cooling section
  double solids_out_J = 0;  ///< saggars and product that left
  double reaction_J = 0;    ///< taken up by reactions
  // of what the heaters gave: carried out of the heated part by the load
  double product_heat_J = 0;
  double saggar_heat_J = 0;
  // matter
  Matter fed;          ///< with the mix
  Matter gas_in;       ///< with supply and false air
  Matter gas_out;      ///< with exhaust and leaks
  Matter product;      ///< with the powder that left
  Matter saggars_out;  ///< lithium in the walls of saggars that left
  // gas and product
  double supply_mol = 0;        ///< oxygen, or air
  double lance_mol = 0;         ///< of it, through lances
  double oxygen_taken_mol = 0;  ///< by the powder
  double product_kg = 0;        ///< that left, without saggars

  double in_J() const noexcept { return electric_J + feed_J + gas_in_J; }
  double out_J() const noexcept {
    return shell_J + openings_J + gas_out_J + cooling_J + solids_out_J + reaction_J;
  }
};

/// A balance over a time: `error` should be rounding only.
struct Balance {
  double in = 0, out = 0, stored = 0;
  double error() const noexcept { return in - out - stored; }
  /// Error as share of what went in.
  double relative() const noexcept { return in != 0 ? error() / in : error(); }
};

}  // namespace saggar::kiln
