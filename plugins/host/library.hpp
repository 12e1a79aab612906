// Library: a plugin that was opened and found right. Once open, a library stays for the life of
// the process: a new version means a restart in a planned window.
#pragma once

#include <saggar/plugin/abi.h>

#include <filesystem>
#include <string_view>

#include "runtime/domain/result.hpp"

namespace saggar::host {

class Library {
 public:
  /// Opens a library and checks it, in this order: no file, not readable, not ELF, other machine,
  /// truncated, undefined symbol, no saggar_plugin_entry, null table, short struct, wrong major,
  /// newer minor, bad descriptor, unmet needs. The first thing wrong is the error, with what
  /// would be right. Opening the same file again gives the same library; a file that was replaced
  /// meanwhile is refused. Runs code of the plugin in this process. Thread: main.
  static domain::Result<Library> open(const std::filesystem::path& path);

  const saggar_plugin& table() const noexcept { return *table_; }
  const std::filesystem::path& path() const noexcept { return *path_; }
  std::string_view id() const noexcept { return table_->id; }
  std::string_view version() const noexcept { return table_->version; }

 private:
  Library(const saggar_plugin* table, const std::filesystem::path* path) noexcept
      : table_(table), path_(path) {}
  const saggar_plugin* table_;         // owned by the library, for the life of the process
  const std::filesystem::path* path_;  // owned by the register of open libraries
};

}  // namespace saggar::host
