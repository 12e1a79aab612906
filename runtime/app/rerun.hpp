// Rerun: the runtime of a recorded run, made anew from what its journal says, and its cycles fed to
// it as they came.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "runtime/assembly/assembly.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::app {

/// Says on standard error what differs from the recorded run. Thread: main.
/// @param texts the recorded configuration, or what the caller wants to have instead
/// @param allocations of the calling thread so far; nullptr: not watched
domain::Result<std::unique_ptr<assembly::Assembly>> rebuild(
    const config::BundleTexts& texts, const record::Run& run,
    const std::vector<std::filesystem::path>& plugin_dirs, std::uint64_t (*allocations)() noexcept);

/// Feeds one recorded cycle to the runtime as it came.
void feed(const domain::Record& recorded, loop::Cycle& cycle, domain::Record& replayed);

/// Puts a kept state into the runtime. The error says that it is of another shape.
domain::Status take_state(const record::Snapshot& state, const std::string& journal,
                          loop::Cycle& cycle);

}  // namespace saggar::app
