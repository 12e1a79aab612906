// Cusum: one detection statistic with its memory: how high, since when, standing or not.
#pragma once

#include <algorithm>

#include <saggar/plugin/state.hpp>

namespace saggar::twin {

/// One-sided cumulative sum (Page 1954): adds evidence, never below 0. A finding stands from when
/// the sum has been at `high` for `confirm_s` until it falls below `low`. All members are plain
/// numbers. Thread: one, no allocation.
struct Cusum {
  double value = 0;
  double began_s = 0;   ///< when it last left 0: the most likely time of the change
  double above_s = 0;   ///< how long it has been at or above the level
  double raised_s = 0;  ///< when the finding was made
  double standing = 0;  ///< 1: the finding stands

  /// @param evidence  log-likelihood or its like of this step, less what is usual
  /// @param most      value beyond which it grows no more, so that it can come down in its time
  void add(double now_s, double evidence, double most) noexcept {
    if (value <= 0) began_s = now_s;
    value = std::clamp(value + evidence, 0.0, most);
  }
  /// @return true while the finding stands
  bool judge(double now_s, double dt_s, double high, double low, double confirm_s) noexcept {
    above_s = value >= high ? above_s + dt_s : 0.0;
    if (standing == 0 && value >= high && above_s > confirm_s) {
      standing = 1;
      raised_s = now_s;
    }
    if (value < low) standing = 0;
    return standing != 0;
  }
  bool stands() const noexcept { return standing != 0; }
  void clear() noexcept { value = above_s = standing = 0; }
  void state(plugin::State& s) { s(value, began_s, above_s, raised_s, standing); }
};

/// What a signal usually is: a plain mean over the first `memory_s`, then forgetting with it.
struct Usual {
  double mean = 0, seen_s = 0;

  void learn(double x, double dt_s, double memory_s) noexcept {
    seen_s = std::min(seen_s + dt_s, memory_s);
    mean += dt_s / seen_s * (x - mean);
  }
  void state(plugin::State& s) { s(mean, seen_s); }
};

/// First-order filter that starts at its first value.
struct Smooth {
  double value = 0, filled = 0;

  void add(double x, double dt_s, double time_s) noexcept {
    value += (filled != 0 ? dt_s / (dt_s + time_s) : 1.0) * (x - value);
    filled = 1;
  }
  void state(plugin::State& s) { s(value, filled); }
};

}  // namespace saggar::twin
