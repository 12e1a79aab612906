// Lu: dense linear systems of some tens of unknowns, without heap. Partial pivoting.
#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace saggar::mpc {

/// Thread: one. Nothing allocates after construction. Cost: n^3/3 multiplications.
class Lu {
 public:
  explicit Lu(std::size_t n) : n_(n), a_(n * n, 0.0), row_(n, 0) {}

  double& at(std::size_t i, std::size_t j) noexcept { return a_[i * n_ + j]; }
  /// Factors what stands in `at`. False: singular to rounding.
  bool factor() noexcept {
    for (std::size_t k = 0; k < n_; ++k) {
      std::size_t best = k;
      for (std::size_t i = k + 1; i < n_; ++i) {
        if (std::abs(at(i, k)) > std::abs(at(best, k))) best = i;
      }
      row_[k] = best;
      if (!(std::abs(at(best, k)) > 1e-300)) return false;
      if (best != k) {
        for (std::size_t j = 0; j < n_; ++j) std::swap(at(k, j), at(best, j));
      }
      for (std::size_t i = k + 1; i < n_; ++i) {
        const double share = at(i, k) /= at(k, k);
        if (share == 0) continue;
        for (std::size_t j = k + 1; j < n_; ++j) at(i, j) -= share * at(k, j);
      }
    }
    return true;
  }
  /// Solves in place.
  void solve(double* x) const noexcept {
    for (std::size_t k = 0; k < n_; ++k) std::swap(x[k], x[row_[k]]);
    for (std::size_t i = 0; i < n_; ++i) {
      for (std::size_t j = 0; j < i; ++j) x[i] -= a_[i * n_ + j] * x[j];
    }
    for (std::size_t i = n_; i-- > 0;) {
      for (std::size_t j = i + 1; j < n_; ++j) x[i] -= a_[i * n_ + j] * x[j];
      x[i] /= a_[i * n_ + i];
    }
  }

 private:
  std::size_t n_;
  std::vector<double> a_;
  std::vector<std::size_t> row_;
};

}  // namespace saggar::mpc
