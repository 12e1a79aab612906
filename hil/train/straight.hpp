// straight: the linear part of a policy, in closed form: ridge regression.
#pragma once

#include <vector>

#include "hil/train/examples.hpp"

namespace saggar::train {

/// y = b + S x: min sum |y - b - S x|^2 / rows + ridge |S|^2 (Hoerl and Kennard 1970).
struct Straight {
  std::vector<float> weight;  ///< S' [x.width x y.width]
  std::vector<float> bias;    ///< [y.width]
};

/// Rows with a target that is not asked for are left out. Where inputs go together, as they do on
/// any one plant, the ridge shares the weight among them: what is learnt by small steps instead
/// puts it anywhere, and is far off on the next plant (measured: docs/engineer/training.md).
/// @param ridge > 0, inputs having a variance of about 1
/// Cost: width^2 per row. Errors: none; of no row, all zero.
Straight fit_straight(const Examples& examples, double ridge);

}  // namespace saggar::train
