// Amounts over two axes: a bed over time and depth, a kiln over time and length.
#pragma once

#include <string>
#include <vector>

#include "hil/report/scale.hpp"

namespace saggar::report {

struct HeatMap {
  std::string title;
  Axis x = {}, y = {};  ///< never logarithmic here
  Axis amount = {};     ///< of the colours; may be logarithmic
  /// Middles of columns and rows, all ascending or all descending. Empty: 0, 1, 2...
  std::vector<double> x_values = {}, y_values = {};
  /// values[row * columns + column]; NaN is hatched.
  std::vector<double> values = {};
  bool y_down = false;  ///< small y on top, as depth is drawn
  std::string caption = {};
  int height_px = 300;
};

/// Cells of the drawing, at most. Larger matrices are averaged, and a note gives the extremes.
inline constexpr std::size_t kMostColumns = 280, kMostRows = 100;

/// A figure with a colour bar.
std::string html(const HeatMap& map, std::string_view language = "en");

}  // namespace saggar::report
