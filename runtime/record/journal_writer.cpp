#include "runtime/record/journal_writer.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>
#include <vector>

#include "runtime/record/codec.hpp"
#include "runtime/record/database.hpp"
#include "runtime/record/journal_file.hpp"
#include "runtime/record/retention.hpp"

namespace saggar::record {
namespace {

constexpr std::int64_t kRetryNs = 1'000'000'000;

std::int64_t now_ns() noexcept {
  return std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
}

struct Row {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  ChainDigest chain{};
  std::size_t at = 0, data = 0, timing = 0;  // in State::bytes
};
struct EventEntry {
  std::uint64_t cycle = 0;
  std::int64_t n = 0;
  domain::Event event;
};
struct SnapshotEntry {
  std::uint64_t cycle = 0;
  std::vector<std::uint8_t> state;
};

}  // namespace

struct JournalWriter::State {
  State(WriterLock lock_, Database db_, const JournalOptions& options_)
      : lock(std::move(lock_)),
        db(std::move(db_)),
        options(options_),
        retention(options_.max_bytes, options_.max_age_ns) {}

  WriterLock lock;
  Database db;
  JournalOptions options;
  Retention retention;
  Statement begin, commit, put_record, put_event, put_snapshot, put_meta;
  JournalHealth health;
  std::int64_t run = 0;
  std::uint64_t last_cycle = 0;  // in the file when it was opened
  ChainDigest last_digest{};
  std::uint64_t newest = 0;  // taken
  bool skipping = false;     // records were lost: wait for a key record
  std::int64_t last_try = 0;
  // what is not committed yet
  std::vector<Row> rows;
  std::vector<std::uint8_t> bytes;
  std::vector<EventEntry> events;
  std::vector<SnapshotEntry> snapshots;
  std::size_t snapshot_bytes = 0;
  Meta meta;

  domain::Status prepare() {
    const std::pair<Statement*, const char*> all[] = {
        {&begin, "BEGIN IMMEDIATE"},
        {&commit, "COMMIT"},
        {&put_record, "INSERT INTO record VALUES(?1,?2,?3,?4,?5)"},
        {&put_event, "INSERT INTO event VALUES(?1,?2,?3,?4,?5,?6,?7)"},
        {&put_snapshot, "INSERT OR REPLACE INTO snapshot VALUES(?1,?2)"},
        {&put_meta, "INSERT OR REPLACE INTO meta VALUES(?1,?2,?3)"}};
    for (const auto& [statement, sql] : all) {
      auto prepared = db.prepare(sql);
      if (!prepared) return prepared.error();
      *statement = std::move(prepared).value();
    }
    return domain::Done{};
  }

  domain::Status read_last() {
    auto query = db.prepare("SELECT cycle, chain FROM record ORDER BY cycle DESC LIMIT 1");
    if (!query) return query.error();
    if (query.value().step() != SQLITE_ROW) return domain::Done{};
    last_cycle = newest = static_cast<std::uint64_t>(query.value().integer(0));
    const auto chain = query.value().blob(1);
    if (chain.size() != last_digest.size()) {
      return domain::Error{db.path(), "is damaged at cycle " + std::to_string(last_cycle) +
                                          ": its digest has the wrong length"};
    }
    std::copy(chain.begin(), chain.end(), last_digest.begin());
    return domain::Done{};
  }

  domain::Status begin_run(const Layout& layout) {
    // The run of a process that wrote nothing is of no use to anybody.
    auto done = db.execute(
        "DELETE FROM run WHERE first_cycle > (SELECT COALESCE(MAX(cycle), 0) FROM record);"
        "DELETE FROM meta WHERE run NOT IN (SELECT id FROM run);");
    if (!done) return done;
    auto insert = db.prepare("INSERT INTO run(first_cycle, layout) VALUES(?1,?2)");
    if (!insert) return insert.error();
    const std::string text = to_text(layout);
    if (!insert.value().bind(1, static_cast<std::int64_t>(last_cycle + 1)).bind(2, text).run()) {
      return db.error();
    }
    run = sqlite3_last_insert_rowid(db.handle());
    return domain::Done{};
  }

  bool put_all() {
    for (const Row& r : rows) {
      const std::span<const std::uint8_t> all(bytes);
      put_record.bind(1, static_cast<std::int64_t>(r.cycle)).bind(2, r.time_ns);
      put_record.bind(3, std::span<const std::uint8_t>(r.chain));
      put_record.bind(4, all.subspan(r.at, r.data));
      put_record.bind(5, all.subspan(r.at + r.data, r.timing));
      if (!put_record.run()) return false;
    }
    for (const EventEntry& e : events) {
      put_event.bind(1, static_cast<std::int64_t>(e.cycle)).bind(2, e.n);
      put_event.bind(3, static_cast<std::int64_t>(e.event.code));
      put_event.bind(4, std::int64_t{e.event.a}).bind(5, std::int64_t{e.event.b});
      if (!put_event.bind(6, e.event.x).bind(7, e.event.y).run()) return false;
    }
    for (const SnapshotEntry& s : snapshots) {
      put_snapshot.bind(1, static_cast<std::int64_t>(s.cycle));
      if (!put_snapshot.bind(2, std::span<const std::uint8_t>(s.state)).run()) return false;
    }
    for (const auto& [key, value] : meta) {
      if (!put_meta.bind(1, run).bind(2, key).bind(3, value).run()) return false;
    }
    return true;
  }

  bool write_all() {
    last_try = now_ns();
    if (rows.empty() && snapshots.empty() && meta.empty()) return true;
    if (begin.run() && put_all() && commit.run()) {
      health.written += rows.size();
      health.failing = false;
      rows.clear(), bytes.clear(), events.clear(), snapshots.clear(), meta.clear();
      snapshot_bytes = 0;
      health.pending = 0;
      measure();
      return true;
    }
    fail(db.message());
    (void)sqlite3_exec(db.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    return false;
  }

  void fail(const std::string& what) {
    ++health.failures;
    health.failing = true;
    health.error = what;
  }

  void retain() {
    const auto deleted = retention.step(db);
    if (deleted) {
      health.deleted += deleted.value();
    } else {
      fail(deleted.error().what);
    }
    measure();
  }

  void measure() {
    const auto size = file_bytes(db);
    if (size) health.bytes = static_cast<std::uint64_t>(size.value());
  }

  bool due(std::int64_t now) const noexcept {
    if (health.failing) return now - last_try >= kRetryNs;
    return rows.size() >= options.commit_records || now - last_try >= options.commit_ns;
  }

  /// Commits and retains when due, and keeps the longest pause.
  void work(std::int64_t started) {
    if (!due(started)) return;
    if (write_all()) retain();
    health.longest_pause_ns = std::max(health.longest_pause_ns, now_ns() - started);
  }

  bool has_room(std::size_t more) const noexcept {
    return bytes.size() + snapshot_bytes + rows.size() * sizeof(Row) + more <=
           options.pending_bytes;
  }
};

JournalWriter::JournalWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
JournalWriter::~JournalWriter() { (void)state_->write_all(); }

domain::Result<std::unique_ptr<JournalWriter>> JournalWriter::open(const std::string& path,
                                                                   const Layout& layout,
                                                                   const Meta& meta,
                                                                   const JournalOptions& options) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  std::error_code ec;
  if (!folder.empty()) std::filesystem::create_directories(folder, ec);
  if (ec) {
    return domain::Error{path, "its folder cannot be created (" + ec.message() +
                                   "); name a journal in a folder the runtime may write to"};
  }
  auto lock = WriterLock::take(path);
  if (!lock) return lock.error();
  if (options.existing == JournalOptions::Existing::replace) {
    const auto moved = set_aside(path);
    if (!moved) return moved.error();
  }
  auto db = Database::open(path, true);
  if (!db) return db.error();
  auto done = prepare_file(db.value());
  if (!done) return done.error();
  auto state = std::make_unique<State>(std::move(lock).value(), std::move(db).value(), options);
  done = state->prepare();
  if (done) done = state->read_last();
  if (done) done = state->begin_run(layout);
  if (!done) return done.error();
  state->meta = meta;
  if (!state->write_all()) return domain::Error{path, state->health.error};
  state->retain();
  return std::unique_ptr<JournalWriter>(new JournalWriter(std::move(state)));
}

std::uint64_t JournalWriter::last_cycle() const noexcept { return state_->last_cycle; }
const ChainDigest& JournalWriter::last_digest() const noexcept { return state_->last_digest; }
const JournalHealth& JournalWriter::health() const noexcept { return state_->health; }

bool JournalWriter::append(const domain::Record& record, std::span<const std::uint8_t> data,
                           const ChainDigest& chain, std::span<const std::uint8_t> timing) {
  State& s = *state_;
  const std::int64_t started = now_ns();
  const bool rises = record.cycle > s.newest && record.cycle < std::uint64_t{1} << 62U;
  const bool readable = !s.skipping || is_key(data);
  if (!rises || !readable || !s.has_room(data.size() + timing.size() + sizeof(Row))) {
    ++s.health.lost;
    if (rises) s.skipping = true;
    if (!rises) s.health.error = "cycle " + std::to_string(record.cycle) + " does not rise";
    s.work(started);
    return false;
  }
  s.skipping = false;
  s.newest = record.cycle;
  s.rows.push_back(
      {record.cycle, record.time_ns, chain, s.bytes.size(), data.size(), timing.size()});
  s.bytes.insert(s.bytes.end(), data.begin(), data.end());
  s.bytes.insert(s.bytes.end(), timing.begin(), timing.end());
  for (std::size_t i = 0; i < record.events.size(); ++i) {
    const domain::Event& e = record.events[i];
    if (domain::severity(e.code) == domain::Severity::debug) continue;
    s.events.push_back({record.cycle, static_cast<std::int64_t>(i), e});
  }
  s.health.pending = s.rows.size();
  s.work(started);
  return true;
}

void JournalWriter::snapshot(std::uint64_t cycle, std::span<const std::uint8_t> state) {
  State& s = *state_;
  if (!s.has_room(state.size())) {
    s.health.error = "no room for the snapshot of cycle " + std::to_string(cycle);
    return;
  }
  s.snapshots.push_back({cycle, {state.begin(), state.end()}});
  s.snapshot_bytes += state.size();
}

void JournalWriter::set_meta(const std::string& key, const std::string& value) {
  state_->meta[key] = value;
}

void JournalWriter::poll() { state_->work(now_ns()); }

bool JournalWriter::flush() {
  // Who flushes often never has anything due, so retention must have its turn here as well.
  const bool written = state_->write_all();
  if (written) state_->retain();
  return written;
}

}  // namespace saggar::record
