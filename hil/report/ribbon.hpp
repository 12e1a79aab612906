// Who was in charge when: a row per thing, its states as coloured stretches, its events as strokes.
#pragma once

#include <string>
#include <vector>

#include "hil/report/scale.hpp"

namespace saggar::report {

/// One state from x to x. Stretches of a row should not overlap; the later one is drawn on top.
struct Stretch {
  double from = 0, to = 0;
  std::string state;  ///< empty: nothing is drawn
};

struct RibbonRow {
  std::string label;
  std::vector<Stretch> stretches = {};
  std::vector<double> strokes = {};  ///< moments, drawn over the stretches
};

struct Ribbon {
  std::string title;
  Axis x = {};  ///< never logarithmic here
  std::vector<RibbonRow> rows = {};
  /// States in the order of their colours; others that occur follow in the order of their rows.
  std::vector<std::string> states = {};
  std::string caption = {};
  int row_px = 28;
};

/// Rows that are drawn, at most; a note says how many are not.
inline constexpr std::size_t kMostRibbonRows = 24;

/// A figure. A state stands as a word in its stretch where there is room, and in the legend always.
std::string html(const Ribbon& ribbon, std::string_view language = "en");

}  // namespace saggar::report
