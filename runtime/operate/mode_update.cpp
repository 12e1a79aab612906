// One cycle of the modes: what the field shows, taking over, shedding, returning, and who owns
// what.
#include <cmath>

#include "runtime/operate/mode_engine.hpp"

namespace saggar::operate {

using domain::AppState;
using domain::EventCode;
using domain::Mode;
using domain::Reason;

namespace {

constexpr bool is_persons(Mode mode) noexcept { return mode == Mode::man || mode == Mode::auto_; }
constexpr bool is_applications(Mode mode) noexcept {
  return mode == Mode::rcas || mode == Mode::rout;
}
constexpr bool is_driving(AppState state) noexcept {
  return state == AppState::switch_on || state == AppState::on_partial || state == AppState::on ||
         state == AppState::switch_off;
}
double seconds(std::int64_t from_ns, std::int64_t to_ns) noexcept {
  return (static_cast<double>(to_ns) - static_cast<double>(from_ns)) * 1e-9;
}

}  // namespace

void ModeEngine::update(const ModeInputs& in, domain::Bounded<domain::Event>& events) noexcept {
  now_ns_ = in.time_ns;
  period_s_ = in.period_s;
  returned_ = {};
  for (std::size_t i = 0; i < mvs_.size(); ++i) {
    MvState& s = mvs_[i];
    domain::ModeBlock& block = blocks_[i];
    observe(i, in);
    engage(i, in);
    maybe_shed(i, events);
    maybe_return(i, in);
    const Found found = find(i, in);
    if (found.actual != block.actual) {
      if (is_persons(found.actual) && !s.value_set && s.working_known) s.value = s.working;
      if (!is_persons(found.actual)) s.value_set = s.fresh && s.value_set;
      events.push({EventCode::mode_changed, static_cast<std::uint16_t>(i),
                   static_cast<std::uint16_t>(found.actual), 0, 0});
    }
    block.actual = found.actual;
    block.why = found.actual == block.target ? Reason::none : found.why;
    s.owner = found.owner;
    s.asked_by = Authority::automatic;
    s.fresh = false;
  }
  for (std::size_t d = 0; d < drove_.size(); ++d) drove_[d] = is_driving(in.applications[d]);
}

void ModeEngine::observe(std::size_t i, const ModeInputs& in) noexcept {
  MvState& s = mvs_[i];
  const domain::Mv& mv = plant_.mvs[i];
  const std::size_t tags = in.frame.samples.size();
  s.readable = false;
  if (mv.working < tags) {
    const domain::Sample& working = in.frame.samples[mv.working];
    s.readable = working.usable() && std::isfinite(working.value);
    if (s.readable) {
      s.working = working.value;
      s.working_known = true;
    }
  }
  s.remote = mv.remote == domain::kNoTag;
  if (mv.remote < tags) {
    const domain::Sample& remote = in.frame.samples[mv.remote];
    s.remote = remote.usable() && remote.value >= 0.5;
  }
  const bool comms = in.link_up && in.heartbeat_ok;
  if (comms && !s.comms) {
    s.healthy_ns = now_ns_;
    s.blip = s.shed && seconds(s.lost_ns, now_ns_) < settings_.blip_periods * period_s_;
  }
  s.comms = comms;
  if (comms && s.remote) s.lost_ns = now_ns_;
}

// RCAS is taken when its application begins to drive, or when it is asked for while that drives; it
// is let go when the application has ended. A take-over that the field does not follow is given up.
void ModeEngine::engage(std::size_t i, const ModeInputs& in) noexcept {
  MvState& s = mvs_[i];
  const auto duty = static_cast<std::size_t>(plant_.mvs[i].duty);
  const bool drives = is_driving(in.applications[duty]);
  const Mode target = blocks_[i].target;
  if (is_applications(target)) {
    if (drives && (!drove_[duty] || s.fresh) && !s.shed) {
      s.fresh = true;
      s.engaged = true;
      s.cut = s.let_go = false;
    }
    if (s.engaged && s.established && !s.comms) s.cut = true;
    let_go(i, !drives && drove_[duty]);
  }
  if (!s.engaged) {
    s.established = false;
    return;
  }
  if (s.fresh) s.asked_ns = now_ns_;
  if (s.comms && s.remote) s.established = true;
  if (!s.established && seconds(s.asked_ns, now_ns_) > settings_.take_over_s) s.engaged = false;
}

// A lost link ends the application at once, long before it is known whether the loss is a shed: an
// MV that was cut off stays in question until the shed time has passed or the link is back.
void ModeEngine::let_go(std::size_t i, bool ended) noexcept {
  MvState& s = mvs_[i];
  if (ended) {
    s.let_go = s.engaged && s.cut;
    s.engaged = s.let_go;
  }
  if (!s.let_go || !s.comms) return;
  s.let_go = s.engaged = s.cut = false;  // back before the shed: the shortest of blips
  const domain::Mv& mv = plant_.mvs[i];
  if (mv.shed_return) returned_[static_cast<std::size_t>(mv.duty)] = true;
}

void ModeEngine::maybe_shed(std::size_t i, domain::Bounded<domain::Event>& events) noexcept {
  MvState& s = mvs_[i];
  if (!s.engaged || !s.established || s.shed) return;
  if (seconds(s.lost_ns, now_ns_) <= settings_.shed_s) return;
  const domain::Mv& mv = plant_.mvs[i];
  domain::ModeBlock& block = blocks_[i];
  s.retained = block.target;
  s.shed = true;
  s.engaged = s.established = s.confirmed = s.blip = s.cut = s.let_go = false;
  switch (mv.shed_to) {
    case domain::ShedTo::auto_:
      block.target = Mode::auto_;
      break;
    case domain::ShedTo::man:
      block.target = Mode::man;
      break;
    case domain::ShedTo::retained:
      break;
    case domain::ShedTo::normal:
      block.target = block.normal;
      break;
  }
  s.value = s.working;  // the last verified SP
  s.value_set = false;
  events.push({EventCode::mode_shed, static_cast<std::uint16_t>(i),
               static_cast<std::uint16_t>(block.target), s.working, 0});
}

bool ModeEngine::healthy_long(const MvState& s) const noexcept {
  return s.comms && seconds(s.healthy_ns, now_ns_) >= settings_.return_periods * period_s_;
}

// What a person or the recipe moves goes on at once; what an application moves waits for it.
void ModeEngine::maybe_return(std::size_t i, const ModeInputs& in) noexcept {
  MvState& s = mvs_[i];
  if (!s.shed || !plant_.mvs[i].shed_return || !s.comms) return;
  if (!s.blip && !(s.confirmed && healthy_long(s))) return;
  blocks_[i].target = s.retained;
  s.shed = s.confirmed = s.blip = false;
  const auto duty = static_cast<std::size_t>(plant_.mvs[i].duty);
  s.engaged = !is_applications(s.retained) || is_driving(in.applications[duty]);
  if (!s.engaged) returned_[duty] = true;
  s.established = false;
  s.asked_ns = now_ns_;
}

ModeEngine::Found ModeEngine::find(std::size_t i, const ModeInputs& in) const noexcept {
  const MvState& s = mvs_[i];
  const Mode target = blocks_[i].target;
  if (target == Mode::oos) return {Mode::oos, Owner::frozen, Reason::none};
  if (!s.engaged || s.let_go) return {Mode::iman, Owner::field, not_driven(i, in)};
  if (s.fault || !s.comms || !s.remote) return {Mode::iman, Owner::hold, broken(s, in)};
  if (is_persons(target)) return {target, Owner::person, Reason::none};
  return automatic(i, in);
}

// CAS and RCAS need the working SP back (SC-03); hold comes before both.
ModeEngine::Found ModeEngine::automatic(std::size_t i, const ModeInputs& in) const noexcept {
  const MvState& s = mvs_[i];
  const auto duty = static_cast<std::size_t>(plant_.mvs[i].duty);
  const Mode target = blocks_[i].target;
  if (held_[duty]) return {Mode::lo, Owner::hold, Reason::operator_request};
  if (!s.readable) return {Mode::auto_, Owner::person, Reason::cascade_open};
  if (target == Mode::cas || !is_driving(in.applications[duty])) {
    return {Mode::cas, Owner::recipe, Reason::application_off};
  }
  return {target, Owner::application, Reason::none};
}

// What stands in the way to the field; a fault first, for only a person can clear it.
Reason ModeEngine::broken(const MvState& s, const ModeInputs& in) const noexcept {
  if (s.fault) return Reason::mv_fault;
  if (!in.link_up) return Reason::link_lost;
  if (!in.heartbeat_ok) return Reason::stale_frame;
  return s.remote ? Reason::none : Reason::field_local;
}

// A field in local is no cause here: it is there because nothing is asked of it.
Reason ModeEngine::not_driven(std::size_t i, const ModeInputs& in) const noexcept {
  const MvState& s = mvs_[i];
  const Reason why = broken(s, in);
  if (why != Reason::none && why != Reason::field_local) return why;
  if (s.shed) return Reason::shed;
  if (!is_applications(blocks_[i].target)) return Reason::none;
  const auto duty = static_cast<std::size_t>(plant_.mvs[i].duty);
  return is_driving(in.applications[duty]) ? Reason::cascade_open : Reason::application_off;
}

}  // namespace saggar::operate
