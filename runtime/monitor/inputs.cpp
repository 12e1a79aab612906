#include "runtime/monitor/inputs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace saggar::monitor {

namespace {
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kLongAgo_s = 1e18;
constexpr double kMostPeriods = 1e4;  // more are as good as a history that is gone
}  // namespace

Inputs::Inputs(std::vector<InputSpec> specs, double step_s, double period_s, double missing_wait_s)
    : specs_(std::move(specs)),
      step_s_(step_s),
      period_s_(period_s),
      missing_wait_s_(missing_wait_s) {
  if (specs_.empty()) throw std::invalid_argument("a watched controller needs an input");
  if (!(step_s > 0 && period_s > 0 && missing_wait_s >= 0)) {
    throw std::invalid_argument("step_s and period_s: above 0; missing_wait_s: not below");
  }
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const InputSpec& spec = specs_[i];
    if (!(spec.scale > 0) || spec.lags.empty()) {
      throw std::invalid_argument("each input needs a scale above 0 and a lag");
    }
    depth_ = std::max<std::uint64_t>(depth_, spec.lags.back() + std::uint64_t{1});
    input_of_.insert(input_of_.end(), spec.lags.size(), i);
  }
  held_.resize(specs_.size());
  age_s_.resize(specs_.size());
  ring_.resize(specs_.size() * depth_);
  x_.resize(input_of_.size());
  restart();
}

void Inputs::restart() noexcept {
  std::fill(held_.begin(), held_.end(), kNaN);
  std::fill(age_s_.begin(), age_s_.end(), kLongAgo_s);
  std::fill(ring_.begin(), ring_.end(), kNaN);
  std::fill(x_.begin(), x_.end(), 0.0);
  next_ = samples_ = 0;
  since_s_ = dt_s_ = 0;
  begun_ = ready_ = 0;
}

void Inputs::begin(double dt_s) noexcept { dt_s_ = dt_s; }

void Inputs::see(std::size_t i, double value) noexcept {
  if (std::isfinite(value)) {
    held_[i] = value;
    age_s_[i] = 0;
  } else {
    age_s_[i] += dt_s_;
  }
}

// The first step begins the first period; the next begins a period later, to within half a step.
std::uint32_t Inputs::sample() noexcept {
  since_s_ += dt_s_;
  const double passed = (since_s_ + 0.5 * step_s_) / period_s_;
  if (begun_ != 0 && passed < 1) return 0;
  begun_ = 1;
  since_s_ = since_s_ >= period_s_ ? std::fmod(since_s_, period_s_) : 0;
  const auto periods = static_cast<std::uint32_t>(std::clamp(passed, 1.0, kMostPeriods));
  for (std::uint32_t k = 0; k < periods; ++k) {
    for (std::size_t i = 0; i < specs_.size(); ++i) {
      ring_[i * depth_ + next_] = age_s_[i] <= missing_wait_s_ ? held_[i] : kNaN;
    }
    next_ = (next_ + 1) % depth_;
    samples_ = std::min(samples_ + 1, depth_);
  }
  normalise();
  return periods;
}

void Inputs::normalise() noexcept {
  ready_ = 1;
  std::size_t k = 0;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    for (const std::uint32_t lag : specs_[i].lags) {
      const double value =
          lag < samples_ ? ring_[i * depth_ + (next_ + depth_ - 1 - lag) % depth_] : kNaN;
      if (!std::isfinite(value)) ready_ = 0;
      x_[k++] = (value - specs_[i].mean) / specs_[i].scale;
    }
  }
}

}  // namespace saggar::monitor
