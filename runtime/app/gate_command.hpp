// `saggar gate`: has a controller earned the next level of trust (SC-82)?
#pragma once

#include <iosfwd>
#include <string>

#include "runtime/app/earned.hpp"

namespace saggar::app {

struct GateOptions {
  EarnedOptions what;
  std::string html, json;  ///< files to write; empty: none
  bool force = false;      ///< replace files that are there
  bool korean = false;     ///< text and HTML; JSON is English
};

/// Prints the report. Journals are only read, also those that are being written; no level changes.
/// @return 0: the next gate of every group is open; 1: at least one is not, or there is none above;
///   2: it could not be judged
int gate(const GateOptions& options, std::ostream& out);

}  // namespace saggar::app
