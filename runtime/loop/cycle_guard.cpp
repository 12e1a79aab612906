// The last stage of a cycle: the guard with its predictive filter, and what the ladders learn from
// both.
#include "runtime/loop/cycle.hpp"

namespace saggar::loop {

using domain::Record;

void Cycle::check(Record& record) noexcept {
  const guard::GuardInputs in{record.cycle,
                              record.time_ns,
                              settings_.supervisory_period_s,
                              record.screened,
                              record.modes,
                              record.recipe,
                              record.request,
                              record.frame.link_up,
                              settings_.command_valid_ns,
                              static_cast<std::uint32_t>(record.cycle)};
  guard_.check(in, record.command, record.guard_actions, record.gates, limited_, record.events);
  note_corrections(record);
}

/// The value asked of this MV is that of the controller in the seat, not of one below it.
bool Cycle::seat_moves(domain::MvId mv, const Record& record) const noexcept {
  const auto duty = static_cast<std::size_t>(plant_.mvs[mv].duty);
  return record.request.asks[mv].source == domain::Source::controller &&
         owner_[mv] == record.decisions[duty].controller;
}

/// Tells each ladder whether the guard corrected its controller (SC-67). Not counted: what was
/// refused for the field's sake (authority, read-back), which no controller can help.
void Cycle::note_corrections(const Record& record) noexcept {
  std::array<bool, domain::kDutyCount> corrected{};
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.mv >= plant_.mvs.size()) continue;
    if (!seat_moves(action.mv, record)) continue;
    const bool fields =
        action.gate == domain::Gate::g3_authority || action.gate == domain::Gate::g9_readback;
    if (!fields) corrected[static_cast<std::size_t>(plant_.mvs[action.mv].duty)] = true;
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    ladders_[d].note_guard(record.time_ns, corrected[d]);
  }
  note_filter(record);
}

/// The filter alone: how often it changed what a controller asked (LC-14), and whether anything
/// keeps the limits (SC-32).
void Cycle::note_filter(const Record& record) noexcept {
  if (!filter_) return;
  std::array<bool, domain::kDutyCount> changed{};
  for (const domain::GuardAction& action : record.guard_actions) {
    if (action.gate != domain::Gate::g8_predictive || action.mv >= plant_.mvs.size()) continue;
    if (!seat_moves(action.mv, record)) continue;
    changed[static_cast<std::size_t>(plant_.mvs[action.mv].duty)] = true;
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    ladders_[d].note_filter(record.time_ns, changed[d], filter_->outcome().infeasible[d]);
  }
}

}  // namespace saggar::loop
