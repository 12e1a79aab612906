#include "hil/kiln/account_table.hpp"

#include <array>
#include <cstdio>

namespace saggar::kiln {
namespace {

constexpr double kJ_per_kWh = 3.6e6;

const char* const kHead =
    "of,number,part,hours,product_kg,electric_kWh,kWh_per_kg,reaction_kWh,product_kWh,saggar_kWh,"
    "gas_kWh,shell_kWh,supply_Nm3,Nm3_per_kg,lance_Nm3,taken_Nm3,cracked,too_old\n";

void row(std::string& out, const char* of, const std::string& number, const char* part,
         const Account& a, const std::string& saggars = ",") {
  std::array<char, 400> line{};
  std::snprintf(line.data(), line.size(),
                "%s,%s,%s,%.4f,%.3f,%.3f,%.4f,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%.4f,%.3f,%.4f,%s\n",
                of, number.c_str(), part, a.hours, a.product_kg, a.electric_J / kJ_per_kWh,
                a.kWh_per_kg(), a.reaction_J / kJ_per_kWh, a.product_J / kJ_per_kWh,
                a.saggar_J / kJ_per_kWh, a.gas_J / kJ_per_kWh, a.shell_J / kJ_per_kWh, a.supply_Nm3,
                a.Nm3_per_kg(), a.lance_Nm3, a.taken_Nm3, saggars.c_str());
  out += line.data();
}

const char* part_of(const LotAccount& lot, std::uint32_t columns) {
  if (lot.columns_in == columns && lot.columns_out == columns) return "whole";
  return lot.columns_in == columns ? "inside" : "part";
}

}  // namespace

std::string table_of(const Accounts& accounts, const LotAccounts& lots,
                     std::uint32_t columns_per_lot) {
  std::string out = kHead;
  const std::uint64_t count = accounts.count();
  const std::uint64_t kept = count > Accounts::kHours ? count - Accounts::kHours : 0;
  for (std::uint64_t i = kept; i < count; ++i) {
    row(out, "hour", std::to_string(i), "whole", accounts.hour(i));
  }
  for (std::uint64_t i = (kept + 7) / 8; 8 * (i + 1) <= count; ++i) {
    row(out, "shift", std::to_string(i), "whole", accounts.shift(i));
  }
  for (std::uint64_t i = lots.first(); i < lots.end(); ++i) {
    const LotAccount& lot = lots.lot(i);
    row(out, "lot", std::to_string(i), part_of(lot, columns_per_lot), lot.account,
        std::to_string(lot.cracked) + "," + std::to_string(lot.too_old));
  }
  row(out, "empty", "", "", lots.empty());
  row(out, "gone", "", "", lots.gone());
  row(out, "all", "", "", lots.sum());
  return out;
}

}  // namespace saggar::kiln
