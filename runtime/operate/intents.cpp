#include "runtime/operate/intents.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::operate {

using domain::AnswerKind;
using domain::AppState;
using domain::Duty;
using domain::Intent;
using domain::IntentKind;
using domain::Mode;
using domain::MvId;
using domain::Reason;

namespace {

Authority authority(const Intent& intent) noexcept {
  const bool offline = intent.kind == IntentKind::set_mode && intent.mode == Mode::oos;
  return offline ? Authority::offline : Authority::operator_;
}

// Order within one cycle: smaller first. Among emergencies the strongest comes last and stands.
int rank(const Intent& intent) noexcept {
  switch (intent.kind) {
    case IntentKind::ai_off:
      return 0;
    case IntentKind::hold:
      return 1;
    case IntentKind::release:
      return 2;
    default:
      return authority(intent) == Authority::offline ? 3 : 4;
  }
}

bool is_ladder(IntentKind kind) noexcept {
  return kind == IntentKind::climb || kind == IntentKind::step_down;
}
bool is_switch(IntentKind kind) noexcept {
  return kind == IntentKind::switch_on || kind == IntentKind::switch_off;
}
bool is_freeze(IntentKind kind) noexcept {
  return kind == IntentKind::freeze_bias || kind == IntentKind::unfreeze_bias;
}

// True when `b` decides all that `a` decides.
bool covers(const Intent& b, const Intent& a, const domain::Plant& plant) noexcept {
  if (is_ladder(a.kind) && is_ladder(b.kind)) return a.duty == b.duty;
  if (is_switch(a.kind) && is_switch(b.kind)) return a.duty == b.duty;
  if (is_freeze(a.kind) && is_freeze(b.kind)) return a.duty == b.duty;
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case IntentKind::set_mode:
      if (b.mv != domain::kNoMv) return a.mv == b.mv;
      if (a.mv == domain::kNoMv) return a.duty == b.duty;
      return a.mv < plant.mvs.size() && plant.mvs[a.mv].duty == b.duty;
    case IntentKind::set_setpoint:
      return a.mv == b.mv;
    case IntentKind::set_parameter:
      return a.controller == b.controller && a.key == b.key;
    default:
      return false;
  }
}

bool overrides(const Intent& b, const Intent& a, const domain::Plant& plant, bool later) noexcept {
  if (is_emergency(a.kind)) return false;
  if (is_emergency(b.kind)) return is_ladder(a.kind) || a.kind == IntentKind::switch_on;
  if (!covers(b, a, plant)) return false;
  if (authority(b) != authority(a)) return authority(b) > authority(a);
  return later;
}

std::optional<IntentKind> kind_of(Force force) noexcept {
  switch (force) {
    case Force::none:
      break;
    case Force::ai_off:
      return IntentKind::ai_off;
    case Force::hold:
      return IntentKind::hold;
    case Force::release:
      return IntentKind::release;
  }
  return std::nullopt;
}

bool complete(const Intent& intent) noexcept {
  return is_emergency(intent.kind) ||
         (!intent.who.empty() && !intent.station.empty() && !intent.reason.empty());
}

}  // namespace

bool is_emergency(IntentKind kind) noexcept {
  return kind == IntentKind::ai_off || kind == IntentKind::hold || kind == IntentKind::release;
}

Intents::Intents(const domain::Plant& plant, IntentLimits limits)
    : plant_(plant), limits_(limits), queue_(std::max<std::size_t>(limits.queue, 2)) {
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) members_[d] = plant.of(static_cast<Duty>(d));
}

bool Intents::offer(const Intent& intent) noexcept {
  // A quarter, 16 at most, is for emergencies alone: several people may press at once (SC-91).
  const std::size_t reserved = std::clamp<std::size_t>(queue_.size() / 4, 1, 16);
  const std::size_t room = queue_.size() - (is_emergency(intent.kind) ? 0 : reserved);
  if (count_ >= room) return false;
  queue_[count_++] = intent;
  return true;
}

// Moves what is due from the queue to due_, in the order in which it is applied.
std::size_t Intents::take_due(std::uint64_t cycle, std::size_t room) noexcept {
  std::size_t taken = 0;
  bool acknowledging = false;
  for (int wanted = 0; wanted <= 4; ++wanted) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < count_; ++i) {
      const Intent& intent = queue_[i];
      const bool ack = intent.kind == IntentKind::acknowledge;
      const bool due = intent.not_before <= cycle || is_emergency(intent.kind);
      // Demands hold one acknowledgement: a second one is for the next cycle.
      if (taken < room && due && rank(intent) == wanted && !(ack && acknowledging)) {
        acknowledging = acknowledging || ack;
        due_[taken++] = intent;
      } else {
        if (kept != i) queue_[kept] = queue_[i];
        ++kept;
      }
    }
    count_ = kept;
  }
  return taken;
}

void Intents::apply(std::uint64_t cycle, ModeEngine& modes, Applications& applications,
                    domain::Bounded<Intent>& applied,
                    domain::Bounded<domain::IntentAnswer>& answers,
                    domain::Bounded<domain::Event>& events) noexcept {
  demands_.climb_to = {};
  demands_.step_down_to = {};
  demands_.acknowledge = false;
  demands_.acknowledge_mv = domain::kNoMv;
  demands_.controllers.clear();
  const std::size_t room = std::min(
      {applied.capacity() - applied.size(), answers.capacity() - answers.size(), due_.size()});
  const std::size_t n = take_due(cycle, room);
  for (std::size_t i = 0; i < n; ++i) {
    domain::AnswerFacts facts;
    Targets to{modes, applications, answers.size(), facts};
    const Verdict said = judge(i, n, to);
    const Intent& intent = due_[i];
    applied.push(intent);
    answers.push({intent.id, intent.station, cycle, said.kind, said.reason, facts});
    const bool handed_on =
        !demands_.controllers.empty() &&
        demands_.controllers[demands_.controllers.size() - 1].answer == to.answer;
    if (!handed_on) note(intent, said, events);
  }
}

void note(const Intent& intent, Verdict verdict, domain::Bounded<domain::Event>& events) noexcept {
  const bool done = verdict.kind == AnswerKind::done;
  events.push({done ? domain::EventCode::intent_done : domain::EventCode::intent_refused,
               static_cast<std::uint16_t>(intent.kind), static_cast<std::uint16_t>(verdict.reason),
               static_cast<double>(intent.mv), 0});
}

Verdict Intents::judge(std::size_t due, std::size_t due_count, Targets& to) noexcept {
  const Intent& intent = due_[due];
  if (!complete(intent)) return {AnswerKind::error, Reason::incomplete};
  for (std::size_t j = 0; j < due_count; ++j) {
    if (j == due || !complete(due_[j])) continue;
    if (overrides(due_[j], intent, plant_, j > due)) {
      return {AnswerKind::aborted, Reason::superseded};
    }
  }
  return execute(intent, to);
}

Verdict verdict(Reason why) noexcept {
  if (why == Reason::none) return {AnswerKind::done, why};
  const bool later = why == Reason::busy || why == Reason::second_person;
  return {later ? AnswerKind::busy : AnswerKind::error, why};
}

Verdict Intents::execute(const Intent& intent, Targets& to) noexcept {
  const auto d = static_cast<std::size_t>(intent.duty);
  if (d >= domain::kDutyCount) return verdict(Reason::not_supported);
  note_before(intent, to);
  switch (intent.kind) {
    case IntentKind::set_mode:
      return set_mode(intent, to);
    case IntentKind::set_setpoint:
      return verdict(to.modes.set_value(intent.mv, intent.value));
    case IntentKind::acknowledge:
      return acknowledge(intent, to);
    case IntentKind::switch_on:
      return switch_on(intent, to);
    case IntentKind::switch_off:
      return verdict(to.applications.switch_off(intent.duty));
    case IntentKind::ai_off:
    case IntentKind::hold:
    case IntentKind::release:
      return force(intent, to);
    case IntentKind::climb:
    case IntentKind::step_down:
      return move_rung(intent, to);
    case IntentKind::freeze_bias:
    case IntentKind::unfreeze_bias:
      return freeze_bias(intent);
    case IntentKind::restart_controller:
    case IntentKind::tune_start:
    case IntentKind::tune_abort:
    case IntentKind::set_parameter:
    case IntentKind::set_level:
    case IntentKind::accept_move:
    case IntentKind::modify_move:
    case IntentKind::reject_move:
      return to_controller(intent, to);
  }
  return verdict(Reason::not_supported);
}

// What a person is told besides the verdict, as it was before the intent.
void Intents::note_before(const Intent& intent, Targets& to) const noexcept {
  const bool known = intent.mv < plant_.mvs.size();
  to.facts.application = to.applications.state(known ? plant_.mvs[intent.mv].duty : intent.duty);
  if (!known) return;
  to.facts.mv = intent.mv;
  to.facts.block = to.modes.blocks()[intent.mv];
}

/// MVs of a duty that its application has or is to have.
std::size_t Intents::meant_for_application(Duty duty, const ModeEngine& modes) const noexcept {
  const auto& members = members_[static_cast<std::size_t>(duty)];
  return static_cast<std::size_t>(std::count_if(members.begin(), members.end(), [&](MvId mv) {
    const Mode target = modes.blocks()[mv].target;
    return target == Mode::rcas || target == Mode::rout;
  }));
}

Verdict Intents::set_mode(const Intent& intent, Targets& to) noexcept {
  const Duty duty = to.facts.mv == domain::kNoMv ? intent.duty : plant_.mvs[intent.mv].duty;
  const std::size_t before = meant_for_application(duty, to.modes);
  const Verdict said = intent.mv == domain::kNoMv
                           ? set_modes(intent, to)
                           : verdict(to.modes.request(intent.mv, intent.mode, authority(intent)));
  const AppState state = to.facts.application;
  const bool has_them =
      state != AppState::off && state != AppState::fault && state != AppState::switch_off;
  const std::size_t left = meant_for_application(duty, to.modes);
  to.facts.ends_application = has_them && before > 0 && left == 0;
  to.facts.leaves_application = has_them && left > 0 && left < before;
  return said;
}

// For a whole duty all its MVs or none.
Verdict Intents::set_modes(const Intent& intent, Targets& to) noexcept {
  const Authority by = authority(intent);
  ModeEngine& modes = to.modes;
  const auto& members = members_[static_cast<std::size_t>(intent.duty)];
  if (members.empty()) return verdict(Reason::not_supported);
  bool any = false;
  for (const MvId mv : members) {
    const Reason why = modes.would_accept(mv, intent.mode, by);
    const domain::ModeBlock& block = modes.blocks()[mv];
    const bool refuses = why != Reason::none && why != Reason::nothing_to_do;
    const bool stuck = block.why == Reason::mv_fault || block.why == Reason::link_lost;
    if (refuses || (stuck && to.facts.mv == domain::kNoMv)) {
      to.facts.mv = mv;
      to.facts.block = block;
    }
    if (refuses) return verdict(why);
    any = any || why == Reason::none;
  }
  if (!any) return verdict(Reason::nothing_to_do);
  for (const MvId mv : members) modes.request(mv, intent.mode, by);
  return verdict(Reason::none);
}

void Intents::lift(std::size_t duty, Targets& to) noexcept {
  to.facts.lifts = kind_of(demands_.force[duty]);
  demands_.force[duty] = Force::none;
  to.modes.set_hold(static_cast<Duty>(duty), false);
}

// Lifts what an emergency forced. Where the application is on already, that is what was asked for,
// and the best healthy rung takes the seat.
Verdict Intents::switch_on(const Intent& intent, Targets& to) noexcept {
  const auto d = static_cast<std::size_t>(intent.duty);
  if (!members_[d].empty() && !limits_.has_controller[d]) return verdict(Reason::no_controller);
  const Reason why = to.applications.switch_on(intent.duty);
  const bool forced = demands_.force[d] != Force::none;
  if (why == Reason::nothing_to_do && forced) {
    demands_.climb_to[d] = 0;
  } else if (why != Reason::none) {
    return verdict(why);
  }
  lift(d, to);
  to.modes.take_again(intent.duty);
  return verdict(Reason::none);
}

// All duties, at once, and never refused (SC-91). A stronger force that stands is not weakened.
Verdict Intents::force(const Intent& intent, Targets& to) noexcept {
  const Force wanted = intent.kind == IntentKind::ai_off ? Force::ai_off
                       : intent.kind == IntentKind::hold ? Force::hold
                                                         : Force::release;
  for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
    const auto duty = static_cast<Duty>(d);
    if (demands_.force[d] > wanted) to.facts.stronger_stands = kind_of(demands_.force[d]);
    demands_.force[d] = std::max(demands_.force[d], wanted);
    if (wanted == Force::hold) to.modes.set_hold(duty, true);
    if (wanted == Force::release) {
      to.modes.set_hold(duty, false);
      to.modes.release(duty);
      to.applications.switch_off(duty);
    }
  }
  return verdict(Reason::none);
}

Verdict Intents::acknowledge(const Intent& intent, Targets& to) noexcept {
  if (intent.mv != domain::kNoMv && intent.mv >= plant_.mvs.size()) {
    return verdict(Reason::unknown_tag);
  }
  demands_.acknowledge = true;
  demands_.acknowledge_mv = intent.mv;
  for (std::size_t i = 0; i < plant_.mvs.size(); ++i) {
    if (intent.mv == domain::kNoMv || intent.mv == i) to.modes.confirm_return(static_cast<MvId>(i));
  }
  if (intent.mv == domain::kNoMv) {
    for (std::size_t d = 0; d < domain::kDutyCount; ++d) {
      to.applications.acknowledge(static_cast<Duty>(d));
    }
  }
  return verdict(Reason::none);
}

// A climb lifts what an emergency forced. Without a rung it means the best one.
Verdict Intents::move_rung(const Intent& intent, Targets& to) noexcept {
  const auto d = static_cast<std::size_t>(intent.duty);
  const bool up = intent.kind == IntentKind::climb;
  const std::uint8_t rung = up && intent.rung == 0xFF ? 0 : intent.rung;
  if (rung >= limits_.rungs[d]) return verdict(Reason::out_of_limits);
  if (up) {
    lift(d, to);
    demands_.climb_to[d] = rung;
  } else {
    demands_.step_down_to[d] = rung;
  }
  return verdict(Reason::none);
}

Verdict Intents::freeze_bias(const Intent& intent) noexcept {
  const auto d = static_cast<std::size_t>(intent.duty);
  if (members_[d].empty()) return verdict(Reason::not_supported);
  const bool frozen = intent.kind == IntentKind::freeze_bias;
  if (demands_.bias_frozen[d] == frozen) return verdict(Reason::nothing_to_do);
  demands_.bias_frozen[d] = frozen;
  return verdict(Reason::none);
}

Verdict Intents::to_controller(const Intent& intent, Targets& to) noexcept {
  if (intent.controller >= limits_.controllers) return verdict(Reason::not_supported);
  if (intent.kind == IntentKind::tune_start || intent.kind == IntentKind::tune_abort) {
    if (intent.mv >= plant_.mvs.size()) return verdict(Reason::unknown_tag);
  }
  if (intent.kind == IntentKind::tune_start) {
    const Mode actual = to.modes.blocks()[intent.mv].actual;
    if (actual != Mode::man && actual != Mode::auto_) return verdict(Reason::not_in_this_mode);
  }
  if (intent.kind == IntentKind::modify_move && intent.mv >= plant_.mvs.size()) {
    return verdict(Reason::unknown_tag);
  }
  if (intent.kind == IntentKind::set_parameter) {
    if (intent.key.empty()) return verdict(Reason::incomplete);
    if (!std::isfinite(intent.value)) return verdict(Reason::non_finite);
  }
  const bool taken = demands_.controllers.push({intent, to.answer});
  return verdict(taken ? Reason::none : Reason::busy);
}

void Intents::serialize(domain::Archive& archive) {
  for (Intent& i : queue_) {  // one by one: equal queues give equal bytes
    archive(i.id, i.not_before, i.kind, i.mv, i.duty, i.mode, i.rung, i.controller, i.value, i.key,
            i.who, i.station, i.reason);
  }
  archive(count_, demands_.force, demands_.bias_frozen);
}

}  // namespace saggar::operate
