// The page of a campaign: verdict first, then what failed, then the figures beside other arms.
#pragma once

#include <span>

#include "hil/evidence/judge.hpp"
#include "hil/evidence/say.hpp"
#include "hil/report/page.hpp"

namespace saggar::evidence {

/// Rows of failing checks, at most; a note says how many more there are.
inline constexpr std::size_t kMostFailures = 200;

/// `report::html` of it is one file that needs no network. Equal results give equal pages, in
/// whatever order they come; wall-clock times are not on it.
/// @param answer  of `judge` for the same question and results
report::Page page(const Question& question, const Answer& answer,
                  std::span<const suite::CaseResult> results, Language language);

/// One sentence: passed, or why not.
std::string sentence(const Answer& answer, Language language);

}  // namespace saggar::evidence
