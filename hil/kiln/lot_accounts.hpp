// LotAccounts: the account of the kiln shared out among the lots that went through it.
#pragma once

#include <cstdint>
#include <vector>

#include "hil/kiln/account.hpp"

namespace saggar::kiln {

/// What the saggars of one lot took, gave and did by themselves in one step. Energies in J.
struct LotOwn {
  std::uint64_t lot = 0;
  double room_m = 0;      ///< length of the heated part that its columns stand on, a pitch each
  double chamber_J = 0;   ///< heat from elements, brick and gas
  double reaction_J = 0;  ///< taken up by its reactions
  double released_J = 0;  ///< enthalpy of the gas that left its powder
  double oxygen_mol = 0;  ///< taken up by its powder
  double product_J = 0, saggar_J = 0;  ///< carried out of the heated part
  double product_kg = 0;               ///< that left the kiln
  std::uint32_t columns_in = 0, columns_out = 0;
  std::uint32_t cracked = 0, too_old = 0;  ///< saggars found so when they left
};

/// Room for the lots that can be in the kiln at a time. Thread: one. Nothing allocates after
/// construction.
class LotSteps {
 public:
  /// @param columns  of the kiln
  LotSteps(std::size_t columns, std::uint32_t columns_per_lot)
      : per_lot_(columns_per_lot), rows_(columns / columns_per_lot + 3) {}
  std::uint32_t columns_per_lot() const noexcept { return per_lot_; }
  std::uint64_t lot_of(std::uint64_t column) const noexcept { return column / per_lot_; }
  LotOwn& of(std::uint64_t column) noexcept {
    const std::uint64_t lot = lot_of(column);
    LotOwn& row = rows_[lot % rows_.size()];
    row.lot = lot;
    return row;
  }
  /// In no order; those that nobody asked for since `restart` are empty.
  const std::vector<LotOwn>& rows() const noexcept { return rows_; }
  void restart() noexcept {
    for (LotOwn& row : rows_) row = LotOwn{};
  }

 private:
  std::uint32_t per_lot_;
  std::vector<LotOwn> rows_;
};

/// One lot so far. `account.hours` are hours of the whole kiln that it used.
struct LotAccount {
  std::uint64_t lot = 0;
  std::uint32_t columns_in = 0, columns_out = 0;  ///< of its columns, since the account began
  std::uint32_t cracked = 0, too_old = 0;         ///< saggars that it cost
  Account account;
};

/// The rule. Own to a lot and exact: heat from the chamber into its saggars, its reactions, the gas
/// that left its powder at the heat it left with, the oxygen it took up, what powder and saggars
/// carried out, product. All else is for having the kiln hot and full of gas: shell, the rest of
/// gas and heaters (with what brick took or gave back), supply, lances and hours go by room and
/// time, a pitch of heated length for each column in it. Room where nothing stands is charged to
/// `empty`, not to who happens to be inside. Lots, `empty` and `gone` together are the account of
/// the kiln, to rounding.
/// Thread: one. Nothing allocates after construction.
class LotAccounts {
 public:
  static constexpr std::size_t kPast = 64;  ///< lots kept beyond those that fit into the kiln

  /// @param lots  most of them in the kiln at a time
  LotAccounts(std::size_t lots, double heated_m) : heated_m_(heated_m), lots_(lots + kPast) {}
  /// After each step of the beds, with what the lots did in it.
  void advance(double dt_s, const Ledger& ledger, const LotSteps& own) noexcept;
  void restart(const Ledger& ledger) noexcept;

  /// Lots seen are numbered [first, end); only the last of them are kept.
  std::uint64_t first() const noexcept { return first_; }
  std::uint64_t end() const noexcept { return end_; }
  const LotAccount& lot(std::uint64_t i) const noexcept { return lots_[i % lots_.size()]; }
  const Account& empty() const noexcept { return empty_; }  ///< room where nothing stood
  /// Lots that are no longer kept, as one; `lot` is how many.
  const LotAccount& gone() const noexcept { return gone_; }
  Account sum() const noexcept;
  /// All lots as one, kept or not, without empty room; `lot` is how many.
  LotAccount lots() const noexcept;
  void serialize(domain::Archive& archive) { archive(lots_, first_, end_, empty_, gone_, last_); }

 private:
  LotAccount& open(std::uint64_t lot) noexcept;

  double heated_m_;
  std::vector<LotAccount> lots_;
  std::uint64_t first_ = 0, end_ = 0;
  Account empty_;
  LotAccount gone_;
  Ledger last_;
};

}  // namespace saggar::kiln
