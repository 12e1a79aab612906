#include "runtime/operate/applications.hpp"

#include <cmath>

namespace saggar::operate {

using domain::AppState;
using domain::Duty;
using domain::Mode;
using domain::MvId;
using domain::Reason;
using C = Condition;

namespace {

constexpr Conditions only(Condition c) noexcept { return static_cast<Conditions>(c); }

// In the order of preference within one state: people first, then what is missing, then progress.
constexpr Transition kTransitions[] = {
    {AppState::off, AppState::prepare, only(C::on_wanted), Reason::operator_request},

    {AppState::prepare, AppState::off, only(C::off_wanted), Reason::operator_request},
    {AppState::prepare, AppState::ready, only(C::tracking), Reason::none},
    {AppState::prepare, AppState::fault, only(C::timed_out), Reason::time_limit},

    {AppState::ready, AppState::off, only(C::off_wanted), Reason::operator_request},
    {AppState::ready, AppState::prepare, only(C::not_tracking), Reason::not_tracking},
    {AppState::ready, AppState::switch_on, C::on_wanted | C::permitted, Reason::operator_request},
    {AppState::ready, AppState::off, only(C::timed_out), Reason::permissive_missing},

    {AppState::switch_on, AppState::switch_off, only(C::off_wanted), Reason::operator_request},
    {AppState::switch_on, AppState::switch_off, only(C::not_permitted), Reason::permissive_missing},
    {AppState::switch_on, AppState::on, only(C::all_taken), Reason::none},
    {AppState::switch_on, AppState::on_partial, C::some_taken | C::settled, Reason::none},
    {AppState::switch_on, AppState::on_partial, C::some_taken | C::timed_out, Reason::time_limit},
    {AppState::switch_on, AppState::switch_off, C::none_taken | C::timed_out, Reason::time_limit},

    {AppState::on_partial, AppState::switch_off, only(C::off_wanted), Reason::operator_request},
    {AppState::on_partial, AppState::switch_off, only(C::not_permitted),
     Reason::permissive_missing},
    {AppState::on_partial, AppState::switch_off, only(C::none_taken), Reason::cascade_open},
    {AppState::on_partial, AppState::on, only(C::all_taken), Reason::none},

    {AppState::on, AppState::switch_off, only(C::off_wanted), Reason::operator_request},
    {AppState::on, AppState::switch_off, only(C::not_permitted), Reason::permissive_missing},
    {AppState::on, AppState::switch_off, only(C::none_taken), Reason::cascade_open},
    {AppState::on, AppState::on_partial, C::some_taken | C::not_all_taken, Reason::none},

    {AppState::switch_off, AppState::off, only(C::fallback_runs), Reason::application_off},
    {AppState::switch_off, AppState::fault, only(C::timed_out), Reason::time_limit},

    {AppState::fault, AppState::off, only(C::acknowledged), Reason::operator_request},
};

double seconds(std::int64_t from_ns, std::int64_t to_ns) noexcept {
  return (static_cast<double>(to_ns) - static_cast<double>(from_ns)) * 1e-9;
}

}  // namespace

std::span<const Transition> transitions() noexcept { return kTransitions; }

const Transition* next(AppState from, Conditions conditions) noexcept {
  for (const Transition& t : kTransitions) {
    if (t.from == from && (conditions & t.guard) == t.guard) return &t;
  }
  return nullptr;
}

Applications::Applications(const domain::Plant& plant, ApplicationSettings settings)
    : plant_(plant), settings_(settings) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) members_[d] = plant.of(static_cast<Duty>(d));
}

Reason Applications::switch_on(Duty duty) noexcept {
  const auto d = static_cast<std::size_t>(duty);
  if (d >= domain::kDutyCount || members_[d].empty()) return Reason::not_supported;
  switch (states_[d]) {
    case AppState::off:
      break;
    case AppState::on:
    case AppState::on_partial:
      return Reason::nothing_to_do;
    case AppState::fault:
      return Reason::no_transition;
    default:
      return Reason::busy;
  }
  if (duties_[d].on_wanted) return Reason::busy;
  duties_[d].on_wanted = true;
  duties_[d].off_wanted = false;
  duties_[d].resumed = duties_[d].resumable = false;
  return Reason::none;
}

void Applications::resume(Duty duty) noexcept {
  DutyState& s = duties_[static_cast<std::size_t>(duty)];
  if (!s.resumable || state(duty) != AppState::off || s.on_wanted) return;
  s.on_wanted = s.resumed = true;
  s.off_wanted = s.resumable = false;
}

Reason Applications::switch_off(Duty duty) noexcept {
  const auto d = static_cast<std::size_t>(duty);
  if (d >= domain::kDutyCount || members_[d].empty()) return Reason::not_supported;
  const bool was_wanted = duties_[d].on_wanted;
  duties_[d].on_wanted = duties_[d].resumable = false;
  switch (states_[d]) {
    case AppState::off:
      return was_wanted ? Reason::none : Reason::nothing_to_do;
    case AppState::fault:
      return Reason::nothing_to_do;
    case AppState::switch_off:
      return Reason::busy;
    default:
      break;
  }
  duties_[d].off_wanted = true;
  return Reason::none;
}

Reason Applications::acknowledge(Duty duty) noexcept {
  const auto d = static_cast<std::size_t>(duty);
  if (d >= domain::kDutyCount || states_[d] != AppState::fault) return Reason::nothing_to_do;
  duties_[d].acknowledged = true;
  return Reason::none;
}

void Applications::update(const ApplicationInputs& in,
                          domain::Bounded<domain::Event>& events) noexcept {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    DutyState& s = duties_[d];
    if (members_[d].empty()) continue;
    if (!s.started) {
      s.started = true;
      s.since_ns = in.time_ns;
      s.since_cycle = in.cycle;
    }
    const Transition* t = next(states_[d], conditions(d, in));
    if (t == nullptr) continue;
    states_[d] = t->to;
    s.reason = t->to == AppState::prepare && s.resumed ? Reason::returned : t->reason;
    if (t->to == AppState::switch_off) s.resumable = t->reason != Reason::operator_request;
    if (t->to == AppState::fault) s.resumable = false;
    s.since_ns = in.time_ns;
    s.since_cycle = in.cycle;
    const bool ended =
        t->to == AppState::off || t->to == AppState::fault || t->to == AppState::switch_off;
    if (ended) s.on_wanted = s.off_wanted = s.resumed = false;
    s.acknowledged = false;
    events.push({domain::EventCode::application_state, static_cast<std::uint16_t>(d),
                 static_cast<std::uint16_t>(t->to), static_cast<double>(t->reason), 0});
  }
}

Conditions Applications::conditions(std::size_t d, const ApplicationInputs& in) noexcept {
  DutyState& s = duties_[d];
  const AppState state = states_[d];
  Conditions found = taken(d, in);
  const auto add = [&](bool holds, Condition c) {
    if (holds) found = found | c;
  };
  add(s.on_wanted, C::on_wanted);
  add(s.off_wanted, C::off_wanted);
  add(s.acknowledged, C::acknowledged);
  add(in.fallback_runs[d], C::fallback_runs);
  const bool tracks = tracks_now(d, in);
  if (tracks && !s.tracks) s.tracking_since_ns = in.time_ns;
  s.tracks = tracks;
  add(tracks &&
          seconds(s.tracking_since_ns, in.time_ns) >= settings_.tracking_periods * in.period_s,
      C::tracking);
  add(!tracks, C::not_tracking);
  const bool running =
      state == AppState::switch_on || state == AppState::on_partial || state == AppState::on;
  s.missing = running ? in.permissives[d].missing_while_on() : in.permissives[d].missing();
  add(s.missing == 0, C::permitted);
  add(s.missing != 0, C::not_permitted);
  add(seconds(s.since_ns, in.time_ns) > limit_s(state), C::timed_out);
  return found;
}

Conditions Applications::taken(std::size_t d, const ApplicationInputs& in) const noexcept {
  bool all = true, some = false, settled = true;
  for (const MvId mv : members_[d]) {
    const domain::ModeBlock& block = in.modes[mv];
    const bool wants = block.target == Mode::rcas || block.target == Mode::rout;
    const bool has = wants && (block.actual == block.target || block.actual == Mode::lo);
    all = all && has;
    some = some || has;
    settled = settled && (has || !wants);
  }
  Conditions found = 0;
  if (all) found = found | C::all_taken;
  if (!all) found = found | C::not_all_taken;
  found = found | (some ? C::some_taken : C::none_taken);
  if (settled) found = found | C::settled;
  return found;
}

bool Applications::tracks_now(std::size_t d, const ApplicationInputs& in) const noexcept {
  const domain::Proposal* proposal = in.proposals[d];
  if (proposal == nullptr || proposal->value.size() != members_[d].size()) return false;
  if (proposal->status > domain::ProposalStatus::degraded &&
      proposal->status != domain::ProposalStatus::pending) {
    return false;
  }
  for (std::size_t k = 0; k < members_[d].size(); ++k) {
    const domain::Mv& mv = plant_.mvs[members_[d][k]];
    if (in.modes[members_[d][k]].target == Mode::oos) continue;
    const domain::Sample& working = in.frame.samples[mv.working];
    const domain::Tag& tag = plant_.tags[mv.tag];
    const double tolerance = tag.unit == domain::Unit::degC
                                 ? settings_.tolerance_K
                                 : settings_.tolerance_percent * 0.01 * (tag.high - tag.low);
    const bool near = std::abs(proposal->value[k] - working.value) <= tolerance;
    if (!working.usable() || !near) return false;
  }
  return true;
}

double Applications::limit_s(AppState state) const noexcept {
  switch (state) {
    case AppState::prepare:
      return settings_.prepare_s;
    case AppState::ready:
      return settings_.ready_s;
    case AppState::switch_on:
      return settings_.switch_on_s;
    case AppState::switch_off:
      return settings_.switch_off_s;
    default:
      return INFINITY;
  }
}

bool Applications::drives(Duty duty) const noexcept {
  const AppState s = state(duty);
  return s == AppState::switch_on || s == AppState::on_partial || s == AppState::on ||
         s == AppState::switch_off;
}
bool Applications::leaving(Duty duty) const noexcept { return state(duty) == AppState::switch_off; }
Reason Applications::reason(Duty duty) const noexcept {
  return duties_[static_cast<std::size_t>(duty)].reason;
}
std::uint32_t Applications::missing(Duty duty) const noexcept {
  return duties_[static_cast<std::size_t>(duty)].missing;
}
std::uint64_t Applications::since_cycle(Duty duty) const noexcept {
  return duties_[static_cast<std::size_t>(duty)].since_cycle;
}

void Applications::serialize(domain::Archive& archive) {
  archive(states_);
  for (DutyState& s : duties_) {
    archive(s.since_ns, s.tracking_since_ns, s.since_cycle, s.missing, s.reason, s.on_wanted,
            s.off_wanted, s.acknowledged, s.tracks, s.started, s.resumable, s.resumed);
  }
}

}  // namespace saggar::operate
