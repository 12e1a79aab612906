#include "runtime/record/database.hpp"

#include <cstring>

namespace saggar::record {

Statement& Statement::bind(int i, std::int64_t v) noexcept {
  sqlite3_bind_int64(statement_.get(), i, v);
  return *this;
}
Statement& Statement::bind(int i, double v) noexcept {
  sqlite3_bind_double(statement_.get(), i, v);
  return *this;
}
Statement& Statement::bind(int i, std::string_view v) noexcept {
  sqlite3_bind_text64(statement_.get(), i, v.data(), v.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind(int i, std::span<const std::uint8_t> v) noexcept {
  sqlite3_bind_blob64(statement_.get(), i, v.data(), v.size(), SQLITE_STATIC);
  return *this;
}

Statement& Statement::bind_column(int i, const Statement& from, int column) noexcept {
  sqlite3_bind_value(statement_.get(), i, sqlite3_column_value(from.statement_.get(), column));
  return *this;
}

bool Statement::run() noexcept {
  const bool done = step() == SQLITE_DONE;
  reset();
  return done;
}

std::int64_t Statement::integer(int column) const noexcept {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const noexcept {
  return sqlite3_column_double(statement_.get(), column);
}
std::string_view Statement::text(int column) const noexcept {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}
std::span<const std::uint8_t> Statement::blob(int column) const noexcept {
  const auto* data =
      static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

domain::Result<Database> Database::open(const std::string& path, bool writable) {
  return open_as(path, path,
                 writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
}

domain::Result<Database> Database::open_unchanging(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) {
    if (c == '%') {
      uri += "%25";
    } else if (c == '?') {
      uri += "%3f";
    } else if (c == '#') {
      uri += "%23";
    } else {
      uri += c;
    }
  }
  return open_as(path, uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

domain::Result<Database> Database::open_as(const std::string& path, const std::string& name,
                                           int flags) {
  Database database(path);
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open_v2(name.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  database.db_.reset(raw);
  if (rc != SQLITE_OK) return database.error();
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_busy_timeout(raw, 2000);
  return database;
}

domain::Status Database::execute(const char* sql) noexcept {
  if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error();
  return domain::Done{};
}

domain::Result<Statement> Database::prepare(const char* sql) noexcept {
  sqlite3_stmt* statement = nullptr;
  const int rc =
      sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (rc != SQLITE_OK) return error();
  return Statement(statement);
}

domain::Result<std::int64_t> Database::integer(const char* sql) {
  auto statement = prepare(sql);
  if (!statement) return statement.error();
  const int rc = statement.value().step();
  if (rc != SQLITE_ROW && rc != SQLITE_DONE) return error();
  return rc == SQLITE_ROW ? statement.value().integer(0) : 0;
}

std::string Database::message() const {
  std::string text = sqlite3_errmsg(db_.get());
  const int system = sqlite3_system_errno(db_.get());
  if (system != 0 && sqlite3_errcode(db_.get()) != SQLITE_OK) {
    text += std::string(" (") + std::strerror(system) + ")";
  }
  return text;
}

}  // namespace saggar::record
