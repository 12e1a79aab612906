// Tally: the small sums that key figures are made of. Values only. Thread: one.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace saggar::suite {

/// Mean and standard deviation of what was added (Welford), NaN is left out.
class Spread {
 public:
  void add(double x) noexcept {
    if (!std::isfinite(x)) return;
    ++count_;
    const double from = x - mean_;
    mean_ += from / static_cast<double>(count_);
    squares_ += from * (x - mean_);
    low_ = std::min(low_, x);
    high_ = std::max(high_, x);
  }
  /// As if all of `other` had been added (Chan, Golub, LeVeque 1979).
  Spread& operator+=(const Spread& other) noexcept {
    if (other.count_ == 0) return *this;
    const auto n = static_cast<double>(count_), m = static_cast<double>(other.count_);
    const double from = other.mean_ - mean_;
    mean_ += from * m / (n + m);
    squares_ += other.squares_ + from * from * n * m / (n + m);
    count_ += other.count_;
    low_ = std::min(low_, other.low_);
    high_ = std::max(high_, other.high_);
    return *this;
  }
  std::uint64_t count() const noexcept { return count_; }
  double mean() const noexcept { return count_ > 0 ? mean_ : std::nan(""); }
  /// Of the sample, by n - 1; 0 for one value.
  double deviation() const noexcept {
    if (count_ == 0) return std::nan("");
    return count_ > 1 ? std::sqrt(squares_ / static_cast<double>(count_ - 1)) : 0.0;
  }
  double low() const noexcept { return count_ > 0 ? low_ : std::nan(""); }
  double high() const noexcept { return count_ > 0 ? high_ : std::nan(""); }

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0, squares_ = 0, low_ = 1e300, high_ = -1e300;
};

/// Errors against two bands, K: how many samples lie within each, and how far off they are.
struct Bands {
  std::uint64_t of = 0, narrow = 0, wide = 0, above = 0, below = 0;
  double sum_K = 0, squares_K2 = 0;

  void add(double error_K, double narrow_K, double wide_K) noexcept {
    ++of;
    narrow += std::abs(error_K) <= narrow_K ? 1 : 0;
    wide += std::abs(error_K) <= wide_K ? 1 : 0;
    above += error_K > wide_K ? 1 : 0;
    below += error_K < -wide_K ? 1 : 0;
    sum_K += error_K;
    squares_K2 += error_K * error_K;
  }
  Bands& operator+=(const Bands& b) noexcept {
    of += b.of, narrow += b.narrow, wide += b.wide, above += b.above, below += b.below;
    sum_K += b.sum_K, squares_K2 += b.squares_K2;
    return *this;
  }
  /// NaN without a sample.
  double share(std::uint64_t part) const noexcept { return over(static_cast<double>(part)); }
  double mean_K() const noexcept { return over(sum_K); }
  double rms_K() const noexcept { return std::sqrt(over(squares_K2)); }

 private:
  double over(double sum) const noexcept {
    return of > 0 ? sum / static_cast<double>(of) : std::nan("");
  }
};

/// How far one manipulated value travels, from write to write (HI-36). In its own unit.
class Travel {
 public:
  void write(double value) noexcept {
    if (std::isfinite(last_) && value != last_) {
      const double by = value - last_;
      total_ += std::abs(by);
      ++moves_;
      reversals_ += by * direction_ < 0 ? 1 : 0;
      direction_ = by;
    }
    last_ = value;
  }
  /// The value is no longer driven: the next write begins anew.
  void release() noexcept { last_ = std::nan(""), direction_ = 0; }
  double total() const noexcept { return total_; }
  std::uint64_t moves() const noexcept { return moves_; }
  std::uint64_t reversals() const noexcept { return reversals_; }

 private:
  double last_ = std::nan(""), direction_ = 0, total_ = 0;
  std::uint64_t moves_ = 0, reversals_ = 0;
};

/// A limit that counts as broken once it is passed for `hold_s` without a break.
class Excursions {
 public:
  explicit Excursions(double hold_s = 0) : hold_s_(hold_s) {}
  /// @param over  by how much it is passed over the next `dt_s`; at most 0 = kept
  void add(double over, double dt_s) noexcept {
    if (!(over > 0)) {
      since_s_ = 0;
      return;
    }
    const bool counted = since_s_ > 0 && since_s_ >= hold_s_;
    since_s_ += dt_s;
    seconds_ += dt_s;
    integral_ += over * dt_s;
    worst_ = std::max(worst_, over);
    if (!counted && since_s_ >= hold_s_) ++count_;
  }
  std::uint64_t count() const noexcept { return count_; }
  double seconds() const noexcept { return seconds_; }    ///< passed, held or not
  double integral() const noexcept { return integral_; }  ///< unit of the limit, times s
  double worst() const noexcept { return worst_; }

 private:
  double hold_s_, since_s_ = 0, seconds_ = 0, integral_ = 0, worst_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace saggar::suite
