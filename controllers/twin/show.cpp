// What the twin says of each row, with its uncertainty.
#include <algorithm>
#include <cmath>

#include "controllers/twin/twin.hpp"

namespace saggar::twin {
namespace {

using material::kZeroCelsius_K;

constexpr double kFrontShare = 0.3;  ///< of a new row in the place where rows become dry

}  // namespace

/// 1 sigma of a value by the factors alone, from its slopes on them.
double Twin::spread(const double* slope) const noexcept {
  return std::sqrt(observer_.kalman().variance_of(slope, kFactors));
}

void Twin::show_row(std::size_t j) noexcept {
  const Rows& base = models_[0].rows;
  double core[kFactors], surface[kFactors], hottest[kFactors], dryness[kFactors];
  double core_now = base.core_K(j), surface_now = base.surface_K(j), dry_now = base.dryness(j);
  double hottest_now = base.hottest_K(j);
  const double c = core_now, s = surface_now, d = dry_now, h = hottest_now;
  for (std::size_t i = 0; i < kFactors; ++i) {
    const Rows& raised = models_[1 + i].rows;
    core[i] = (raised.core_K(j) - c) / observer_.moved(i);
    surface[i] = (raised.surface_K(j) - s) / observer_.moved(i);
    dryness[i] = (raised.dryness(j) - d) / observer_.moved(i);
    hottest[i] = (raised.hottest_K(j) - h) / observer_.moved(i);
    core_now += core[i] * observer_.ahead(i);
    surface_now += surface[i] * observer_.ahead(i);
    dry_now += dryness[i] * observer_.ahead(i);
    hottest_now += hottest[i] * observer_.ahead(i);
  }
  // How far row and zone are known to be of one temperature, and how well that of the zone is
  // known.
  const double even =
      std::clamp(1.0 - (s - c) / std::max(1.0, s - f_.hall_degC - kZeroCelsius_K), 0.0, 1.0);
  const double zone = std::hypot(s_.sigma_offset_K, s_.sigma_surroundings_K);
  const double share = base.dry(j, Twin::kDry) ? s_.floor_lag_dry : s_.floor_lag;
  const double floor = std::hypot(s_.floor_core_K, share * std::abs(s - c));
  seen_.core_degC.value[j] = core_now - kZeroCelsius_K;
  seen_.core_degC.sigma[j] = std::hypot(spread(core), even * even * zone, floor);
  seen_.hottest_degC.value[j] = hottest_now - kZeroCelsius_K;
  seen_.hottest_degC.sigma[j] = std::hypot(spread(hottest), zone, floor);
  seen_.surface_degC.value[j] = surface_now - kZeroCelsius_K;
  seen_.surface_degC.sigma[j] = std::hypot(spread(surface), zone, floor);
  seen_.dryness.value[j] = std::clamp(dry_now, 0.0, 1.0);
  seen_.dryness.sigma[j] = spread(dryness);
  show_product(j);
  seen_.position_m[j] = line_.position_m[j];
  seen_.number[j] = line_.number[j];
}

/// LiOH and Li2CO3 together: what the lattice does not hold, what has not reacted, and the surface.
double Twin::residual_lithium(double z, double x) const noexcept {
  return std::max(0.0, f_.li_per_m - (1.0 - z) / (1.0 + z)) + (1.0 - x) * f_.li_per_m +
         f_.surface_lithium;
}

/// The product as it is and as it will be: the model, corrected by what the laboratory has said.
void Twin::show_product(std::size_t j) noexcept {
  const Rows& base = models_[0].rows;
  const std::size_t last = base.layers() - 1;
  const double x = base.conversion(j), z = 0.5 * (base.mixing(j, 0) + base.mixing(j, last));
  const double size = 0.5 * (base.size_nm(j, 0) + base.size_nm(j, last));
  const double zone_K = std::hypot(s_.sigma_offset_K, s_.sigma_surroundings_K);
  const auto sized = [&](Banded& out, double nm, double per_K) {
    // The laboratory sees what has grown: before that its correction means nothing.
    const double grown = std::clamp(nm / f_.start_nm - 1.0, 0.0, 1.0);
    out.value[j] = nm * std::exp(grown * exits_.ln_size.value);
    out.sigma[j] =
        out.value[j] *
        std::hypot(grown * std::sqrt(exits_.ln_size.variance),
                   std::hypot(s_.floor_size, grown * per_K * zone_K * s_.unlearned_share));
  };
  seen_.conversion.value[j] = x;
  seen_.conversion.sigma[j] = s_.sigma_conversion * 4.0 * x * (1.0 - x);
  sized(seen_.size_nm, size, base.size_per_K(j));
  seen_.mixing.value[j] = std::max(0.0, z + exits_.mixing.value);
  seen_.residual_lithium.value[j] = std::max(0.0, residual_lithium(z, x) + exits_.residual.value);
  const AtExit& exit = forecast_[j];
  sized(seen_.exit_size_nm, exit.size_nm, exit.size_per_K);
  seen_.exit_mixing.value[j] = exit.mixing + exits_.mixing.value;
  seen_.exit_residual_lithium.value[j] =
      residual_lithium(exit.mixing, exit.conversion) + exits_.residual.value;
  seen_.mixing.sigma[j] = seen_.exit_mixing.sigma[j] = std::sqrt(exits_.mixing.variance);
  seen_.residual_lithium.sigma[j] = seen_.exit_residual_lithium.sigma[j] =
      std::sqrt(exits_.residual.variance);
}

/// The place where rows become dry, in each model as it happens, and what it says of the others.
void Twin::show_dry() noexcept {
  const std::size_t n = line_.count(), stride = line_.capacity();
  for (std::size_t m = 0; m <= kFactors; ++m) {
    for (std::size_t j = 0; j < n; ++j) {
      std::uint8_t& was = was_dry_[m * stride + j];
      if (was != 0 || !models_[m].rows.dry(j, Twin::kDry)) continue;
      was = 1;
      if (line_.position_m[j] <= 0) continue;
      const double at_m = line_.position_m[j] - mass_shift_m(j);
      front_m_[m] = front_m_[m] > 0 ? front_m_[m] + kFrontShare * (at_m - front_m_[m]) : at_m;
      if (m > 0) continue;
      double slope[kFactors], ahead = 0;
      for (std::size_t i = 0; i < kFactors; ++i) {
        slope[i] = front_m_[1 + i] > 0 ? (front_m_[1 + i] - front_m_[0]) / observer_.moved(i) : 0.0;
        ahead += slope[i] * observer_.ahead(i);
      }
      seen_.dry_m = line_.position_m[j] + ahead;
      seen_.dry_sigma_m = std::hypot(spread(slope), s_.floor_dry_m);
      front_ahead_m_ = ahead;
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    seen_.dry[j] = was_dry_[j];
    const double at_m = front_m_[0] + front_ahead_m_ + mass_shift_m(j);
    seen_.to_dry_m.value[j] = was_dry_[j] != 0 ? 0.0 : std::max(0.0, at_m - line_.position_m[j]);
    seen_.to_dry_m.sigma[j] = was_dry_[j] != 0 ? 0.0 : seen_.dry_sigma_m;
  }
}

/// By how much later a row is dry that is heavier than usual.
double Twin::mass_shift_m(std::size_t j) const noexcept {
  return s_.dry_per_mass * front_m_[0] * (line_.mix_kg[j] / f_.mix_kg - 1.0);
}

void Twin::show() noexcept {
  seen_.count = line_.count();
  for (std::size_t j = 0; j < seen_.count; ++j) show_row(j);
  show_dry();
  for (std::size_t k = 0; k < places_.zones; ++k) {
    seen_.zone_load_W[k] = models_[0].chamber.load_W()[k];
  }
}

}  // namespace saggar::twin
