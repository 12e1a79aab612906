// Straight lines across a chart that say what the data is held against.
#pragma once

#include <string>
#include <vector>

#include "hil/report/plot.hpp"

namespace saggar::report {

/// Which vertical axis a thing is read on.
enum class Side { left, right };

enum class Across { horizontal, vertical };

struct ReferenceLine {
  double value = 0;  ///< on the y axis of `side` if horizontal, on the x axis if vertical
  std::string label = {};
  Across across = Across::horizontal;
  Side side = Side::left;
};

/// Dashed, each with its label where no other label is, if there is such a place. A line that
/// cannot be drawn on its scale is left out with a note.
void draw_reference_lines(Plot& plot, const std::vector<ReferenceLine>& lines, Notes& notes);

}  // namespace saggar::report
