#include "controllers/twin/sensor_watch.hpp"

#include <cmath>

namespace saggar::twin {
namespace {

constexpr double kHour_s = 3600.0;
constexpr double kBlock_s = 600.0;  ///< errors are counted as if independent after this time
constexpr double kMost = 4.0;       ///< sums stop at so many levels
constexpr double kLeastStep = -10.0, kMostStep = 15.0;  ///< evidence of one block
constexpr double kSlow = 3.0;     ///< the slow reading is smoothed so much longer
constexpr std::size_t kNear = 2;  ///< zones that see a neighbour's fault
constexpr double kEcho = 0.4;     ///< and by how much of it at most
constexpr double kClearer = 8.0;  ///< twice the log-likelihood by which another hypothesis wins
constexpr double kCalm = 0.1;     ///< share of the level below which what is usual is learnt
constexpr std::size_t kHypotheses = 4;

}  // namespace

SensorWatch::SensorWatch(const Limits& limits, std::size_t zones)
    : l_(limits),
      zones_(zones),
      residual_(2 * zones),
      reading_(2 * zones),
      slow_reading_(2 * zones),
      usual_apart_(zones),
      usual_together_(zones),
      apart_W_(zones, 0.0),
      together_W_(zones, 0.0),
      sum_(kHypotheses * zones),
      found_(zones, -1) {}

void SensorWatch::forget() noexcept {
  for (auto* v : {&residual_, &reading_, &slow_reading_}) std::fill(v->begin(), v->end(), Smooth{});
  for (auto* v : {&usual_apart_, &usual_together_}) std::fill(v->begin(), v->end(), Usual{});
  for (auto* v : {&apart_W_, &together_W_}) std::fill(v->begin(), v->end(), 0.0);
  std::fill(sum_.begin(), sum_.end(), Cusum{});
  std::fill(found_.begin(), found_.end(), -1);
}

/// What 1 K of a hypothesis does to the difference and to the sum, W.
SensorWatch::Slope SensorWatch::slope(const Signals& s, std::size_t k,
                                      std::size_t h) const noexcept {
  const bool bottom = h >= 2;
  const double g = s.per_K[bottom ? zones_ + k : k], sign = h % 2 == 0 ? 1.0 : -1.0;
  return {sign * (bottom ? 1.0 : -1.0) * g * (1.0 + l_.sensor_other),
          -sign * g * (1.0 - l_.sensor_other)};
}

SensorWatch::Fit SensorWatch::fit(const Signals& s, std::size_t k, std::size_t h) const noexcept {
  const Slope g = slope(s, k, h);
  const double wa = 1.0 / (l_.sensor_apart_W * l_.sensor_apart_W);
  const double wt = 1.0 / (l_.sensor_together_W * l_.sensor_together_W);
  const double match = wa * g.apart * apart_W_[k] + wt * g.together * together_W_[k];
  const double weight = wa * g.apart * g.apart + wt * g.together * g.together;
  if (match <= 0 || weight <= 0) return {};
  return {(h % 2 == 0 ? 1.0 : -1.0) * match / weight, match * match / weight};
}

void SensorWatch::smooth(const Signals& s) noexcept {
  for (std::size_t i = 0; i < s.loops(); ++i) {
    if (std::isfinite(s.residual_W[i])) {
      residual_[i].add(s.residual_W[i], s.dt_s, l_.sensor_filter_s);
    }
    if (!std::isfinite(s.reading_degC[i])) continue;
    reading_[i].add(s.reading_degC[i], s.dt_s, l_.sensor_filter_s);
    slow_reading_[i].add(s.reading_degC[i], s.dt_s, kSlow * l_.sensor_filter_s);
  }
  const auto together = [this](std::size_t k) {
    return residual_[k].value + residual_[zones_ + k].value - usual_together_[k].mean;
  };
  for (std::size_t k = 0; k < zones_; ++k) {
    apart_W_[k] = residual_[k].value - residual_[zones_ + k].value - usual_apart_[k].mean;
    double around = 0, count = 0;
    for (const std::size_t n : {k - kNear, k + kNear}) {
      if (n >= zones_) continue;  // also below 0
      around += together(n);
      count += 1.0;
    }
    together_W_[k] = together(k) - (count > 0 ? around / count : 0.0);
  }
}

void SensorWatch::judge(const Signals& s, std::size_t k, bool held) noexcept {
  const auto moves = [&](std::size_t i) {
    return !std::isfinite(s.reading_degC[i]) || !std::isfinite(s.residual_W[i]) ||
           std::abs(reading_[i].value - slow_reading_[i].value) > l_.sensor_moving_K;
  };
  if (held || moves(k) || moves(zones_ + k)) return;
  const bool known = usual_apart_[k].seen_s >= kHour_s * l_.learn_h;
  double most = 0;
  for (std::size_t h = 0; h < kHypotheses; ++h) {
    Cusum& c = sum_[kHypotheses * k + h];
    if (known) {
      const Slope g = slope(s, k, h);
      const double e = l_.sensor_K;
      const double a = e * g.apart, t = e * g.together;
      const double wa = 1.0 / (l_.sensor_apart_W * l_.sensor_apart_W);
      const double wt = 1.0 / (l_.sensor_together_W * l_.sensor_together_W);
      const double step = wa * a * (apart_W_[k] - 0.5 * a) + wt * t * (together_W_[k] - 0.5 * t);
      c.add(s.now_s, s.dt_s / kBlock_s * std::clamp(step, kLeastStep, kMostStep),
            kMost * l_.sensor_high);
    }
    c.judge(s.now_s, s.dt_s, l_.sensor_high, l_.sensor_low, l_.sensor_confirm_s);
    most = std::max(most, c.value);
  }
  if (most >= kCalm * l_.sensor_high) return;
  const double memory_s = kHour_s * l_.memory_h;
  usual_apart_[k].learn(residual_[k].value - residual_[zones_ + k].value, s.dt_s, memory_s);
  usual_together_[k].learn(residual_[k].value + residual_[zones_ + k].value, s.dt_s, memory_s);
}

/// A zone nearby shows so much more that this one only answers to it.
bool SensorWatch::outdone(const Signals& s, std::size_t k) const noexcept {
  const auto size = [&](std::size_t zone) {
    double most = 0;
    for (std::size_t h = 0; h < kHypotheses; ++h) {
      most = std::max(most, std::abs(fit(s, zone, h).error_K));
    }
    return most;
  };
  const double own = size(k);
  for (std::size_t n = k > kNear ? k - kNear : 0; n < std::min(zones_, k + kNear + 1); ++n) {
    if (n != k && own < kEcho * size(n)) return true;
  }
  return false;
}

/// The best of the hypotheses at the level; what was told before stays unless another is far
/// clearer.
std::size_t SensorWatch::best(const Signals& s, std::size_t k) const noexcept {
  const auto before = static_cast<std::size_t>(std::max(0, found_[k]));
  std::size_t best = before;
  double ratio = found_[k] >= 0 ? fit(s, k, before).ratio + kClearer : -1.0;
  for (std::size_t h = 0; h < kHypotheses; ++h) {
    const double r = fit(s, k, h).ratio;
    if (sum_[kHypotheses * k + h].value < l_.sensor_high || r <= ratio) continue;
    ratio = r;
    best = h;
  }
  return best;
}

void SensorWatch::tell(const Signals& s, std::size_t k, Findings& findings) noexcept {
  const Cusum* first = nullptr;
  for (std::size_t h = 0; h < kHypotheses; ++h) {
    const Cusum& c = sum_[kHypotheses * k + h];
    if (c.stands() && (first == nullptr || c.raised_s < first->raised_s)) first = &c;
  }
  if (first == nullptr) found_[k] = -1;
  if (first == nullptr || (found_[k] < 0 && outdone(s, k))) return;
  const std::size_t h = best(s, k);
  found_[k] = static_cast<int>(h);
  Finding f;
  const std::size_t loop = h >= 2 ? zones_ + k : k;
  place(f, loop, zones_);
  f.cause = Cause::thermocouple_wrong;
  f.statistic = sum_[kHypotheses * k + h].value;
  f.threshold = l_.sensor_high;
  f.began_s = first->began_s;
  f.since_s = first->raised_s;
  f.measured = s.power_kW[loop];
  const double half_usual =
      0.5 * (usual_together_[k].mean + (h >= 2 ? -1.0 : 1.0) * usual_apart_[k].mean);
  f.expected = s.power_kW[loop] - 1e-3 * (residual_[loop].value - half_usual);
  f.size = fit(s, k, h).error_K;
  findings.add(f);
}

void SensorWatch::step(const Signals& s, const std::vector<std::uint8_t>& held,
                       Findings& findings) noexcept {
  if (!s.settled) return;
  smooth(s);
  for (std::size_t k = 0; k < zones_; ++k) judge(s, k, held[k] != 0);
  for (std::size_t k = 0; k < zones_; ++k) {
    if (held[k] == 0) tell(s, k, findings);
  }
}

}  // namespace saggar::twin
