#include "runtime/record/journal_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "runtime/record/salvage.hpp"

namespace saggar::record {
namespace {

constexpr char kPragmas[] =
    "PRAGMA page_size=4096; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL; PRAGMA journal_size_limit=8388608;";

constexpr char kSchema[] = R"(
BEGIN IMMEDIATE;
CREATE TABLE run(id INTEGER PRIMARY KEY, first_cycle INTEGER NOT NULL, layout TEXT NOT NULL);
CREATE TABLE meta(run INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
                  PRIMARY KEY(run, key)) WITHOUT ROWID;
CREATE TABLE snapshot(cycle INTEGER PRIMARY KEY, state BLOB NOT NULL);
CREATE TABLE record(cycle INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL, chain BLOB NOT NULL,
                    data BLOB NOT NULL, timing BLOB NOT NULL);
CREATE TABLE event(cycle INTEGER NOT NULL, n INTEGER NOT NULL, code INTEGER NOT NULL,
                   a INTEGER NOT NULL, b INTEGER NOT NULL, x REAL, y REAL,
                   PRIMARY KEY(cycle, n)) WITHOUT ROWID;
PRAGMA application_id=1397181004;
PRAGMA user_version=2;
COMMIT;)";
static_assert(kApplicationId == 1397181004 && kFormat == 2);

}  // namespace

WriterLock::~WriterLock() {
  if (fd_ >= 0) ::close(fd_);
}

domain::Result<WriterLock> WriterLock::take(const std::string& journal) {
  WriterLock lock;
  const std::string path = journal + "-lock";
  lock.fd_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (lock.fd_ < 0) {
    return domain::Error{path, std::string("cannot be created (") + std::strerror(errno) +
                                   "); the journal needs a folder it may write to"};
  }
  char holder[32] = {};
  if (::flock(lock.fd_, LOCK_EX | LOCK_NB) != 0) {
    const auto n = ::pread(lock.fd_, holder, sizeof holder - 1, 0);
    const std::string who = n > 0 ? std::string(" (process ") + holder + ")" : std::string();
    return domain::Error{
        journal, "is being written by another runtime" + who + "; stop it or use another journal"};
  }
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(lock.fd_, 0) == 0 &&
      ::pwrite(lock.fd_, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size())) {
    return lock;
  }
  return lock;  // without the number the lock still holds
}

domain::Status set_aside(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ec;
  if (!fs::exists(path, ec)) return domain::Done{};
  std::string to;
  for (int i = 1; to.empty() || fs::exists(to, ec); ++i) to = path + '.' + std::to_string(i);
  fs::rename(path, to, ec);
  if (ec) return domain::Error{path, "cannot be renamed to " + to + " (" + ec.message() + ")"};
  if (fs::exists(path + "-wal", ec)) fs::rename(path + "-wal", to + "-wal", ec);
  fs::remove(path + "-shm", ec);
  return domain::Done{};
}

domain::Status prepare_file(Database& db) {
  if (const auto cut_off = cut_short(db.path())) return *cut_off;
  auto application = db.integer("PRAGMA application_id");
  if (!application) {
    return explain_unreadable(db.path(), application.error().what);
  }
  const auto tables = db.integer("SELECT COUNT(*) FROM sqlite_master");
  if (!tables) return tables.error();
  if (application.value() != kApplicationId && (application.value() != 0 || tables.value() != 0)) {
    return domain::Error{db.path(), "is a database of something else, not a journal"};
  }
  const auto format = db.integer("PRAGMA user_version");
  if (!format) return format.error();
  if (format.value() > kFormat) {
    return domain::Error{db.path(), "has journal format " + std::to_string(format.value()) +
                                        ", newer than the " + std::to_string(kFormat) +
                                        " of this build; use a newer build or another file"};
  }
  if (application.value() == kApplicationId && format.value() < kFormat) {
    return domain::Error{db.path(), "has journal format " + std::to_string(format.value()) +
                                        ", older than the " + std::to_string(kFormat) +
                                        " of this build; keep it and name another file"};
  }
  auto done = db.execute(kPragmas);
  if (!done) return done;
  return application.value() == kApplicationId ? done : db.execute(kSchema);
}

}  // namespace saggar::record
