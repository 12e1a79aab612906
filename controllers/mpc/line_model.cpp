#include "controllers/mpc/line_model.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::mpc {
namespace {

constexpr double kBehind_K = 8.0;     ///< a smaller lag says nothing of its rate
constexpr double kRise_K = 2.0;       ///< nor does a smaller rise from zone to zone
constexpr double kFollow_s = 3600.0;  ///< of the filter of a core lag
constexpr double kLeast_s = 300.0, kMost_s = 7200.0;

}  // namespace

LineModel::LineModel(LineFigures figures) : f_(std::move(figures)), core_lag_s_(f_.core_lag_s) {
  if (f_.gain.empty()) f_.gain.assign(zones(), 1.0);
}

void LineModel::follow(double dt_s, double speed_m_per_s, const double* zone_degC,
                       const double* core_degC) noexcept {
  const double share = dt_s / (dt_s + kFollow_s);
  for (std::size_t k = std::max<std::size_t>(1, f_.first_core); k < zones(); ++k) {
    double lag_s = f_.core_lag_s[k];
    const double behind = zone_degC[k] - core_degC[k], rise = core_degC[k] - core_degC[k - 1];
    if (behind > kBehind_K && rise > kRise_K && speed_m_per_s > 0) {
      lag_s = std::clamp(behind / rise * f_.zone_length_m / speed_m_per_s, kLeast_s, kMost_s);
    }
    core_lag_s_[k] += share * (lag_s - core_lag_s_[k]);
  }
}

void LineModel::discretise(double period_s, double speed_m_per_s, double* a,
                           double* b) const noexcept {
  const std::size_t n = cvs(), nz = zones();
  std::fill_n(a, n * n, 0.0);
  std::fill_n(b, n * nz, 0.0);
  const double moved = std::clamp(speed_m_per_s, 0.0, 0.01) / f_.zone_length_m;
  for (std::size_t k = f_.first_core; k < nz; ++k) {
    const std::size_t i = core(k);
    const double rate = 1.0 / core_lag_s_[k] + moved;
    const double stays = std::exp(-period_s * rate);
    a[i + i * n] = stays;
    a[i + zone(k) * n] = (1 - stays) / (core_lag_s_[k] * rate);
    if (k > f_.first_core) a[i + core(k - 1) * n] = (1 - stays) * moved / rate;
  }
  const double dry_stays = std::exp(-period_s / f_.dry_lag_s);
  a[dry() + dry() * n] = dry_stays;
  for (std::size_t k = 0; k < nz; ++k) {
    a[dry() + zone(k) * n] = (1 - dry_stays) * f_.dry_m_per_K[k];
    const double stays = std::exp(-period_s / f_.lag_s[k]);
    a[zone(k) + zone(k) * n] = stays;
    b[zone(k) + k * n] = f_.gain[k] * (1 - stays);
  }
}

}  // namespace saggar::mpc
