// What a folder of plugins holds, and why any was refused, without trusting any of them: each
// library is opened in a child process, so that one that crashes or hangs harms only the child.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

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

/// All a library says about itself, copied out of it.
struct PluginDescription {
  std::filesystem::path path;
  std::string id, version, vendor, title, abi, duties;
  std::uint32_t min_latency_cycles = 0;
  std::vector<DescribedPort> ports;
  std::vector<DescribedParam> params;
  std::vector<std::string> extensions;  ///< of a fresh instance
};

/// Opens a library in a child process and asks it. Errors: as Library::open, and: it crashed (with
/// the signal), it ended the process, it took longer than `patience`, it refused to be created.
/// Call from a program that has no other threads yet: it forks. Thread: main
domain::Result<PluginDescription> describe(
    const std::filesystem::path& path,
    std::chrono::milliseconds patience = std::chrono::seconds(10));

struct ListCount {
  std::size_t usable = 0, refused = 0;
};

/// Writes one entry per .so file of a folder, by name: what it is, or why it was refused.
domain::Result<ListCount> list(const std::filesystem::path& dir, std::ostream& out);

/// One plugin in full: ports and parameters with units, ranges and sentences.
void print(const PluginDescription& plugin, std::ostream& out);

}  // namespace saggar::host
