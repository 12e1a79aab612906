#include "hil/kiln/account.hpp"

#include <cmath>

#include <algorithm>

#include "hil/material/bed_properties.hpp"

namespace saggar::kiln {
namespace {
constexpr double kHour_s = 3600.0, kJ_per_kWh = 3.6e6;
}

double Account::kWh_per_kg() const noexcept {
  return product_kg > 0 ? electric_J / kJ_per_kWh / product_kg : std::nan("");
}
double Account::Nm3_per_kg() const noexcept {
  return product_kg > 0 ? supply_Nm3 / product_kg : std::nan("");
}
double Account::unexplained() const noexcept {
  const double parts = reaction_J + product_J + saggar_J + gas_J + shell_J;
  return electric_J > 0 ? (electric_J - parts) / electric_J : 0.0;
}

Account account_between(const Ledger& a, const Ledger& b, double hours) noexcept {
  Account out;
  out.hours = hours;
  out.product_kg = b.product_kg - a.product_kg;
  out.electric_J = b.electric_J - a.electric_J;
  out.reaction_J = b.reaction_J - a.reaction_J;
  out.product_J = b.product_heat_J - a.product_heat_J;
  out.saggar_J = b.saggar_heat_J - a.saggar_heat_J;
  out.gas_J = (b.gas_out_J - a.gas_out_J) - (b.gas_in_J - a.gas_in_J);
  out.shell_J = (b.shell_J - a.shell_J) + (b.openings_J - a.openings_J);
  out.supply_Nm3 = (b.supply_mol - a.supply_mol) * material::kStandardMolar_m3;
  out.lance_Nm3 = (b.lance_mol - a.lance_mol) * material::kStandardMolar_m3;
  out.taken_Nm3 = (b.oxygen_taken_mol - a.oxygen_taken_mol) * material::kStandardMolar_m3;
  return out;
}

Account operator+(Account a, const Account& b) noexcept {
  for (const auto sum : kSums) a.*sum += b.*sum;
  return a;
}
Account operator-(Account a, const Account& b) noexcept {
  for (const auto sum : kSums) a.*sum -= b.*sum;
  return a;
}
Account operator*(double share, Account a) noexcept {
  for (const auto sum : kSums) a.*sum *= share;
  return a;
}

void Accounts::restart(const Ledger& ledger) noexcept {
  count_ = 0;
  last_ = ledger;
  last_s_ = 0;
}

void Accounts::advance(double time_s, const Ledger& ledger) noexcept {
  if (time_s < last_s_ + kHour_s) return;
  hours_[count_++ % kHours] = account_between(last_, ledger, (time_s - last_s_) / kHour_s);
  last_ = ledger;
  last_s_ = time_s;
}

Account Accounts::sum(std::uint64_t from, std::uint64_t to) const noexcept {
  Account all;
  const std::uint64_t kept = count_ > kHours ? count_ - kHours : 0;
  for (std::uint64_t i = std::max(from, kept); i < std::min(to, count_); ++i) all = all + hour(i);
  return all;
}

}  // namespace saggar::kiln
