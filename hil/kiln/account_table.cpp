#include "hil/kiln/account_table.hpp"

#include <array>
#include <cstdio>

namespace saggar::kiln {
namespace {

constexpr double kJ_per_kWh = 3.6e6;

const char* const kHead =
    "of,number,part,hours,product_kg,electric_kWh,kWh_per_kg,reaction_kWh,product_kWh,saggar_kWh,"
    "gas_kWh,shell_kWh,supply_Nm3,Nm3_per_kg,lance_Nm3,taken_Nm3,cracked,too_old\n";

/// What stands before the figures, and after them.
struct Label {
  const char* of;
  std::string number;
  const char* part = "";
  bool ratios = true;  ///< all of the energy and all of the product are in it
  std::string saggars = ",";
};

/// A ratio that means nothing is left empty: no number is better than a wrong one.
std::string ratio(bool shown, double value, const Account& a) {
  if (!shown || !(a.product_kg > 0)) return "";
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4f", value);
  return text.data();
}

void row(std::string& out, const Label& label, const Account& a) {
  std::array<char, 480> line{};
  std::snprintf(line.data(), line.size(),
                "%s,%s,%s,%.4f,%.3f,%.3f,%s,%.3f,%.3f,%.3f,%.3f,%.3f,%.3f,%s,%.3f,%.4f,%s\n",
                label.of, label.number.c_str(), label.part, a.hours, a.product_kg,
                a.electric_J / kJ_per_kWh, ratio(label.ratios, a.kWh_per_kg(), a).c_str(),
                a.reaction_J / kJ_per_kWh, a.product_J / kJ_per_kWh, a.saggar_J / kJ_per_kWh,
                a.gas_J / kJ_per_kWh, a.shell_J / kJ_per_kWh, a.supply_Nm3,
                ratio(label.ratios, a.Nm3_per_kg(), a).c_str(), a.lance_Nm3, a.taken_Nm3,
                label.saggars.c_str());
  out += line.data();
}

std::string saggars_of(const LotAccount& lot) {
  return std::to_string(lot.cracked) + "," + std::to_string(lot.too_old);
}

void lot_row(std::string& out, const LotAccount& lot, std::uint32_t columns) {
  const bool all_in = lot.columns_in == columns, whole = all_in && lot.columns_out == columns;
  row(out,
      {"lot", std::to_string(lot.lot),
       whole    ? "whole"
       : all_in ? "inside"
                : "part",
       whole, saggars_of(lot)},
      lot.account);
}

}  // namespace

std::string table_of(const Accounts& accounts, const LotAccounts& lots,
                     std::uint32_t columns_per_lot) {
  std::string out = kHead;
  const std::uint64_t count = accounts.count();
  const std::uint64_t kept = count > Accounts::kHours ? count - Accounts::kHours : 0;
  for (std::uint64_t i = kept; i < count; ++i) {
    row(out, {"hour", std::to_string(i), "whole"}, accounts.hour(i));
  }
  for (std::uint64_t i = (kept + 7) / 8; 8 * (i + 1) <= count; ++i) {
    row(out, {"shift", std::to_string(i), "whole"}, accounts.shift(i));
  }
  for (std::uint64_t i = lots.first(); i < lots.end(); ++i) {
    lot_row(out, lots.lot(i), columns_per_lot);
  }
  row(out, {"empty", ""}, lots.empty());
  // The first of the lots that are gone may have been charged only in part.
  row(out, {"gone", std::to_string(lots.gone().lot), "", false, saggars_of(lots.gone())},
      lots.gone().account);
  const LotAccount all = lots.lots();
  row(out, {"all", std::to_string(all.lot), "", true, saggars_of(all)}, lots.sum());
  return out;
}

}  // namespace saggar::kiln
