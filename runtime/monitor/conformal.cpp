#include "runtime/monitor/conformal.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace saggar::monitor {

namespace {
constexpr std::uint64_t kFewest = 20;
constexpr double kInfinite = std::numeric_limits<double>::infinity();

const ConformalSettings& checked(const ConformalSettings& s) {
  if (!(s.target > 0 && s.target < 1)) {
    throw std::invalid_argument("target: a share between 0 and 1");
  }
  if (!(s.gain > 0 && s.gain < 1)) throw std::invalid_argument("gain: between 0 and 1");
  if (s.memory < kFewest) throw std::invalid_argument("memory: at least 20 errors");
  if (s.window < 10) throw std::invalid_argument("window: at least 10 predictions");
  return s;
}
}  // namespace

Conformal::Conformal(const ConformalSettings& settings)
    : settings_(checked(settings)),
      ring_(settings.memory),
      sorted_(settings.memory),
      alpha_(1 - settings.target),
      inside_(settings.window) {}

// The quantile with the correction for a finite sample: the ceil((n + 1)(1 - alpha))-th smallest.
double Conformal::half_width() const noexcept {
  if (held_ < kFewest || alpha_ <= 0) return kInfinite;
  if (alpha_ >= 1) return 0;
  const double rank = std::ceil((static_cast<double>(held_) + 1) * (1 - alpha_));
  if (rank > static_cast<double>(held_)) return kInfinite;
  return sorted_[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

void Conformal::note(double error, double half_width) noexcept {
  if (!std::isfinite(error) || std::isnan(half_width)) return;
  const bool in = std::abs(error) <= half_width;
  if (held_ >= kFewest) {  // before that no band was shown, and none was missed
    alpha_ += settings_.gain * (1 - settings_.target - (in ? 0.0 : 1.0));
    const std::size_t at = static_cast<std::size_t>(inside_at_);
    if (inside_held_ == settings_.window) {
      inside_count_ -= inside_[at];
    } else {
      ++inside_held_;
    }
    inside_[at] = in ? 1 : 0;
    inside_count_ += inside_[at];
    inside_at_ = (inside_at_ + 1) % settings_.window;
    ++noted_;
  }
  keep(std::abs(error));
}

// One leaves the sorted sizes, one enters: what lies between moves by a place.
void Conformal::keep(double size) noexcept {
  const auto begin = sorted_.begin();
  if (held_ == settings_.memory) {
    const auto old = std::lower_bound(begin, sorted_.end(), ring_[at_]);
    std::move(old + 1, sorted_.end(), old);
    --held_;
  }
  const auto end = begin + static_cast<std::ptrdiff_t>(held_);
  const auto place = std::lower_bound(begin, end, size);
  std::move_backward(place, end, end + 1);
  *place = size;
  ++held_;
  ring_[at_] = size;
  at_ = (at_ + 1) % settings_.memory;
}

bool Conformal::known() const noexcept { return held_ >= kFewest; }

double Conformal::coverage() const noexcept {
  if (10 * inside_held_ < settings_.window) return std::nan("");
  return static_cast<double>(inside_count_) / static_cast<double>(inside_held_);
}

Coverage::Coverage(double window)
    : most_(static_cast<std::uint32_t>(
          std::clamp(std::ceil(window / static_cast<double>(kPieces)), 1.0, 1e6))) {}

void Coverage::note(bool inside) noexcept {
  if (all_[piece_] >= most_) {
    piece_ = (piece_ + 1) % kPieces;
    inside_[piece_] = all_[piece_] = 0;
  }
  inside_[piece_] += inside ? 1 : 0;
  ++all_[piece_];
}

double Coverage::filled() const noexcept {
  double n = 0;
  for (const std::uint32_t count : all_) n += count;
  return n / (static_cast<double>(kPieces) * most_);
}

double Coverage::share() const noexcept {
  if (filled() < 0.1) return std::nan("");
  double n = 0, inside = 0;
  for (std::size_t i = 0; i < kPieces; ++i) n += all_[i], inside += inside_[i];
  return inside / n;
}

void Bias::note(double error) noexcept {
  if (!std::isfinite(error)) return;
  seen_ = std::min(seen_ + 1, memory_);
  value_ += (error - value_) / seen_;
  square_ += (error * error - square_) / seen_;
}

double Bias::standard_error() const noexcept {
  if (seen_ < 2) return std::nan("");
  return std::sqrt(std::max(0.0, square_ - value_ * value_) / (seen_ - 1));
}

}  // namespace saggar::monitor
