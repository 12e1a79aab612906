// The accounts of a kiln as a table: hours, shifts, lots.
#pragma once

#include <string>

#include "hil/kiln/lot_accounts.hpp"

namespace saggar::kiln {

/// Comma-separated, a line of names first; energies in kWh, gas in Nm3. Rows: each `hour` still
/// kept and each whole `shift` of them; each `lot` still kept, `empty` room, lots that are `gone`,
/// and `all` of these together. `part` says of a lot whether all its columns came and left while it
/// was accounted for: `whole`; all came, some are `inside`; else `part`. kWh and Nm3 per kg are
/// empty where energy and product are not of the same saggars, or no product left. `cracked` and
/// `too_old` count saggars that lots cost. Words and columns for people: docs/engineer/kiln.md.
std::string table_of(const Accounts& accounts, const LotAccounts& lots,
                     std::uint32_t columns_per_lot);

}  // namespace saggar::kiln
