// NewFile: a file that a command is to write. One rule for all of them: looked at before anything
// is computed, no file that is there replaced unless forced, and said when written.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "runtime/domain/result.hpp"

namespace saggar::config {

struct NewFile {
  std::string option;  ///< that named it, such as --account
  std::string path;    ///< empty: not asked for
};

/// Each a file of its own, in a folder that exists and may be written to; none that is there unless
/// `force`. Tries it: makes each file and takes it away again. Thread: any, no other on these
/// paths. Errors: option or path, and what would be right.
domain::Status check_new_files(std::span<const NewFile> files, bool force);

/// Nothing for an empty path. Error: the disk, or a folder that went since it was looked at.
domain::Status write_new_file(const std::string& path, const std::string& content);

/// "wrote FILE (12 rows)"; "" for an empty path.
std::string wrote(const std::string& path, std::size_t count, const std::string& what);

/// Rows of a table as text: its lines but the head.
std::size_t rows_of(const std::string& table) noexcept;

}  // namespace saggar::config
