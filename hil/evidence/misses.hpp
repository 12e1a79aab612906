// Misses: what a campaign did not come to beyond its cases, as lines that people and machines read.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "hil/evidence/judge.hpp"
#include "hil/evidence/say.hpp"

namespace saggar::evidence {

/// One thing that is not as it has to be, and that no check of a case shows.
struct Miss {
  std::string kind;  ///< "baseline", "figure", "trace", "records", "coverage", "id"; not translated
  std::string id;    ///< of the case; empty: of the campaign
  std::string check, expected, got;
  std::string replay;  ///< of the case; empty without
};

/// Kinds of `Miss`, in the order of `misses`.
inline constexpr std::string_view kMissKinds[] = {"baseline", "figure",   "trace",
                                                  "records",  "coverage", "id"};

/// In the order of the kinds. Empty if and only if nothing but failed cases keeps the campaign from
/// passing.
std::vector<Miss> misses(const Question& question, const Answer& answer,
                         std::span<const suite::CaseResult> results, Language language);

/// "\u25B2 +0.05 [+0.02, +0.08] WORSE", "too few pairs (3)"; a dash without pairs.
std::string cell_text(const verdict::Paired& paired, Language language);
/// What an arm is called on a page.
std::string arm_name(const std::string& arm, Language language);
/// "better", "WORSE"...
std::string word_of(verdict::Finding finding, Language language);

}  // namespace saggar::evidence
