// The colours of the project: Okabe and Ito's set for things, a viridis-like ramp for amounts.
#pragma once

#include <cstddef>
#include <string>

namespace saggar::report {

/// Things told apart by colour alone, before dashes have to help. They are told apart with every
/// common form of colour blindness (Okabe & Ito 2008).
inline constexpr std::size_t kThingColours = 7;

/// CSS classes of the n-th thing of a chart: "c0" to "c6" set its colour, for a light or a dark
/// page; "d1" and "d2" add dashes from the eighth on.
std::string thing_class(std::size_t n);

/// Steps of the ramp: far enough apart to merge equal cells, too close to be seen as steps.
inline constexpr int kAmountLevels = 64;

/// "#rrggbb", dark to bright, with even steps of lightness. The same on light and dark pages, so
/// that a colour read in one is the colour read in the other. @param level 0 to kAmountLevels - 1
std::string amount_colour(int level);

}  // namespace saggar::report
