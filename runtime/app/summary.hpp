// Summary: the figures of a run, as a table for people and as JSON for programs.
#pragma once

#include <ostream>
#include <string>

#include "runtime/app/drain_thread.hpp"
#include "runtime/assembly/assembly.hpp"

namespace saggar::app {

void print_summary(std::ostream& out, const assembly::Assembly& assembly, const DrainThread& drain,
                   const loop::Channels& channels, const record::JournalWriter* journal);
/// @return figures in the file; error: it cannot be written
domain::Result<std::size_t> write_summary(const std::string& path,
                                          const assembly::Assembly& assembly,
                                          const DrainThread& drain, const loop::Channels& channels,
                                          const record::JournalWriter* journal);

}  // namespace saggar::app
