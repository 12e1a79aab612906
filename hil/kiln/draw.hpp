// A plant of its own: figures drawn within their uncertainties, so that no controller is ever
// judged on the very plant that its model describes.
#pragma once

#include <cstdint>

#include "hil/kiln/parameters.hpp"

namespace saggar::kiln {

/// The nominal plant with every figure that states an uncertainty moved within it: a normal draw of
/// half that width, cut at the whole width. Of a rate, E moves with k held at the anchor, then A.
/// Depends on seed and key only: a figure added to a file moves no other.
PlantParams draw_plant(const PlantParams& nominal, std::uint64_t seed);

}  // namespace saggar::kiln
