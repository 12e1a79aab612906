// Familiar: where a policy knows its way, as its domain file says it: distance, spread, residual.
#pragma once

#include <vector>

#include "hil/train/examples.hpp"
#include "runtime/config/policy_papers.hpp"

namespace saggar::train {

/// Share of normal data that stays below each threshold (LC-20).
inline constexpr double kNormalShare = 0.999;

/// Mean and covariance of what was learnt from, thresholds by that and what was held out.
/// @param said       per member, [rows x y.width] over `learn`, then over `held_out`
/// @param signals    with scales
/// Cost: width^2 per row. Ridge of 1e-4 on the covariance: features that always go together would
/// make it singular.
config::PolicyDomain familiar(const Split& split, const std::vector<std::vector<float>>& said,
                              const Signals& signals);

/// The value that a share of the values stays below; of none: 0.
double quantile(std::vector<double> values, double share);

}  // namespace saggar::train
