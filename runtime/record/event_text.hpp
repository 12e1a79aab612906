// Event text: codes and numbers to a sentence. Pure; shared by log, view and digest.
#pragma once

#include <string>

#include "runtime/domain/event.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// Names by id from the plant. `rungs`: ladder of each duty, best first.
Names make_names(const domain::Plant& plant, std::vector<std::string> controllers,
                 std::array<std::vector<std::string>, domain::kDutyCount> rungs = {});

/// The text of events.def with its fields filled in. An id without a name appears as its number;
/// x and y with up to 6 significant digits. In English or Korean (reasons too).
std::string event_text(const domain::Event& event, const Names& names, bool korean);

}  // namespace saggar::record
