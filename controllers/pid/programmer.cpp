#include "controllers/pid/programmer.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::pid {
namespace {

bool usable(double x) noexcept { return std::fabs(x) <= 1e9; }
bool usable_amount(double x) noexcept { return x >= 0 && x <= 1e9; }

}  // namespace

std::optional<std::string_view> problem(const Program& p) noexcept {
  if (p.count == 0 || p.count > Program::kMost) return "count: must be 1 to 32 segments";
  if (p.loop_first > p.loop_last || p.loop_last >= p.count)
    return "loop_first, loop_last: must name segments of the program, first not after last";
  if (p.loop_count < 1) return "loop_count: must be at least 1; 1 = no loop";
  if (!(p.recovery_per_s > 0) || !usable(p.recovery_per_s))
    return "recovery_per_s: must be above 0";
  for (std::uint32_t i = 0; i < p.count; ++i) {
    const Segment& s = p.segments[i];
    if (!usable(s.target)) return "target: must be a number";
    if (s.kind == SegmentKind::ramp_rate && !(s.rate_per_s > 0 && usable(s.rate_per_s)))
      return "rate_per_s: must be above 0";
    if (!usable_amount(s.time_s)) return "time_s: must be at least 0";
    if (!usable_amount(s.holdback_value)) return "holdback_value: must be at least 0";
    if (!usable_amount(s.tolerance)) return "tolerance: must be at least 0";
  }
  return std::nullopt;
}

bool Programmer::load(const Program& program) noexcept {
  if (problem(program)) return false;
  program_ = program;
  state_ = {};
  return true;
}

bool Programmer::start(double pv) noexcept {
  if (program_.count == 0 || !usable(pv)) return false;
  state_ = {};
  state_.phase = Phase::running;
  state_.setpoint = pv;
  state_.segment_start = pv;
  return true;
}

void Programmer::hold() noexcept {
  const Phase p = state_.phase;
  if (p != Phase::running && p != Phase::waiting && p != Phase::recovering) return;
  state_.held_phase = p;
  state_.phase = Phase::held;
}

void Programmer::release() noexcept {
  if (state_.phase == Phase::held) state_.phase = state_.held_phase;
}

void Programmer::stop() noexcept { state_.phase = Phase::idle; }

void Programmer::resume(double pv) noexcept {
  const Phase p = state_.phase;
  if (p == Phase::idle || p == Phase::finished || !usable(pv)) return;
  const bool recovering =
      p == Phase::recovering || (p == Phase::held && state_.held_phase == Phase::recovering);
  if (!recovering) state_.recover_to = state_.setpoint;
  state_.setpoint = pv;
  (p == Phase::held ? state_.held_phase : state_.phase) = Phase::recovering;
}

double Programmer::duration_s(const Segment& s) const noexcept {
  if (s.kind != SegmentKind::ramp_rate) return s.time_s;
  return std::fabs(s.target - state_.segment_start) / s.rate_per_s;
}

double Programmer::remaining_s() const noexcept {
  const Phase p = state_.phase;
  if (p == Phase::idle || p == Phase::finished) return 0;
  return std::max(0.0, duration_s(segment()) - state_.credit_s);
}

bool Programmer::waits(double pv_low, double pv_high) const noexcept {
  const Segment& s = segment();
  const double below = state_.setpoint - pv_low;
  const double above = pv_high - state_.setpoint;
  // Written so that not-a-number waits.
  const bool low_fine = below <= s.holdback_value;
  const bool high_fine = above <= s.holdback_value;
  switch (s.holdback) {
    case Holdback::low:
      if (!low_fine) return true;
      break;
    case Holdback::high:
      if (!high_fine) return true;
      break;
    case Holdback::band:
      if (!low_fine || !high_fine) return true;
      break;
    case Holdback::off:
      break;
  }
  if (s.kind == SegmentKind::soak && s.tolerance > 0)
    return !(below <= s.tolerance && above <= s.tolerance);
  return false;
}

void Programmer::next() noexcept {
  state_.credit_s = 0;
  state_.segment_start = state_.setpoint;
  if (state_.segment == program_.loop_last && state_.round < program_.loop_count) {
    ++state_.round;
    state_.segment = program_.loop_first;
  } else if (state_.segment + 1 < program_.count) {
    ++state_.segment;
  } else {
    state_.phase = Phase::finished;
  }
}

double Programmer::step(double dt_s, double pv_low, double pv_high) noexcept {
  ProgrammerState& s = state_;
  if (!(dt_s > 0) || !usable(dt_s) || s.phase == Phase::idle || s.phase == Phase::finished)
    return s.setpoint;
  s.total_s += dt_s;
  if (s.phase == Phase::held) return s.setpoint;
  double left_s = dt_s;
  if (s.phase == Phase::recovering) {
    const double way = s.recover_to - s.setpoint;
    const double need_s = std::fabs(way) / program_.recovery_per_s;
    if (need_s > left_s) {
      s.setpoint += std::copysign(program_.recovery_per_s * left_s, way);
      return s.setpoint;
    }
    s.setpoint = s.recover_to;
    s.phase = Phase::running;
    left_s -= need_s;
  }
  // What a segment leaves of the time step goes to the next one; bounded, as segments may be of no
  // length at all.
  for (std::uint32_t round = 0; round < 2 * Program::kMost && left_s > 0; ++round) {
    if (waits(pv_low, pv_high)) {
      s.phase = Phase::waiting;
      return s.setpoint;
    }
    s.phase = Phase::running;
    const Segment& now = segment();
    const double length_s = duration_s(now);
    const double step_s = std::min(left_s, std::max(0.0, length_s - s.credit_s));
    s.credit_s += step_s;
    left_s -= step_s;
    const bool done = s.credit_s >= length_s * (1 - 1e-12);
    if (now.kind != SegmentKind::soak) {
      s.setpoint = done
                       ? now.target
                       : s.segment_start + (now.target - s.segment_start) * (s.credit_s / length_s);
    }
    if (!done) return s.setpoint;
    next();
    if (s.phase == Phase::finished) return s.setpoint;
  }
  return s.setpoint;
}

void Programmer::restore(const ProgrammerState& state) noexcept {
  state_ = state;
  if (state_.segment >= program_.count) state_ = {};
}

}  // namespace saggar::pid
