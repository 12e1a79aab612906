#include "runtime/record/salvage.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <tuple>

#include "runtime/record/codec.hpp"
#include "runtime/record/database.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/record/journal_file.hpp"

namespace saggar::record {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes = 100;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

/// What the first bytes of a file say (https://www.sqlite.org/fileformat2.html, 1.3).
struct Header {
  bool database = false;       ///< begins as a database does, as far as it goes
  bool journal = false;        ///< and bears our mark
  std::uint64_t bytes = 0;     ///< that are there
  std::uint64_t expected = 0;  ///< that there were; 0 = cut before that is said
};

Header header_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::array<unsigned char, kHeaderBytes> head{};
  file.read(reinterpret_cast<char*>(head.data()), head.size());
  const auto got = static_cast<std::size_t>(file.gcount());
  const auto number = [&](std::size_t at, std::size_t n) {
    std::uint64_t value = 0;
    for (std::size_t i = at; i < at + n; ++i) value = value << 8U | head[i];
    return value;
  };
  Header header;
  std::error_code ec;
  header.bytes = fs::file_size(path, ec);
  const std::string_view begins(reinterpret_cast<const char*>(head.data()),
                                std::min(got, kMagic.size()));
  header.database = got > 0 && kMagic.substr(0, got) == begins;
  if (!header.database || got < head.size()) return header;
  header.journal = number(68, 4) == static_cast<std::uint64_t>(kApplicationId);
  const std::uint64_t page = number(16, 2) == 1 ? 65536 : number(16, 2);
  // The count of pages holds while the counters of changes at 24 and 92 are equal.
  if (number(24, 4) == number(92, 4)) header.expected = page * number(28, 4);
  return header;
}

/// Opens a journal for what can be read of it: SQLite then takes a file that is too short as it is.
domain::Result<Database> open_for_the_rest(const std::string& path) {
  auto db = Database::open(path, false);
  if (!db) return db;
  const auto done = db.value().execute("PRAGMA writable_schema=ON");
  if (!done) return done.error();
  return db;
}

/// A reader leaves an empty one behind: that holds nothing.
bool has_wal(const std::string& path) {
  std::error_code ec;
  const auto bytes = fs::file_size(path + "-wal", ec);
  return !ec && bytes > 0;
}

/// The records from the first to the one before the first that cannot be read or does not fit the
/// chain: half a page reads as a page that ends in zeros.
Salvaged readable(Database& db) {
  Salvaged found;
  auto query = db.prepare("SELECT cycle, chain, data FROM record ORDER BY cycle");
  if (!query) return found;
  const Statement& row = query.value();
  HashChain hash;
  ChainDigest last{};
  while (query.value().step() == SQLITE_ROW) {
    const auto cycle = static_cast<std::uint64_t>(row.integer(0));
    const auto chain = row.blob(1), data = row.blob(2);
    if (chain.size() != last.size() || data.empty() || cycle <= found.last_cycle) break;
    hash.reset(last);
    const ChainDigest& expected = hash.add(data);
    const bool fits = std::equal(chain.begin(), chain.end(), expected.begin());
    // Where records are missing, and where the oldest were deleted, a chain begins at a key record.
    if (!fits && (cycle == found.last_cycle + 1 || !is_key(data))) break;
    std::copy(chain.begin(), chain.end(), last.begin());
    found.last_cycle = cycle;
    if (found.records++ == 0) found.first_cycle = cycle;
  }
  return found;
}

std::string cycles_text(const Salvaged& part) {
  if (part.records == 0) return "no record of it can be read. ";
  return "cycles " + std::to_string(part.first_cycle) + " to " + std::to_string(part.last_cycle) +
         " can be read: 'saggar recover OLD NEW' copies them into a new journal. ";
}

std::string advice(const std::string& path) {
  return has_wal(path)
             ? "Better copy it again from where it was written"
             : "Better copy it again from where it was written, together with its -wal file if one "
               "stands beside it: the newest records are there";
}

/// The copy of one table, row by row, until one cannot be read or is none.
domain::Result<std::uint64_t> copy_table(Database& from, Database& to, const std::string& select,
                                         const char* insert, int columns) {
  auto rows = from.prepare(select.c_str());
  if (!rows) return std::uint64_t{0};
  auto put = to.prepare(insert);
  if (!put) return put.error();
  std::uint64_t count = 0;
  while (rows.value().step() == SQLITE_ROW) {
    for (int i = 0; i < columns; ++i) put.value().bind_column(i + 1, rows.value(), i);
    if (!put.value().run()) {
      if ((sqlite3_errcode(to.handle()) & 0xFF) == SQLITE_CONSTRAINT) break;
      return to.error();
    }
    ++count;
  }
  return count;
}

domain::Status copy_all(Database& from, Database& to, const Salvaged& part) {
  const std::string until = " <= " + std::to_string(part.last_cycle) + " ORDER BY ";
  auto done = to.execute("BEGIN");
  for (const auto& [select, insert, columns] :
       {std::tuple("SELECT * FROM run WHERE first_cycle" + until + "id",
                   "INSERT INTO run VALUES(?1,?2,?3)", 3),
        std::tuple(std::string("SELECT * FROM meta ORDER BY run, key"),
                   "INSERT INTO meta VALUES(?1,?2,?3)", 3),
        std::tuple("SELECT * FROM record WHERE cycle" + until + "cycle LIMIT " +
                       std::to_string(part.records),
                   "INSERT INTO record VALUES(?1,?2,?3,?4,?5)", 5),
        std::tuple("SELECT * FROM snapshot WHERE cycle" + until + "cycle",
                   "INSERT INTO snapshot VALUES(?1,?2)", 2),
        std::tuple("SELECT * FROM event WHERE cycle" + until + "cycle, n",
                   "INSERT INTO event VALUES(?1,?2,?3,?4,?5,?6,?7)", 7)}) {
    if (!done) return done;
    const auto copied = copy_table(from, to, select, insert, columns);
    if (!copied) return copied.error();
  }
  return done ? to.execute("COMMIT") : done;
}

}  // namespace

domain::Error explain_unreadable(const std::string& path, const std::string& why) {
  const Header header = header_of(path);
  if (header.database && header.bytes < kHeaderBytes) {
    return {path, "is only the first " + std::to_string(header.bytes) +
                      " bytes of a database, perhaps of a journal: it was cut, and nothing can be "
                      "read. " +
                      advice(path)};
  }
  if (!header.journal) return {path, "is not a journal: " + why};
  auto db = open_for_the_rest(path);
  const Salvaged part = db ? readable(db.value()) : Salvaged();
  const std::string what = header.bytes < header.expected
                               ? "is a journal that was cut: " + std::to_string(header.bytes) +
                                     " of " + std::to_string(header.expected) + " bytes are there; "
                               : "is a journal that is damaged (" + why + "); ";
  return {path, what + cycles_text(part) + advice(path)};
}

std::optional<domain::Error> cut_short(const std::string& path) {
  if (has_wal(path)) return std::nullopt;  // it may hold what is missing
  const Header header = header_of(path);
  const bool too_short = header.database && header.bytes < kHeaderBytes;
  if (!too_short && (!header.journal || header.bytes >= header.expected)) return std::nullopt;
  return explain_unreadable(path, "it is too short");
}

domain::Result<Salvaged> salvage(const std::string& from, const std::string& to) {
  std::error_code ec;
  if (!fs::is_regular_file(from, ec)) return domain::Error{from, "is not a file"};
  if (fs::exists(to, ec)) return domain::Error{to, "exists already; name a new file"};
  if (!header_of(from).journal) return explain_unreadable(from, "it has no mark of a journal");
  auto old = open_for_the_rest(from);
  if (!old) return old.error();
  const Salvaged part = readable(old.value());
  if (part.records == 0) return explain_unreadable(from, old.value().message());
  auto made = Database::open(to, true);
  if (!made) return made.error();
  auto done = prepare_file(made.value());
  if (done) done = copy_all(old.value(), made.value(), part);
  if (!done) return done.error();
  return part;
}

}  // namespace saggar::record
