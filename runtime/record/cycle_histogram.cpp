#include "runtime/record/cycle_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace saggar::record {

std::size_t CycleHistogram::bucket_of(std::uint64_t value) noexcept {
  if (value < kSteps) return value;
  value = std::min(value, (std::uint64_t{1} << kTopBit) - 1);
  // The top kStepBits + 1 bits name the bucket: their number of places, then their step.
  const int shift = static_cast<int>(std::bit_width(value)) - 1 - kStepBits;
  return static_cast<std::size_t>(shift + 1) * kSteps + ((value >> shift) - kSteps);
}

std::uint64_t CycleHistogram::upper_of(std::size_t bucket) noexcept {
  if (bucket < kSteps) return bucket;
  const std::size_t shift = bucket / kSteps - 1;
  return ((bucket % kSteps + kSteps + 1) << shift) - 1;
}

void CycleHistogram::add(std::int64_t nanoseconds) noexcept {
  const std::int64_t v = std::max<std::int64_t>(nanoseconds, 0);
  ++buckets_[bucket_of(static_cast<std::uint64_t>(v))];
  ++count_;
  sum_ += static_cast<double>(v);
  max_ = std::max(max_, v);
}

void CycleHistogram::merge(const CycleHistogram& other) noexcept {
  for (std::size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  max_ = std::max(max_, other.max_);
}

std::int64_t CycleHistogram::mean_ns() const noexcept {
  return count_ == 0 ? 0 : static_cast<std::int64_t>(sum_ / static_cast<double>(count_));
}

std::int64_t CycleHistogram::percentile_ns(double share) const noexcept {
  if (count_ == 0) return 0;
  const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
  const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    seen += buckets_[i];
    // The last bucket has no upper bound but the maximum.
    if (seen >= rank && i + 1 < kBuckets) {
      return std::min(static_cast<std::int64_t>(upper_of(i)), max_);
    }
  }
  return max_;
}

}  // namespace saggar::record
