// What a folder of plugins holds, and why any was refused, without trusting any of them: each
// library is opened in a child process, so that one that crashes or hangs harms only the child.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::host {

struct DescribedPort {
  std::string name, pattern, unit, doc;
  bool is_output = false, is_optional = false;
  std::uint32_t min_count = 0, max_count = 0;
};

struct DescribedParam {
  std::string key, unit, doc;
  bool is_tunable = false, is_per_output = false;
  double min = 0, max = 0, default_value = 0;
};

/// Whether its ports bind to a kiln when it drives one duty; `problem` is empty if they do.
struct DescribedBinding {
  std::string duty, problem;
  std::uint32_t reads = 0, writes = 0;  ///< tags
};

/// All a library says about itself, copied out of it.
struct PluginDescription {
  std::filesystem::path path;
  std::string id, version, vendor, title, abi, duties;
  std::uint32_t min_latency_cycles = 0;
  std::vector<DescribedPort> ports;
  std::vector<DescribedParam> params;
  std::vector<std::string> extensions;     ///< of a fresh instance
  std::vector<DescribedBinding> bindings;  ///< per duty it offers; empty if no kiln was given
};

/// How long a library may take to open.
inline constexpr std::chrono::milliseconds kPatience = std::chrono::seconds(10);

/// Opens a library in a child process and asks it. Errors: as Library::open, and: it crashed (with
/// the signal), it ended the process, it took longer than `patience`, it refused to be created.
/// Call from a program that has no other threads yet: it forks. Thread: main
/// @param plant the kiln its ports are tried on, or nullptr
domain::Result<PluginDescription> describe(const std::filesystem::path& path,
                                           std::chrono::milliseconds patience = kPatience,
                                           const domain::Plant* plant = nullptr);

/// The .so files of a folder, by name.
domain::Result<std::vector<std::filesystem::path>> libraries_in(const std::filesystem::path& dir);

struct ListCount {
  std::size_t usable = 0, refused = 0;
};

/// Writes one entry per .so file of a folder, by name: what it is, or why it was refused. With a
/// kiln, one that binds to it for no duty is refused too.
domain::Result<ListCount> list(const std::filesystem::path& dir, std::ostream& out,
                               const domain::Plant* plant = nullptr);

/// One plugin in full: ports and parameters with units, ranges and sentences; with the kiln it was
/// described for, what it binds to there. @return false if it binds to that kiln for no duty
bool print(const PluginDescription& plugin, std::ostream& out,
           const domain::Plant* plant = nullptr);

}  // namespace saggar::host
