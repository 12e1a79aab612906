// The file of a journal: who may write it, what makes it one. Private to record.
#pragma once

#include <string>
#include <utility>

#include "runtime/domain/result.hpp"
#include "runtime/record/database.hpp"

namespace saggar::record {

/// Held while a writer lives; the kernel gives it back when the process dies, however it dies.
/// A lock on a file of its own: closing any handle of the database would drop SQLite's locks.
class WriterLock {
 public:
  WriterLock() = default;
  ~WriterLock();
  WriterLock(WriterLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  WriterLock& operator=(WriterLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  /// Error: the folder cannot be written, or another writer has it (says which process).
  static domain::Result<WriterLock> take(const std::string& journal);

 private:
  int fd_ = -1;
};

/// Renames a journal that is there, with its WAL, to the first free of <path>.1, <path>.2, ..
domain::Status set_aside(const std::string& path);

/// Makes a new file a journal, or checks that an old one is one this build may write.
domain::Status prepare_file(Database& db);

}  // namespace saggar::record
