// Looks at a library file before it is opened: what dlopen would die of must be found here.
#pragma once

#include <filesystem>

#include "runtime/domain/result.hpp"

namespace saggar::host {

/// Checks, in this order: the file exists, is a regular file that can be read, is ELF, is a shared
/// library for this machine, and is as long as its own headers say (a truncated library kills the
/// process inside dlopen with SIGBUS). Reads headers only. Thread: any.
domain::Status check_elf_file(const std::filesystem::path& path);

}  // namespace saggar::host
