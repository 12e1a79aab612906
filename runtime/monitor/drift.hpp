// Drift: slow changes that no single input shows. Two tests: the mean of errors, the population of
// a feature.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/monitor.hpp"

namespace saggar::monitor {

using domain::Drift;

struct PageHinkleySettings {
  double allowance = 0.25;  ///< change of the mean that is let pass, in standard deviations, >= 0
  double watch = 15, act = 30;  ///< levels of the sum, in standard deviations, 0 < watch < act
  double warm_up = 200;         ///< errors from which mean and scatter are learned, >= 2
};

/// Page-Hinkley test to both sides (Page 1954, Hinkley 1971): sums of what errors are above, and
/// below, their usual mean by more than an allowance; the sum over its own lowest point is
/// compared. Mean and scatter are learned from the first errors and then kept: a mean that went
/// along would forgive a slow drift.
/// Thread: one. No allocation, O(1).
class PageHinkley {
 public:
  /// @throws std::invalid_argument naming the setting that is out of range
  explicit PageHinkley(const PageHinkleySettings& settings);
  /// Ignored where it is no number.
  void note(double error) noexcept;
  Drift state() const noexcept;
  /// The larger of both sums, in standard deviations.
  double level() const noexcept { return up_ > down_ ? up_ : down_; }
  /// Begins again, warm-up included: somebody has dealt with it.
  void clear() noexcept;
  void serialize(domain::Archive& archive) { archive(seen_, mean_, scatter_, up_, down_); }

 private:
  PageHinkleySettings settings_;
  double seen_ = 0, mean_ = 0, scatter_ = 0;  // scatter: sum of squares, then its deviation
  double up_ = 0, down_ = 0;
};

struct PopulationSettings {
  double watch = 0.1, act = 0.25;  ///< population stability index: usual bounds of credit scoring
  double fewest = 100;             ///< values of a shift below which nothing is said
};

/// Population stability index of one feature per shift: sum over bins of (a - e) ln(a / e), a the
/// share of this shift, e the expected one; half a value in each bin keeps the logarithm finite.
/// Thread: one. No allocation after construction.
class Population {
 public:
  /// @param edges  between bins, rising, at least 1
  /// @param shares expected in each bin, edges + 1 of them, all above 0, sum 1
  /// @throws std::invalid_argument otherwise
  Population(std::vector<double> edges, std::vector<double> shares,
             const PopulationSettings& settings = {});
  /// Ignored where it is no number.
  void note(double value) noexcept;
  /// The shift is over: its index stands until the next is.
  void close_shift() noexcept;
  /// Of the last whole shift; NaN where it had too few values.
  double index() const noexcept { return index_; }
  Drift state() const noexcept;
  void serialize(domain::Archive& archive) { archive(count_, seen_, index_); }

 private:
  std::vector<double> edges_, shares_;
  PopulationSettings settings_;
  std::vector<double> count_;
  double seen_ = 0;
  double index_;
};

}  // namespace saggar::monitor
