#include "hil/line/gateway_clock.hpp"

#include <algorithm>

namespace saggar::line {
namespace {

std::int64_t to_ns(double s) noexcept { return static_cast<std::int64_t>(s * 1e9); }

}  // namespace

void GatewayClock::set(double step_s, double slewed_s, bool frozen, std::int64_t now_ns) noexcept {
  if (frozen && !frozen_) frozen_ns_ = now_ns + error_ns(now_ns);
  error_ns(now_ns);
  frozen_ = frozen;
  step_ns_ = to_ns(step_s);
  slew_to_ns_ = to_ns(slewed_s);
}

std::int64_t GatewayClock::error_ns(std::int64_t now_ns) noexcept {
  const auto most = static_cast<std::int64_t>(slew_ * static_cast<double>(now_ns - at_ns_));
  slewed_ns_ += std::clamp(slew_to_ns_ - slewed_ns_, -most, most);
  at_ns_ = now_ns;
  return frozen_ ? frozen_ns_ - now_ns : step_ns_ + slewed_ns_;
}

void GatewayClock::serialize(domain::Archive& archive) {
  archive(step_ns_, slewed_ns_, slew_to_ns_, at_ns_, frozen_ns_, frozen_);
}

}  // namespace saggar::line
