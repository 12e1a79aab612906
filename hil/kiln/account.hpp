// Account: what a time of operation cost in energy and gas, per kg of product, and where it went.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hil/kiln/ledger.hpp"

namespace saggar::kiln {

/// Between two states of a ledger. Energies in J; what is not listed was stored or given back.
struct Account {
  double hours = 0;
  double product_kg = 0;
  double electric_J = 0;
  double reaction_J = 0;  ///< taken up by reactions
  double product_J = 0;   ///< carried out of the heated part by the powder
  double saggar_J = 0;    ///< the same by the saggars
  double gas_J = 0;       ///< exhaust and leaks less what came in
  double shell_J = 0;     ///< shell, openings, roller ends
  double supply_Nm3 = 0;  ///< oxygen, or air
  double lance_Nm3 = 0;   ///< of it, through lances
  double taken_Nm3 = 0;   ///< of its oxygen, taken up by the powder

  double kWh_per_kg() const noexcept;
  double Nm3_per_kg() const noexcept;
  /// Energy that these parts do not explain, as share of the electric one.
  double unexplained() const noexcept;
};
Account account_between(const Ledger& from, const Ledger& to, double hours) noexcept;
/// Every sum of an account, for what treats them alike.
inline constexpr std::array kSums = {
    &Account::hours,      &Account::product_kg, &Account::electric_J, &Account::reaction_J,
    &Account::product_J,  &Account::saggar_J,   &Account::gas_J,      &Account::shell_J,
    &Account::supply_Nm3, &Account::lance_Nm3,  &Account::taken_Nm3};
/// Two accounts as one.
Account operator+(Account a, const Account& b) noexcept;
Account operator-(Account a, const Account& b) noexcept;
Account operator*(double share, Account a) noexcept;

/// Accounts per hour of simulated time, the last week of them; shifts are sums of hours; lots have
/// their own (`lot_accounts.hpp`). Thread: one. Nothing allocates after construction.
class Accounts {
 public:
  static constexpr std::size_t kHours = 168;

  Accounts() : hours_(kHours) {}
  /// Call often; closes an hour when it is over.
  void advance(double time_s, const Ledger& ledger) noexcept;
  /// Hours closed since the start; only the last kHours are there.
  std::uint64_t count() const noexcept { return count_; }
  const Account& hour(std::uint64_t i) const noexcept { return hours_[i % kHours]; }
  /// Hours [from, to) together; those that are gone count as nothing.
  Account sum(std::uint64_t from, std::uint64_t to) const noexcept;
  /// A shift of eight hours, 0 = the first.
  Account shift(std::uint64_t i) const noexcept { return sum(8 * i, 8 * i + 8); }
  void restart(const Ledger& ledger) noexcept;
  void serialize(domain::Archive& archive) { archive(hours_, count_, last_, last_s_); }

 private:
  std::vector<Account> hours_;
  std::uint64_t count_ = 0;
  Ledger last_;
  double last_s_ = 0;
};

}  // namespace saggar::kiln
