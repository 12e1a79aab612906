// Search: dead times and order, by how well a model foretells data that it was not fitted to.
#pragma once

#include <vector>

#include "controllers/mpc/identify/regressors.hpp"

namespace saggar::identify {

/// What was chosen, and how it did on data that it did not see.
struct Chosen {
  int order = 0;
  std::vector<int> delays;                 ///< per input, samples
  std::vector<int> delay_low, delay_high;  ///< as good as the chosen one by the likelihood, 95 %
  Fit fit;                                 ///< to all data
  /// Root mean square of the error of a free run over a block, output unit.
  double block_error = 0;
  bool stable = true;
};

/// For each order 1 .. limits.order: dead times one after another by the one-step error on held-out
/// folds, until none changes; then the smallest order whose free runs over held-out blocks are
/// within 2 % of the best. Orders whose fits are unstable are left out unless all are.
/// Cost: about order x inputs x delay x folds x 3 solves of order x (inputs + 1) unknowns.
Chosen search(const Regressors& data, const Series& series, Eigen::Index output,
              const LagLimits& limits);

/// Errors `ahead` samples into the future from every `stride`-th sample, each by the fit that did
/// not see it. In the output's unit. Pairs of (measured, foretold), of the differences' sum for an
/// integrating output.
struct Foretold {
  std::vector<double> measured, foretold;
  /// 1 - |measured - foretold| / |measured - mean|, in [-inf, 1].
  double fit() const;
  double rms_error() const;
};
Foretold foretell(const Regressors& data, const Series& series, Eigen::Index output,
                  const Chosen& chosen, int ahead, int stride);

}  // namespace saggar::identify
