#include "hil/service/history.hpp"

#include <algorithm>
#include <limits>

namespace saggar::service {

void History::look(double time_s, const domain::Frame& frame) {
  if (time_s < next_s_) return;
  next_s_ = time_s + kInterval_s;
  if (rows() == kMostRows) {  // a day at once: moving memory each minute would cost more
    constexpr std::size_t kDay = 1440;
    time_s_.erase(time_s_.begin(), time_s_.begin() + kDay);
    values_.erase(values_.begin(), values_.begin() + static_cast<std::ptrdiff_t>(kDay * tags_));
  }
  time_s_.push_back(time_s);
  for (std::size_t i = 0; i < tags_; ++i) {
    const domain::Sample& sample = frame.samples[i];
    values_.push_back(sample.usable() ? static_cast<float>(sample.value)
                                      : std::numeric_limits<float>::quiet_NaN());
  }
}

std::pair<std::size_t, std::size_t> History::between(double from_s, double to_s) const noexcept {
  const auto first = std::lower_bound(time_s_.begin(), time_s_.end(), from_s);
  const auto behind = std::upper_bound(first, time_s_.end(), to_s);
  return {static_cast<std::size_t>(first - time_s_.begin()),
          static_cast<std::size_t>(behind - time_s_.begin())};
}

}  // namespace saggar::service
