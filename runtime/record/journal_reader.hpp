// JournalReader: opens a journal read-only, also one that is being written.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/domain/record.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/record/journal_writer.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// One run of the runtime inside a journal.
struct Run {
  std::int64_t id = 0;
  std::uint64_t first_cycle = 0;  ///< no record of this run is older; runs are in order of cycles
  Layout layout;
  Meta meta;
};

struct Snapshot {
  std::uint64_t cycle = 0;  ///< the state after this cycle
  std::vector<std::uint8_t> state;
};

/// One row of the event index: events of severity info and above.
struct EventRow {
  std::uint64_t cycle = 0;
  std::int64_t time_ns = 0;
  domain::Event event;
};

/// What `verify` found.
struct Verified {
  std::uint64_t records = 0;
  std::uint64_t first_cycle = 0, last_cycle = 0;
  std::uint64_t gaps =
      0;  ///< places where cycles are missing (lost or killed), each with its own chain start
  std::string digest;  ///< hex, after the last record
};

/// Errors say: not a journal, a journal that was cut (how far it can be read), newer format,
/// damaged at cycle N. Thread: one.
class JournalReader {
 public:
  static domain::Result<std::unique_ptr<JournalReader>> open(const std::string& path);
  ~JournalReader();
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  const std::vector<Run>& runs() const noexcept;
  std::uint64_t first_cycle() const noexcept;  ///< 0 if there is no record; as of open
  std::uint64_t last_cycle() const noexcept;

  /// The next call of `next` gives the first record at or after this cycle (or field time).
  domain::Status seek(std::uint64_t cycle);
  domain::Status seek_time(std::int64_t time_ns);
  /// Moves to the next record; false at the end.
  domain::Result<bool> next();

  /// The present record and what belongs to it; valid after `next` gave true.
  const domain::Record& record() const noexcept;
  const Run& run() const noexcept;
  const ChainDigest& chain() const noexcept;
  std::span<const std::uint8_t> bytes() const noexcept;

  /// Checks every record from this cycle on: decodable, and the chain unbroken. The error names
  /// the first damaged cycle.
  domain::Result<Verified> verify(std::uint64_t from = 0);

  /// The newest snapshot at or before this cycle, if any.
  domain::Result<std::optional<Snapshot>> snapshot_at(std::uint64_t cycle);
  /// The oldest snapshot of these cycles, `to` included, if any.
  domain::Result<std::optional<Snapshot>> snapshot_between(std::uint64_t from, std::uint64_t to);
  /// Events of these cycles, oldest first, at most `limit`.
  domain::Result<std::vector<EventRow>> events(std::uint64_t from, std::uint64_t to,
                                               std::size_t limit = 10'000);

 private:
  struct State;
  explicit JournalReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace saggar::record
