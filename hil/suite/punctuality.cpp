#include "hil/suite/punctuality.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "runtime/config/number_text.hpp"

namespace saggar::suite {
namespace {

/// The least value that this share of them does not exceed.
double quantile(const std::vector<double>& sorted, double share) {
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(1.0, rank)) - 1];
}

Figure of_machine(const char* name, const char* unit, double value) {
  return {name, unit, -1, value, true, true};
}

}  // namespace

void Punctuality::add(const domain::Timing& timing) {
  const std::int64_t planned_ns = timing.start_ns - timing.late_ns;
  if (!errors_ms_.empty()) {
    const std::int64_t steps = (planned_ns - last_planned_ns_ + period_ns_ / 2) / period_ns_;
    skipped_ += steps > 1 ? static_cast<std::uint64_t>(steps - 1) : 0;
  }
  last_planned_ns_ = planned_ns;
  const double error_ms = 1e-6 * static_cast<double>(timing.late_ns);
  errors_ms_.push_back(error_ms);
  late_ += error_ms > kLate_ms ? 1 : 0;
  overruns_ += timing.late_ns + timing.duration_ns > period_ns_ ? 1 : 0;
}

double Punctuality::late_share() const noexcept {
  if (errors_ms_.empty()) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(late_ + skipped_) / static_cast<double>(planned());
}

std::vector<Figure> Punctuality::figures() const {
  std::vector<double> sorted = errors_ms_;
  std::sort(sorted.begin(), sorted.end());
  return {of_machine("start_error_p50_ms", "ms", quantile(sorted, 0.5)),
          of_machine("start_error_p99_ms", "ms", quantile(sorted, 0.99)),
          of_machine("start_error_p999_ms", "ms", quantile(sorted, 0.999)),
          of_machine("start_error_most_ms", "ms", quantile(sorted, 1)),
          of_machine("starts_late_share", "1", late_share()),
          of_machine("starts_skipped", "1", static_cast<double>(skipped_)),
          of_machine("overruns", "1", static_cast<double>(overruns_))};
}

Check Punctuality::check() const {
  const double late = late_share();
  Check check{kCheck,
              "at most " + config::plain(100 * kMostLate) + " % more than " +
                  config::plain(kLate_ms) + " ms late",
              "no cycle", late <= kMostLate, "expect"};
  if (errors_ms_.empty()) return check;
  check.got = std::to_string(late_) + " of " + std::to_string(planned()) + " late, " +
              std::to_string(skipped_) + " left out";
  return check;
}

}  // namespace saggar::suite
