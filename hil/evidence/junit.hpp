// JUnit XML, as CI systems load it (HI-55).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "hil/evidence/misses.hpp"

namespace saggar::evidence {

/// <testsuites> with a <testsuite> per scenario and one of the campaign's name, which has what no
/// case shows: a <testcase> per kind of miss, or per miss. In that of a scenario, per case, one
/// <testcase> that says whether it ran to its end, and one per check. Requirements are properties
/// "requirement" of each test case. A check that was missed is a <failure> with what was expected,
/// what came and the command that replays it; a case that was refused or crashed is an <error>.
/// Sorted by id.
/// @param campaign  name of the whole
/// @param misses    of `evidence::misses`
std::string junit(std::string_view campaign, std::span<const suite::CaseResult> results,
                  const std::vector<Miss>& misses);

/// Safe between tags and in quoted attributes of XML 1.0; characters that XML forbids, and bytes
/// that are no UTF-8, become U+FFFD; line ends and tabs become references, so that attributes keep
/// them.
std::string xml(std::string_view text);

}  // namespace saggar::evidence
