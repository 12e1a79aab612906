// Ledger: what went into the kiln and what came out, since it was made. For the balances.
#pragma once

#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

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
  // water
  double water_fed_mol = 0;    ///< bound and free, with the mix
  double water_air_mol = 0;    ///< with false air
  double water_gas_mol = 0;    ///< left with the gas
  double water_solid_mol = 0;  ///< left with the product
  // gas
  double supply_mol = 0;
  double product_kg = 0;  ///< that left, without saggars

  double in_J() const noexcept { return electric_J + feed_J + gas_in_J; }
  double out_J() const noexcept {
    return shell_J + openings_J + gas_out_J + cooling_J + solids_out_J + reaction_J;
  }
  double water_in_mol() const noexcept { return water_fed_mol + water_air_mol; }
  double water_out_mol() const noexcept { return water_gas_mol + water_solid_mol; }
};

/// A balance over a time: `error` should be rounding only.
struct Balance {
  double in = 0, out = 0, stored = 0;
  double error() const noexcept { return in - out - stored; }
  /// Error as share of what went in.
  double relative() const noexcept { return in != 0 ? error() / in : error(); }
};

}  // namespace saggar::kiln
