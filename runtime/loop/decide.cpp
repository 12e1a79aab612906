// From proposals to the request: who drives, whose turn each MV is, what is asked of it.
#include <algorithm>
#include <cmath>

#include "runtime/loop/cycle.hpp"

namespace saggar::loop {

using domain::MvId;
using domain::Record;

control::LadderInputs Cycle::ladder_inputs(std::size_t duty, const Record& record) const noexcept {
  const auto id = static_cast<domain::Duty>(duty);
  control::LadderInputs in;
  in.cycle = record.cycle;
  in.time_ns = record.time_ns;
  in.on = applications_.drives(id);
  in.frame_fresh = fresh(record);
  in.link_up = record.frame.link_up;
  std::size_t faults = 0;
  for (const MvId mv : members_[duty]) {
    const domain::Mv& about = plant_.mvs[mv];
    faults += guard_.faulted(mv) ? 1 : 0;
    if (about.pv == domain::kNoTag || !(about.pv_low < about.pv_high)) continue;
    const domain::Sample& pv = record.screened.samples[about.pv];
    if (pv.usable() && (pv.value > about.pv_high || pv.value < about.pv_low)) in.cv_limit = true;
  }
  const std::vector<control::Rung>& rungs = ladders_[duty].settings().rungs;
  for (std::size_t i = 0; i < rungs.size(); ++i) {
    if (!trust_.may_drive(rungs[i].controller)) in.untrusted |= 1U << i;
    in.doubt[i] = doubt(rungs[i].controller);
  }
  in.readback_failed = 2 * faults > members_[duty].size();
  const operate::Demands& demands = intents_.demands();
  in.demand.force = static_cast<control::Demand::Force>(demands.force[duty]);
  in.demand.climb_to = demands.climb_to[duty];
  in.demand.step_down_to = demands.step_down_to[duty];
  if (applications_.leaving(id)) {  // SC-18: the fallback runs before the seat is left
    in.demand.step_down_to = static_cast<std::uint8_t>(rungs.size() - 2);
    in.demand.step_down_reason = applications_.reason(id);
  }
  return in;
}

void Cycle::decide(Record& record) noexcept {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const control::Rung* before = ladders_[d].driving();
    ladders_[d].decide(ladder_inputs(d, record), record.proposals, record.decisions[d],
                       record.events);
    const domain::DutyDecision& decision = record.decisions[d];
    if (!decision.moved || before == nullptr) continue;
    trust_.lost_seat(before->controller, decision.reason, record.cycle, record.time_ns,
                     record.events);
  }
  record.trust = trust_.reports();
}

/// Whose turn it is to move this MV: the seat's, or that of the next healthy rung below that is
/// trusted with it. nullptr while the application is off.
const control::Rung* Cycle::rung_of(MvId mv) const noexcept {
  const control::Ladder& ladder = ladders_[static_cast<std::size_t>(plant_.mvs[mv].duty)];
  const std::vector<control::Rung>& rungs = ladder.settings().rungs;
  if (ladder.driving() == nullptr) return nullptr;
  std::size_t at = ladder.seat();
  const auto passes = [&](std::size_t rung) {
    const bool healthy = rung == ladder.seat() || ladder.blocked(rung) == domain::Reason::none;
    return !healthy || !trust_.may_move(rungs[rung].controller, mv);
  };
  while (at + 1 < rungs.size() && passes(at)) ++at;
  return &rungs[at];
}

/// What is asked of one MV: the mode names the source, ladder and trust the controller.
domain::Ask Cycle::ask_of(MvId mv, const Record& record) const noexcept {
  domain::Ask ask;
  ask.source = modes_.source(mv);
  ask.inputs_sequence = record.frame.sequence;
  ask.inputs_time_ns = record.frame.time_ns;
  const auto hold = [&] {
    ask.source = domain::Source::hold;
    ask.value = guard_.last()[mv];
  };
  switch (ask.source) {
    case domain::Source::none:
      break;
    case domain::Source::hold:
      hold();
      break;
    case domain::Source::operator_:
      ask.value = modes_.operator_value(mv);
      if (const domain::ControllerId tuner = roster_.tuning(mv); tuner != domain::kNoController) {
        ask.value = record.proposals[tuner].value[place_[mv]];  // a person started this run
      }
      break;
    case domain::Source::recipe:
      ask.value = record.recipe[mv];
      break;
    case domain::Source::controller: {
      const control::Rung* rung = rung_of(mv);
      const auto duty = static_cast<std::size_t>(plant_.mvs[mv].duty);
      if (rung != ladders_[duty].driving() && rung->kind != control::RungKind::controller) {
        // The seat is not trusted with this MV and no controller below can have it: the recipe,
        // without a trim. Neither hold, which is for a limited time, nor a release.
        ask.source = domain::Source::recipe;
        ask.value = record.recipe[mv];
      } else if (rung == nullptr || rung->kind == control::RungKind::local) {
        ask.source = domain::Source::none;
      } else if (rung->kind == control::RungKind::hold) {
        hold();
      } else {
        const domain::Proposal& proposal = record.proposals[rung->controller];
        ask.value = trust_.granted(rung->controller, mv, proposal.value[place_[mv]],
                                   guard_.reference()[mv]);
        ask.inputs_sequence = proposal.inputs_sequence;
        ask.inputs_time_ns = proposal.inputs_time_ns;
      }
      break;
    }
  }
  return ask;
}

void Cycle::compose(Record& record) noexcept {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    if (record.decisions[d].moved) bump_[d] = 0;
  }
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    const auto mv = static_cast<MvId>(i);
    domain::Ask ask = ask_of(mv, record);
    const domain::DutyDecision& decision =
        record.decisions[static_cast<std::size_t>(plant_.mvs[i].duty)];
    const control::Rung* rung = rung_of(mv);
    owner_[i] = rung == nullptr ? domain::kNoController : rung->controller;
    const bool controlled = ask.source == domain::Source::controller;
    const control::Transfer::Owner owner{
        ask.source, controlled ? owner_[i] : domain::kNoController, record.modes[i].actual,
        controlled ? trust_.level(owner_[i], mv) : domain::Level::full};
    // A frozen bias stands: for it no time passes (SC-57).
    const auto duty = static_cast<std::size_t>(plant_.mvs[i].duty);
    const double bleed_s = intents_.demands().bias_frozen[duty] ? 0 : settings_.period_s;
    const double bump = transfer_.apply(mv, owner, working_[i], bleed_s, ask);
    double& largest = bump_[static_cast<std::size_t>(plant_.mvs[i].duty)];
    if (decision.moved) largest = std::max(largest, bump);
    record.request.asks[i] = ask;
  }
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) record.decisions[d].bump = bump_[d];
}

}  // namespace saggar::loop
