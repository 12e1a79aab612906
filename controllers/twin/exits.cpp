#include "controllers/twin/exits.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::twin {
namespace {
constexpr double kHour_s = 3600.0;
constexpr double kSame_s = 600.0;   ///< samples taken closer together are one
constexpr double kMatch_s = 900.0;  ///< a row this far from the time of a sample may be the one
}  // namespace

Exits::Exits(const Settings& s) : s_(s) {
  ln_size.variance = s.sigma_size * s.sigma_size;
  mixing.variance = s.sigma_mixing * s.sigma_mixing;
  residual.variance = s.sigma_residual * s.sigma_residual;
}

void Exits::correct(Offset& o, double residual_of, double sigma) noexcept {
  if (!std::isfinite(residual_of)) return;
  const double gain = o.variance / (o.variance + sigma * sigma);
  o.value += gain * (residual_of - o.value);
  o.variance *= 1.0 - gain;
}

void Exits::learn(double time_s, const Sample& sample) noexcept {
  if (!std::isfinite(sample.age_h)) return;
  const double taken_s = time_s - kHour_s * sample.age_h;
  if (taken_s < taken_s_ + kSame_s) return;
  taken_s_ = taken_s;
  const Left* match = nullptr;
  for (std::size_t i = 0; i < std::min(count_, kKept); ++i) {
    const Left& row = ring_[i];
    if (match == nullptr || std::abs(row.time_s - taken_s) < std::abs(match->time_s - taken_s)) {
      match = &row;
    }
  }
  if (match == nullptr || std::abs(match->time_s - taken_s) > kMatch_s) return;
  if (sample.size_nm > 0) {
    correct(ln_size, std::log(sample.size_nm / match->size_nm), s_.size_sample);
  }
  correct(mixing, sample.mixing - match->mixing, s_.mixing_sample);
  correct(residual, sample.residual_lithium - match->residual_lithium, s_.residual_sample);
}

}  // namespace saggar::twin
