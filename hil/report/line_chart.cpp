#include "hil/report/line_chart.hpp"

#include <cmath>

#include "hil/report/colours.hpp"

namespace saggar::report {
namespace {

/// Half a dot: what lies on the edge of the area is drawn whole.
constexpr double kPen_px = 3;

/// A chart with what of it can be drawn.
struct Data {
  std::vector<Points> series;
  std::vector<Envelope> bands;
  Range x, left, right;
  bool uses_right = false;

  Range& up(Side side) { return side == Side::right ? right : left; }
};

bool log_on(const LineChart& chart, Side side) {
  return side == Side::right ? chart.right && chart.right->logarithmic : chart.y.logarithmic;
}

Data data_of(const LineChart& chart, Notes& notes) {
  Data data;
  data.uses_right = chart.right.has_value();
  for (const Series& s : chart.series) {
    data.series.push_back(drawable(s, chart.x.logarithmic, log_on(chart, s.side), notes));
    const Points& points = data.series.back();
    for (std::size_t i = 0; i < points.x.size(); ++i) {
      if (std::isnan(points.x[i]) || std::isnan(points.y[i])) continue;
      data.x.take(points.x[i]);
      data.up(s.side).take(points.y[i]);
    }
    data.uses_right = data.uses_right || s.side == Side::right;
  }
  for (const Band& b : chart.bands) {
    data.bands.push_back(drawable(b, chart.x.logarithmic, log_on(chart, b.side), notes));
    const Envelope& band = data.bands.back();
    for (std::size_t i = 0; i < band.x.size(); ++i) {
      if (std::isnan(band.x[i])) continue;
      data.x.take(band.x[i]);
      data.up(b.side).take(band.lo[i]);
      data.up(b.side).take(band.hi[i]);
    }
    data.uses_right = data.uses_right || b.side == Side::right;
  }
  for (const ReferenceLine& line : chart.lines) {
    const bool horizontal = line.across == Across::horizontal;
    const bool logarithmic = horizontal ? log_on(chart, line.side) : chart.x.logarithmic;
    if (!(logarithmic ? is_drawable_on_log(line.value) : is_drawable(line.value))) continue;
    (horizontal ? data.up(line.side) : data.x).take(line.value);
    data.uses_right = data.uses_right || (horizontal && line.side == Side::right);
  }
  return data;
}

/// Points between gaps are joined; one between two gaps is a dot.
PathData path_of(const Points& points, Mark mark, const Scale& x, const Scale& y) {
  PathData path;
  const std::size_t size = points.x.size();
  const auto gap = [&](std::size_t i) {
    return i >= size || std::isnan(points.x[i]) || std::isnan(points.y[i]);
  };
  for (std::size_t i = 0; i < size; ++i) {
    if (gap(i)) continue;
    const bool begins = i == 0 || gap(i - 1);
    const double at_x = x.px(points.x[i]), at_y = y.px(points.y[i]);
    if (mark == Mark::points || (begins && gap(i + 1))) {
      path.dot(at_x, at_y);
    } else if (begins) {
      path.move(at_x, at_y);
    } else if (mark == Mark::steps) {
      path.step(at_x, at_y);
    } else {
      path.line(at_x, at_y);
    }
  }
  return path;
}

/// Each part between gaps: along hi, and back along lo.
PathData path_of(const Envelope& band, const Scale& x, const Scale& y) {
  PathData path;
  for (std::size_t begin = 0; begin < band.x.size();) {
    std::size_t end = begin;
    while (end < band.x.size() && !std::isnan(band.x[end])) ++end;
    for (std::size_t i = begin; i < end; ++i) {
      const double at_x = x.px(band.x[i]), at_y = y.px(band.hi[i]);
      i == begin ? path.move(at_x, at_y) : path.line(at_x, at_y);
    }
    for (std::size_t i = end; i > begin; --i) path.line(x.px(band.x[i - 1]), y.px(band.lo[i - 1]));
    if (end > begin) path.close();
    begin = end + 1;
  }
  return path;
}

std::string drawn_as(const Series& series, std::size_t n) {
  std::string classes = series.mark == Mark::points ? "dots " : "line ";
  if (series.dashed) classes += "dashed ";
  return classes + thing_class(n);
}

std::vector<LegendEntry> legend_of(const LineChart& chart) {
  std::vector<LegendEntry> legend;
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    const Series& s = chart.series[n];
    const Sign line = s.dashed ? Sign::dashed : Sign::line;
    legend.push_back({s.label, s.mark == Mark::points ? Sign::dot : line, thing_class(n)});
    if (s.side == Side::right) legend.back().label += " (right axis)";
  }
  for (const Band& b : chart.bands) {
    legend.push_back({b.label, Sign::area, thing_class(b.series)});
    if (b.side == Side::right) legend.back().label += " (right axis)";
  }
  return legend;
}

/// What a screen reader says: what is shown, not how it runs.
std::string spoken(const LineChart& chart) {
  std::string out = chart.title.empty() ? "Line chart" : chart.title + ". Line chart";
  out += " of " + chart.y.text() + " over " + chart.x.text();
  for (std::size_t n = 0; n < chart.series.size(); ++n) {
    out += (n == 0 ? ": " : "; ") + chart.series[n].label;
  }
  return out;
}

}  // namespace

std::string html(const LineChart& chart, std::string_view language) {
  Notes notes;
  const Data data = data_of(chart, notes);
  if (data.x.empty()) notes.push_back(NoteText::nothing_to_show);
  const Axis right = chart.right.value_or(Axis{});
  Frame frame{spoken(chart), chart.x, chart.y};
  frame.legend = legend_of(chart);
  frame.height_px = chart.height_px;
  const Scale x = make_scale(chart.x, data.x, Fit::tight, kPartsAcross, notes);
  const Scale y = make_scale(chart.y, data.left, Fit::rounded, kPartsUp, notes);
  std::optional<Scale> second;
  if (data.uses_right) {
    frame.right = right;
    second = make_scale(right, data.right, Fit::rounded, kPartsUp, notes);
  }
  Plot plot = begin_plot(frame, x, y, second);
  const Rect& a = plot.area;
  plot.drawing.clip({a.x - kPen_px, a.y - kPen_px, a.width + 2 * kPen_px, a.height + 2 * kPen_px});
  for (std::size_t n = 0; n < data.bands.size(); ++n) {
    const Scale& up = plot.up(chart.bands[n].side == Side::right);
    plot.drawing.path(path_of(data.bands[n], plot.x, up),
                      "area " + thing_class(chart.bands[n].series));
  }
  for (std::size_t n = 0; n < data.series.size(); ++n) {
    const Series& s = chart.series[n];
    plot.drawing.path(path_of(data.series[n], s.mark, plot.x, plot.up(s.side == Side::right)),
                      drawn_as(s, n));
  }
  plot.drawing.unclip();
  draw_reference_lines(plot, chart.lines, notes);
  return figure(chart.title, plot.drawing, chart.caption, notes, language);
}

}  // namespace saggar::report
