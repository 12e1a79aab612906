// judge: how well figures are known after a fit, from the derivatives at the best values.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "hil/fit/adjustable.hpp"

namespace saggar::fit {

/// Residuals of all series in standard errors, and their derivatives, a row for each residual and
/// a column for each figure in its uncertainty.
struct AtBest {
  std::vector<double> u;  ///< scaled figures
  Eigen::VectorXd residuals;
  Eigen::MatrixXd jacobian;
  bool errors_taken = false;  ///< a standard error was taken from the residuals
};

/// Half width of the interval of 95 % in standard errors (Student); infinite without freedom.
double within95(double freedom) noexcept;

/// How much each residual is like the one before it: about 0 for random errors, 1 for a smooth
/// curve.
double following(const double* residual, std::size_t count) noexcept;

/// By how much the sum of all squares would fall, taken as linear, if every figure that rests on no
/// bound went to its minimum; but not along what moves the data by less than `least_effect`.
double still_falls(const AtBest& best, const std::vector<Adjustable>& adjustables,
                   const Options& options);

/// Writes the estimates and what is unknown into `out`; its plant must have the best values.
void judge(const AtBest& best, const std::vector<Adjustable>& adjustables, const Options& options,
           Outcome& out);

}  // namespace saggar::fit
