// Attribution: what each feature has to do with one output of a network, by integrated gradients
// (Sundararajan, Taly and Yan 2017): the slope along the straight way from the typical point, where
// all features are at their mean, to what was seen. C++17.
#pragma once

#include <cstddef>
#include <vector>

#include "controllers/policy/network.hpp"

namespace saggar::policy {

constexpr int kAttributionSteps = 16;

/// Shares of the inputs in y[output](x) - y[output](0); their sum is that difference, but for what
/// the steps of the way cost. Cost: 16 runs with their slopes. May allocate: on a worker, only when
/// asked.
/// @param x [inputs] @param shares [inputs], written
void attribute(Network& network, const std::vector<double>& x, std::size_t output,
               std::vector<double>& shares);

}  // namespace saggar::policy
