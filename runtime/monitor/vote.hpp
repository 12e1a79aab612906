// Vote: two of three independent signals, for three periods.
#pragma once

#include <array>
#include <cstdint>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/monitor.hpp"

namespace saggar::monitor {

using domain::kSignalCount;
using domain::Signal;

struct VoteSettings {
  std::uint32_t needed = 2;   ///< signals over their thresholds, 1 .. 3
  std::uint32_t periods = 3;  ///< in a row, before trust is lost, >= 1
  std::uint32_t back = 30;    ///< periods in a row without, before it is given back, >= 1
};

/// One signal alone is often wrong, and a single period is noise. A signal that cannot be computed
/// (NaN) counts as over: not knowing is no reason to trust.
/// Thread: one. No allocation, O(1).
class Vote {
 public:
  using Values = std::array<double, kSignalCount>;
  explicit Vote(const VoteSettings& settings, const Values& thresholds)
      : settings_(settings), thresholds_(thresholds) {}

  /// One period of the controller. @return true while it is not to be trusted
  bool note(const Values& values) noexcept {
    over_ = 0;
    std::uint32_t count = 0;
    for (std::size_t i = 0; i < kSignalCount; ++i) {
      if (values[i] <= thresholds_[i]) continue;
      over_ |= 1U << i;
      ++count;
    }
    const bool strange = count >= settings_.needed;
    strange_ = strange ? strange_ + 1 : 0;
    usual_ = strange ? 0 : usual_ + 1;
    if (strange_ >= settings_.periods) out_ = 1;
    if (usual_ >= settings_.back) out_ = 0;
    return out();
  }
  bool out() const noexcept { return out_ != 0; }
  /// Bit i: signal i was over its threshold in the last period.
  std::uint32_t over() const noexcept { return over_; }
  const Values& thresholds() const noexcept { return thresholds_; }

  void serialize(domain::Archive& archive) { archive(over_, strange_, usual_, out_); }

 private:
  VoteSettings settings_;
  Values thresholds_;
  std::uint32_t over_ = 0, strange_ = 0, usual_ = 0, out_ = 0;
};

}  // namespace saggar::monitor
