#include "hil/report/stacked_bars.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/colours.hpp"
#include "hil/report/plot.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

/// A bar takes this part of its place.
constexpr double kFill = 0.8;
/// About the width of the plotting area; exact enough to choose the labels.
constexpr double kAcross_px = 580;
/// Names can turn as long as there is room for a line each.
constexpr double kTurnedLabel_px = 15;

/// One value for each bar and part.
std::vector<Part> whole(const StackedBars& chart, Notes& notes) {
  std::vector<Part> parts = chart.parts;
  for (Part& part : parts) {
    if (part.values.size() != chart.bars.size()) {
      notes.push_back({NoteText::values_for_bars,
                       {"\"" + part.label + "\"", part.values.size(), chart.bars.size()}});
      part.values.resize(chart.bars.size(), 0);
    }
    std::size_t unusable = 0;
    for (double& value : part.values) {
      if (is_drawable(value)) continue;
      value = 0;
      ++unusable;
    }
    note_values(notes, NoteText::no_number_as_0, unusable, "\"" + part.label + "\"");
  }
  return parts;
}

/// Neighbours become one bar with their mean, named after the first.
void join_neighbours(std::vector<std::string>& bars, std::vector<Part>& parts, Notes& notes) {
  if (bars.size() <= kMostBars) return;
  const std::size_t of = (bars.size() + kMostBars - 1) / kMostBars;
  notes.push_back({NoteText::bars_joined, {of}});
  std::vector<std::string> names;
  for (std::size_t i = 0; i < bars.size(); i += of) names.push_back(bars[i]);
  for (Part& part : parts) {
    std::vector<double> means;
    for (std::size_t i = 0; i < part.values.size(); i += of) {
      const std::size_t n = std::min(of, part.values.size() - i);
      double mean = 0;
      for (std::size_t k = 0; k < n; ++k) mean += part.values[i + k] / static_cast<double>(n);
      means.push_back(mean);
    }
    part.values = means;
  }
  bars = names;
}

/// From zero to the sums of what is positive and of what is negative.
Range sums(const std::vector<Part>& parts, std::size_t bars) {
  Range range;
  range.take(0);
  for (std::size_t i = 0; i < bars; ++i) {
    double above = 0, below = 0;
    for (const Part& part : parts) (part.values[i] > 0 ? above : below) += part.values[i];
    range.take(std::min(above, 1e300));
    range.take(std::max(below, -1e300));
  }
  if (range.lo == range.hi) range.hi = 1;
  return range;
}

/// A place for each bar; names at all of them, or at every n-th.
Scale names_scale(const std::vector<std::string>& bars, bool& turn) {
  Scale scale;
  scale.hi = std::max<double>(1, static_cast<double>(bars.size()));
  double widest = 0;
  for (const std::string& name : bars) widest = std::max(widest, width_px(name, kLabel_px));
  const double place_px = kAcross_px / scale.hi;
  turn = widest > place_px && place_px >= kTurnedLabel_px;
  const double least_px = turn ? kTurnedLabel_px : std::min(widest + 6, kAcross_px / 4);
  const auto every = static_cast<std::size_t>(std::max(1.0, std::ceil(least_px / place_px)));
  for (std::size_t i = 0; i < bars.size(); i += every) {
    scale.ticks.push_back({static_cast<double>(i) + 0.5, bars[i]});
  }
  return scale;
}

void draw_bars(Plot& plot, const std::vector<Part>& parts, std::size_t bars) {
  std::vector<double> above(bars), below(bars);
  for (std::size_t n = 0; n < parts.size(); ++n) {
    PathData path;
    for (std::size_t i = 0; i < bars; ++i) {
      const double value = parts[n].values[i];
      if (value == 0) continue;
      double& base = value > 0 ? above[i] : below[i];
      const double from = plot.y.px(base), to = plot.y.px(base + value);
      base += value;
      const double left = plot.x.px(static_cast<double>(i) + (1 - kFill) / 2);
      const double right = plot.x.px(static_cast<double>(i) + (1 + kFill) / 2);
      path.rect({left, std::min(from, to), right - left, std::abs(from - to)});
    }
    plot.drawing.path(path, "bars " + thing_class(n));
  }
}

std::string spoken(const StackedBars& chart) {
  std::string out = (chart.title.empty() ? "" : chart.title + ". ") + "Stacked bars of " +
                    chart.y.text() + " for " + std::to_string(chart.bars.size()) + " cases";
  for (std::size_t n = 0; n < chart.parts.size(); ++n) {
    out += (n == 0 ? ": " : "; ") + chart.parts[n].label;
  }
  return out;
}

}  // namespace

std::string html(const StackedBars& chart, std::string_view language) {
  Notes notes;
  std::vector<std::string> bars = chart.bars;
  std::vector<Part> parts = whole(chart, notes);
  join_neighbours(bars, parts, notes);
  if (bars.empty() || parts.empty()) notes.push_back(NoteText::nothing_to_show);
  Axis y_axis = chart.y;
  y_axis.logarithmic = false;
  Frame frame{spoken(chart), Axis{chart.x_title, {}}, y_axis};
  for (std::size_t n = 0; n < parts.size(); ++n) {
    frame.legend.push_back({parts[n].label, Sign::bar, thing_class(n)});
  }
  frame.height_px = chart.height_px;
  const Scale x = names_scale(bars, frame.x_labels_turn);
  const Scale y = make_scale(y_axis, sums(parts, bars.size()), Fit::rounded, kPartsUp, notes);
  Plot plot = begin_plot(frame, x, y);
  plot.drawing.clip(plot.area);
  draw_bars(plot, parts, bars.size());
  plot.drawing.unclip();
  if (y.lo < 0 && y.hi > 0) {
    plot.drawing.line(plot.area.x, plot.y.px(0), plot.area.right(), plot.y.px(0), "axis");
  }
  return figure(chart.title, plot.drawing, chart.caption, notes, language);
}

}  // namespace saggar::report
