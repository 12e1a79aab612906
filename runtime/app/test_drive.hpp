// A planned test from its first intent to its last: what a person would ask for one by one, and the
// watching in between.
#pragma once

#include <iosfwd>
#include <string>

#include "runtime/app/operator_command.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::app {

struct TestDrive {
  double from_s = 0, to_s = 0;  ///< field time in which the test drove
  bool cut_short = false;       ///< by SIGINT or SIGTERM here, not by its plan or the runtime
};

/// Asks the running runtime to begin the test of this controller (`set NAME run 1`, `climb`), waits
/// while it drives, says what it does on `out`, and returns when the rung below has taken over and
/// the journal holds the last cycle of the test. SIGINT or SIGTERM ends the test by `set NAME run
/// 0` and waits for its setpoints to come back; a second one leaves at once, the test goes on.
/// @param journal what that runtime writes; read here, so on the same host
/// Errors: nobody answers; no rung of that name; the journal is another runtime's; the runtime
/// refuses, or does not let the test drive within ten minutes of field time (asked back then).
/// Thread: one; handles both signals while it waits.
domain::Result<TestDrive> drive_test(const OperatorOptions& options, const std::string& controller,
                                     const std::string& journal, std::ostream& out);

}  // namespace saggar::app
