// Retention: removes the oldest records of a journal, a bounded piece at a time. Private to record.
#pragma once

#include <cstdint>

#include "runtime/domain/result.hpp"
#include "runtime/record/database.hpp"

namespace saggar::record {

/// Whole key-record groups go, up to the group of the next snapshot (so that replay can start
/// at what is left), the newest group never. Thread: that of the writer.
class Retention {
 public:
  /// At most this many records and this many pages in one piece.
  static constexpr std::uint64_t kRecordsPerStep = 1024;
  static constexpr int kPagesPerStep = 128;

  /// @param max_bytes 0 = no limit  @param max_age_ns against the newest record, 0 = no limit
  Retention(std::uint64_t max_bytes, std::int64_t max_age_ns)
      : max_bytes_(max_bytes), max_age_ns_(max_age_ns) {}

  /// One piece, if there is something to do, in a transaction of its own.
  /// @return records deleted
  domain::Result<std::uint64_t> step(Database& db);

 private:
  domain::Result<bool> choose(Database& db, std::uint64_t first, std::uint64_t last);

  std::uint64_t max_bytes_;
  std::int64_t max_age_ns_;
  std::uint64_t target_ = 0;  // records below this cycle are to go
};

/// Size of the file without its WAL, in bytes.
domain::Result<std::int64_t> file_bytes(Database& db);

}  // namespace saggar::record
