#include "controllers/twin/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::twin {
namespace {
constexpr double kStep_s = 60.0;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
}  // namespace

Forecast::Forecast(const Figures& f, const Places& places, std::size_t nodes)
    : groups_(places.groups),
      total_m_(places.total_m(f)),
      rows_(f, places, nodes),
      unused_(places.zones),
      exits_(places.capacity(f), AtExit{kNone, kNone, kNone, kNone}) {}

void Forecast::push(std::size_t count) noexcept {
  for (std::size_t j = std::min(count, exits_.size() - 1); j > 0; --j) exits_[j] = exits_[j - 1];
  exits_[0] = {kNone, kNone, kNone, kNone};
}

void Forecast::begin(const Rows& now, const Line& line) noexcept {
  const std::size_t n = line.count();
  if (n == 0) return;
  rows_.adopt(now);
  for (std::size_t w = 0; w < Rows::kLanes; ++w) {
    const std::size_t j = w == 0 ? 0 : turn_++ % n;
    rows_.copy(w, now, j, true);
    position_m_[w] = line.position_m[j];
    number_[w] = line.number[j];
    gone_[w] = false;
  }
  busy_ = true;
}

/// Rows that have reached the end of the cooling section.
void Forecast::note(const Line& line) noexcept {
  const std::size_t last = rows_.layers() - 1;
  for (std::size_t w = 0; w < Rows::kLanes; ++w) {
    if (gone_[w] || position_m_[w] < total_m_) continue;
    gone_[w] = true;
    for (std::size_t j = 0; j < line.count(); ++j) {
      if (line.number[j] != number_[w]) continue;
      exits_[j] = {0.5 * (rows_.size_nm(w, 0) + rows_.size_nm(w, last)),
                   0.5 * (rows_.mixing(w, 0) + rows_.mixing(w, last)), rows_.conversion(w),
                   rows_.size_per_K(w)};
    }
  }
  busy_ = !std::all_of(gone_.begin(), gone_.end(), [](bool gone) { return gone; });
}

void Forecast::go_on(std::size_t steps, const Rows& now, const Line& line,
                     const Surroundings& around, const double* speed_m_per_s) noexcept {
  if (!busy_) begin(now, line);
  const double groups = static_cast<double>(groups_);
  for (std::size_t i = 0; i < steps && busy_; ++i) {
    rows_.step(kStep_s, 2, around, position_m_.data(), Rows::kLanes, unused_);
    rows_.fire(kStep_s, around, position_m_.data(), 0, Rows::kLanes);
    for (double& s : position_m_) {
      const double g = std::clamp(std::floor(s / total_m_ * groups), 0.0, groups - 1.0);
      s += kStep_s * std::max(1e-5, speed_m_per_s[static_cast<std::size_t>(g)]);
    }
    note(line);
  }
}

}  // namespace saggar::twin
