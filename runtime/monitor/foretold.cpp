#include "runtime/monitor/foretold.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace saggar::monitor {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();
constexpr double kBiasMemory = 500;
constexpr double kLeastCoverage = 0.85, kMostCoverage = 0.97;  // LC-21
constexpr std::uint64_t kMostNumbers = 1U << 20U, kLeastBlock = 10;

ConformalSettings band_of(const ForetoldSettings& s) {
  return {s.target, s.gain, s.memory, 10};  // its own window is not used: Coverage has the week
}

std::uint64_t depth_of(const ForetoldSettings& s) {
  if (!(s.period_s > 0)) throw std::invalid_argument("period_s: above 0");
  if (!(s.widest >= 1)) throw std::invalid_argument("widest: at least 1");
  std::uint64_t depth = 1;
  for (const ForetoldSettings::Prediction& p : s.predictions) {
    if (p.horizon < 1) throw std::invalid_argument("horizon: at least one period");
    if (!(p.residual > 0)) throw std::invalid_argument("residual: above 0");
    depth = std::max<std::uint64_t>(depth, p.horizon + std::uint64_t{1});
  }
  if (depth * s.predictions.size() > kMostNumbers) {
    throw std::invalid_argument("predictions times periods of their horizon: at most 1048576");
  }
  return depth;
}

}  // namespace

Foretold::Foretold(const ForetoldSettings& settings)
    : settings_(settings),
      depth_(depth_of(settings)),
      block_periods_(std::max(kLeastBlock, depth_ - 1)),
      band_(band_of(settings)),
      coverage_(settings.window_s / settings.period_s),
      bias_(settings.predictions.size(), Bias(kBiasMemory)),
      drift_(settings.predictions.size(), PageHinkley(settings.drift)),
      ring_(depth_ * settings.predictions.size(), kNaN),
      band_then_(depth_, kInfinite),
      sum_(settings.predictions.size()),
      count_(settings.predictions.size()),
      residual_(kNaN) {}

double Foretold::band() const noexcept { return band_.known() ? band_.half_width() : kNaN; }

double Foretold::score(std::span<const double> measured) noexcept {
  double worst = kNaN;
  const std::size_t n = size();
  for (std::size_t k = 0; k < n; ++k) {
    const ForetoldSettings::Prediction& p = settings_.predictions[k];
    const std::uint64_t slot = (at_ + depth_ - p.horizon) % depth_;
    const double error = measured[k] - ring_[slot * n + k];
    if (!std::isfinite(error)) continue;
    const double share = error / p.residual;
    bias_[k].note(share);
    sum_[k] += share;
    count_[k] += 1;
    if (!(std::abs(share) <= worst)) worst = std::abs(share);
  }
  return worst;
}

void Foretold::judge(std::uint32_t periods, std::span<const double> measured) noexcept {
  residual_ = kNaN;
  if (settings_.predictions.empty()) return;
  const std::size_t n = size();
  for (std::uint64_t k = 0; k < std::min<std::uint64_t>(periods, depth_); ++k) {
    at_ = (at_ + 1) % depth_;
    std::fill_n(ring_.begin() + static_cast<std::ptrdiff_t>(at_ * n), n, kNaN);
    band_then_[at_] = band_.half_width();
  }
  const double worst = score(measured);
  if (std::isfinite(worst)) {
    const bool known = band_.known();
    const double then = band_then_[(at_ + 1) % depth_];  // when the oldest of them was foretold
    if (known) coverage_.note(worst <= then);
    residual_ = worst / (known ? std::clamp(then, 1.0, settings_.widest) : 1.0);
    band_.note(worst, then);
  }
  in_block_ += periods;
  if (in_block_ >= block_periods_) close_block();
}

// A block of which less than half came says nothing.
void Foretold::close_block() noexcept {
  for (std::size_t k = 0; k < size(); ++k) {
    if (2 * count_[k] >= static_cast<double>(block_periods_)) drift_[k].note(sum_[k] / count_[k]);
    sum_[k] = count_[k] = 0;
  }
  in_block_ = 0;
}

void Foretold::foretell(std::span<const double> values) noexcept {
  const std::size_t n = size();
  for (std::size_t k = 0; k < n; ++k) {
    ring_[at_ * n + k] = values[k];
    if (!std::isfinite(values[k])) residual_ = kInfinite;
  }
}

void Foretold::forget() noexcept {
  std::fill(ring_.begin(), ring_.end(), kNaN);
  residual_ = kNaN;
}

void Foretold::clear_drift() noexcept {
  for (PageHinkley& test : drift_) test.clear();
}

bool Foretold::coverage_off() const noexcept {
  return coverage_.filled() >= 0.5 && (coverage() < kLeastCoverage || coverage() > kMostCoverage);
}

double Foretold::bias() const noexcept {
  double most = kNaN;
  for (const Bias& one : bias_) {
    if (!(std::abs(one.value()) <= most)) most = std::abs(one.value());
  }
  return most;
}

Drift Foretold::drift() const noexcept {
  Drift worst = Drift::ok;
  for (const PageHinkley& test : drift_) worst = std::max(worst, test.state());
  return worst;
}

double Foretold::drift_level() const noexcept {
  double most = 0;
  for (const PageHinkley& test : drift_) most = std::max(most, test.level());
  return most;
}

void Foretold::serialize(domain::Archive& archive) {
  if (settings_.predictions.empty()) return;
  band_.serialize(archive);
  coverage_.serialize(archive);
  for (Bias& one : bias_) one.serialize(archive);
  for (PageHinkley& test : drift_) test.serialize(archive);
  archive(ring_, band_then_, sum_, count_, at_, in_block_, residual_);
}

}  // namespace saggar::monitor
