#include "controllers/policy/features.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace saggar::policy {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kNever_s = 1e18;

}  // namespace

Features::Features(std::vector<FeatureSpec> specs, double missing_wait_s)
    : specs_(std::move(specs)), missing_wait_s_(missing_wait_s) {
  for (const FeatureSpec& spec : specs_) {
    width_ += spec.lags.size();
    depth_ = std::max<std::size_t>(depth_, spec.lags.back() + std::size_t{1});
  }
  held_.resize(specs_.size());
  age_s_.resize(specs_.size());
  ring_.resize(specs_.size() * depth_);
  restart();
}

void Features::restart() noexcept {
  std::fill(held_.begin(), held_.end(), kNaN);
  std::fill(age_s_.begin(), age_s_.end(), kNever_s);
  std::fill(ring_.begin(), ring_.end(), kNaN);
  next_ = samples_ = 0;
  culprit_ = specs_.size();
}

void Features::see(std::size_t i, double value, double dt_s) noexcept {
  if (std::isfinite(value)) {
    held_[i] = value;
    age_s_[i] = 0;
  } else {
    age_s_[i] += dt_s;
  }
}

void Features::sample() noexcept {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    ring_[i * depth_ + next_] = age_s_[i] <= missing_wait_s_ ? held_[i] : kNaN;
  }
  next_ = (next_ + 1) % depth_;
  samples_ = std::min<std::uint64_t>(samples_ + 1, depth_);
}

Readiness Features::fill(float* x) const noexcept {
  Readiness worst = Readiness::ready;
  culprit_ = specs_.size();
  const auto say = [&](Readiness found, std::size_t i) {
    if (found <= worst) return;
    worst = found;
    culprit_ = i;
  };
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const FeatureSpec& spec = specs_[i];
    for (const std::uint32_t lag : spec.lags) {
      if (lag >= samples_) {
        say(Readiness::filling, i);
        *x++ = 0;
        continue;
      }
      const double value = at(i, lag);
      if (!std::isfinite(value)) say(Readiness::missing, i);
      if (value < spec.low || value > spec.high) say(Readiness::outside, i);
      *x++ = static_cast<float>((value - spec.mean) / spec.scale);
    }
  }
  return worst;
}

}  // namespace saggar::policy
