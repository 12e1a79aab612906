// JournalWriter: the records of a run in an SQLite file, in batches, off the control thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// Texts stored with a run: runtime version, ABI, kiln name, configuration texts, seeds, plugin
/// files with version and SHA-256. Suggested keys: "runtime", "abi", "kiln", "started",
/// "config/<file>", "config/<file>/sha256", "plugin/<name>/{file,version,sha256}", "seed".
using Meta = std::map<std::string, std::string>;

struct JournalOptions {
  std::uint64_t max_bytes = 0;  ///< file size at which the oldest records go; 0 = no limit
  std::int64_t max_age_ns = 0;  ///< in field time, against the newest record; 0 = no limit
  std::int64_t commit_ns =
      500'000'000;  ///< the oldest uncommitted record is never older when the next call comes
  std::size_t commit_records = 1024;  ///< commit after this many at the latest
  std::size_t pending_bytes =
      64U << 20U;  ///< kept in memory while the disk refuses; then records are lost
  enum class Existing : std::uint8_t {
    append,  ///< go on in the file, as a new run; cycles must rise
    replace  ///< rename the file to <path>.1 (.2, ..) and begin a new one
  } existing = Existing::append;
};

/// How the journal is doing, for events and screens.
struct JournalHealth {
  std::uint64_t written = 0;          ///< records committed
  std::uint64_t pending = 0;          ///< records in memory
  std::uint64_t lost = 0;             ///< records given up because the disk refused for too long
  std::uint64_t failures = 0;         ///< commits that failed (each is tried again)
  std::uint64_t deleted = 0;          ///< records removed by retention
  std::uint64_t bytes = 0;            ///< size of the database with what waits in its WAL
  std::int64_t longest_pause_ns = 0;  ///< longest call of append or poll
  bool failing = false;               ///< the last commit failed
  std::string error;                  ///< of the last failure
};

/// One writer per file; a second one, in this process or another, is refused.
/// A record is on its way to the disk when its commit returns: a killed process loses nothing that
/// was committed; loss of power may lose what the last checkpoint (about 4 MB) had not synced,
/// never more, and never the integrity of the file. Thread: one, the drain. Calls may block on the
/// disk; control never does, because it only fills a ring. Failing disk: nothing throws, nothing is
/// dropped until `pending_bytes`, commits are tried again every second; what was lost then ends
/// with a key record, so the rest stays readable.
class JournalWriter {
 public:
  /// Creates or opens the file and begins a run in it.
  static domain::Result<std::unique_ptr<JournalWriter>> open(const std::string& path,
                                                             const Layout& layout, const Meta& meta,
                                                             const JournalOptions& options = {});
  ~JournalWriter();  ///< flushes
  JournalWriter(const JournalWriter&) = delete;
  JournalWriter& operator=(const JournalWriter&) = delete;

  /// Cycle of the newest record of the file when it was opened, 0 for a new one. The run must go
  /// on above it.
  std::uint64_t last_cycle() const noexcept;
  /// Digest of that record, zeros for a new file: where the chain goes on.
  const ChainDigest& last_digest() const noexcept;

  /// Takes one encoded record; commits when due. False: not taken (cycle did not rise, or the
  /// disk has refused for too long).
  bool append(const domain::Record& record, std::span<const std::uint8_t> data,
              const ChainDigest& chain, std::span<const std::uint8_t> timing);
  /// A state from which replay can start: everything that influences cycle + 1 onward.
  void snapshot(std::uint64_t cycle, std::span<const std::uint8_t> state);
  /// Adds or replaces a text of this run.
  void set_meta(const std::string& key, const std::string& value);
  /// Commits if due, and does a bounded piece of retention. Call now and then when idle.
  void poll();
  /// Commits all there is now and does a bounded piece of retention. False: the disk refused, see
  /// health().
  bool flush();
  const JournalHealth& health() const noexcept;

 private:
  struct State;
  explicit JournalWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace saggar::record
