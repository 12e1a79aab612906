// Interval: how sure a difference of means is, after Student.
#pragma once

#include <span>

namespace saggar::promote {

/// The value that a share `p` of Student's t with `dof` degrees of freedom stays below; by the
/// finite sums of Abramowitz & Stegun 26.7.3 and 26.7.4, so exact to about 1e-9. More than 1000
/// degrees count as 1000. NaN for dof 0. @param p in [0.5, 0.9999]
double student_t(double p, unsigned dof) noexcept;

/// NaN where there is too little to say: fewer than two of either.
struct Difference {
  double mean, low, high;  ///< two-sided, 95 %
  double upper;            ///< one-sided, at the confidence asked for
  double dof;
};

/// mean(a) - mean(b) of two samples that are not paired and scatter differently (Welch, Biometrika
/// 34 (1947) 28), degrees of freedom rounded down.
Difference welch(std::span<const double> a, std::span<const double> b, double confidence) noexcept;

/// Mean of differences of pairs.
Difference paired(std::span<const double> differences, double confidence) noexcept;

}  // namespace saggar::promote
