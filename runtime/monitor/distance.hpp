// Distance: how far the inputs of a controller are from those it was trained on.
#pragma once

#include <cstddef>
#include <vector>

namespace saggar::monitor {

/// Mahalanobis distance (Mahalanobis 1936) of a feature vector from a normal cloud: the Euclidean
/// distance after whitening, |L^-1 (x - mean)| with L L' the covariance. For data of that cloud its
/// square has the mean n.
/// Thread: one. No allocation after construction; n^2 / 2 multiplications per call.
class Distance {
 public:
  /// @param mean   of each feature, n values
  /// @param lower  Cholesky factor L, n x n row by row; what stands above the diagonal is not read
  /// @throws std::invalid_argument if the sizes differ, a number is not finite or a diagonal
  ///   element is not above 0
  Distance(std::vector<double> mean, std::vector<double> lower);

  std::size_t features() const noexcept { return mean_.size(); }
  /// Of n values; infinite where one of them is not finite.
  double of(const double* x) noexcept;
  /// The feature that stands out most by itself, in its own standard deviations, of the last `of`.
  struct Worst {
    std::size_t feature = 0;
    double sigmas = 0;
  };
  Worst worst() const noexcept { return worst_; }

 private:
  std::vector<double> mean_, lower_, sigma_, white_;
  Worst worst_;
};

}  // namespace saggar::monitor
