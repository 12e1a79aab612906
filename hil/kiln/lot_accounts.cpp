#include "hil/kiln/lot_accounts.hpp"

#include <algorithm>

#include "hil/material/bed_properties.hpp"

namespace saggar::kiln {
namespace {

constexpr double kHour_s = 3600.0;
constexpr std::uint64_t kNone = ~std::uint64_t{0};

/// What the account of one lot says of its own deeds alone.
Account own_of(const LotOwn& own) noexcept {
  Account a;
  a.product_kg = own.product_kg;
  a.electric_J = own.chamber_J;
  a.reaction_J = own.reaction_J;
  a.product_J = own.product_J;
  a.saggar_J = own.saggar_J;
  a.gas_J = own.released_J;
  a.taken_Nm3 = own.oxygen_mol * material::kStandardMolar_m3;
  return a;
}

bool touched(const LotOwn& own) noexcept {
  return own.room_m > 0 || own.columns_in > 0 || own.columns_out > 0 || own.chamber_J != 0 ||
         own.released_J != 0 || own.product_J != 0;
}

/// One lot more.
void add(LotAccount& all, const LotAccount& lot) noexcept {
  ++all.lot;
  all.columns_in += lot.columns_in;
  all.columns_out += lot.columns_out;
  all.cracked += lot.cracked;
  all.too_old += lot.too_old;
  all.account = all.account + lot.account;
}

}  // namespace

void LotAccounts::restart(const Ledger& ledger) noexcept {
  std::fill(lots_.begin(), lots_.end(), LotAccount{});
  first_ = end_ = 0;
  empty_ = Account{};
  gone_ = LotAccount{};
  last_ = ledger;
}

/// The row of a lot; those before it that stand in its way are gone.
LotAccount& LotAccounts::open(std::uint64_t lot) noexcept {
  if (first_ == end_) first_ = end_ = lot;
  for (; end_ <= lot; ++end_) {
    LotAccount& row = lots_[end_ % lots_.size()];
    if (end_ - first_ == lots_.size()) {
      add(gone_, row);
      ++first_;
    }
    row = LotAccount{};
    row.lot = end_;
  }
  return lots_[lot % lots_.size()];
}

void LotAccounts::advance(double dt_s, const Ledger& ledger, const LotSteps& steps) noexcept {
  const Account all = account_between(last_, ledger, dt_s / kHour_s);
  last_ = ledger;
  Account shared = all;
  double room_m = 0;
  std::uint64_t oldest = kNone;
  for (const LotOwn& own : steps.rows()) {
    if (!touched(own)) continue;
    oldest = std::min(oldest, own.lot);
    shared = shared - own_of(own);
    room_m += own.room_m;
  }
  // What only lots do leaves nothing to share but rounding.
  shared.product_kg = shared.reaction_J = shared.product_J = shared.saggar_J = 0;
  shared.taken_Nm3 = 0;
  if (first_ == end_ && oldest != kNone) open(oldest);
  const double per_m = 1.0 / std::max(heated_m_, room_m);
  double given = 0;
  for (const LotOwn& own : steps.rows()) {
    if (!touched(own)) continue;
    LotAccount& lot = open(own.lot);
    const double share = own.room_m * per_m;
    lot.account = lot.account + own_of(own) + share * shared;
    lot.columns_in += own.columns_in;
    lot.columns_out += own.columns_out;
    lot.cracked += own.cracked;
    lot.too_old += own.too_old;
    given += share;
  }
  empty_ = empty_ + (1.0 - given) * shared;
}

Account LotAccounts::sum() const noexcept { return empty_ + lots().account; }

LotAccount LotAccounts::lots() const noexcept {
  LotAccount all = gone_;
  for (std::uint64_t i = first_; i < end_; ++i) add(all, lot(i));
  return all;
}

}  // namespace saggar::kiln
