// Database and Statement: the few SQLite calls the journal needs, with errors as values.
// Private to record.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "runtime/domain/result.hpp"

namespace saggar::record {

/// "SGJL": the mark of our files in the SQLite header.
inline constexpr std::int64_t kApplicationId = 0x53474A4C;
/// The newest file format this build writes and reads; older ones are read if listed in
/// docs/qa/journal.md.
inline constexpr std::int64_t kFormat = 2;

/// One prepared statement. Values are bound by position from 1, columns read from 0; text and
/// blobs are not copied: they must live until the step.
class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  Statement& bind(int i, std::int64_t v) noexcept;
  Statement& bind(int i, double v) noexcept;
  Statement& bind(int i, std::string_view v) noexcept;
  Statement& bind(int i, std::span<const std::uint8_t> v) noexcept;
  /// The value of a column of another statement's present row, whatever its type.
  Statement& bind_column(int i, const Statement& from, int column) noexcept;
  /// SQLITE_ROW, SQLITE_DONE or an error code.
  int step() noexcept { return sqlite3_step(statement_.get()); }
  /// Steps once and resets; true if that gave SQLITE_DONE.
  bool run() noexcept;
  void reset() noexcept { sqlite3_reset(statement_.get()); }

  std::int64_t integer(int column) const noexcept;
  double real(int column) const noexcept;
  std::string_view text(int column) const noexcept;               ///< valid until the next step
  std::span<const std::uint8_t> blob(int column) const noexcept;  ///< valid until the next step

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// One open file. Thread: one at a time.
class Database {
 public:
  static domain::Result<Database> open(const std::string& path, bool writable);
  /// For a file that nobody changes, such as one on a read-only medium: no locks, no WAL.
  static domain::Result<Database> open_unchanging(const std::string& path);

  /// Runs statements that return nothing of interest.
  domain::Status execute(const char* sql) noexcept;
  domain::Result<Statement> prepare(const char* sql) noexcept;
  /// The first column of the first row of a query, 0 if there is none.
  domain::Result<std::int64_t> integer(const char* sql);
  /// What SQLite said last, with the system's reason if there is one.
  std::string message() const;
  domain::Error error() const { return {path_, message()}; }
  const std::string& path() const noexcept { return path_; }
  sqlite3* handle() const noexcept { return db_.get(); }

 private:
  struct Close {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
  };
  explicit Database(std::string path) : path_(std::move(path)) {}
  static domain::Result<Database> open_as(const std::string& path, const std::string& name,
                                          int flags);
  std::string path_;
  std::unique_ptr<sqlite3, Close> db_;
};

}  // namespace saggar::record
