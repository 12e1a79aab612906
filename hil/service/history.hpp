// History: what all tags showed, once a minute.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/frame.hpp"

namespace saggar::service {

/// Bounded: beyond `kMostRows` the oldest rows go. Thread: one.
class History {
 public:
  static constexpr double kInterval_s = 60;
  static constexpr std::size_t kMostRows = 30 * 1440;  ///< 30 days

  explicit History(std::size_t tags) : tags_(tags) {}

  /// Takes a row if one is due at `time_s`, which must not fall.
  void look(double time_s, const domain::Frame& frame);
  std::size_t rows() const noexcept { return time_s_.size(); }
  double time_s(std::size_t row) const noexcept { return time_s_[row]; }
  /// Rows with from_s <= time <= to_s: first, and one behind the last.
  std::pair<std::size_t, std::size_t> between(double from_s, double to_s) const noexcept;
  /// In the unit of the tag, to 7 digits; NaN while its quality was bad.
  double value(std::size_t row, std::size_t tag) const noexcept {
    return static_cast<double>(values_[row * tags_ + tag]);
  }

 private:
  std::size_t tags_;
  std::vector<double> time_s_;
  std::vector<float> values_;  ///< [row][tag]
  double next_s_ = 0;
};

}  // namespace saggar::service
