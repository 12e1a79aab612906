// Model error: what the errors of a model's free run over the whole test still owe to its inputs,
// found as a slow model of its own, and how well that is known.
//
// A model of low order, chosen by how it foretells, is not the plant: what is left is no noise, and
// no covariance of its parameters knows of it. Model error modelling: Ljung 1999, ch. 16.6;
// Reinelt, Garulli and Ljung, Automatica 38 (2002) 787-803.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "controllers/mpc/identify/search.hpp"

namespace saggar::identify {

/// Each input through first-order lags; coefficients input by input, lag by lag.
struct ModelError {
  std::vector<double> keep;              ///< pole of each lag
  Eigen::VectorXd theta;                 ///< from all rows
  std::vector<Eigen::VectorXd> without;  ///< each from all rows but those of one block

  /// What it adds to the gain of input `j`, with these coefficients.
  double gain(const Eigen::VectorXd& coefficients, std::size_t j) const;
  /// What it adds to the response of a unit step, as Arx::step without an integrator.
  Eigen::VectorXd step(const Eigen::VectorXd& coefficients, std::size_t j,
                       Eigen::Index count) const;
};

/// Least squares of the errors of a free run on the inputs through two lags, a twelfth and two
/// thirds of `limits.block` long: quicker ones are the order's business, and slower ones are not
/// told from drift. Two cannot hold all that may be left; more than two are known too badly. Keeps
/// to gains that are known. Blocks of `limits.block` rows are left out one by one, so that errors
/// that hang together within a block are counted once (Kuensch 1989). Cost: about 5 ms for 1440
/// samples and 5 inputs.
ModelError model_error(const Regressors& data, const Series& series, const Chosen& chosen,
                       const LagLimits& limits);

}  // namespace saggar::identify
