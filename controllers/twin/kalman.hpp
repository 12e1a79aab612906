// Kalman: mean and covariance of slow unknowns, corrected by one scalar at a time.
#pragma once

#include <cstddef>
#include <vector>

#include <saggar/plugin/state.hpp>

namespace saggar::twin {

/// Covariance by Joseph's form: it stays symmetric and positive whatever the gain was rounded to.
/// Nothing allocates after construction. Thread: one.
class Kalman {
 public:
  explicit Kalman(std::size_t size)
      : size_(size), mean_(size, 0.0), cov_(size * size, 0.0), work_(size), gain_(size) {}

  std::size_t size() const noexcept { return size_; }
  double mean(std::size_t i) const noexcept { return mean_[i]; }
  double covariance(std::size_t i, std::size_t j) const noexcept { return cov_[i * size_ + j]; }
  void prior(std::size_t i, double sigma) noexcept { cov_[i * size_ + i] = sigma * sigma; }
  void clear() noexcept;
  /// Random walk: adds variance.
  void walk(std::size_t i, double variance) noexcept { cov_[i * size_ + i] += variance; }

  /// Unknown `i` forgets: it goes back to 0 by `keep`, its variance to `rest` (Ornstein-Uhlenbeck).
  void forget(std::size_t i, double keep, double rest) noexcept;

  struct Innovation {
    double value = 0, variance = 0;
  };
  /// Measurement = h . x + noise. @param h size() wide @param residual measured - h . mean
  /// @param gate  residual beyond so many sigmas is only reported, not used; 0 = no gate
  Innovation correct(const double* h, double residual, double noise_variance, double gate) noexcept;
  /// Variance of h . x for the first `count` elements of h, the rest 0.
  double variance_of(const double* h, std::size_t count) const noexcept;

  void state(plugin::State& s);  ///< all that the next steps depend on

  std::vector<double>& means() noexcept { return mean_; }
  std::vector<double>& covariances() noexcept { return cov_; }

 private:
  std::size_t size_;
  std::vector<double> mean_, cov_, work_, gain_;
};

}  // namespace saggar::twin
