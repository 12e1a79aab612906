#include "controllers/twin/kalman.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::twin {

Kalman::Innovation Kalman::correct(const double* h, double residual, double noise_variance,
                                   double gate) noexcept {
  const std::size_t n = size_;
  double spread = 0;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < n; ++j) sum += cov_[i * n + j] * h[j];
    work_[i] = sum;
    spread += h[i] * sum;
  }
  const double variance = spread + noise_variance;
  const Innovation seen{residual, variance};
  if (!std::isfinite(residual) || !(variance > 0)) return {0.0, variance};
  if (gate > 0 && residual * residual > gate * gate * variance) return seen;
  for (std::size_t i = 0; i < n; ++i) {
    gain_[i] = work_[i] / variance;
    mean_[i] += gain_[i] * residual;
  }
  // (I - K h) P (I - K h)' + K r K', with P h = work and h P h = spread
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i; j < n; ++j) {
      const double next = cov_[i * n + j] - gain_[i] * work_[j] - work_[i] * gain_[j] +
                          gain_[i] * variance * gain_[j];
      cov_[i * n + j] = cov_[j * n + i] = next;
    }
    if (!(cov_[i * n + i] > 0)) cov_[i * n + i] = 1e-18;
  }
  return seen;
}

void Kalman::clear() noexcept {
  std::fill(mean_.begin(), mean_.end(), 0.0);
  std::fill(cov_.begin(), cov_.end(), 0.0);
}

void Kalman::forget(std::size_t i, double keep, double rest) noexcept {
  mean_[i] *= keep;
  for (std::size_t j = 0; j < size_; ++j) {
    cov_[i * size_ + j] *= keep;
    cov_[j * size_ + i] *= keep;
  }
  cov_[i * size_ + i] += (1.0 - keep * keep) * rest;
}

double Kalman::variance_of(const double* h, std::size_t count) const noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (h[i] == 0.0) continue;
    for (std::size_t j = 0; j < count; ++j) sum += h[i] * cov_[i * size_ + j] * h[j];
  }
  return sum > 0 ? sum : 0.0;
}

}  // namespace saggar::twin
