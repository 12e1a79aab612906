#include "runtime/record/journal_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "runtime/record/codec.hpp"
#include "runtime/record/database.hpp"
#include "runtime/record/salvage.hpp"

namespace saggar::record {
namespace {

// Rows per query: a read transaction must end now and then, or a live writer's WAL only grows.
constexpr std::int64_t kRowsPerQuery = 4096;

domain::Error not_a_journal(const std::string& path, const std::string& why) {
  return {path, "is not a journal: " + why};
}

/// SQLite could not read it: it may be a journal all the same, cut or damaged.
domain::Error unreadable(Database& db, const std::string& why) {
  return explain_unreadable(db.path(), why);
}

domain::Status check_file(Database& db) {
  const auto application = db.integer("PRAGMA application_id");
  if (!application) return unreadable(db, application.error().what);
  const auto tables = db.integer("SELECT COUNT(*) FROM sqlite_master");
  if (application.value() == 0 && tables && tables.value() == 0) {
    return not_a_journal(db.path(), "it is empty; its writer ended before it began");
  }
  if (application.value() != kApplicationId) {
    const std::string why = tables ? "a database of something else" : tables.error().what;
    return unreadable(db, why);
  }
  const auto format = db.integer("PRAGMA user_version");
  if (!format) return unreadable(db, format.error().what);
  if (format.value() > kFormat) {
    return domain::Error{db.path(), "has journal format " + std::to_string(format.value()) +
                                        ", newer than the " + std::to_string(kFormat) +
                                        " this build reads; use a newer build"};
  }
  if (format.value() < kFormat) {
    return domain::Error{db.path(), "has journal format " + std::to_string(format.value()) +
                                        ", this build reads " + std::to_string(kFormat) +
                                        "; use the build that wrote it"};
  }
  return domain::Done{};
}

/// A journal on a read-only medium has no room for SQLite's shared memory file; without a WAL it
/// can be read as a file that nobody changes.
domain::Result<Database> open_database(const std::string& path) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(path, ec)) {
    return domain::Error{path, ec ? "cannot be opened (" + ec.message() + ")" : "is not a file"};
  }
  auto db = Database::open(path, false);
  if (!db) return db;
  const auto probe = db.value().integer("SELECT COUNT(*) FROM sqlite_master");
  if (probe || std::filesystem::exists(path + "-wal", ec)) return db;
  if (sqlite3_errcode(db.value().handle()) != SQLITE_CANTOPEN) return db;
  return Database::open_unchanging(path);
}

domain::Result<std::vector<Run>> read_runs(Database& db) {
  auto query = db.prepare("SELECT id, first_cycle, layout FROM run ORDER BY id");
  if (!query) return unreadable(db, query.error().what);
  std::vector<Run> runs;
  int rc = SQLITE_OK;
  while ((rc = query.value().step()) == SQLITE_ROW) {
    auto layout = parse_layout(query.value().text(2));
    if (!layout) return domain::Error{db.path(), layout.error().text()};
    runs.push_back({query.value().integer(0),
                    static_cast<std::uint64_t>(query.value().integer(1)),
                    std::move(layout).value(),
                    {}});
  }
  if (rc != SQLITE_DONE) return unreadable(db, db.message());
  auto meta = db.prepare("SELECT key, value FROM meta WHERE run = ?1");
  if (!meta) return meta.error();
  for (Run& run : runs) {
    meta.value().bind(1, run.id);
    while ((rc = meta.value().step()) == SQLITE_ROW) {
      run.meta.emplace(meta.value().text(0), meta.value().text(1));
    }
    if (rc != SQLITE_DONE) return unreadable(db, db.message());
    meta.value().reset();
  }
  return runs;
}

}  // namespace

struct JournalReader::State {
  explicit State(Database db_) : db(std::move(db_)) {}

  Database db;
  std::vector<Run> runs;
  std::uint64_t first = 0, last = 0;
  Statement rows, key_before, row_before;
  // the position
  bool active = false;             // rows is in the middle of a query
  std::int64_t left = 0;           // rows it may still give
  std::uint64_t next_cycle = 0;    // where the next query begins
  std::uint64_t wanted = 0;        // records below are only decoded
  std::optional<std::size_t> run;  // of the decoder
  std::optional<Decoder> decoder;
  bool to_key = true;          // records are passed over until a key record
  bool linked = false;         // chain is that of the record before
  std::uint64_t previous = 0;  // its cycle
  std::uint64_t gaps = 0;
  // the present record
  domain::Record record;
  ChainDigest chain{};
  HashChain hash;
  std::vector<std::uint8_t> bytes;

  domain::Status prepare() {
    const std::pair<Statement*, const char*> all[] = {
        {&rows,
         "SELECT cycle, time_ns, chain, data, timing FROM record WHERE cycle >= ?1 "
         "ORDER BY cycle LIMIT ?2"},
        {&key_before,
         "SELECT cycle FROM record WHERE cycle <= ?1 AND substr(data, 1, 1) = x'4B' "
         "ORDER BY cycle DESC LIMIT 1"},
        {&row_before,
         "SELECT cycle, chain FROM record WHERE cycle < ?1 ORDER BY cycle DESC LIMIT 1"}};
    for (const auto& [statement, sql] : all) {
      auto prepared = db.prepare(sql);
      if (!prepared) return unreadable(db, prepared.error().what);
      *statement = std::move(prepared).value();
    }
    return domain::Done{};
  }

  domain::Error damaged(std::uint64_t cycle, const std::string& why) {
    to_key = true;
    linked = false;
    return {db.path(), "damaged at cycle " + std::to_string(cycle) + ": " + why};
  }

  domain::Status seek(std::uint64_t cycle) {
    stop();
    cycle = std::min(cycle, std::uint64_t{1} << 62U);
    key_before.bind(1, static_cast<std::int64_t>(cycle));
    const int rc = key_before.step();
    next_cycle = rc == SQLITE_ROW ? static_cast<std::uint64_t>(key_before.integer(0)) : 0;
    key_before.reset();
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) return db.error();
    wanted = cycle;
    to_key = true;
    linked = false;
    row_before.bind(1, static_cast<std::int64_t>(next_cycle));
    if (row_before.step() == SQLITE_ROW) {
      const auto before = row_before.blob(1);
      linked = before.size() == chain.size();
      if (linked) std::copy(before.begin(), before.end(), chain.begin());
      previous = static_cast<std::uint64_t>(row_before.integer(0));
    }
    row_before.reset();
    return domain::Done{};
  }

  void stop() noexcept {
    if (active) rows.reset();
    active = false;
  }

  /// The next row of the table: true, or false at the end.
  domain::Result<bool> step() {
    for (;;) {
      if (!active) {
        rows.bind(1, static_cast<std::int64_t>(next_cycle)).bind(2, kRowsPerQuery);
        active = true;
        left = kRowsPerQuery;
      }
      const int rc = rows.step();
      if (rc == SQLITE_ROW) {
        --left;
        next_cycle = static_cast<std::uint64_t>(rows.integer(0)) + 1;
        return true;
      }
      const std::string why = db.message();
      stop();
      if (rc != SQLITE_DONE) return damaged(next_cycle, why);
      if (left > 0) return false;
    }
  }

  domain::Status enter_run(std::uint64_t cycle) {
    const auto after =
        std::upper_bound(runs.begin(), runs.end(), cycle,
                         [](std::uint64_t c, const Run& r) { return c < r.first_cycle; });
    if (after == runs.begin()) return damaged(cycle, "it belongs to no run");
    const auto index = static_cast<std::size_t>(after - runs.begin()) - 1;
    if (run == index) return domain::Done{};
    run = index;
    decoder.emplace(runs[index].layout);
    record = runs[index].layout.make_record();
    to_key = true;
    return domain::Done{};
  }

  /// The chain must go on from the record before. Where cycles are missing it may begin anew at a
  /// key record: records were lost, and that is counted.
  domain::Status check_chain(std::uint64_t cycle) {
    const auto stored = rows.blob(2);
    if (stored.size() != chain.size()) return damaged(cycle, "its digest has the wrong length");
    if (linked) {
      hash.reset(chain);
      const ChainDigest& expected = hash.add(bytes);
      const bool fits = std::equal(stored.begin(), stored.end(), expected.begin());
      const bool gap = cycle != previous + 1 && is_key(bytes);
      if (!fits && !gap) return damaged(cycle, "its bytes do not fit the digests");
      if (!fits) ++gaps;
    }
    std::copy(stored.begin(), stored.end(), chain.begin());
    linked = true;
    previous = cycle;
    return domain::Done{};
  }

  /// Decodes the row at hand: true when it is a record the reader's user wants.
  domain::Result<bool> take() {
    const auto cycle = static_cast<std::uint64_t>(rows.integer(0));
    const auto entered = enter_run(cycle);
    if (!entered) return entered.error();
    const auto data = rows.blob(3);
    bytes.assign(data.begin(), data.end());
    const auto linked_on = check_chain(cycle);
    if (!linked_on) return linked_on.error();
    if (to_key && !is_key(bytes)) return false;
    const auto decoded = decoder->decode(bytes, record);
    if (!decoded) return damaged(cycle, decoded.error().text());
    if (record.cycle != cycle || record.time_ns != rows.integer(1)) {
      return damaged(cycle, "it holds cycle " + std::to_string(record.cycle));
    }
    const auto timed = decode_timing(rows.blob(4), record);
    if (!timed) return damaged(cycle, "timing: " + timed.error().text());
    to_key = false;
    return cycle >= wanted;
  }
};

JournalReader::JournalReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
JournalReader::~JournalReader() = default;

domain::Result<std::unique_ptr<JournalReader>> JournalReader::open(const std::string& path) {
  auto db = open_database(path);
  if (!db) return db.error();
  if (const auto cut_off = cut_short(path)) return *cut_off;
  auto checked = check_file(db.value());
  if (!checked) return checked.error();
  auto state = std::make_unique<State>(std::move(db).value());
  auto runs = read_runs(state->db);
  if (!runs) return runs.error();
  state->runs = std::move(runs).value();
  const auto first = state->db.integer("SELECT MIN(cycle) FROM record");
  const auto last = state->db.integer("SELECT MAX(cycle) FROM record");
  if (!first || !last) return unreadable(state->db, state->db.message());
  state->first = static_cast<std::uint64_t>(first.value());
  state->last = static_cast<std::uint64_t>(last.value());
  auto ready = state->prepare();
  if (ready) ready = state->seek(0);
  if (!ready) return ready.error();
  return std::unique_ptr<JournalReader>(new JournalReader(std::move(state)));
}

const std::vector<Run>& JournalReader::runs() const noexcept { return state_->runs; }
std::uint64_t JournalReader::first_cycle() const noexcept { return state_->first; }
std::uint64_t JournalReader::last_cycle() const noexcept { return state_->last; }
const domain::Record& JournalReader::record() const noexcept { return state_->record; }
const Run& JournalReader::run() const noexcept { return state_->runs[state_->run.value_or(0)]; }
const ChainDigest& JournalReader::chain() const noexcept { return state_->chain; }
std::span<const std::uint8_t> JournalReader::bytes() const noexcept { return state_->bytes; }

domain::Status JournalReader::seek(std::uint64_t cycle) { return state_->seek(cycle); }

domain::Status JournalReader::seek_time(std::int64_t time_ns) {
  auto query =
      state_->db.prepare("SELECT cycle FROM record WHERE time_ns >= ?1 ORDER BY cycle LIMIT 1");
  if (!query) return query.error();
  query.value().bind(1, time_ns);
  const int rc = query.value().step();
  if (rc != SQLITE_ROW && rc != SQLITE_DONE) return state_->db.error();
  return seek(rc == SQLITE_ROW ? static_cast<std::uint64_t>(query.value().integer(0))
                               : state_->last + 1);
}

domain::Result<bool> JournalReader::next() {
  for (;;) {
    const auto more = state_->step();
    if (!more || !more.value()) return more;
    const auto taken = state_->take();
    if (!taken || taken.value()) return taken;
  }
}

domain::Result<Verified> JournalReader::verify(std::uint64_t from) {
  const auto found = seek(from);
  if (!found) return found.error();
  Verified verified;
  state_->gaps = 0;
  for (;;) {
    const auto more = next();
    if (!more) return more.error();
    if (!more.value()) break;
    if (verified.records++ == 0) verified.first_cycle = record().cycle;
    verified.last_cycle = record().cycle;
  }
  verified.gaps = state_->gaps;
  if (verified.records != 0) verified.digest = hex(chain());
  return verified;
}

namespace {

std::int64_t cut(std::uint64_t cycle) noexcept {
  return static_cast<std::int64_t>(std::min(cycle, std::uint64_t{1} << 62U));
}

domain::Result<std::optional<Snapshot>> one_snapshot(Database& db, const char* sql,
                                                     std::uint64_t from, std::uint64_t to) {
  auto query = db.prepare(sql);
  if (!query) return query.error();
  query.value().bind(1, cut(from)).bind(2, cut(to));
  const int rc = query.value().step();
  if (rc == SQLITE_DONE) return std::optional<Snapshot>();
  if (rc != SQLITE_ROW) return db.error();
  const auto state = query.value().blob(1);
  return std::optional<Snapshot>(
      Snapshot{static_cast<std::uint64_t>(query.value().integer(0)), {state.begin(), state.end()}});
}

}  // namespace

domain::Result<std::optional<Snapshot>> JournalReader::snapshot_at(std::uint64_t cycle) {
  return one_snapshot(state_->db,
                      "SELECT cycle, state FROM snapshot WHERE cycle BETWEEN ?1 AND ?2 "
                      "ORDER BY cycle DESC LIMIT 1",
                      0, cycle);
}

domain::Result<std::optional<Snapshot>> JournalReader::snapshot_between(std::uint64_t from,
                                                                        std::uint64_t to) {
  return one_snapshot(state_->db,
                      "SELECT cycle, state FROM snapshot WHERE cycle BETWEEN ?1 AND ?2 "
                      "ORDER BY cycle LIMIT 1",
                      from, to);
}

domain::Result<std::vector<EventRow>> JournalReader::events(std::uint64_t from, std::uint64_t to,
                                                            std::size_t limit) {
  auto query = state_->db.prepare(
      "SELECT e.cycle, r.time_ns, e.code, e.a, e.b, e.x, e.y FROM event e "
      "LEFT JOIN record r ON r.cycle = e.cycle "
      "WHERE e.cycle BETWEEN ?1 AND ?2 ORDER BY e.cycle, e.n LIMIT ?3");
  if (!query) return query.error();
  Statement& q = query.value();
  q.bind(1, cut(from)).bind(2, cut(to)).bind(3, cut(limit));
  std::vector<EventRow> rows;
  int rc = SQLITE_OK;
  while ((rc = q.step()) == SQLITE_ROW) {
    domain::Event event;
    event.code = static_cast<domain::EventCode>(q.integer(2));
    event.a = static_cast<std::uint16_t>(q.integer(3));
    event.b = static_cast<std::uint16_t>(q.integer(4));
    event.x = q.real(5);
    event.y = q.real(6);
    rows.push_back({static_cast<std::uint64_t>(q.integer(0)), q.integer(1), event});
  }
  if (rc != SQLITE_DONE) return state_->db.error();
  return rows;
}

}  // namespace saggar::record
