#include "controllers/pid/pid.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::pid {
namespace {

constexpr double kLargest = 1e12;     // inputs beyond it count as unusable
constexpr double kShortest_s = 1e-3;  // a shorter time step counts as this long

// False for NaN, infinite and absurd values alike.
bool usable(double x) noexcept { return std::fabs(x) <= kLargest; }

bool in_range(double x, double low, double high) noexcept { return x >= low && x <= high; }

}  // namespace

std::optional<std::string_view> problem(const Tuning& t) noexcept {
  const Gains& g = t.gains;
  for (double x : {g.kp, g.ki_per_s, g.kd_s, g.tf_s}) {
    if (!in_range(x, 0, 1e9)) return "gains: must be between 0 and 1e9";
  }
  if (!in_range(t.b, 0, 2) || !in_range(t.c, 0, 2)) return "b, c: must be between 0 and 2";
  if (!in_range(t.deadband, 0, kLargest)) return "deadband: must be at least 0";
  if (!in_range(t.tracking_s, 0, 1e9)) return "tracking_time_s: must be at least 0";
  if (std::isnan(t.low) || std::isnan(t.high) || t.low > t.high)
    return "output limits: low must not be above high";
  if (!in_range(t.rate_up_per_s, 0, kLargest) || !in_range(t.rate_down_per_s, 0, kLargest))
    return "rate limits: must be at least 0; 0 = none";
  if (!in_range(std::fabs(t.feed_forward_gain), 0, 1e9)) return "ff_gain: must be a number";
  if (!in_range(std::fabs(t.load_gain), 0, 1e9)) return "load_gain: must be a number";
  if (!in_range(t.lead_s, 0, 1e9) || !in_range(t.lag_s, 0, 1e9))
    return "ff_lead_s, ff_lag_s: must be at least 0";
  if (!in_range(t.reset_tolerance, 0, kLargest)) return "reset tolerance: must be at least 0";
  if (!in_range(t.dt_most_s, kShortest_s, 1e9)) return "dt_most_s: must be at least 1 ms";
  return std::nullopt;
}

Loop::Loop(const Tuning& tuning, double output) noexcept {
  state_.output = usable(output) ? output : 0;
  state_.i = state_.output;
  state_.raw = state_.output;
  if (!problem(tuning)) tuning_ = tuning;
  scale_ = {0, 1, 1};  // anything but the present factors: makes rescale() compute the gains
  rescale(state_.scale);
}

void Loop::rescale(const Scale& scale) noexcept {
  scale_ = scale;
  const double sign = tuning_.action == Action::reverse ? 1 : -1;
  const Gains& g = tuning_.gains;
  kp_ = sign * scale.gain * g.kp;
  ki_ = sign * scale.gain / scale.ti * g.ki_per_s;
  kd_ = sign * scale.gain * scale.td * g.kd_s;
  const double integral_time_s = g.ki_per_s > 0 ? scale.ti * g.kp / g.ki_per_s : 0;
  tracking_s_ = tuning_.tracking_s > 0 ? tuning_.tracking_s : integral_time_s;
  dt_s_ = 0;  // the shares below depend on tracking_s_
}

void Loop::restore(const State& state) noexcept {
  state_ = state;
  rescale(state.scale);
}

bool Loop::retune(const Tuning& tuning) noexcept {
  if (problem(tuning)) return false;
  const double before = state_.p + state_.d + state_.f + state_.l;
  tuning_ = tuning;
  rescale(state_.scale);
  State& s = state_;
  if (s.primed != 0) {
    s.error = deadband(s.setpoint - s.pv);
    s.p = kp_ * (s.error + (tuning_.b - 1) * s.setpoint);
    s.d = kd_ * s.pv_slope.value;
    s.pv_slope.last = tuning_.c * s.setpoint - s.pv;
  }
  if (s.feed_forward_primed != 0) {
    s.f = tuning_.feed_forward_gain *
          (s.feed_forward + (tuning_.lead_s - tuning_.lag_s) * s.feed_forward_slope.value);
  }
  s.l = tuning_.load_gain * s.load;
  s.i += before - (s.p + s.d + s.f + s.l);
  return true;
}

void Loop::refresh(double dt_s) noexcept {
  if (dt_s == dt_s_) return;
  dt_s_ = dt_s;
  pv_decay_ = decay_of(dt_s, tuning_.gains.tf_s);
  feed_forward_decay_ = decay_of(dt_s, tuning_.lag_s);
  // Without integral action i is a constant bias: nothing winds up, nothing may move it.
  reset_share_ = tuning_.gains.ki_per_s > 0 ? 1 - decay_of(dt_s, tracking_s_) : 0;
}

double Loop::deadband(double error) const noexcept {
  const double band = tuning_.deadband;
  if (std::fabs(error) <= band) return 0;
  if (tuning_.deadband_kind == Deadband::plain) return error;
  return error > 0 ? error - band : error + band;
}

double Loop::hold(const Inputs& in, Condition status) noexcept {
  State& s = state_;
  if (!in.driving && usable(in.working)) s.output = in.working;
  if (in.low <= in.high) s.output = std::clamp(s.output, in.low, in.high);
  s.status = status;
  s.limited = in.limited;
  if (status == Condition::held_bad_pv) {
    // P and D are unknown now: forget them, and start without a bump when the PV returns.
    s.primed = 0;
    s.p = s.d = 0;
    s.i = s.output - (s.f + s.l);
  }
  s.raw = s.output;
  return s.output;
}

// P, D and F of the present inputs.
void Loop::observe(const Inputs& in, double dt_s, bool gap) noexcept {
  State& s = state_;
  const double derivative_input = tuning_.c * in.setpoint - in.pv;
  s.error = deadband(in.setpoint - in.pv);
  s.setpoint = in.setpoint;
  s.pv = in.pv;
  if (s.primed == 0 || gap) {
    s.pv_slope.prime(derivative_input);
  } else {
    s.pv_slope.step(derivative_input, dt_s, pv_decay_);
  }
  s.p = kp_ * (s.error + (tuning_.b - 1) * in.setpoint);
  s.d = kd_ * s.pv_slope.value;
}

// A feed-forward tag that comes, goes bad or comes back must not move the output by itself.
void Loop::observe_feed_forward(const Inputs& in, double dt_s) noexcept {
  State& s = state_;
  if (!in.feed_forward_good || !usable(in.feed_forward)) {
    s.feed_forward_primed = 0;  // s.f stays as it is
    return;
  }
  const double before = s.f;
  const bool starts = s.feed_forward_primed == 0;
  s.feed_forward = in.feed_forward;
  if (starts) {
    s.feed_forward_slope.prime(in.feed_forward);
  } else {
    s.feed_forward_slope.step(in.feed_forward, dt_s, feed_forward_decay_);
  }
  s.f = tuning_.feed_forward_gain *
        (in.feed_forward + (tuning_.lead_s - tuning_.lag_s) * s.feed_forward_slope.value);
  if (starts) s.i += before - s.f;
  s.feed_forward_primed = 1;
}

// Growth of the integral over the past time step.
double Loop::integrate(const Inputs& in, double error_before, double dt_s) const noexcept {
  double growth = ki_ * 0.5 * (state_.error + error_before) * dt_s;
  if (tuning_.anti_windup == AntiWindup::external_reset && usable(in.working)) {
    const double missing = in.working - state_.raw;
    if (std::fabs(missing) > tuning_.reset_tolerance) growth += reset_share_ * missing;
  }
  // SC-10: what is limited below must not be pushed further into its limit.
  if (growth > 0 && (in.limited & kLimitedHigh) != 0) return 0;
  if (growth < 0 && (in.limited & kLimitedLow) != 0) return 0;
  return growth;
}

double Loop::limit(const Inputs& in, double dt_s) noexcept {
  State& s = state_;
  double out = std::clamp(s.raw, tuning_.low, tuning_.high);
  if (tuning_.rate_up_per_s > 0) out = std::min(out, s.output + tuning_.rate_up_per_s * dt_s);
  if (tuning_.rate_down_per_s > 0) out = std::max(out, s.output - tuning_.rate_down_per_s * dt_s);
  out = std::clamp(out, in.low, in.high);
  s.limited = in.limited;
  if (out < s.raw) s.limited |= kLimitedHigh;
  if (out > s.raw) s.limited |= kLimitedLow;
  return out;
}

double Loop::step(const Inputs& in) noexcept {
  State& s = state_;
  if (!(in.low <= in.high) || !(in.dt_s > 0) || !(in.dt_s < kLargest))
    return hold(in, Condition::held_bad_call);
  if (!in.pv_good || !usable(in.pv) || !usable(in.setpoint))
    return hold(in, Condition::held_bad_pv);

  const bool gap = in.dt_s > tuning_.dt_most_s;
  const double dt_s = std::clamp(in.dt_s, kShortest_s, tuning_.dt_most_s);
  if (!(in.scale == scale_) &&
      in.scale.valid()) {  // gain scheduling: the integral takes up the difference
    const double before = s.p + s.d;
    const double weighted = s.error + (tuning_.b - 1) * s.setpoint;
    rescale(in.scale);
    s.scale = in.scale;
    if (s.primed != 0) {
      s.p = kp_ * weighted;
      s.d = kd_ * s.pv_slope.value;
      s.i += before - (s.p + s.d);
    }
  }
  refresh(dt_s);
  const double error_before = s.error;
  const bool resumes = s.primed == 0;
  observe_feed_forward(in, dt_s);
  if (usable(in.load)) s.load = in.load;
  s.l = tuning_.load_gain * s.load;
  observe(in, dt_s, gap);
  s.primed = 1;

  if (!in.driving) {
    s.output = std::clamp(usable(in.working) ? in.working : s.output, in.low, in.high);
    s.i = s.output - (s.p + s.d + s.f + s.l);
    s.raw = s.output;
    s.limited = in.limited;
    s.status = Condition::tracking;
    return s.output;
  }
  if (resumes) {
    s.i = s.output - (s.p + s.d + s.f + s.l);
    s.raw = s.output;
  } else {
    s.i += integrate(in, error_before, dt_s);
    s.raw = s.p + s.i + s.d + s.f + s.l;
  }
  const double out = limit(in, dt_s);
  if (tuning_.anti_windup == AntiWindup::back_calculation) s.i += reset_share_ * (out - s.raw);
  s.output = out;
  s.status = Condition::normal;
  return out;
}

std::uint32_t limits_for_outer(const Loop& inner) noexcept {
  const auto limited = static_cast<std::uint32_t>(inner.state().limited);
  if (inner.tuning().action == Action::reverse) return limited;
  return ((limited & kLimitedLow) << 1U) | ((limited & kLimitedHigh) >> 1U);
}

}  // namespace saggar::pid
