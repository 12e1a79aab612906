// Series and bands as given, and what of them can be drawn.
#pragma once

#include <string>
#include <vector>

#include "hil/report/reference_lines.hpp"
#include "hil/report/thinning.hpp"

namespace saggar::report {

enum class Mark { line, steps, points };

/// x and y equally long; a NaN is a gap. x is best ascending, but need not be.
struct Series {
  std::string label;
  std::vector<double> x = {}, y = {};
  Side side = Side::left;
  Mark mark = Mark::line;
  bool dashed = false;
};

/// A shaded area between lo and hi along x, all equally long; a NaN is a gap. For one that does not
/// change, two points do.
struct Band {
  std::string label;
  std::vector<double> x = {}, lo = {}, hi = {};
  Side side = Side::left;
  std::size_t series = 0;  ///< whose colour it takes
};

/// Points, or pairs of them, that a chart draws at most: three to a pixel.
inline constexpr std::size_t kMostPoints = 2000;

/// Everything drawable; the rest is a gap, and a note says how much and why. Thinned to
/// `kMostPoints`.
Points drawable(const Series& series, bool log_x, bool log_y, Notes& notes);
/// The same; lo and hi are put in order.
Envelope drawable(const Band& band, bool log_x, bool log_y, Notes& notes);

}  // namespace saggar::report
