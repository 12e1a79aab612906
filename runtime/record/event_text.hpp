// Event text: codes and numbers to a sentence. Pure; shared by log, view and digest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/domain/event.hpp"
#include "runtime/record/layout.hpp"

namespace saggar::record {

/// Names by id from the plant. `rungs`: ladder of each duty, best first.
Names make_names(const domain::Plant& plant, std::vector<std::string> controllers,
                 std::array<std::vector<std::string>, domain::kDutyCount> rungs = {});

/// The text of events.def with its fields filled in. An id without a name appears as its number;
/// x and y with up to 6 significant digits. In English or Korean (reasons too).
std::string event_text(const domain::Event& event, const Names& names, bool korean);

/// True for events that many MVs or tags can have in one cycle.
bool is_of_one_of_many(domain::EventCode code) noexcept;
/// One text for events that differ in their MV or tag, and perhaps in their figures, of which those
/// of the first are said: "60 MVs (zone01.top.setpoint, ...): mode IMAN".
/// @param events at least one, all of one code
std::string group_text(const std::vector<domain::Event>& events, const Names& names, bool korean);

/// "5 MVs (a, b, c and 2 more)"; of one only its name.
std::string some_of(const std::vector<std::string>& names, std::string_view what, bool korean);

}  // namespace saggar::record
