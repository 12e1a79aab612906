// `saggar identify`: from a journal to a model file.
#pragma once

#include <iosfwd>
#include <string>

namespace saggar::app {

struct IdentifyOptions {
  std::string journal;
  std::string plan;                ///< identification file
  std::string out;                 ///< model file; empty: only the table
  double from_s = 0, to_s = 1e18;  ///< field time
  bool partial = false;  ///< write the outputs that the data carry although others are refused
  bool force = false;    ///< replace a model that is there
};

/// Prints the table, and each refusal with the test that would do.
/// @return 0: a model of all outputs; 2: something was refused (with `partial` the rest is
///   written); 1: files
int identify_journal(const IdentifyOptions& options, std::ostream& out);

}  // namespace saggar::app
