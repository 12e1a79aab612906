#include "runtime/guard/guard.hpp"

#include <algorithm>
#include <cmath>

#include "runtime/guard/state.hpp"

namespace saggar::guard {

using domain::MvLimits;
using domain::Reason;

namespace {

constexpr double kMinute_s = 60;
constexpr double kHour_s = 3600;
constexpr double kShift_s = 8 * 3600;

bool makes_sense(const Fixed& f, const MvLimits& limits) {
  return std::isfinite(f.hard.low) && std::isfinite(f.hard.high) && f.hard.low <= f.hard.high &&
         f.trim_low <= 0 && f.trim_high >= 0 && limits.per_period >= 0 && limits.per_minute >= 0 &&
         limits.per_shift >= 0 && limits.per_hour >= 0;
}

Fixed fix(const domain::Plant& plant, const domain::Mv& mv, const Settings& settings) {
  Fixed f;
  f.hard = {mv.limits.low, mv.limits.high, Reason::absolute_limit, Reason::absolute_limit};
  if (mv.trip > 0) f.hard.at_most(mv.trip - plant.trip_margin_K, Reason::trip_margin);
  f.trim_low = mv.limits.trim_low;
  f.trim_high = mv.limits.trim_high;
  f.valid = makes_sense(f, mv.limits);
  f.grid = Grid(mv.resolution);
  f.working = mv.working;
  f.pv = mv.pv;
  f.pv_low = mv.pv_low;
  f.pv_high = mv.pv_high;
  f.heats = mv.duty == domain::Duty::heat;
  const bool temperature = plant.tags[mv.tag].unit == domain::Unit::degC;
  f.recipe_up_per_s =
      temperature ? settings.recipe_up_K_per_h / 3600 : mv.limits.per_minute / kMinute_s;
  f.recipe_down_per_s =
      temperature ? settings.recipe_down_K_per_h / 3600 : mv.limits.per_minute / kMinute_s;
  if (mv.working >= plant.tags.size()) {
    f.working = 0;
    f.valid = false;
    return f;
  }
  const domain::Tag& working = plant.tags[mv.working];
  const double coarsest = std::max(mv.resolution, working.resolution);
  f.readback_tolerance = std::max(coarsest, 1e-6 * (working.high - working.low)) * (1 + 1e-6);
  return f;
}

std::vector<double> limits_of(const domain::Plant& plant, double MvLimits::*limit) {
  std::vector<double> limits;
  for (const domain::Mv& mv : plant.mvs) limits.push_back(mv.limits.*limit);
  return limits;
}

}  // namespace

Guard::State::State(const domain::Plant& plant, Settings wanted)
    : settings(wanted),
      cross(plant),
      tags(plant.tags.size()),
      moving(plant.mvs.size()),
      reference_view(plant.mvs.size(), std::nan("")),
      writes(plant.mvs.size(), 0),
      suppressed(plant.mvs.size(), 0),
      in_force(plant.mvs.size(), std::nan("")),
      value(plant.mvs.size(), std::nan("")),
      goals(plant.mvs.size(), std::nan("")),
      work(plant.mvs.size()),
      reference_now(plant.mvs.size(), std::nan("")),
      reach_low(plant.mvs.size(), std::nan("")),
      reach_high(plant.mvs.size(), std::nan("")),
      horizons{Horizon(wanted.period_s, limits_of(plant, &MvLimits::per_period)),
               Horizon(kMinute_s, limits_of(plant, &MvLimits::per_minute)),
               Horizon(kShift_s, limits_of(plant, &MvLimits::per_shift)),
               Horizon(kHour_s, limits_of(plant, &MvLimits::per_hour))} {
  for (const domain::Mv& mv : plant.mvs) fixed.push_back(fix(plant, mv, settings));
}

Guard::Guard(const domain::Plant& plant, Settings settings)
    : state_(std::make_unique<State>(plant, settings)) {}
Guard::~Guard() = default;

void Guard::check(const GuardInputs& inputs, domain::Command& command,
                  domain::Bounded<domain::GuardAction>& actions, domain::GateCounts& counts,
                  std::vector<domain::Limited>& limited,
                  domain::Bounded<domain::Event>& events) noexcept {
  actions.clear();
  counts = {};
  Pass pass{inputs, command, actions, counts, limited, events};
  State& s = *state_;
  if (!s.shapes_fit(pass)) return;
  s.follow_clock(inputs);
  s.follow_field(pass);
  s.admit(pass);
  s.bound(pass);
  s.predict(pass);
  s.settle(pass);
  s.write(pass);
}

void Guard::acknowledge(domain::MvId mv) noexcept {
  if (mv >= state_->moving.size()) return;
  Moving& m = state_->moving[mv];
  if (!m.fault) return;
  m.fault = false;
  m.driven = false;
  m.readback.forget();
}

bool Guard::faulted(domain::MvId mv) const noexcept {
  return mv < state_->moving.size() && state_->moving[mv].fault;
}

void Guard::set_predictive(PredictiveStage stage, void* self) noexcept {
  state_->predictive = stage;
  state_->predictive_self = self;
}

const std::vector<double>& Guard::last() const noexcept { return state_->value; }
const std::vector<double>& Guard::reference() const noexcept { return state_->reference_view; }
const std::vector<std::uint64_t>& Guard::writes() const noexcept { return state_->writes; }
const std::vector<std::uint64_t>& Guard::suppressed() const noexcept { return state_->suppressed; }
void Guard::serialize(domain::Archive& archive) { state_->serialize(archive); }

void Guard::State::serialize(domain::Archive& archive) {
  for (Moving& m : moving) {
    archive(m.reference, m.owed, m.working, m.init_s, m.told, m.clipped_s, m.known, m.driven,
            m.fault, m.missed);
    m.readback.serialize(archive);
  }
  archive(reference_view, writes, suppressed, in_force, value);
  for (Horizon& horizon : horizons) horizon.serialize(archive);
  archive(now_s, dt_s, last_time_ns, last_sequence, restart_sequence, restart_count, heard,
          backwards, link_was_up);
}

bool Guard::State::shapes_fit(Pass& pass) noexcept {
  const std::size_t n = fixed.size();
  const GuardInputs& in = pass.in;
  domain::Command& command = pass.command;
  command.cycle = in.cycle;
  command.frame_sequence = in.screened.sequence;
  command.time_ns = in.time_ns;
  // Saturate: a wild time must not wrap into a validity far in the future.
  if (__builtin_add_overflow(in.time_ns, in.command_valid_ns, &command.valid_until_ns)) {
    command.valid_until_ns = in.time_ns;
  }
  command.heartbeat = in.heartbeat;
  const bool fit = in.modes.size() == n && in.recipe.size() == n && in.request.asks.size() == n &&
                   command.value.size() == n && command.action.size() == n &&
                   pass.limited.size() == n && in.screened.samples.size() == tags;
  if (fit) return true;
  for (domain::Action& action : command.action) action = domain::Action::none;
  pass.count(domain::Gate::g1_form, domain::Outcome::reject, static_cast<std::uint32_t>(n));
  for (std::size_t i = 0; i < n; ++i) {
    pass.actions.push({static_cast<domain::MvId>(i), domain::Gate::g1_form, domain::Outcome::reject,
                       Reason::wrong_shape, 0, 0});
  }
  return false;
}

}  // namespace saggar::guard
