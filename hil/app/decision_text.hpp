// decision_text: what a campaign showed, for a terminal.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "hil/campaign/decide.hpp"

namespace saggar::app {

/// Every case that did not pass: what was required, what came, and the command that runs it again.
void print_failures(const std::vector<suite::CaseResult>& results, std::ostream& out);

/// The first line of why it did not pass.
std::string first_reason(const suite::CaseResult& result);
/// A line for each case that did not pass: "failed in WHERE: ID: why".
void print_not_passed(const std::vector<suite::CaseResult>& results, const std::string& where,
                      std::ostream& out);

/// The verdict in a sentence, and what it rests on besides the cases: figures that are not as good
/// as they have to be, traces that left their tube, gaps of the coverage.
void print_decision(const campaign::Decision& decision,
                    const std::vector<suite::CaseResult>& results, std::ostream& out);

/// Figures of each arm under test beside every other arm that was run, a line each.
void print_cards(const evidence::Answer& answer, std::ostream& out);

}  // namespace saggar::app
