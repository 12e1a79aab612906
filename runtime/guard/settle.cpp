// G8, G7 and G9: the predictive stage, acceptance one MV at a time, and the command.
#include <algorithm>
#include <cmath>

#include "runtime/guard/state.hpp"

namespace saggar::guard {

using domain::Action;
using domain::Gate;
using domain::Limited;
using domain::Outcome;
using domain::Reason;

// G8 stands before the acceptance of G7, so that nothing it returns can leave a limit.
void Guard::State::predict(Pass& pass) noexcept {
  for (std::size_t i = 0; i < fixed.size(); ++i) work[i].goal_before_cross = goals[i];
  if (predictive != nullptr) {
    survey_reach();
    predictive(predictive_self, {pass.in, in_force, reference_now, reach_low, reach_high}, goals);
  }
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    Work& w = work[i];
    if (w.path == Path::done) continue;
    if (w.path != Path::moving || goals[i] == w.goal_before_cross) {
      pass.passed(Gate::g8_predictive);
      continue;
    }
    const double before = w.goal_before_cross;
    if (!std::isfinite(goals[i])) goals[i] = in_force[i];
    goals[i] = std::clamp(goals[i], std::min(w.bounds.low, in_force[i]),
                          std::max(w.bounds.high, in_force[i]));
    (goals[i] < before ? w.clipped_high : w.clipped_low) = true;
    if (w.clip_reason == Reason::none) w.clip_reason = Reason::cv_limit;
    pass.clip(i, Gate::g8_predictive, Reason::cv_limit, before, goals[i]);
  }
}

// Limits of the value itself and of long windows; those of a period and a minute are the plant's.
void Guard::State::survey_reach() noexcept {
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    const Fixed& f = fixed[i];
    const double reference = moving[i].known ? moving[i].reference : std::nan("");
    reference_now[i] = reference;
    reach_low[i] = std::max({f.hard.low, reference + f.trim_low, reference + horizons[2].low(i),
                             reference + horizons[3].low(i)});
    reach_high[i] = std::min({f.hard.high, reference + f.trim_high, reference + horizons[2].high(i),
                              reference + horizons[3].high(i)});
  }
}

// One MV at a time takes the step towards its goal that the values of all others, as they are at
// that moment, allow. Two more sweeps let those move that had to wait for a neighbour.
void Guard::State::settle(Pass& pass) noexcept {
  const std::size_t n = fixed.size();
  const bool power_full = cross.power_at_limit(pass.in.screened);
  bool waiting = false;
  for (std::size_t i = 0; i < n; ++i) {
    if (work[i].path != Path::moving) continue;
    accept(i, power_full);
    waiting = waiting || work[i].crossed;
  }
  for (std::size_t k = n; waiting && k-- > 0;) {
    if (work[k].crossed) accept(k, power_full);
  }
  for (std::size_t i = 0; waiting && i < n; ++i) {
    if (work[i].crossed) accept(i, power_full);
  }
  for (std::size_t i = 0; i < n; ++i) {
    Work& w = work[i];
    if (w.path == Path::done) continue;
    if (!w.crossed) {
      pass.passed(Gate::g7_cross);
      continue;
    }
    (w.goal_after_cross < goals[i] ? w.clipped_high : w.clipped_low) = true;
    if (w.clip_reason == Reason::none) w.clip_reason = w.cross_reason;
    pass.clip(i, Gate::g7_cross, w.cross_reason, goals[i], w.goal_after_cross);
  }
}

void Guard::State::accept(std::size_t i, bool power_full) noexcept {
  Work& w = work[i];
  const Fixed& f = fixed[i];
  Moving& m = moving[i];
  if (m.missed) {  // the last value comes first: the neighbours see this MV where it is
    w.goal_after_cross = in_force[i];
    return;
  }
  Bounds bounds = w.bounds;
  cross.narrow(i, value, bounds);
  if (power_full && f.heats) bounds.at_most(in_force[i], Reason::power_limit);
  double goal = goals[i];
  w.crossed = goal > bounds.high || goal < bounds.low;
  if (goal > bounds.high) {
    goal = bounds.high;
    w.cross_reason = bounds.high_reason;
  } else if (goal < bounds.low) {
    goal = bounds.low;
    w.cross_reason = bounds.low_reason;
  }
  w.goal_after_cross = goal;
  value[i] = f.grid.pick(goal, m.owed, bounds.low, bounds.high, value[i]);
}

void Guard::State::write(Pass& pass) noexcept {
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    const Work& w = work[i];
    switch (w.path) {
      case Path::done:
        break;
      case Path::frozen:
        pass.passed(Gate::g9_readback);
        break;
      case Path::initialise:
        initialise(i, pass);
        break;
      case Path::moving:
        send(i, pass);
        break;
    }
    const Moving& m = moving[i];
    if (m.known) {
      for (Horizon& horizon : horizons) horizon.push(i, value[i] - m.reference);
    }
    reference_view[i] = m.known ? m.reference : std::nan("");
    // Only a value that was never read nor written is not finite; it is never written either.
    pass.command.value[i] = std::isfinite(value[i]) ? value[i] : 0.0;
  }
}

void Guard::State::send(std::size_t i, Pass& pass) noexcept {
  Moving& m = moving[i];
  const Work& w = work[i];
  const Fixed& f = fixed[i];
  tell_clip(i, pass);
  const double step = f.grid.step();
  bool to_write = value[i] != in_force[i];
  if (m.missed) {
    // The field has not taken the last value: say it again before anything new.
    to_write = true;
    pass.count(Gate::g9_readback, Outcome::reject);
    pass.actions.push({static_cast<domain::MvId>(i), Gate::g9_readback, Outcome::reject,
                       Reason::readback_failed, goals[i], value[i]});
  } else {
    pass.passed(Gate::g9_readback);
  }
  if (!m.driven) {  // the first write tells the field that it is ours, even where nothing changes
    to_write = true;
    m.driven = true;
  }
  if (step > 0) {
    const double gap = w.goal_after_cross - value[i];
    m.owed = std::abs(gap) < step ? std::clamp(m.owed + gap * dt_s / settings.period_s, -step, step)
                                  : 0.0;
    if (!to_write && gap != 0) ++suppressed[i];
  }
  pass.limited[i] = w.clipped_high ? Limited::high : w.clipped_low ? Limited::low : Limited::no;
  if (!to_write) return;
  pass.command.action[i] = Action::write;
  ++writes[i];
  m.readback.sent(value[i], now_s, pass.in.screened.sequence);
}

// A clip is told when it begins. One that comes and goes within a period is the same one: a value
// that rests on a limit would else fill the event list.
void Guard::State::tell_clip(std::size_t i, Pass& pass) noexcept {
  const Work& w = work[i];
  Moving& m = moving[i];
  if (w.clip_reason == Reason::none) return;
  if (now_s - m.clipped_s > settings.period_s) {
    pass.events.push({domain::EventCode::guard_clipped, static_cast<std::uint16_t>(i),
                      static_cast<std::uint16_t>(w.clip_reason), pass.in.request.asks[i].value,
                      value[i]});
  }
  m.clipped_s = now_s;
}

// The field is not in remote: it is shown its own working value, which asks it to follow without
// moving anything. Not more often than a read-back takes.
void Guard::State::initialise(std::size_t i, Pass& pass) noexcept {
  Moving& m = moving[i];
  pass.passed(Gate::g9_readback);
  if (now_s - m.init_s < settings.readback_s) return;
  m.init_s = now_s;
  pass.command.action[i] = Action::write;
  ++writes[i];
}

}  // namespace saggar::guard
