// AnswerText: what a person is told besides "done" or the reason: figures, what follows, the way
// on, the way back.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "runtime/domain/intent.hpp"

namespace saggar::app {

/// Names of each duty's ladder, best first.
using Ladders = std::array<std::vector<std::string>, domain::kDutyCount>;

/// Empty when the reason says it all. Sentences are joined by "; ".
std::string answer_text(const domain::Intent& intent, const domain::IntentAnswer& answer,
                        const domain::Plant& plant, const Ladders& ladders, bool korean);

}  // namespace saggar::app
