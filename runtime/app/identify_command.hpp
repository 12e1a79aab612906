// `saggar identify`: from a journal to a model file.
#pragma once

#include <iosfwd>
#include <string>

#include "runtime/app/operator_command.hpp"

namespace saggar::app {

struct IdentifyOptions {
  std::string journal;
  std::string plan;                ///< identification file
  std::string out;                 ///< model file; empty: only the table
  double from_s = 0, to_s = 1e18;  ///< field time
  bool partial = false;  ///< write the outputs that the data carry although others are refused
  bool force = false;    ///< replace a model that is there
  /// Rung of the planned test to run first at the runtime that writes the journal; empty: none.
  std::string test;
  OperatorOptions person;  ///< who asks for the test, and where
};

/// With `test` the planned test is run first, when plan, model file and the tags of the journal
/// have been found right; what is identified is the time in which it drove. Prints the table, and
/// each refusal with the test that would do.
/// @return 0: a model of all outputs; 2: something was refused (with `partial` the rest is
///   written), or the test was ended from here; 1: files, or the test could not be run
int identify_journal(const IdentifyOptions& options, std::ostream& out);

}  // namespace saggar::app
