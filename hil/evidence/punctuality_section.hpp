// Runs in real time on the page: what they are worth, and how punctual their cycles were (HI-12).
#pragma once

#include <optional>
#include <vector>

#include "hil/evidence/judge.hpp"
#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"

namespace saggar::evidence {

/// Rows, at most; the results beside the page have all.
inline constexpr std::size_t kMostPunctual = 200;

/// A row for each case that ran by the wall clock; nothing if none did.
std::optional<report::Section> punctuality_section(
    const std::vector<const suite::CaseResult*>& cases, Language l);

}  // namespace saggar::evidence
