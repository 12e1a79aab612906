#include "runtime/config/new_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

namespace saggar::config {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::Status;

/// Only the system knows whether a file can be made somewhere: permissions, read-only disks, quota.
Status try_to_write(const std::string& path, bool is_there) {
  const int how = O_WRONLY | O_CLOEXEC | O_NONBLOCK | (is_there ? 0 : O_CREAT | O_EXCL);
  const int file = ::open(path.c_str(), how, 0666);
  if (file < 0) {
    return Error{path, std::string("cannot be written: ") + std::strerror(errno) +
                           "; a path in a folder that may be written to would be right"};
  }
  ::close(file);
  if (!is_there) ::unlink(path.c_str());
  return domain::Done{};
}

Status check_one(const std::string& path, const fs::path& full, bool force) {
  std::error_code unreadable;  // then as if it were not there, and trying to write says why
  if (!fs::is_directory(full.parent_path(), unreadable)) {
    return Error{path, "its folder is not there; a path in a folder that exists would be right"};
  }
  if (fs::is_directory(full, unreadable)) {
    return Error{path, "is a folder; a file would be right"};
  }
  const bool is_there = fs::exists(full, unreadable);
  if (is_there && !force) {
    return Error{path, "is there already; another name, or --force to replace it, would be right"};
  }
  return try_to_write(path, is_there);
}

}  // namespace

Status check_new_files(std::span<const NewFile> files, bool force) {
  std::map<fs::path, std::string> taken;
  for (const NewFile& file : files) {
    if (file.path.empty()) continue;
    std::error_code unreadable;  // then the path as it stands
    fs::path full = fs::weakly_canonical(fs::absolute(file.path), unreadable);
    if (unreadable) full = fs::absolute(file.path);
    if (const auto [other, fresh] = taken.emplace(full, file.option); !fresh) {
      return Error{file.option, "is the file of " + other->second + ", " + file.path +
                                    "; a file of its own would be right"};
    }
    if (const Status sound = check_one(file.path, full, force); !sound) return sound;
  }
  return domain::Done{};
}

Status write_new_file(const std::string& path, const std::string& content) {
  if (path.empty()) return domain::Done{};
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) return Error{path, "cannot be written; check folder, permissions and space"};
  return domain::Done{};
}

std::string wrote(const std::string& path, std::size_t count, const std::string& what) {
  return path.empty() ? "" : "wrote " + path + " (" + std::to_string(count) + " " + what + ")\n";
}

std::size_t rows_of(const std::string& table) noexcept {
  const auto lines = static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n'));
  return lines > 0 ? lines - 1 : 0;
}

}  // namespace saggar::config
