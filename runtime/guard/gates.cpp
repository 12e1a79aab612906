// Gates G1 to G6: may this be asked at all, and how far may it go.
#include <algorithm>
#include <cmath>

#include "runtime/guard/state.hpp"

namespace saggar::guard {

using domain::Gate;
using domain::Mode;
using domain::Outcome;
using domain::Reason;
using domain::Source;

void Guard::State::admit(Pass& pass) noexcept {
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    Work& w = work[i];
    w = Work{};
    goals[i] = std::nan("");
    pass.command.action[i] = domain::Action::none;
    pass.limited[i] = domain::Limited::constant;
    const domain::Ask& ask = pass.in.request.asks[i];
    if (ask.source == Source::none) {  // nobody asks for a value: back to the field's own recipe
      pass.command.action[i] = domain::Action::release;
      moving[i].driven = false;
      moving[i].readback.forget();
      moving[i].told = Reason::none;
      continue;
    }
    if (const Reason why = form(i, pass.in); why != Reason::none) {
      reject(i, Gate::g1_form, why, pass);
      continue;
    }
    pass.passed(Gate::g1_form);
    if (const Reason why = age(i, pass.in); why != Reason::none) {
      reject(i, Gate::g2_age, why, pass);
      continue;
    }
    pass.passed(Gate::g2_age);
    if (const Reason why = authority(i, pass.in); why != Reason::none) {
      reject(i, Gate::g3_authority, why, pass);
      continue;
    }
    pass.passed(Gate::g3_authority);
    moving[i].told = Reason::none;
    const Mode actual = pass.in.modes[i].actual;
    w.path = actual == Mode::oos    ? Path::frozen
             : actual == Mode::iman ? Path::initialise
                                    : Path::moving;
    if (w.path == Path::moving) goals[i] = ask.value;
  }
}

void Guard::State::reject(std::size_t i, Gate gate, Reason why, Pass& pass) noexcept {
  const double asked = pass.in.request.asks[i].value;
  pass.count(gate, Outcome::reject);
  pass.actions.push({static_cast<domain::MvId>(i), gate, Outcome::reject, why, asked, value[i]});
  if (moving[i].told == why) return;
  moving[i].told = why;
  pass.events.push({domain::EventCode::guard_rejected, static_cast<std::uint16_t>(i),
                    static_cast<std::uint16_t>(why), asked, value[i]});
}

// G1: a finite value of a known source, based on a frame that exists.
Reason Guard::State::form(std::size_t i, const GuardInputs& in) const noexcept {
  const domain::Ask& ask = in.request.asks[i];
  if (ask.source > Source::hold) return Reason::no_authority;
  if (!std::isfinite(ask.value)) return Reason::non_finite;
  if (backwards || ask.inputs_sequence > in.screened.sequence) return Reason::sequence;
  return Reason::none;
}

// G2: what is based on measurements must be based on new ones. People, recipe and hold need none.
Reason Guard::State::age(std::size_t i, const GuardInputs& in) const noexcept {
  const domain::Ask& ask = in.request.asks[i];
  if (ask.source != Source::controller) {
    if (ask.inputs_sequence == 0) return Reason::none;
  } else if (ask.inputs_sequence == 0) {
    return Reason::stale_request;
  }
  const double oldest = settings.age_periods * in.period_s * 1e9;
  const double now = static_cast<double>(in.time_ns);
  const double age = now - static_cast<double>(ask.inputs_time_ns);
  if (!(age >= 0 && age <= oldest)) return Reason::stale_request;
  const double frame_age = now - static_cast<double>(in.screened.time_ns);
  return frame_age <= oldest ? Reason::none : Reason::stale_frame;
}

// G3: who may ask in this mode, and is there a field that answers.
Reason Guard::State::authority(std::size_t i, const GuardInputs& in) const noexcept {
  const Moving& m = moving[i];
  const Source source = in.request.asks[i].source;
  if (!in.link_up) return Reason::link_lost;
  if (m.fault) return Reason::mv_fault;
  if (!fixed[i].valid) return Reason::out_of_limits;
  bool may = false;
  switch (in.modes[i].actual) {
    case Mode::oos:
    case Mode::iman:
    case Mode::lo:
      may = source == Source::hold;
      break;
    case Mode::man:
    case Mode::auto_:
      may = source == Source::operator_;
      break;
    case Mode::cas:
      may = source == Source::recipe || source == Source::hold;
      break;
    case Mode::rcas:
      may = source == Source::controller || source == Source::hold || source == Source::recipe;
      break;
    case Mode::rout:
      break;  // locked (PF-25)
  }
  if (!may) return Reason::no_authority;
  if (m.driven) return Reason::none;
  // Taking over needs the working value, or there would be a bump (SC-03).
  const domain::Sample& working = in.screened.samples[fixed[i].working];
  const bool readable = m.known && working.usable() && std::isfinite(working.value);
  return readable ? Reason::none : Reason::cascade_open;
}

void Guard::State::clip_goal(std::size_t i, Gate gate, const Bounds& bounds, Pass& pass) noexcept {
  Work& w = work[i];
  const double before = goals[i];
  if (before > bounds.high) {
    goals[i] = bounds.high;
    w.clipped_high = true;
    if (w.clip_reason == Reason::none) w.clip_reason = bounds.high_reason;
    pass.clip(i, gate, bounds.high_reason, before, goals[i]);
  } else if (before < bounds.low) {
    goals[i] = bounds.low;
    w.clipped_low = true;
    if (w.clip_reason == Reason::none) w.clip_reason = bounds.low_reason;
    pass.clip(i, gate, bounds.low_reason, before, goals[i]);
  } else {
    pass.passed(gate);
  }
  w.bounds.at_least(bounds.low, bounds.low_reason);
  w.bounds.at_most(bounds.high, bounds.high_reason);
}

Bounds Guard::State::rate_bounds(std::size_t i) const noexcept {
  const double reference = moving[i].reference;
  Bounds bounds{reference + horizons[0].low(i), reference + horizons[0].high(i), Reason::rate_limit,
                Reason::rate_limit};
  bounds.at_least(reference + horizons[1].low(i), Reason::rate_limit);
  bounds.at_most(reference + horizons[1].high(i), Reason::rate_limit);
  bounds.at_least(reference + horizons[2].low(i), Reason::shift_limit);
  bounds.at_most(reference + horizons[2].high(i), Reason::shift_limit);
  bounds.at_least(reference + horizons[3].low(i), Reason::rate_limit);
  bounds.at_most(reference + horizons[3].high(i), Reason::rate_limit);
  return bounds;
}

void Guard::State::bound(Pass& pass) noexcept {
  for (std::size_t i = 0; i < fixed.size(); ++i) {
    Work& w = work[i];
    if (w.path == Path::done) continue;
    if (w.path != Path::moving) {  // nothing moves, so nothing can be outside
      for (const Gate gate : {Gate::g4_absolute, Gate::g5_rate, Gate::g6_direction}) {
        pass.passed(gate);
      }
      continue;
    }
    const Fixed& f = fixed[i];
    w.bounds = f.hard;
    Bounds allowed = f.hard;
    allowed.at_least(moving[i].reference + f.trim_low, Reason::trim_limit);
    allowed.at_most(moving[i].reference + f.trim_high, Reason::trim_limit);
    clip_goal(i, Gate::g4_absolute, allowed, pass);
    clip_goal(i, Gate::g5_rate, rate_bounds(i), pass);
    direct(i, pass);
  }
}

// G6: when the controlled value is at its limit, its MV does not push it further.
void Guard::State::direct(std::size_t i, Pass& pass) noexcept {
  const Fixed& f = fixed[i];
  Bounds allowed{-INFINITY, INFINITY, Reason::direction_limit, Reason::direction_limit};
  if (f.pv != domain::kNoTag && f.pv_low < f.pv_high) {
    const domain::Sample& pv = pass.in.screened.samples[f.pv];
    if (pv.usable() && pv.value >= f.pv_high) allowed.high = in_force[i];
    if (pv.usable() && pv.value <= f.pv_low) allowed.low = in_force[i];
  }
  clip_goal(i, Gate::g6_direction, allowed, pass);
}

}  // namespace saggar::guard
