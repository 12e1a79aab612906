#include "controllers/pid/settings.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::pid {
namespace {

constexpr double kPerMinute = 1.0 / 60;

Param offset(Param base, std::uint32_t by) noexcept {
  return static_cast<Param>(static_cast<std::uint32_t>(base) + by);
}

bool on(double value) noexcept { return value >= 0.5; }

std::uint32_t whole(double value) noexcept {
  return static_cast<std::uint32_t>(std::lround(value));
}

// Nothing else is given to control code as tunable, so nothing else can change while active.
constexpr bool tunable_at(Param p, Duty duty) noexcept {
  switch (p) {
    case Param::low:
    case Param::high:
    case Param::rate_up:
    case Param::rate_down:
      return true;
#define SAGGAR_PID_PARAM(id, key, unit, min, max, trim, power, flags, doc) \
  case Param::id:                                                          \
    return ((flags)&SAGGAR_PARAM_TUNABLE) != 0;
#include "controllers/pid/parameters.def"
#undef SAGGAR_PID_PARAM
#define SAGGAR_PID_PROGRAM(id, key, unit, min, max, value, flags, doc) \
  case Param::id:                                                      \
    return duty == Duty::power && ((flags)&SAGGAR_PARAM_TUNABLE) != 0;
#include "controllers/pid/program.def"
#undef SAGGAR_PID_PROGRAM
    default:
      return false;
  }
}

}  // namespace

void Values::load(Duty duty, const plugin::Setup& setup, std::uint32_t outputs,
                  std::uint32_t params) {
  duty_ = duty;
  period_s_ = setup.period_s();
  all_.clear();
  columns_.clear();
  tunable_.clear();
  resolution_.clear();
  for (std::uint32_t p = 0; p < params; ++p) {
    const auto values = setup.values(p);
    Column column{static_cast<std::uint32_t>(all_.size()),
                  static_cast<std::uint32_t>(values.size())};
    for (double v : values) {
      if (tunable_at(static_cast<Param>(p), duty))
        tunable_.push_back(static_cast<std::uint32_t>(all_.size()));
      all_.push_back(v);
    }
    columns_.push_back(column);
  }
  const plugin::PortSetup out = setup.port(setup.port_count() - 1);
  for (std::uint32_t i = 0; i < outputs; ++i) resolution_.push_back(out.resolution(i));
}

bool Values::set(std::uint32_t param, std::uint32_t output, double value) noexcept {
  if (param >= columns_.size()) return false;
  const Column& c = columns_[param];
  if (output == plugin::kAllElements) {
    for (std::uint32_t i = 0; i < c.count; ++i) all_[c.at + i] = value;
    return true;
  }
  if (output >= resolution_.size()) return false;
  all_[c.at + (output < c.count ? output : 0)] = value;
  return true;
}

Settings Values::settings(std::uint32_t i) const noexcept {
  Settings s;
  s.form = static_cast<Form>(whole(get(Param::form)));
  s.kp = get(Param::kp, i);
  s.ti_s = get(Param::ti, i);
  s.td_s = get(Param::td, i);
  s.ki_per_s = get(Param::ki, i);
  s.kd_s = get(Param::kd, i);
  s.filter_n = get(Param::filter_n);
  s.filter_s = get(Param::filter);
  return s;
}

Tuning Values::tuning(std::uint32_t i) const noexcept {
  Tuning t;
  t.gains = to_gains(settings(i));
  t.b = get(Param::b);
  t.c = get(Param::c);
  t.action = on(get(Param::direct, i)) ? Action::direct : Action::reverse;
  t.deadband = get(Param::deadband, i);
  t.deadband_kind = on(get(Param::deadband_plain)) ? Deadband::plain : Deadband::gap;
  t.anti_windup =
      on(get(Param::external_reset)) ? AntiWindup::external_reset : AntiWindup::back_calculation;
  t.tracking_s = get(Param::tracking);
  t.low = get(Param::low, i);
  t.high = get(Param::high, i);
  const double per_second = duty_ == Duty::trim ? kPerMinute : 1;
  t.rate_up_per_s = get(Param::rate_up, i) * per_second;
  t.rate_down_per_s = get(Param::rate_down, i) * per_second;
  t.feed_forward_gain = get(Param::ff_gain, i);
  t.load_gain = get(Param::load_gain, i);
  t.lead_s = get(Param::ff_lead);
  t.lag_s = get(Param::ff_lag);
  t.reset_tolerance = std::max(1e-9, 0.51 * resolution_[i]);
  t.dt_most_s = 5 * period_s_;
  return t;
}

LoadSettings Values::load_settings() const noexcept {
  return {get(Param::load_mean), get(Param::load_lead), get(Param::load_lag), 5 * period_s_};
}

Schedule Values::schedule() const noexcept {
  Schedule s;
  s.count = whole(get(Param::schedule_points));
  for (std::uint32_t k = 0; k < Schedule::kMost; ++k) {
    s.at[k] = get(offset(Param::at_1, k));
    s.scale[k] = {get(offset(Param::gain_1, k)), get(offset(Param::ti_1, k)),
                  get(offset(Param::td_1, k))};
  }
  return s;
}

TuneSettings Values::tune_settings(std::uint32_t i) const noexcept {
  TuneSettings s;
  s.gain_positive = !on(get(Param::direct, i));
  s.baseline_s = get(Param::tune_baseline);
  s.most_s = get(Param::tune_most);
  s.most_deviation = get(Param::tune_deviation);
  s.steady_band = get(Param::tune_steady);
  s.hysteresis = get(Param::tune_hysteresis);
  s.cycles = whole(get(Param::tune_cycles));
  s.down_share = get(Param::tune_down);
  s.least_fit = get(Param::tune_fit);
  s.follow_s = get(Param::tune_follow);
  s.closed_loop_s = get(Param::tune_closed);
  return s;
}

Program Values::program() const noexcept {
  Program p;
  const std::uint32_t steps = whole(get(Param::program_steps));
  for (std::uint32_t k = 0; k < steps && k < kProgramSteps; ++k) {
    const Param base = offset(Param::program_step_1, k * kPerStep);
    Segment& ramp = p.segments[p.count++];
    ramp.kind = SegmentKind::ramp_rate;
    ramp.target = get(base);
    ramp.rate_per_s = get(offset(base, 1)) * kPerMinute;
    Segment& soak = p.segments[p.count++];
    soak.kind = SegmentKind::soak;
    soak.time_s = get(offset(base, 2));
    soak.tolerance = get(offset(base, 3));
    ramp.holdback = soak.holdback = static_cast<Holdback>(whole(get(offset(base, 4))));
    ramp.holdback_value = soak.holdback_value = get(offset(base, 5));
  }
  p.loop_first = 2 * (whole(get(Param::program_first)) - 1);
  p.loop_last = 2 * (whole(get(Param::program_last)) - 1) + 1;
  p.loop_count = whole(get(Param::program_count));
  p.recovery_per_s = get(Param::program_recovery) * kPerMinute;
  return p;
}

std::optional<std::string_view> Values::problem(std::uint32_t output) const noexcept {
  if (const auto wrong = pid::problem(settings(output))) return wrong;
  if (const auto wrong = pid::problem(tuning(output))) return wrong;
  if (!schedule().valid()) return "schedule_at_1 to 4: must rise over the points in use";
  if (whole(get(Param::schedule_on)) != 0 && schedule().count == 0)
    return "schedule_points: must be at least 1 where schedule_on is not 0";
  if (duty_ == Duty::power && whole(get(Param::program_steps)) > 0) {
    if (const auto wrong = pid::problem(program())) return wrong;
  }
  return std::nullopt;
}

}  // namespace saggar::pid
