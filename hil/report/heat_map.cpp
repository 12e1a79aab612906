#include "hil/report/heat_map.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "hil/report/cells.hpp"
#include "hil/report/colours.hpp"
#include "hil/report/number.hpp"
#include "hil/report/plot.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kBar_px = 14, kBeforeBar_px = 16, kTick_px = 4, kTitle_px = 18;
constexpr double kHatch_px = 7;

std::vector<double> counted(std::size_t n) {
  std::vector<double> out(n);
  for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<double>(i);
  return out;
}

std::vector<double> edges_or_counted(const std::vector<double>& middles, std::size_t n,
                                     const Axis& axis, Notes& notes) {
  std::vector<double> edges = edges_of(middles);
  if (edges.empty() && !middles.empty()) {
    notes.push_back({NoteText::axis_unordered, {axis.title}});
  }
  return edges.empty() ? edges_of(counted(n)) : edges;
}

/// The matrix as given, made whole.
Grid grid_of(const HeatMap& map, Notes& notes) {
  Grid grid;
  grid.columns = map.x_values.size();
  grid.rows = map.y_values.size();
  const std::size_t given = map.values.size();
  if (grid.columns == 0) grid.columns = given / std::max<std::size_t>(1, grid.rows);
  if (grid.rows == 0) grid.rows = grid.columns == 0 ? 0 : given / grid.columns;
  const std::size_t cells = grid.columns * grid.rows;
  if (cells != given) {
    notes.push_back({NoteText::cells_differ, {given, grid.columns, grid.rows}});
  }
  grid.values = map.values;
  grid.values.resize(cells, kNone);
  grid.x_edges = edges_or_counted(map.x_values, grid.columns, map.x, notes);
  grid.y_edges = edges_or_counted(map.y_values, grid.rows, map.y, notes);
  return grid;
}

/// What no colour can stand for becomes no value.
void filter(std::vector<double>& values, const Axis& amount, Notes& notes) {
  std::size_t endless = 0, not_positive = 0;
  for (double& value : values) {
    if (std::isnan(value)) continue;
    const bool positive = !amount.logarithmic || is_drawable_on_log(value);
    if (is_drawable(value) && positive) continue;
    is_drawable(value) ? ++not_positive : ++endless;
    value = kNone;
  }
  note_values(notes, NoteText::endless_hatched, endless, NoteText::the_matrix);
  note_values(notes, NoteText::not_positive_hatched, not_positive, NoteText::the_matrix);
}

Range range_of(const std::vector<double>& values) {
  Range range;
  for (const double value : values) {
    if (!std::isnan(value)) range.take(value);
  }
  return range;
}

/// -1 for no value; beyond the ends of the scale as at the ends.
std::vector<int> levels_of(const std::vector<double>& values, Scale scale) {
  scale.at_lo_px = 0;
  scale.at_hi_px = kAmountLevels;
  std::vector<int> out;
  for (const double value : values) {
    const int level = std::isnan(value) ? -1 : static_cast<int>(std::floor(scale.px(value)));
    out.push_back(std::min(std::isnan(value) ? -1 : std::max(level, 0), kAmountLevels - 1));
  }
  return out;
}

/// Whole pixels: cells that touch leave no light between them.
std::vector<int> pixels(const std::vector<double>& edges, const Scale& scale) {
  std::vector<int> out;
  for (const double edge : edges) out.push_back(static_cast<int>(std::lround(scale.px(edge))));
  return out;
}

/// One path for each colour, its rectangles relative to each other: a few bytes each.
void draw_cells(Plot& plot, const Grid& grid, const std::vector<int>& levels) {
  const std::vector<int> x = pixels(grid.x_edges, plot.x), y = pixels(grid.y_edges, plot.y);
  struct Pen {
    std::string data;
    int x = 0, y = 0;
  };
  std::map<int, Pen> pens;
  for (const CellRect& r : merged(levels, grid.columns)) {
    const auto [left, right] = std::minmax(x[r.column], x[r.column + r.columns]);
    const auto [top, bottom] = std::minmax(y[r.row], y[r.row + r.rows]);
    if (left == right || top == bottom) continue;
    Pen& pen = pens[r.level];
    const std::string width = std::to_string(right - left);
    pen.data += "m" + std::to_string(left - pen.x) + " " + std::to_string(top - pen.y) + "h" +
                width + "v" + std::to_string(bottom - top) + "h-" + width + "z";
    pen.x = left;
    pen.y = top;
  }
  for (const auto& [level, pen] : pens) plot.drawing.fill(pen.data, amount_colour(level));
}

/// Under all cells, so that it shows where there is none.
void draw_hatch(Plot& plot) {
  const Rect& a = plot.area;
  PathData lines;
  for (double at = a.x - a.height; at < a.right(); at += kHatch_px) {
    lines.move(at, a.bottom());
    lines.line(at + a.height, a.y);
  }
  plot.drawing.path(lines, "hatch");
}

void draw_bar(Plot& plot, const Axis& amount, Scale scale) {
  const Rect bar{plot.area.right() + kBeforeBar_px, plot.area.y, kBar_px, plot.area.height};
  scale.at_lo_px = bar.bottom();
  scale.at_hi_px = bar.y;
  for (int level = 0; level < kAmountLevels; ++level) {
    const auto at = [&](int n) {
      return std::lround(bar.bottom() - bar.height * n / kAmountLevels);
    };
    const std::string width = std::to_string(static_cast<int>(kBar_px));
    plot.drawing.fill("M" + std::to_string(std::lround(bar.x)) + " " +
                          std::to_string(at(level + 1)) + "h" + width + "v" +
                          std::to_string(at(level) - at(level + 1)) + "h-" + width + "z",
                      amount_colour(level));
  }
  double widest = 0;
  for (const Tick& tick : scale.ticks) {
    const double y = scale.px(tick.value);
    plot.drawing.line(bar.right(), y, bar.right() + kTick_px, y, "axis");
    plot.drawing.text(bar.right() + 2 * kTick_px, y + kTick_px, Anchor::start, tick.label);
    widest = std::max(widest, width_px(tick.label, kLabel_px));
  }
  plot.drawing.text(bar.right() + 2 * kTick_px + widest + kTitle_px - kTick_px,
                    bar.y + bar.height / 2, Anchor::middle,
                    shortened(amount.text(), kLabel_px, bar.height + kTitle_px), "title", -90);
}

double bar_width_px(const Scale& scale) {
  double widest = 0;
  for (const Tick& tick : scale.ticks) widest = std::max(widest, width_px(tick.label, kLabel_px));
  return kBeforeBar_px + kBar_px + 2 * kTick_px + widest + kTitle_px;
}

Scale place_scale(Axis axis, const std::vector<double>& edges, int parts, Notes& notes) {
  axis.logarithmic = false;
  axis.min = axis.max = std::nullopt;
  Range range;
  for (const double edge : edges) range.take(edge);
  return make_scale(axis, range, Fit::tight, parts, notes);
}

void note_averages(const Grid& given, const Grid& drawn, Range range, const Axis& amount,
                   Notes& notes) {
  if (given.columns == drawn.columns && given.rows == drawn.rows) return;
  if (range.empty()) {
    notes.push_back({NoteText::averaged, {given.columns, given.rows, drawn.columns, drawn.rows}});
    return;
  }
  const std::string unit = amount.unit.empty() ? "" : " " + amount.unit;
  notes.push_back({NoteText::averaged_between,
                   {given.columns, given.rows, drawn.columns, drawn.rows, format(range.lo),
                    format(range.hi) + unit}});
}

}  // namespace

std::string html(const HeatMap& map, std::string_view language) {
  Notes notes;
  Grid given = grid_of(map, notes);
  filter(given.values, map.amount, notes);
  const Grid grid = coarsened(given, kMostColumns, kMostRows);
  note_averages(given, grid, range_of(given.values), map.amount, notes);
  const Range range = range_of(grid.values);
  if (range.empty()) notes.push_back(NoteText::nothing_to_show);
  const Scale amount = make_scale(map.amount, range, Fit::tight, kPartsUp, notes);
  Frame frame{(map.title.empty() ? "" : map.title + ". ") + "Heat map of " + map.amount.text() +
                  " over " + map.x.text() + " and " + map.y.text(),
              map.x, map.y};
  frame.height_px = map.height_px;
  frame.at_right_px = bar_width_px(amount);
  frame.y_down = map.y_down;
  Plot plot = begin_plot(frame, place_scale(map.x, grid.x_edges, kPartsAcross, notes),
                         place_scale(map.y, grid.y_edges, kPartsUp, notes));
  plot.drawing.clip(plot.area);
  const auto gap = [](double v) { return std::isnan(v); };
  if (range.empty() || std::any_of(grid.values.begin(), grid.values.end(), gap)) draw_hatch(plot);
  draw_cells(plot, grid, levels_of(grid.values, amount));
  plot.drawing.unclip();
  draw_bar(plot, map.amount, amount);
  return figure(map.title, plot.drawing, map.caption, notes, language);
}

}  // namespace saggar::report
