// Account: what a time of operation cost in energy and gas, per kg of product, and where it went.
#pragma once

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

  double kWh_per_kg() const noexcept;
  double Nm3_per_kg() const noexcept;
  /// Energy that these parts do not explain, as share of the electric one.
  double unexplained() const noexcept;
};
Account account_between(const Ledger& from, const Ledger& to, double hours) noexcept;
/// Two accounts as one.
Account operator+(const Account& a, const Account& b) noexcept;

/// Accounts per hour of simulated time, the last week of them; shifts and lots are sums of hours.
/// Thread: one. Nothing allocates after construction.
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
