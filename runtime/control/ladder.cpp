#include "runtime/control/ladder.hpp"

#include <bit>
#include <cassert>

namespace saggar::control {

using domain::Proposal;
using domain::ProposalStatus;
using domain::Reason;

namespace {
constexpr std::int64_t kShiftNs = 8LL * 3600 * 1'000'000'000;
constexpr double kOldPeriods = 1.5;  // SC-26
}  // namespace

Ladder::Ladder(LadderSettings settings)
    : settings_(std::move(settings)),
      interventions_(settings_.interventions),
      filtered_(settings_.filter) {
  assert(settings_.rungs.size() >= 2 && settings_.rungs.size() <= kMaxRungs);
  state_.blocked.fill(Reason::started);
}

Reason Ladder::judge_controller(std::size_t rung, const LadderInputs& in,
                                const Proposal& proposal) noexcept {
  const Rung& about = settings_.rungs[rung];
  std::uint64_t& misses = state_.misses[rung];
  const bool late = proposal.job == domain::JobFact::late;
  if (late || proposal.job == domain::JobFact::fresh) {
    const std::uint64_t window = ~std::uint64_t{0} >> (64 - settings_.deadline_window);
    misses = ((misses << 1U) | (late ? 1U : 0U)) & window;
    if (std::popcount(misses) >= settings_.deadline_misses) state_.locked[rung] = true;
  }
  if (state_.locked[rung]) return Reason::deadline_miss;
  if (state_.filter_infeasible) return Reason::filter_infeasible;
  if (filtered_.out(rung)) return Reason::filter_activity;
  if (interventions_.out(rung)) return Reason::intervention;
  if (late || proposal.status == ProposalStatus::late) {
    return proposal.reason == Reason::none ? Reason::late : proposal.reason;
  }
  switch (proposal.status) {
    case ProposalStatus::fault:
    case ProposalStatus::none:
      return proposal.reason == Reason::none ? Reason::no_proposal : proposal.reason;
    case ProposalStatus::pending:
      return Reason::no_proposal;
    default:
      break;
  }
  if (proposal.confidence < about.min_confidence) return Reason::low_confidence;
  const auto oldest_ns = static_cast<std::int64_t>(kOldPeriods * about.period_s * 1e9);
  if (in.time_ns - proposal.inputs_time_ns > oldest_ns) return Reason::late;
  return in.doubt[rung];  // last: what it says of itself says more
}

Reason Ladder::judge(std::size_t rung, const LadderInputs& in,
                     const std::vector<Proposal>& proposals) noexcept {
  const Rung& about = settings_.rungs[rung];
  if (about.kind == RungKind::local) return Reason::none;
  if (in.cv_limit) return Reason::cv_limit;
  if (in.readback_failed) return Reason::readback_failed;
  if (about.kind == RungKind::hold) {
    const bool here = state_.rung != kOff && settings_.rungs[state_.rung].kind == RungKind::hold;
    const double held_s = static_cast<double>(in.time_ns - state_.hold_since_ns) * 1e-9;
    if (here && held_s > settings_.hold_max_s) state_.locked[rung] = true;
    if (state_.locked[rung]) return Reason::hold_expired;
    return in.link_up ? Reason::none : Reason::link_lost;
  }
  if (!in.link_up) return Reason::link_lost;
  if (!in.frame_fresh) return Reason::stale_frame;
  if ((in.untrusted >> rung & 1U) != 0) return Reason::no_level;
  return judge_controller(rung, in, proposals[about.controller]);
}

std::uint8_t Ladder::first_of(RungKind kind) const noexcept {
  for (std::size_t i = 0; i < settings_.rungs.size(); ++i) {
    if (settings_.rungs[i].kind == kind) return static_cast<std::uint8_t>(i);
  }
  return static_cast<std::uint8_t>(settings_.rungs.size() - 1);
}

std::uint8_t Ladder::best_from(std::size_t first) const noexcept {
  for (std::size_t i = first; i < settings_.rungs.size(); ++i) {
    if (state_.blocked[i] == Reason::none) return static_cast<std::uint8_t>(i);
  }
  return static_cast<std::uint8_t>(settings_.rungs.size() - 1);
}

/// The best rung that people allow: a force pins the ladder at or below a floor while it stands.
std::uint8_t Ladder::forced_floor(const LadderInputs& in, Reason& why) const noexcept {
  const Demand::Force force = in.demand.force;
  if (force == Demand::Force::none) return 0;
  why = Reason::operator_request;
  const std::uint8_t hold = first_of(RungKind::hold);
  if (force == Demand::Force::hold) return hold;
  if (force == Demand::Force::release) return first_of(RungKind::local);
  return lowest_fixed_law();
}

/// Where AI OFF goes: the lowest controller that is not learned; without one, hold.
std::uint8_t Ladder::lowest_fixed_law() const noexcept {
  const std::uint8_t hold = first_of(RungKind::hold);
  for (std::uint8_t i = hold; i-- > 0;) {
    if (!settings_.rungs[i].learned) return i;
  }
  return hold;
}

bool Ladder::may_climb_by_itself(const LadderInputs& in, std::size_t to, Reason& why) noexcept {
  if (!settings_.auto_climb) return false;
  if (in.cycle - state_.healthy_since[to] < settings_.dwell_cycles) return false;
  const double since_climb_s = static_cast<double>(in.time_ns - state_.climbs_ns[0]) * 1e-9;
  if (state_.climb_count > 0 && since_climb_s < settings_.climb_wait_s) return false;
  int recent = 0;
  for (int i = 0; i < state_.climb_count; ++i) {
    if (in.time_ns - state_.climbs_ns[static_cast<std::size_t>(i)] < kShiftNs) ++recent;
  }
  if (recent >= settings_.climbs_per_8h) {
    why = Reason::climb_limit;
    return false;
  }
  return true;
}

void Ladder::note_climb(std::int64_t time_ns) noexcept {
  for (std::size_t i = state_.climbs_ns.size() - 1; i > 0; --i) {
    state_.climbs_ns[i] = state_.climbs_ns[i - 1];
  }
  state_.climbs_ns[0] = time_ns;
  if (state_.climb_count < static_cast<int>(state_.climbs_ns.size())) ++state_.climb_count;
}

/// Up one tier at a time by itself (SC-69), or to where an intent asks.
std::uint8_t Ladder::climb(const LadderInputs& in, Reason& why) noexcept {
  if (in.demand.climb_to && *in.demand.climb_to < state_.rung) {
    const std::uint8_t to = best_from(*in.demand.climb_to);
    if (to < state_.rung) {
      why = Reason::operator_request;
      state_.climb_count = 0;  // a person looked: the count starts anew
      return to;
    }
  }
  for (int to = state_.rung - 1; to >= 0; --to) {
    const auto up = static_cast<std::size_t>(to);
    if (state_.blocked[up] != Reason::none) continue;
    if (settings_.rungs[up].kind != RungKind::controller) continue;  // nobody climbs to hold
    Reason block = Reason::none;
    if (may_climb_by_itself(in, up, block)) {
      why = Reason::dwell_elapsed;
      note_climb(in.time_ns);
      return static_cast<std::uint8_t>(up);
    }
    if (block != Reason::none) why = block;
    break;
  }
  return state_.rung;
}

std::uint8_t Ladder::choose(const LadderInputs& in, Reason& why) noexcept {
  Reason forced = Reason::none;
  const std::uint8_t floor = forced_floor(in, forced);
  if (state_.rung == kOff) {  // switched on: the best healthy rung takes the seat
    why = forced != Reason::none ? forced : Reason::operator_request;
    return best_from(floor);
  }
  if (state_.rung < floor) {
    why = forced;
    return best_from(floor);
  }
  const Rung& seat = settings_.rungs[state_.rung];
  if (in.demand.force == Demand::Force::ai_off && seat.kind == RungKind::controller &&
      seat.learned) {  // the fixed law may stand above it
    why = forced;
    return state_.blocked[floor] == Reason::none ? floor : best_from(state_.rung + 1U);
  }
  if (in.demand.step_down_to && *in.demand.step_down_to > state_.rung &&
      *in.demand.step_down_to < settings_.rungs.size()) {
    const Reason lost = state_.blocked[state_.rung];  // the cause, where there is one besides
    why = lost != Reason::none ? lost : in.demand.step_down_reason;
    return best_from(*in.demand.step_down_to);
  }
  if (state_.blocked[state_.rung] != Reason::none) {
    why = state_.blocked[state_.rung];
    return best_from(state_.rung + 1U);
  }
  const std::uint8_t up = climb(in, why);
  return up < floor ? state_.rung : up;
}

void Ladder::decide(const LadderInputs& in, const std::vector<Proposal>& proposals,
                    domain::DutyDecision& out, domain::Bounded<domain::Event>& events) noexcept {
  for (std::size_t i = 0; i < settings_.rungs.size(); ++i) {
    const Reason before = state_.blocked[i];
    state_.blocked[i] = judge(i, in, proposals);
    const bool learned =
        settings_.rungs[i].kind == RungKind::controller && settings_.rungs[i].learned;
    if (in.demand.force == Demand::Force::ai_off && learned && state_.blocked[i] == Reason::none) {
      state_.blocked[i] = Reason::operator_request;  // no way down leads to one either (SC-91)
    }
    if (state_.blocked[i] != Reason::none || before != Reason::none) {
      state_.healthy_since[i] = in.cycle;
    }
  }
  const auto duty = static_cast<std::uint16_t>(settings_.duty);
  Reason why = Reason::none;
  std::uint8_t next = kOff;
  if (in.on) {
    next = choose(in, why);
  } else {
    why = Reason::application_off;
  }
  if (why == Reason::climb_limit) {
    if (!state_.climb_block_told) {
      events.push({domain::EventCode::rung_climb_blocked, duty, static_cast<std::uint16_t>(why)});
    }
    state_.climb_block_told = true;
  } else {
    state_.climb_block_told = false;
  }
  out.moved = next != state_.rung;
  if (out.moved) {
    if (next > state_.rung && state_.rung != kOff && next != kOff) {
      events.push({domain::EventCode::rung_lost, duty, static_cast<std::uint16_t>(why)});
    }
    const bool to_hold = next != kOff && settings_.rungs[next].kind == RungKind::hold;
    if (to_hold) state_.hold_since_ns = in.time_ns;
    state_.locked[first_of(RungKind::hold)] =
        state_.locked[first_of(RungKind::hold)] && next > first_of(RungKind::hold) && next != kOff;
    state_.rung = next;
    state_.reason = why;
    state_.since_cycle = in.cycle;
    events.push({domain::EventCode::rung_moved, duty, next});
  }
  out.rung = state_.rung;
  out.wanted_rung = best_from(0);
  out.controller =
      state_.rung == kOff ? domain::kNoController : settings_.rungs[state_.rung].controller;
  out.reason = state_.reason;
  out.since_cycle = state_.since_cycle;
  for (std::size_t i = 0; i < settings_.rungs.size(); ++i) out.blocked[i] = state_.blocked[i];
  out.climb_needs = climb_needs(in);
}

/// SC-70: what stands between the driving rung and a better one, in a person's order of asking.
Reason Ladder::climb_needs(const LadderInputs& in) const noexcept {
  if (state_.rung == kOff || state_.rung == 0) return Reason::none;
  std::uint8_t up = kOff;  // the nearest better controller that is healthy
  for (std::uint8_t i = state_.rung; i-- > 0;) {
    if (settings_.rungs[i].kind != RungKind::controller) continue;
    if (up == kOff || state_.blocked[up] != Reason::none) up = i;
  }
  if (in.demand.force != Demand::Force::none) return Reason::operator_request;
  if (up == kOff) return Reason::none;  // nothing above but hold
  if (state_.blocked[up] != Reason::none) {
    for (std::uint8_t i = state_.rung; i-- > 0;) {
      if (settings_.rungs[i].kind == RungKind::controller) return state_.blocked[i];
    }
  }
  if (!settings_.auto_climb) return Reason::operator_request;
  return state_.climb_block_told ? Reason::climb_limit : Reason::dwell_elapsed;
}

void Ladder::pardon(domain::ControllerId controller) noexcept {
  for (std::size_t i = 0; i < settings_.rungs.size(); ++i) {
    if (settings_.rungs[i].controller != controller) continue;
    if (settings_.rungs[i].kind != RungKind::controller) continue;
    state_.locked[i] = false;
    state_.misses[i] = 0;
    interventions_.forgive(i);
    filtered_.forgive(i);
  }
}

}  // namespace saggar::control
