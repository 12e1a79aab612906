// The state of the tube: what is in force, what was measured, where the offset can be.
#include "runtime/filter/tube.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::filter {

namespace {
constexpr double kNone = std::numeric_limits<double>::infinity();

double least(const Interval& factor, double by) noexcept {
  return std::min(factor.low * by, factor.high * by);
}
double most(const Interval& factor, double by) noexcept {
  return std::max(factor.low * by, factor.high * by);
}
}  // namespace

Tube::Lag Tube::lag(const Interval& lag_s, const Interval& dead_time_s, double step_s) noexcept {
  Lag l;
  l.fast = std::exp(-step_s / lag_s.low);
  l.slow = std::exp(-step_s / lag_s.high);
  l.newest = static_cast<std::size_t>(std::floor(dead_time_s.low / step_s));
  l.oldest = static_cast<std::size_t>(std::ceil(dead_time_s.high / step_s));
  return l;
}

Tube::Tube(const domain::Plant& plant, const Settings& settings)
    : loops_(settings.loops),
      steps_(static_cast<std::size_t>(std::ceil(settings.horizon_s / settings.step_s))),
      drift_K_(settings.drift_K_per_h * settings.step_s / 3600),
      noise_K_(settings.noise_K),
      offset_K_(settings.offset_K),
      step_ns_(static_cast<std::int64_t>(settings.step_s * 1e9)) {
  const std::size_t n = loops_.size();
  for (const LoopModel& loop : loops_) {
    own_.push_back(lag(loop.lag_s, loop.dead_time_s, settings.step_s));
    next_.push_back(lag(loop.neighbour_lag_s, loop.neighbour_dead_time_s, settings.step_s));
    past_ = std::max({past_, own_.back().oldest + 1, next_.back().oldest + 1});
    const domain::Mv& mv = plant.mvs[loop.mv];
    const double margin = settings.margin_K + mv.resolution * loop.gain.high;
    double upper = mv.trip > 0 ? mv.trip - plant.trip_margin_K : kNone;
    if (mv.pv_low < mv.pv_high) upper = std::min(upper, mv.pv_high);
    pv_.push_back(mv.pv);
    upper_.push_back(upper - margin);
    lower_.push_back(mv.pv_low < mv.pv_high ? mv.pv_low + margin : -kNone);
  }
  for (auto* v : {&x_high_, &x_low_, &c_high_, &c_low_, &d_high_, &d_low_, &reference_, &now_,
                  &step_high_, &step_low_, &moved_, &room_}) {
    v->assign(n, 0.0);
  }
  for (auto* v : {&past_high_, &past_low_}) v->assign(past_ * n, 0.0);
  for (auto* v : {&row_high_, &row_low_}) v->assign((past_ + steps_) * n, 0.0);
  for (auto* v : {&high_, &low_}) v->assign((steps_ + 1) * n, 0.0);
  for (auto* v : {&known_, &fresh_, &hot_}) v->assign(n, 0);
  unseen_.assign(n, 0);
}

void Tube::restart() noexcept {
  std::fill(known_.begin(), known_.end(), std::uint8_t{0});
  std::fill(step_high_.begin(), step_high_.end(), 0.0);
  std::fill(step_low_.begin(), step_low_.end(), 0.0);
  started_ = false;
}

void Tube::observe(const guard::PredictiveInputs& in) noexcept {
  passed_ = 0;
  const std::int64_t time_ns = in.guard.time_ns;
  const auto longest = static_cast<std::int64_t>(past_ + steps_) * step_ns_;
  // A clock that jumps far makes all that is known worthless; a step back lengthens this step.
  if (started_ && time_ns - began_ns_ > longest) restart();
  if (!started_ || time_ns < began_ns_) began_ns_ = time_ns;
  started_ = true;
  move_references(in);
  for (std::size_t l = 0; l < loops(); ++l) {
    const double w = in.in_force[loops_[l].mv];
    if (!std::isfinite(w)) continue;
    now_[l] = w;
    step_high_[l] = std::max(step_high_[l], w);
    step_low_[l] = std::min(step_low_[l], w);
  }
  begin(in);
  while (time_ns - began_ns_ >= step_ns_) {
    end_step(in);
    began_ns_ += step_ns_;
    ++passed_;
  }
}

// A gain that is known with an error is known so around one point only. When the point moves, the
// answer and the offset exchange what the error makes of it; their sum stays.
void Tube::move_references(const guard::PredictiveInputs& in) noexcept {
  bool any = false;
  for (std::size_t l = 0; l < loops(); ++l) {
    const double to = in.reference[loops_[l].mv];
    moved_[l] = known_[l] != 0 && std::isfinite(to) ? to - reference_[l] : 0.0;
    any = any || moved_[l] != 0;
  }
  if (!any) return;
  for (std::size_t l = 0; l < loops(); ++l) {
    if (moved_[l] != 0) {
      const Interval beyond{loops_[l].gain.low - 1, loops_[l].gain.high - 1};
      const double down = least(beyond, moved_[l]), up = most(beyond, moved_[l]);
      x_high_[l] -= down;
      x_low_[l] -= up;
      d_high_[l] += up;
      d_low_[l] += down;
      reference_[l] += moved_[l];
    }
    for (const Effect& effect : loops_[l].neighbours) {
      const double by = moved_[effect.loop];
      if (by == 0) continue;
      const double down = least(effect.gain, by), up = most(effect.gain, by);
      c_high_[l] -= down;
      c_low_[l] -= up;
      d_high_[l] += up;
      d_low_[l] += down;
    }
  }
}

// Loops that are seen for the first time: at rest, as far as the declared offset says.
void Tube::begin(const guard::PredictiveInputs& in) noexcept {
  bool any = false;
  for (std::size_t l = 0; l < loops(); ++l) {
    fresh_[l] = 0;
    if (known_[l] != 0) continue;
    const double w = in.in_force[loops_[l].mv], reference = in.reference[loops_[l].mv];
    const domain::Sample& pv = in.guard.screened.samples[pv_[l]];
    if (!std::isfinite(w) || !pv.usable() || !std::isfinite(pv.value)) continue;
    fresh_[l] = known_[l] = 1;
    any = true;
    reference_[l] = std::isfinite(reference) ? reference : w;
    step_high_[l] = step_low_[l] = w;
    for (std::size_t k = 0; k < past_; ++k) {
      past_high_[k * loops() + l] = past_low_[k * loops() + l] = w;
    }
    unseen_[l] = 0;
  }
  if (!any) return;
  for (std::size_t l = 0; l < loops(); ++l) {
    if (fresh_[l] == 0) continue;
    const double y = in.guard.screened.samples[pv_[l]].value;
    const Interval c = neighbours(l, now_.data(), now_.data());
    c_high_[l] = c.high;
    c_low_[l] = c.low;
    // A zone that does not follow, because it needs no heat, stands further off than declared.
    const double apart = y - now_[l];
    d_high_[l] = apart > offset_K_ ? apart + noise_K_ : offset_K_;
    d_low_[l] = apart < -offset_K_ ? apart - noise_K_ : -offset_K_;
    x_high_[l] = y + noise_K_ - d_low_[l] - c.low;
    x_low_[l] = y - noise_K_ - d_high_[l] - c.high;
  }
}

void Tube::end_step(const guard::PredictiveInputs& in) noexcept {
  const std::size_t n = loops();
  std::copy(past_high_.begin() + static_cast<std::ptrdiff_t>(n), past_high_.end(),
            past_high_.begin());
  std::copy(past_low_.begin() + static_cast<std::ptrdiff_t>(n), past_low_.end(), past_low_.begin());
  const std::size_t last = (past_ - 1) * n;
  for (std::size_t l = 0; l < n; ++l) {
    past_high_[last + l] = step_high_[l];
    past_low_[last + l] = step_low_[l];
    step_high_[l] = step_low_[l] = now_[l];
  }
  std::copy(past_high_.begin(), past_high_.end(), row_high_.begin());
  std::copy(past_low_.begin(), past_low_.end(), row_low_.begin());
  for (std::size_t l = 0; l < n; ++l) {
    if (known_[l] == 0) continue;
    const Interval w = window(l, own_[l], past_ - 1);
    const Interval c = neighbour_window(l, next_[l], past_ - 1);
    x_high_[l] = own_[l].toward_high(x_high_[l], own_high(l, w.high));
    x_low_[l] = own_[l].toward_low(x_low_[l], own_low(l, w.low));
    c_high_[l] = next_[l].toward_high(c_high_[l], c.high);
    c_low_[l] = next_[l].toward_low(c_low_[l], c.low);
    measure(l, in.guard.screened.samples[pv_[l]]);
  }
}

// Set membership: where the offset can have gone, and where the reading says it must be.
void Tube::measure(std::size_t l, const domain::Sample& pv) noexcept {
  const bool seen = pv.usable() && std::isfinite(pv.value);
  if (!seen && unseen_[l] >= steps_) return;  // no wider than over one horizon
  unseen_[l] = seen ? 0 : unseen_[l] + 1;
  d_high_[l] += drift_K_;
  d_low_[l] -= drift_K_;
  if (!seen) return;
  const double low = pv.value - noise_K_ - x_high_[l] - c_high_[l];
  const double high = pv.value + noise_K_ - x_low_[l] - c_low_[l];
  if (low > d_high_[l] || high < d_low_[l]) {
    ++surprises_;
    d_low_[l] = low;
    d_high_[l] = high;
    return;
  }
  d_low_[l] = std::max(d_low_[l], low);
  d_high_[l] = std::min(d_high_[l], high);
}

void Tube::serialize(domain::Archive& archive) {
  archive(x_high_, x_low_, c_high_, c_low_, d_high_, d_low_, reference_, now_, step_high_,
          step_low_, past_high_, past_low_, known_, unseen_, began_ns_, surprises_, started_);
}

}  // namespace saggar::filter
