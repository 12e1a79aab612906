// trace: tags of a journal as CSV.
#pragma once

#include <cstdint>
#include <limits>
#include <ostream>
#include <string>
#include <vector>

#include "runtime/domain/result.hpp"
#include "runtime/record/journal_reader.hpp"

namespace saggar::record {

struct TraceOptions {
  std::uint64_t from = 0;                                        ///< first cycle
  std::uint64_t to = std::numeric_limits<std::uint64_t>::max();  ///< last cycle
  std::uint64_t every = 1;  ///< one row per this many cycles, >= 1
  bool qualities = false;   ///< after each value, its quality and sub-status
  bool screened = false;    ///< values after screening instead of as received
  bool commands = false;    ///< for write tags, also the value in force by the runtime
  /// Name of a controller: what it proposes, driving or in shadow. Empty: none.
  std::string proposals;
};

/// Writes `time_s,zone01.top.temperature [degC],...`: time in field seconds, values in the
/// shortest form that reads back exactly, nothing for NaN. Columns are those of the run at
/// `from`; a later run with other tags ends the export with an error.
/// With `proposals` each row also says status, reason, confidence and whether the controller
/// drives, and a tag it may write gets three columns: `working`, what the field uses; `command`,
/// what the runtime sends; `proposal`, what the controller wants, empty where it wants nothing.
/// A virtual tag gets its value and `sigma`; a pattern names virtual tags where it names no tag.
/// @param patterns tag patterns (TagTable::match); one that matches nothing is an error with the
///   nearest name. None: with `proposals` all tags that the controller may write
/// @return rows written
domain::Result<std::uint64_t> export_csv(JournalReader& reader,
                                         const std::vector<std::string>& patterns,
                                         const TraceOptions& options, std::ostream& out);

}  // namespace saggar::record
