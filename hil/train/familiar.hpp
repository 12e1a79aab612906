// Familiar: where a policy knows its way, as its domain file says it: distance, spread, residual.
#pragma once

#include <vector>

#include "hil/train/examples.hpp"
#include "runtime/config/policy_papers.hpp"

namespace saggar::train {

/// Share of the data of a normal run that stays below each threshold (LC-20), and the share of runs
/// that are normal in this: one odd plant among the runs is to be strange to the monitors, not to
/// set what is strange.
inline constexpr double kNormalShare = 0.999, kNormalRuns = 0.9;

/// Mean and covariance of what was learnt from, thresholds by that and what was held out.
/// @param said       per member, [rows x y.width] over `learn`, then over `held_out`
/// @param signals    with scales
/// Cost: width^2 per row. Ridge of 1e-4 on the covariance: features that always go together would
/// make it singular.
config::PolicyDomain familiar(const Split& split, const std::vector<std::vector<float>>& said,
                              const Signals& signals);

/// What `kNormalRuns` of the runs stay below for `kNormalShare` of their values.
/// @param rows  of each run, in the order of `values`; rows that are in no run are one run more
double normal_limit(const std::vector<double>& values, const std::vector<std::size_t>& rows);

/// The value that a share of the values stays below; of none: 0.
double quantile(std::vector<double> values, double share);

}  // namespace saggar::train
