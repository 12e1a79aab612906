// Realise: the smallest state-space model that answers as an ARX model does.
#pragma once

#include <Eigen/Dense>

#include "controllers/mpc/identify/arx.hpp"

namespace saggar::identify {

/// x[t+1] = a x[t] + b u[t], y[t] = c x[t]; columns of `b` in the order of Arx::inputs.
struct StateSpace {
  Eigen::MatrixXd a, b;
  Eigen::RowVectorXd c;
};

/// Observer form of the model, dead times as states: exact, not minimal.
StateSpace observer_form(const Arx& model);

/// Balanced truncation (Moore 1981, square-root form): the error of the frequency response is at
/// most twice the sum of the Hankel singular values left out, and that is kept below `tolerance`
/// times the sum of all. Inputs count in units of `ranges`. An integrator is kept apart and whole.
/// Final gains are kept exactly, by the least change of b that does it.
/// Error (empty matrices): the model is not stable.
StateSpace realise(const Arx& model, const Eigen::VectorXd& ranges, double tolerance);

}  // namespace saggar::identify
