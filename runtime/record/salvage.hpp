// Journals that were cut or damaged: what is wrong with the file, how far it can be read, and a new
// journal of that part.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "runtime/domain/result.hpp"

namespace saggar::record {

/// The refusal of a file that SQLite cannot read: not a journal, or a journal that was cut or
/// damaged, with the cycles that can be read and what to do. @param why SQLite's words
domain::Error explain_unreadable(const std::string& path, const std::string& why);

/// Why a journal without a WAL is shorter than its own header says; nothing if it is whole.
std::optional<domain::Error> cut_short(const std::string& path);

struct Salvaged {
  std::uint64_t records = 0;
  std::uint64_t first_cycle = 0, last_cycle = 0;
};

/// Copies what can be read of a journal, from its beginning to the first record that cannot, into
/// a new one; `from` is only read. Error: no journal, nothing can be read, `to` exists already.
domain::Result<Salvaged> salvage(const std::string& from, const std::string& to);

}  // namespace saggar::record
