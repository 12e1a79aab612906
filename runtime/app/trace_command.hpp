// `saggar trace`: tags of a journal as CSV.
#pragma once

#include <string>
#include <vector>

namespace saggar::app {

struct TraceOptions {
  std::string journal;
  std::vector<std::string> patterns;  ///< empty: all zone temperatures and working setpoints
  double from_s = 0;                  ///< field time
  double to_s = 1e18;
  unsigned every = 1;
  bool quality = false;
};

/// Writes CSV to standard output. @return exit code
int trace(const TraceOptions& options);

}  // namespace saggar::app
