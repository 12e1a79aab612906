#include "controllers/twin/feed_watch.hpp"

#include <cmath>

namespace saggar::twin {
namespace {

constexpr double kMostGap_m = 1e3;
constexpr double kMost = 2.0;   ///< sums stop at so many levels
constexpr double kRow_s = 1.0;  ///< rows are counted as steps
constexpr double kRows = 0.5;   ///< over which the size is smoothed

}  // namespace

/// The row that leaves the entry uncovers it with its end one pitch inside.
void FeedWatch::gap(const Signals& s, Findings& findings) noexcept {
  const bool there = s.present > 0.5;
  if (there) {
    gap_.add(s.now_s, -gap_.value, kMostGap_m);
  } else if (std::isfinite(s.present) && std::isfinite(s.moved_m)) {
    gap_.add(s.now_s, s.moved_m + (gap_.value > 0 ? 0.0 : 0.5 * length_m_), kMostGap_m);
  }
  if (!gap_.judge(s.now_s, s.dt_s, l_.gap_m, l_.gap_m, 0.0)) return;
  Finding f;
  f.cause = Cause::saggar_gap;
  f.zone = 0;
  f.statistic = f.measured = f.size = gap_.value;
  f.threshold = f.expected = l_.gap_m;
  f.began_s = gap_.began_s;
  f.since_s = gap_.raised_s;
  findings.add(f);
}

void FeedWatch::charge(const Signals&, const Cusum& c, Cause cause, Findings& findings) noexcept {
  if (!c.stands()) return;
  Finding f;
  f.cause = cause;
  f.zone = 0;
  f.statistic = c.value;
  f.threshold = l_.charge_high;
  f.began_s = c.began_s;
  f.since_s = c.raised_s;
  f.size = share_.value;
  f.expected = mix_kg_;
  f.measured = mix_kg_ * (1.0 + f.size);
  findings.add(f);
}

void FeedWatch::step(const Signals& s, const Line& line, Findings& findings) noexcept {
  gap(s, findings);
  if (line.count() == 0) return;
  const bool another = line.number[0] != last_;
  const bool first = last_ == ~std::uint64_t{0};
  last_ = line.number[0];
  if (another && !first) {
    const double share = line.mix_kg[0] / mix_kg_ - 1.0;
    share_.add(share, kRow_s, kRows);
    heavy_.add(s.now_s, share - l_.charge_usual, kMost * l_.charge_high);
    light_.add(s.now_s, -share - l_.charge_usual, kMost * l_.charge_high);
  }
  heavy_.judge(s.now_s, s.dt_s, l_.charge_high, l_.charge_low, 0.0);
  light_.judge(s.now_s, s.dt_s, l_.charge_high, l_.charge_low, 0.0);
  charge(s, heavy_, Cause::overfill, findings);
  charge(s, light_, Cause::underfill, findings);
}

}  // namespace saggar::twin
