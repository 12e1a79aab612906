// Recorder: what the drain thread does with each record: encode, hash, keep.
#pragma once

#include <cstdint>
#include <string>

#include "runtime/record/codec.hpp"
#include "runtime/record/hash_chain.hpp"
#include "runtime/record/journal_writer.hpp"

namespace saggar::record {

/// Keeps the running hash always, and the journal when there is one.
/// Thread: one, the drain.
class Recorder {
 public:
  /// @param journal may be null: hash only. Not owned, must outlive this.
  Recorder(const Layout& layout, JournalWriter* journal);

  /// One record, in order of cycles. False: the journal did not take it.
  bool take(const domain::Record& record);
  /// SHA-256 over all records so far (see HashChain), 64 hexadecimal digits.
  std::string digest() const { return chain_.hex(); }
  std::uint64_t records() const noexcept { return records_; }
  /// Bytes of all encoded records, without what the file adds.
  std::uint64_t bytes() const noexcept { return bytes_; }

 private:
  Encoder encoder_;
  HashChain chain_;
  JournalWriter* journal_;
  std::uint64_t records_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace saggar::record
