#include "runtime/control/interventions.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::control {

Interventions::Interventions(const Settings& settings)
    : period_ns_(std::max<std::int64_t>(1, std::llround(settings.period_s * 1e9))),
      window_(static_cast<std::size_t>(
                  std::max(1.0, std::round(settings.window_s / settings.period_s))),
              0) {
  limit_ = settings.percent * 0.01 * static_cast<double>(window_.size());
}

void Interventions::note(std::int64_t time_ns, std::size_t rung, bool corrected) noexcept {
  const std::int64_t now = time_ns / period_ns_;
  // A clock that was set back goes on in the running period: it may not wipe the window.
  const std::int64_t passed = period_ < 0 ? 0 : now - period_;
  const auto all = static_cast<std::int64_t>(window_.size());
  for (std::int64_t i = 0; i < std::min(passed, all); ++i) next_period();
  period_ = now;
  if (rung >= domain::kMaxRungs || !corrected) return;
  const std::uint32_t bit = 1U << rung;
  if ((window_[at_] & bit) != 0) return;
  window_[at_] |= bit;
  ++count_[rung];
  if (static_cast<double>(count_[rung]) > limit_) out_ |= bit;
}

void Interventions::next_period() noexcept {
  at_ = at_ + 1 == window_.size() ? 0 : at_ + 1;
  const std::uint32_t leaves = window_[at_];
  window_[at_] = 0;
  if (leaves == 0) return;
  for (std::size_t rung = 0; rung < count_.size(); ++rung) {
    if ((leaves >> rung & 1U) == 0) continue;
    --count_[rung];
    if (static_cast<double>(count_[rung]) <= 0.5 * limit_) out_ &= ~(1U << rung);
  }
}

void Interventions::forgive(std::size_t rung) noexcept {
  const std::uint32_t keep = ~(1U << rung);
  for (std::uint32_t& period : window_) period &= keep;
  count_[rung] = 0;
  out_ &= keep;
}

}  // namespace saggar::control
