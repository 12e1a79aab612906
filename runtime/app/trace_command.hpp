// `saggar trace`: tags of a journal as CSV.
#pragma once

#include <string>
#include <vector>

namespace saggar::app {

struct TraceOptions {
  std::string journal;
  /// Empty: all zone temperatures and working setpoints; with `proposals` all that the controller
  /// may write.
  std::vector<std::string> patterns;
  std::string proposals;  ///< name of a controller, also one that does not drive; empty: none
  double from_s = 0;      ///< field time
  double to_s = 1e18;
  unsigned every = 1;
  bool quality = false;
};

/// Writes CSV to standard output. @return exit code
int trace(const TraceOptions& options);

}  // namespace saggar::app
