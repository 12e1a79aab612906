// Fewer points for the same picture: nothing that stands out is lost.
#pragma once

#include <cstddef>
#include <vector>

namespace saggar::report {

/// Equally long; a NaN in y, or in x, is a gap between the points beside it.
struct Points {
  std::vector<double> x, y;
};

/// At most `at_most` points (and as many gaps), in order, among them every largest and smallest x
/// and y of each stretch of equally many points. Shorter ones come back as they are. @param at_most
/// >= 4
Points thinned(const Points& points, std::size_t at_most);

/// Equally long; a NaN in any of them is a gap.
struct Envelope {
  std::vector<double> x, lo, hi;
};

/// The same for an area: never narrower than the one given. @param at_most >= 2
Envelope thinned(const Envelope& envelope, std::size_t at_most);

}  // namespace saggar::report
