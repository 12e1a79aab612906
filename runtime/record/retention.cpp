#include "runtime/record/retention.hpp"

#include <algorithm>
#include <string>

#include "runtime/record/codec.hpp"

namespace saggar::record {
namespace {

std::uint64_t group_of(std::uint64_t cycle) noexcept { return cycle / kKeyInterval * kKeyInterval; }

domain::Result<std::int64_t> ask(Database& db, const char* sql, std::uint64_t a) {
  auto query = db.prepare(sql);
  if (!query) return query.error();
  query.value().bind(1, static_cast<std::int64_t>(a));
  const int rc = query.value().step();
  if (rc != SQLITE_ROW && rc != SQLITE_DONE) return db.error();
  return rc == SQLITE_ROW ? query.value().integer(0) : 0;
}

domain::Status remove_below(Database& db, std::uint64_t cycle) {
  const char* const statements[] = {
      "DELETE FROM record WHERE cycle < ?1", "DELETE FROM event WHERE cycle < ?1",
      // a snapshot is the state after its cycle
      "DELETE FROM snapshot WHERE cycle + 1 < ?1",
      "DELETE FROM run WHERE id < (SELECT MAX(id) FROM run WHERE first_cycle <= ?1)",
      "DELETE FROM meta WHERE run NOT IN (SELECT id FROM run) AND ?1 > 0"};
  auto done = db.execute("BEGIN IMMEDIATE");
  for (const char* sql : statements) {
    if (!done) break;
    const auto removed = ask(db, sql, cycle);
    if (!removed) done = removed.error();
  }
  if (done) done = db.execute("COMMIT");
  if (!done) (void)sqlite3_exec(db.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  return done;
}

}  // namespace

domain::Result<std::int64_t> file_bytes(Database& db) {
  const auto pages = db.integer("PRAGMA page_count");
  if (!pages) return pages;
  const auto size = db.integer("PRAGMA page_size");
  if (!size) return size;
  return pages.value() * size.value();
}

/// Decides how far to delete: sets target_ if a limit is passed.
domain::Result<bool> Retention::choose(Database& db, std::uint64_t first, std::uint64_t last) {
  const auto snapshot =
      ask(db, "SELECT cycle + 1 FROM snapshot WHERE cycle >= ?1 ORDER BY cycle LIMIT 1",
          group_of(first) + kKeyInterval);
  if (!snapshot) return snapshot.error();
  std::uint64_t target = group_of(static_cast<std::uint64_t>(snapshot.value()));
  if (target <= first) target = group_of(first) + kKeyInterval;
  target = std::min(target, group_of(last));
  if (target <= first) return false;

  const auto bytes = file_bytes(db);
  const auto free_pages = db.integer("PRAGMA freelist_count");
  const auto page = db.integer("PRAGMA page_size");
  if (!bytes || !free_pages || !page) return db.error();
  const auto used = static_cast<std::uint64_t>(bytes.value() - free_pages.value() * page.value());
  bool over = max_bytes_ != 0 && used > max_bytes_;
  if (!over && max_age_ns_ != 0) {
    // What stays must reach back far enough.
    const auto newest = ask(db, "SELECT time_ns FROM record WHERE cycle = ?1", last);
    const auto kept =
        ask(db, "SELECT time_ns FROM record WHERE cycle >= ?1 ORDER BY cycle LIMIT 1", target);
    if (!newest || !kept) return db.error();
    over = newest.value() - kept.value() >= max_age_ns_;
  }
  if (over) target_ = target;
  return over;
}

domain::Result<std::uint64_t> Retention::step(Database& db) {
  if (max_bytes_ == 0 && max_age_ns_ == 0) return std::uint64_t{0};
  const auto oldest = db.integer("SELECT MIN(cycle) FROM record");
  const auto newest = db.integer("SELECT MAX(cycle) FROM record");
  if (!oldest || !newest) return db.error();
  const auto first = static_cast<std::uint64_t>(oldest.value());
  const auto last = static_cast<std::uint64_t>(newest.value());
  if (target_ <= first) {
    const auto over = choose(db, first, last);
    if (!over) return over.error();
    if (!over.value()) return std::uint64_t{0};
  }
  const std::uint64_t below = std::min(target_, group_of(first) + kRecordsPerStep);
  const auto count = ask(db, "SELECT COUNT(*) FROM record WHERE cycle < ?1", below);
  if (!count) return count.error();
  const auto removed = remove_below(db, below);
  if (!removed) return removed.error();
  if (max_bytes_ != 0) {
    const std::string vacuum = "PRAGMA incremental_vacuum(" + std::to_string(kPagesPerStep) + ")";
    const auto done = db.execute(vacuum.c_str());
    if (!done) return done.error();
  }
  return static_cast<std::uint64_t>(count.value());
}

}  // namespace saggar::record
