#include "runtime/guard/horizon.hpp"

#include <algorithm>

namespace saggar::guard {

Horizon::Horizon(double window_s, std::vector<double> limits)
    : mvs_(limits.size()),
      bucket_s_(window_s / static_cast<double>(kBuckets)),
      limits_(std::move(limits)),
      low_(mvs_, 0.0),
      high_(mvs_, 0.0),
      newest_(mvs_, 0.0),
      bucket_low_(mvs_ * kSlots, 0.0),
      bucket_high_(mvs_ * kSlots, 0.0) {}

void Horizon::advance(double now_s) noexcept {
  if (!started_) {
    started_ = true;
    bucket_end_s_ = now_s + bucket_s_;
    return;
  }
  if (now_s < bucket_end_s_) return;
  // After a pause longer than the window every slot is overwritten once; more would change nothing.
  for (std::size_t i = 0; i < kSlots && now_s >= bucket_end_s_; ++i) {
    next_bucket();
    bucket_end_s_ += bucket_s_;
  }
  if (now_s >= bucket_end_s_) bucket_end_s_ = now_s + bucket_s_;
  survey();
}

void Horizon::next_bucket() noexcept {
  head_ = (head_ + 1) % kSlots;
  // The trim in force when a bucket begins belongs to it, also when nothing is pushed later.
  for (std::size_t i = 0; i < mvs_; ++i) {
    bucket_low_[head_ * mvs_ + i] = newest_[i];
    bucket_high_[head_ * mvs_ + i] = newest_[i];
  }
}

void Horizon::survey() noexcept {
  std::copy(newest_.begin(), newest_.end(), low_.begin());
  std::copy(newest_.begin(), newest_.end(), high_.begin());
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const double* low = bucket_low_.data() + slot * mvs_;
    const double* high = bucket_high_.data() + slot * mvs_;
    for (std::size_t i = 0; i < mvs_; ++i) low_[i] = std::min(low_[i], low[i]);
    for (std::size_t i = 0; i < mvs_; ++i) high_[i] = std::max(high_[i], high[i]);
  }
}

void Horizon::serialize(domain::Archive& archive) {
  archive(bucket_end_s_, started_, head_, low_, high_, newest_, bucket_low_, bucket_high_);
}

}  // namespace saggar::guard
