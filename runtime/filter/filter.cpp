#include "runtime/filter/filter.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::filter {
namespace {

constexpr double kMinute_s = 60;
/// The guard's window of a minute, in buckets of a sixteenth, forgets a move after so long.
constexpr double kWait_s = 64;
constexpr int kBisections = 6;

std::size_t rows(const Settings& s) {
  return static_cast<std::size_t>(std::ceil(s.horizon_s / s.step_s));
}

}  // namespace

Filter::Filter(const domain::Plant& plant, const Settings& settings)
    : settings_(settings),
      tube_(plant, settings),
      rescue_(rows(settings)),
      wait_steps_(static_cast<std::size_t>(std::ceil(kWait_s / settings.step_s))) {
  for (const LoopModel& loop : settings.loops) {
    const domain::Mv& mv = plant.mvs[loop.mv];
    duty_.push_back(mv.duty);
    per_period_.push_back(mv.limits.per_period);
    per_minute_.push_back(mv.limits.per_minute);
    per_shift_.push_back(std::min(mv.limits.per_shift, mv.limits.per_hour));
  }
  const std::size_t n = tube_.loops();
  reach_.resize(n);
  for (auto* v : {&goal_, &backup_, &range_low_, &range_high_}) v->assign(n, 0.0);
  for (auto* v : {&asked_, &involved_}) v->assign(n, 0);
  list_.reserve(n);
  for (auto* p : {&stored_, &request_, &fallback_, &found_, &tried_}) {
    p->assign(n * tube_.steps(), 0.0);
  }
}

void Filter::serialize(domain::Archive& archive) {
  tube_.serialize(archive);
  archive(stored_, has_stored_);
}

void Filter::pass(const guard::PredictiveInputs& in, std::vector<double>& goals) noexcept {
  outcome_ = Outcome{};
  floor_K_ = 0;
  tube_.observe(in);
  age_stored();
  prepare(in, goals);
  if (std::none_of(asked_.begin(), asked_.end(), [](std::uint8_t a) { return a != 0; })) {
    has_stored_ = false;
    return;
  }
  if (clear()) {
    outcome_.verdict = Verdict::clear;
    has_stored_ = false;
    return;
  }
  for (std::size_t l = 0; l < tube_.loops(); ++l) plan_backup(l, goal_[l], request_);
  if (safe(request_)) {
    outcome_.verdict = Verdict::caught;
    outcome_.room_K = room();
    stored_ = request_;
    has_stored_ = true;
    return;
  }
  outcome_.room_K = room();
  if (!find_fallback()) {
    outcome_.verdict = Verdict::infeasible;
    give_way(goals);
    has_stored_ = false;
    return;
  }
  outcome_.verdict = improve() ? Verdict::changed : Verdict::fallen;
  if (outcome_.verdict == Verdict::changed) fallback_ = found_;
  if (!blend()) found_ = fallback_;
  apply(found_, goals);
  stored_ = found_;
  has_stored_ = true;
}

/// What is asked, where the backup leads, and how fast.
void Filter::prepare(const guard::PredictiveInputs& in, const std::vector<double>& goals) noexcept {
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    const domain::MvId mv = tube_.mv(l);
    const double now = tube_.in_force(l);
    asked_[l] =
        tube_.known(l) && std::isfinite(goals[mv]) && std::isfinite(in.in_force[mv]) ? 1 : 0;
    goal_[l] = asked_[l] != 0 ? goals[mv] : now;
    Reach& reach = reach_[l];
    reach = {now, now, 0, 0};
    if (asked_[l] != 0) {
      // What the guard let pass so far is within reach, whatever the limits of the hour say.
      reach.low = std::min({in.low[mv], now, goal_[l]});
      reach.high = std::max({in.high[mv], now, goal_[l]});
      const double rate_per_s =
          std::min(per_minute_[l] / kMinute_s, per_period_[l] / settings_.period_s);
      reach.first_K = per_period_[l];
      reach.step_K = rate_per_s * settings_.step_s;
    }
    const double reference = in.reference[mv];
    backup_[l] = asked_[l] != 0 && std::isfinite(reference) ? reference : now;
    range_low_[l] = std::min({now, goal_[l], backup_[l]});
    range_high_[l] = std::max({now, goal_[l], backup_[l]});
    tube_.range(l, range_low_[l], range_high_[l]);
  }
}

/// LC-12: the cheap check of every cycle.
bool Filter::clear() noexcept {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    if (asked_[l] == 0) continue;
    least = std::min(least, tube_.room_at_once(l, range_low_.data(), range_high_.data()));
  }
  outcome_.room_K = least;
  return least >= 0;
}

/// A first setpoint, held until the guard's minute has passed, then at the guard's rate back to the
/// reference, as far as the limits of the hour and the shift let it.
void Filter::plan_backup(std::size_t l, double first, Plan& plan) const noexcept {
  const std::size_t n = tube_.loops();
  const Reach& reach = reach_[l];
  const double low = std::max(reach.low, first - per_shift_[l]);
  const double high = std::min(reach.high, first + per_shift_[l]);
  const double target = std::clamp(backup_[l], std::min(low, first), std::max(high, first));
  double value = first;
  for (std::size_t k = 0; k < tube_.steps(); ++k) {
    if (k > wait_steps_) {
      value = value < target ? std::min(value + reach.step_K, target)
                             : std::max(value - reach.step_K, target);
    }
    plan[k * n + l] = value;
  }
}

double Filter::room() const noexcept {
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    if (asked_[l] != 0) least = std::min(least, tube_.room(l));
  }
  return least;
}

bool Filter::safe(const Plan& plan) noexcept {
  tube_.follow(plan);
  return room() >= floor_K_;
}

/// Steps that have passed leave the stored plan; it goes on at its end.
void Filter::age_stored() noexcept {
  const std::size_t n = tube_.loops(), last = tube_.steps() - 1;
  for (std::size_t i = 0; has_stored_ && i < std::min(tube_.passed(), tube_.steps()); ++i) {
    std::copy(stored_.begin() + static_cast<std::ptrdiff_t>(n), stored_.end(), stored_.begin());
    std::copy_n(stored_.begin() + static_cast<std::ptrdiff_t>((last - 1) * n), n,
                stored_.begin() + static_cast<std::ptrdiff_t>(last * n));
  }
}

/// A plan that keeps the limits, into `fallback_`: the one of the last cycle, as it goes on, or the
/// backup at once. It may use up the margin, so that what was safe does not cease to be because the
/// offset may have drifted on by a step.
bool Filter::find_fallback() noexcept {
  floor_K_ = -settings_.margin_K;
  const bool found = seek_fallback();
  floor_K_ = std::min(0.0, room());
  return found;
}

bool Filter::seek_fallback() noexcept {
  if (has_stored_) {
    bool reachable = true;
    for (std::size_t l = 0; l < tube_.loops(); ++l) {
      if (asked_[l] == 0) plan_backup(l, goal_[l], stored_);
      const double gap = std::abs(stored_[l] - tube_.in_force(l));
      reachable = reachable && gap <= reach_[l].step_K + reach_[l].first_K;
    }
    if (reachable && safe(stored_)) {
      fallback_ = stored_;
      return true;
    }
  }
  for (std::size_t l = 0; l < tube_.loops(); ++l) plan_backup(l, tube_.in_force(l), fallback_);
  return safe(fallback_);
}

/// The loops whose request passes a limit, after `request_` was followed; into `list_`.
void Filter::list_involved() noexcept {
  list_.clear();
  std::fill(involved_.begin(), involved_.end(), std::uint8_t{0});
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    if (asked_[l] == 0 || tube_.room(l) >= 0) continue;
    list_.push_back(static_cast<std::uint16_t>(l));
    involved_[l] = 1;
    for (const Effect& effect : settings_.loops[l].neighbours) involved_[effect.loop] = 1;
  }
}

/// The quadratic program, in batches, then the tube along all of it together: into `found_`.
bool Filter::improve() noexcept {
  tube_.follow(request_);
  list_involved();
  found_ = request_;
  bool solved = true;
  for (std::size_t i = 0; i < list_.size(); i += Rescue::kBatch) {
    const std::size_t count = std::min(Rescue::kBatch, list_.size() - i);
    solved = rescue_.solve(tube_, request_, reach_, list_.data() + i, count, found_) && solved;
  }
  return solved && safe(found_);
}

/// The set of safe plans is convex: between one that is safe and one that is wanted lies the last
/// safe one. Only loops that pass a limit and their neighbours give way, if that is enough.
bool Filter::blend() noexcept {
  const std::size_t n = tube_.loops();
  double share = 0, step = 0.5;  // of what is wanted
  const auto mix = [&](double part) {
    for (std::size_t i = 0; i < tried_.size(); ++i) {
      const double wanted = request_[i], sure = fallback_[i];
      tried_[i] = involved_[i % n] != 0 ? sure + part * (wanted - sure) : wanted;
    }
    return safe(tried_);
  };
  if (!mix(0)) {
    std::fill(involved_.begin(), involved_.end(), std::uint8_t{1});
    if (!mix(0)) return false;
  }
  found_ = tried_;
  for (int i = 0; i < kBisections; ++i, step /= 2) {
    if (!mix(share + step)) continue;
    share += step;
    found_ = tried_;
  }
  return true;
}

/// Nothing keeps the limits: no setpoint goes on towards the limit, those beyond it go back.
void Filter::give_way(std::vector<double>& goals) noexcept {
  for (std::size_t l = 0; l < tube_.loops(); ++l) {  // after the backup was followed
    if (asked_[l] == 0 || tube_.room(l) >= 0) continue;
    outcome_.infeasible[static_cast<std::size_t>(duty_[l])] = true;
  }
  tube_.follow(request_);
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    if (asked_[l] == 0 || tube_.room(l) >= 0) continue;
    const double now = tube_.in_force(l), back = backup_[l];
    set_goal(l,
             tube_.too_hot(l) ? std::min({goal_[l], now, back}) : std::max({goal_[l], now, back}),
             goals);
  }
}

void Filter::apply(const Plan& plan, std::vector<double>& goals) noexcept {
  for (std::size_t l = 0; l < tube_.loops(); ++l) {
    if (asked_[l] != 0) set_goal(l, plan[l], goals);
  }
}

void Filter::set_goal(std::size_t l, double goal, std::vector<double>& goals) noexcept {
  if (goal == goal_[l]) return;
  goals[tube_.mv(l)] = goal;
  outcome_.changed[static_cast<std::size_t>(duty_[l])] = true;
}

}  // namespace saggar::filter
