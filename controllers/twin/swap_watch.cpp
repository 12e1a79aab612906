#include "controllers/twin/swap_watch.hpp"

#include <cmath>
#include <limits>

namespace saggar::twin {
namespace {

constexpr double kHour_s = 3600.0, kSample_s = 30.0;
constexpr double kMost = 100.0;       ///< sums stop at so many levels
constexpr double kClearer = 1.5;      ///< another pair takes over when its work is so much more
constexpr double kNoise_K_kW = 0.02;  ///< work that 30 s may do by chance

}  // namespace

SwapWatch::SwapWatch(const Limits& limits, std::size_t zones)
    : l_(limits),
      usual_kW_(2 * zones),
      last_degC_(2 * zones, 0.0),
      last_kW_(2 * zones, 0.0),
      suspicion_(2 * zones, 0.0),
      until_s_(2 * zones, 0.0),
      pair_(zones * (2 * zones - 1)) {}

void SwapWatch::sum(const Signals& s) noexcept {
  const double forget = l_.swap_forget_per_h * s.dt_s / kHour_s;
  for (std::size_t i = 0; i < s.loops(); ++i) suspicion_[i] = 0;
  for (std::size_t b = 1; b < s.loops(); ++b) {
    const double moved_b = s.reading_degC[b] - last_degC_[b];
    if (!std::isfinite(moved_b) || !std::isfinite(last_kW_[b])) continue;
    for (std::size_t a = 0; a < b; ++a) {
      const double moved_a = s.reading_degC[a] - last_degC_[a];
      const double apart_kW = last_kW_[a] - last_kW_[b];
      const double wrong = -apart_kW * (moved_a - moved_b);
      const double crosswise = last_kW_[a] * moved_b + last_kW_[b] * moved_a;
      if (!std::isfinite(wrong) || !std::isfinite(crosswise)) continue;
      Cusum& c = pair_[index(a, b)];
      const double fades = std::abs(apart_kW) < l_.swap_quiet_kW ? forget : 0.0;
      c.add(s.now_s, std::min(wrong, 2.0 * crosswise) - kNoise_K_kW * (s.dt_s / kSample_s) - fades,
            kMost * l_.swap_high);
      const double share = c.value / l_.swap_high;
      suspicion_[a] = std::max(suspicion_[a], share);
      suspicion_[b] = std::max(suspicion_[b], share);
    }
  }
  if (a_ == b_) return;
  for (std::size_t i = 0; i < s.loops(); ++i) {  // all others only answer to the pair found
    if (i != a_ && i != b_) suspicion_[i] = 0;
  }
}

/// The pair with the most work, among those at the level; it stays unless another is far clearer.
void SwapWatch::choose(const Signals& s) noexcept {
  std::size_t best_a = 0, best_b = 0;
  double best = 0;
  for (std::size_t b = 1; b < s.loops(); ++b) {
    for (std::size_t a = 0; a < b; ++a) {
      if (pair_[index(a, b)].value > best) {
        best = pair_[index(a, b)].value;
        best_a = a;
        best_b = b;
      }
    }
  }
  if (a_ != b_) {
    const double work = pair_[index(a_, b_)].value;
    if (work < l_.swap_low) {
      a_ = b_ = 0;
      for (Cusum& c : pair_) c.clear();
      return;
    }
    if (best < kClearer * work) return;
  }
  if (best < l_.swap_high) return;
  Cusum& c = pair_[index(best_a, best_b)];
  c.raised_s = a_ != b_ ? pair_[index(a_, b_)].raised_s : s.now_s;
  a_ = best_a;
  b_ = best_b;
}

void SwapWatch::step(const Signals& s, Findings& findings) noexcept {
  if (watched_s_ >= kHour_s * l_.learn_h) {
    sum(s);
    choose(s);
  }
  for (std::size_t i = 0; i < s.loops(); ++i) {
    last_degC_[i] = s.reading_degC[i];
    last_kW_[i] = s.power_kW[i] - usual_kW_[i].mean;
    if (!std::isfinite(s.power_kW[i]) || suspicion_[i] > 0.5) continue;
    usual_kW_[i].learn(s.power_kW[i], s.dt_s, kHour_s * l_.swap_memory_h);
  }
  watched_s_ += s.dt_s;
  if (a_ == b_) return;
  const Cusum& c = pair_[index(a_, b_)];
  Finding f;
  place(f, a_, s.zones);
  f.cause = Cause::thermocouple_swap;
  f.other_zone = static_cast<std::uint16_t>(b_ % s.zones);
  f.other_element = static_cast<std::uint16_t>(b_ / s.zones);
  f.statistic = c.value;
  f.threshold = l_.swap_high;
  f.began_s = c.began_s;
  f.since_s = c.raised_s;
  f.measured = s.reading_degC[a_] - s.reading_degC[b_];
  f.expected = last_kW_[a_] - last_kW_[b_];
  f.size = f.measured;
  findings.add(f);
  until_s_[a_] = until_s_[b_] = s.now_s + kHour_s * l_.swap_hold_h;
}

}  // namespace saggar::twin
