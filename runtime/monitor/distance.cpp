#include "runtime/monitor/distance.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace saggar::monitor {

Distance::Distance(std::vector<double> mean, std::vector<double> lower)
    : mean_(std::move(mean)), lower_(std::move(lower)), sigma_(mean_.size()), white_(mean_.size()) {
  const std::size_t n = mean_.size();
  if (n == 0 || lower_.size() != n * n) {
    throw std::invalid_argument("a domain of " + std::to_string(n) + " features needs " +
                                std::to_string(n * n) + " numbers in `lower`, not " +
                                std::to_string(lower_.size()));
  }
  for (std::size_t i = 0; i < n; ++i) {
    double variance = 0;
    bool finite = std::isfinite(mean_[i]);
    for (std::size_t k = 0; k <= i; ++k) {
      finite = finite && std::isfinite(lower_[i * n + k]);
      variance += lower_[i * n + k] * lower_[i * n + k];
    }
    if (!finite || !(lower_[i * n + i] > 0)) {
      throw std::invalid_argument("feature " + std::to_string(i) +
                                  " of the domain: every number finite, the diagonal above 0");
    }
    sigma_[i] = std::sqrt(variance);
  }
}

// Forward substitution: L white = x - mean.
double Distance::of(const double* x) noexcept {
  const std::size_t n = mean_.size();
  double squared = 0;
  worst_ = {};
  for (std::size_t i = 0; i < n; ++i) {
    const double* row = lower_.data() + i * n;
    const double apart = x[i] - mean_[i];
    const double sigmas = std::abs(apart) / sigma_[i];
    if (!std::isfinite(sigmas)) {
      worst_ = {i, std::numeric_limits<double>::infinity()};
      return worst_.sigmas;
    }
    if (sigmas > worst_.sigmas) worst_ = {i, sigmas};
    double rest = apart;
    for (std::size_t k = 0; k < i; ++k) rest -= row[k] * white_[k];
    white_[i] = rest / row[i];
    squared += white_[i] * white_[i];
  }
  return std::sqrt(squared);
}

}  // namespace saggar::monitor
