// What all charts share: a plotting area with its axes, a legend above it, and the figure around
// it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hil/report/drawing.hpp"
#include "hil/report/scale.hpp"

namespace saggar::report {

/// Marks along an axis, at most.
inline constexpr int kPartsAcross = 8, kPartsUp = 6;

enum class Sign { line, dashed, dot, area, bar };

struct LegendEntry {
  std::string label;
  Sign sign = Sign::line;
  std::string classes;  ///< of the thing it explains
};

/// What stands around the data.
struct Frame {
  std::string label;  ///< what a screen reader says
  Axis x, y;
  std::optional<Axis> right = std::nullopt;
  std::vector<LegendEntry> legend = {};
  int height_px = 300;         ///< without legend
  double at_right_px = 0;      ///< left free for a colour bar
  bool x_labels_turn = false;  ///< for names that are longer than their place is wide
  bool y_down = false;         ///< small values on top
};

/// A drawing with the frame on it; the data comes next.
struct Plot {
  Drawing drawing;
  Rect area;
  Scale x, y, right;

  /// Of one of the two vertical axes.
  const Scale& up(bool on_right) const noexcept { return on_right ? right : y; }
};

/// Lays out and draws the frame; the scales get their pixels. Heights are taken into a range in
/// which a chart can be read.
Plot begin_plot(const Frame& frame, const Scale& x, const Scale& y,
                const std::optional<Scale>& right = std::nullopt);

/// The finished chart with what is written above and below it.
/// @param language  of the page, for the notes
std::string figure(const std::string& title, Drawing& drawing, const std::string& caption,
                   const Notes& notes, std::string_view language);

}  // namespace saggar::report
