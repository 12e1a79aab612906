// The tube along a plan.
#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/filter/tube.hpp"

namespace saggar::filter {

double Tube::own_high(std::size_t l, double w) const noexcept {
  const double e = w - reference_[l];
  return reference_[l] + std::max(loops_[l].gain.low * e, loops_[l].gain.high * e);
}

double Tube::own_low(std::size_t l, double w) const noexcept {
  const double e = w - reference_[l];
  return reference_[l] + std::min(loops_[l].gain.low * e, loops_[l].gain.high * e);
}

Interval Tube::neighbours(std::size_t l, const double* w_low, const double* w_high) const noexcept {
  Interval sum;
  for (const Effect& effect : loops_[l].neighbours) {
    const std::size_t j = effect.loop;
    if (known_[j] == 0) continue;
    const double a = w_low[j] - reference_[j], b = w_high[j] - reference_[j];
    const double p = effect.gain.low * a, q = effect.gain.low * b;
    const double r = effect.gain.high * a, s = effect.gain.high * b;
    sum.high += std::max(std::max(p, q), std::max(r, s));
    sum.low += std::min(std::min(p, q), std::min(r, s));
  }
  return sum;
}

Interval Tube::window(std::size_t l, Lag lag, std::size_t row) const noexcept {
  const std::size_t n = loops();
  Interval w{row_low_[(row - lag.newest) * n + l], row_high_[(row - lag.newest) * n + l]};
  for (std::size_t age = lag.newest + 1; age <= lag.oldest; ++age) {
    w.low = std::min(w.low, row_low_[(row - age) * n + l]);
    w.high = std::max(w.high, row_high_[(row - age) * n + l]);
  }
  return w;
}

Interval Tube::neighbour_window(std::size_t l, Lag lag, std::size_t row) const noexcept {
  Interval w;
  if (loops_[l].neighbours.empty()) return w;
  for (std::size_t age = lag.newest; age <= lag.oldest; ++age) {
    const std::size_t at = (row - age) * loops();
    const Interval c = neighbours(l, row_low_.data() + at, row_high_.data() + at);
    const bool first = age == lag.newest;
    w.low = first ? c.low : std::min(w.low, c.low);
    w.high = first ? c.high : std::max(w.high, c.high);
  }
  return w;
}

double Tube::room_at_once(std::size_t l, const double* low, const double* high) const noexcept {
  const Interval c = neighbours(l, low, high);
  const double drift = drift_K_ * static_cast<double>(steps_);
  const double hottest = std::max(x_high_[l], own_high(l, high[l])) + std::max(c_high_[l], c.high) +
                         d_high_[l] + drift;
  const double coldest =
      std::min(x_low_[l], own_low(l, low[l])) + std::min(c_low_[l], c.low) + d_low_[l] - drift;
  return std::min(upper_[l] - hottest, coldest - lower_[l]);
}

void Tube::range(std::size_t l, double& low, double& high) const noexcept {
  low = std::min(low, step_low_[l]);
  high = std::max(high, step_high_[l]);
  for (std::size_t k = 0; k < past_; ++k) {
    low = std::min(low, past_low_[k * loops() + l]);
    high = std::max(high, past_high_[k * loops() + l]);
  }
}

void Tube::fill_rows(const Plan& plan) noexcept {
  const std::size_t n = loops();
  std::copy(past_high_.begin(), past_high_.end(), row_high_.begin());
  std::copy(past_low_.begin(), past_low_.end(), row_low_.begin());
  for (std::size_t l = 0; l < n; ++l) {
    row_high_[past_ * n + l] = std::max(step_high_[l], plan[l]);
    row_low_[past_ * n + l] = std::min(step_low_[l], plan[l]);
  }
  for (std::size_t k = 1; k < steps_; ++k) {
    const double *from = plan.data() + (k - 1) * n, *to = plan.data() + k * n;
    double *high = row_high_.data() + (past_ + k) * n, *low = row_low_.data() + (past_ + k) * n;
    for (std::size_t l = 0; l < n; ++l) {
      high[l] = std::max(from[l], to[l]);
      low[l] = std::min(from[l], to[l]);
    }
  }
}

void Tube::follow(const Plan& plan) noexcept {
  fill_rows(plan);
  for (std::size_t l = 0; l < loops(); ++l) {
    room_[l] = std::numeric_limits<double>::infinity();
    hot_[l] = 0;
    if (known_[l] != 0) follow(l);
  }
}

void Tube::follow(std::size_t l) noexcept {
  double x_high = x_high_[l], x_low = x_low_[l], c_high = c_high_[l], c_low = c_low_[l];
  double d_high = d_high_[l], d_low = d_low_[l];
  for (std::size_t k = 0; k < steps_; ++k) {
    const Interval w = window(l, own_[l], past_ + k);
    const Interval c = neighbour_window(l, next_[l], past_ + k);
    const double x_to = own_[l].toward_high(x_high, own_high(l, w.high));
    const double x_from = own_[l].toward_low(x_low, own_low(l, w.low));
    const double c_to = next_[l].toward_high(c_high, c.high);
    const double c_from = next_[l].toward_low(c_low, c.low);
    d_high += drift_K_;
    d_low -= drift_K_;
    // Within a step each part goes one way only: its ends bound it.
    judge(l, k, std::max(x_high, x_to) + std::max(c_high, c_to) + d_high,
          std::min(x_low, x_from) + std::min(c_low, c_from) + d_low);
    x_high = x_to;
    x_low = x_from;
    c_high = c_to;
    c_low = c_from;
  }
  // For ever after: what still rises ends at the steady value of setpoints that act then.
  const std::size_t last = past_ + steps_ - 1;
  const Interval w = window(l, own_[l].from_now(), last);
  const Interval c = neighbour_window(l, next_[l].from_now(), last);
  judge(l, steps_, std::max(x_high, own_high(l, w.high)) + std::max(c_high, c.high) + d_high,
        std::min(x_low, own_low(l, w.low)) + std::min(c_low, c.low) + d_low);
}

void Tube::judge(std::size_t l, std::size_t row, double high, double low) noexcept {
  high_[row * loops() + l] = high;
  low_[row * loops() + l] = low;
  const double above = upper_[l] - high, below = low - lower_[l];
  if (std::min(above, below) >= room_[l]) return;
  room_[l] = std::min(above, below);
  hot_[l] = above <= below ? 1 : 0;
}

}  // namespace saggar::filter
