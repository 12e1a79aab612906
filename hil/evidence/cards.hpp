// Cards: each arm under test beside the others, and what is not as good as it has to be.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "hil/evidence/question.hpp"
#include "hil/suite/result.hpp"

namespace saggar::evidence {

/// A figure that is not as good as it has to be.
struct Unmet {
  std::string ours;         ///< the arm under test
  std::string figure, arm;  ///< against which
  verdict::Finding finding{};
  verdict::Paired against;  ///< without pairs if that arm is not there
};

/// Pointers to the results in the order of their ids.
std::vector<const suite::CaseResult*> by_id(std::span<const suite::CaseResult> results);

/// What pairs a case with the same case of another arm: its scenario, what else was swept, its
/// seed.
std::string pair_key(const suite::CaseResult& result);

/// A card for each arm under test, by name: two controllers under test are never one mean. Beside
/// it stand the arms of the question, every other arm under test that ran the same cases, and the
/// previous release.
/// @param cases  by id
std::vector<verdict::ScoreCard> score_cards(const Question& question,
                                            const std::vector<const suite::CaseResult*>& cases);

/// Required by a margin and not shown, or WORSE than the previous release.
std::vector<Unmet> unmet_of(const Question& question, const std::vector<verdict::ScoreCard>& cards);

}  // namespace saggar::evidence
