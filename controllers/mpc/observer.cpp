#include "controllers/mpc/observer.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::mpc {

Gains stationary_gains(const Noise& noise) noexcept {
  const double r = noise.measured * noise.measured, q = noise.state * noise.state,
               s = noise.drift * noise.drift;
  double p11 = q + r, p12 = 0, p22 = s;  // of the prediction
  Gains gains;
  for (int i = 0; i < 5000; ++i) {
    const double innovation = p11 + r;
    const Gains now{p11 / innovation, p12 / innovation};
    const double c11 = (1 - now.state) * p11, c12 = (1 - now.state) * p12,
                 c22 = p22 - now.drift * p12;
    p11 = c11 + 2 * c12 + c22 + q;
    p12 = c12 + c22;
    p22 = c22 + s;
    const double moved = std::abs(now.state - gains.state) + std::abs(now.drift - gains.drift);
    gains = now;
    if (i > 2 && moved < 1e-12) break;
  }
  return gains;
}

Observer::Observer(std::size_t states, std::size_t inputs)
    : n_(states),
      m_(inputs),
      x_(states, 0.0),
      d_(states, 0.0),
      e_(states, 0.0),
      next_(states, 0.0),
      missing_(states, 0.0),
      shed_after_(states, 1e18),
      gains_(states, stationary_gains({})),
      known_(states, 0) {}

void Observer::tune(std::size_t state, const Noise& noise) noexcept {
  gains_[state] = stationary_gains(noise);
}

void Observer::restart() noexcept {
  for (std::vector<double>* v : {&x_, &d_, &e_, &missing_}) std::fill(v->begin(), v->end(), 0.0);
  std::fill(known_.begin(), known_.end(), 0);
}

void Observer::predict(const double* a, const double* b, const double* u) noexcept {
  next_ = d_;
  for (std::size_t j = 0; j < n_; ++j) {
    for (std::size_t i = 0; i < n_; ++i) next_[i] += a[i + j * n_] * x_[j];
  }
  for (std::size_t j = 0; j < m_; ++j) {
    for (std::size_t i = 0; i < n_; ++i) next_[i] += b[i + j * n_] * u[j];
  }
  std::swap(x_, next_);
}

void Observer::expect(const double* a, const double* change) noexcept {
  for (std::size_t j = 0; j < n_; ++j) {
    if (change[j] == 0) continue;
    x_[j] += change[j];
    d_[j] += change[j];
    for (std::size_t i = 0; i < n_; ++i) d_[i] -= a[i + j * n_] * change[j];
  }
}

void Observer::correct(const double* a, const double* b, const double* u,
                       const double* y) noexcept {
  bool met = false;
  for (std::size_t i = 0; i < n_; ++i) {
    e_[i] = 0;
    if (!std::isfinite(y[i])) {
      missing_[i] += 1;
      if (missing_[i] > shed_after_[i]) known_[i] = 0;
      continue;
    }
    missing_[i] = 0;
    if (known_[i] == 0) {
      x_[i] = y[i];
      known_[i] = 2;
      met = true;
      continue;
    }
    e_[i] = y[i] - x_[i];
    x_[i] += gains_[i].state * e_[i];
    d_[i] += gains_[i].drift * e_[i];
  }
  if (!met) return;
  for (std::size_t i = 0; i < n_; ++i) {
    if (known_[i] != 2) continue;
    double d = x_[i];
    for (std::size_t j = 0; j < n_; ++j) d -= a[i + j * n_] * x_[j];
    for (std::size_t j = 0; j < m_; ++j) d -= b[i + j * n_] * u[j];
    d_[i] = d;
    known_[i] = 1;
  }
}

}  // namespace saggar::mpc
