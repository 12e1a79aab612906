// Carries: whether data hold enough for a model, and what test would.
#pragma once

#include "controllers/mpc/identify/identify.hpp"

namespace saggar::identify {

/// Reasons that can be seen before any fit: samples that are missing, inputs that did not move or
/// moved together.
std::vector<Refusal> before_fit(const Series& series, Eigen::Index output,
                                const std::vector<Eigen::Index>& inputs, const Options& options);

/// Reasons that show in the fit: unstable, foretells too little, gains not known well enough, too
/// short against the time constants. Uses the figures and the fit of `row`.
std::vector<Refusal> after_fit(const Series& series, const Row& row, const Options& options);

/// Samples from the first to the last in which an input moved by more than a quarter of its spread:
/// the length of its excitation.
Eigen::Index excited_samples(const Series& series, Eigen::Index input);

}  // namespace saggar::identify
