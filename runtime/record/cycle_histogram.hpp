// CycleHistogram: where most of a million durations lie, in a fixed amount of memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace saggar::record {

/// Log-linear: 64 equal steps per factor of two, so a percentile is at most 1/64 (1.6 %) too
/// high, never too low. Exact below 64 ns. Values above 2^40 ns (18 min) count in the last step;
/// the maximum is exact. 18 KB.
/// Thread: one at a time. Real-time: `add` is a few instructions, no allocation.
class CycleHistogram {
 public:
  /// Negative durations count as 0.
  void add(std::int64_t nanoseconds) noexcept;
  /// Adds all of another histogram.
  void merge(const CycleHistogram& other) noexcept;
  void clear() noexcept { *this = CycleHistogram(); }

  std::uint64_t count() const noexcept { return count_; }
  std::int64_t max_ns() const noexcept { return max_; }
  std::int64_t mean_ns() const noexcept;
  /// The least bound below or at which this share of the values lies.
  /// @param share in [0, 1]: 0.5, 0.99, 0.999. 0 if nothing was added.
  std::int64_t percentile_ns(double share) const noexcept;
  std::int64_t p50_ns() const noexcept { return percentile_ns(0.5); }
  std::int64_t p99_ns() const noexcept { return percentile_ns(0.99); }
  std::int64_t p999_ns() const noexcept { return percentile_ns(0.999); }

 private:
  static constexpr int kStepBits = 6, kTopBit = 40;
  static constexpr std::size_t kSteps = std::size_t{1} << kStepBits;
  static constexpr std::size_t kBuckets = (kTopBit - kStepBits + 1) * kSteps;
  static std::size_t bucket_of(std::uint64_t value) noexcept;
  static std::uint64_t upper_of(std::size_t bucket) noexcept;

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::int64_t max_ = 0;
  double sum_ = 0;
};

}  // namespace saggar::record
