// From a value to a place on the drawing, whatever the values are.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "hil/report/ticks.hpp"

#include "hil/report/note.hpp"

namespace saggar::report {

/// What stands along a side of a chart.
struct Axis {
  std::string title;
  std::string unit = {};  ///< as plant people write it: degC, kg/h; empty for none
  bool logarithmic = false;
  /// Fixed ends; without them the data decides.
  std::optional<double> min = std::nullopt, max = std::nullopt;

  /// "Temperature, degC"
  std::string text() const;
};

/// Finite, and far enough from the ends of a double that spans and steps are finite too.
bool is_drawable(double value) noexcept;
/// Also far enough above zero for a logarithmic axis.
bool is_drawable_on_log(double value) noexcept;

/// The smallest interval that holds all values taken. Takes drawable values only.
struct Range {
  double lo = std::numeric_limits<double>::infinity();
  double hi = -std::numeric_limits<double>::infinity();

  bool empty() const noexcept { return lo > hi; }
  void take(double value) noexcept;
};

/// A finite interval of some length, its marks, and the pixels it is drawn on.
struct Scale {
  double lo = 0, hi = 1;
  bool logarithmic = false;
  std::vector<Tick> ticks;
  double at_lo_px = 0, at_hi_px = 1;

  /// Always finite; values outside [lo, hi] lie outside the pixels, but not far: a drawing clips
  /// them.
  double px(double value) const noexcept;
};

/// `tight` ends with the data; `rounded` at the next mark outside of it.
enum class Fit { tight, rounded };

/// A scale over the data, or over what the axis fixes. No data gives 0 to 1, a single value a
/// little around it; an axis that fixes what cannot be is not followed, with a note.
/// @param parts between marks, at most
Scale make_scale(const Axis& axis, Range data, Fit fit, int parts, Notes& notes);

}  // namespace saggar::report
