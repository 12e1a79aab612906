#include "hil/report/ribbon.hpp"

#include <algorithm>

#include "hil/report/colours.hpp"
#include "hil/report/plot.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

/// A stretch takes this part of its row.
constexpr double kFill = 0.7;
constexpr double kMostLabel_px = 150, kInside_px = 4, kAround_px = 60;
/// No stretch is narrower: a state of a minute in three days must be seen.
constexpr double kLeast_px = 1.5;

std::vector<std::string> states_of(const Ribbon& ribbon, std::size_t rows) {
  std::vector<std::string> out;
  const auto add = [&](const std::string& state) {
    if (!state.empty() && std::find(out.begin(), out.end(), state) == out.end()) {
      out.push_back(state);
    }
  };
  for (const std::string& state : ribbon.states) add(state);
  for (std::size_t r = 0; r < rows; ++r) {
    for (const Stretch& s : ribbon.rows[r].stretches) add(s.state);
  }
  return out;
}

bool drawable(const Stretch& s) {
  return is_drawable(s.from) && is_drawable(s.to) && s.from <= s.to;
}

Range across(const Ribbon& ribbon, std::size_t rows, Notes& notes) {
  Range range;
  for (std::size_t r = 0; r < rows; ++r) {
    std::size_t unusable = 0;
    for (const Stretch& s : ribbon.rows[r].stretches) {
      unusable += drawable(s) ? 0 : 1;
      if (!drawable(s)) continue;
      range.take(s.from);
      range.take(s.to);
    }
    for (const double at : ribbon.rows[r].strokes) {
      unusable += is_drawable(at) ? 0 : 1;
      if (is_drawable(at)) range.take(at);
    }
    note_values(notes, NoteText::no_time_left_out, unusable, "\"" + ribbon.rows[r].label + "\"");
  }
  return range;
}

Scale rows_scale(const Ribbon& ribbon, std::size_t rows) {
  Scale scale;
  scale.hi = std::max<double>(1, static_cast<double>(rows));
  for (std::size_t r = 0; r < rows; ++r) {
    scale.ticks.push_back(
        {static_cast<double>(r) + 0.5, shortened(ribbon.rows[r].label, kLabel_px, kMostLabel_px)});
  }
  return scale;
}

void draw_row(Plot& plot, const RibbonRow& row, std::size_t r,
              const std::vector<std::string>& states) {
  const double top = plot.y.px(static_cast<double>(r) + (1 - kFill) / 2);
  const double height = plot.y.px(static_cast<double>(r) + (1 + kFill) / 2) - top;
  for (const Stretch& s : row.stretches) {
    const auto state = std::find(states.begin(), states.end(), s.state);
    if (state == states.end() || !drawable(s)) continue;
    const double left = plot.x.px(s.from);
    const double width = std::max(kLeast_px, plot.x.px(s.to) - left);
    PathData path;
    path.rect({left, top, width, height});
    const auto n = static_cast<std::size_t>(state - states.begin());
    plot.drawing.path(path, "bars " + thing_class(n));
    if (width_px(s.state, kSmall_px) + 2 * kInside_px > width) continue;
    plot.drawing.text(left + kInside_px, top + height / 2 + kSmall_px / 3, Anchor::start, s.state,
                      "small halo");
  }
  for (const double at : row.strokes) {
    if (!is_drawable(at)) continue;
    PathData stroke;
    stroke.rect({plot.x.px(at) - kLeast_px / 2, top, kLeast_px, height});
    plot.drawing.path(stroke, "bars " + thing_class(kThingColours - 1));
  }
}

std::string spoken(const Ribbon& ribbon, std::size_t rows) {
  std::string out =
      (ribbon.title.empty() ? "" : ribbon.title + ". ") + "States over " + ribbon.x.text();
  for (std::size_t r = 0; r < rows; ++r) {
    out += (r == 0 ? ": " : "; ") + ribbon.rows[r].label;
    const RibbonRow& row = ribbon.rows[r];
    if (!row.strokes.empty()) out += ", " + std::to_string(row.strokes.size()) + " events";
  }
  return out;
}

}  // namespace

std::string html(const Ribbon& ribbon, std::string_view language) {
  Notes notes;
  const std::size_t rows = std::min(ribbon.rows.size(), kMostRibbonRows);
  if (rows < ribbon.rows.size()) {
    notes.push_back({NoteText::rows_not_drawn, {ribbon.rows.size() - rows}});
  }
  const std::vector<std::string> states = states_of(ribbon, rows);
  Axis x_axis = ribbon.x;
  x_axis.logarithmic = false;
  const Range range = across(ribbon, rows, notes);
  if (rows == 0 || range.empty()) notes.push_back(NoteText::nothing_to_show);
  Frame frame{spoken(ribbon, rows), x_axis, Axis{}};
  for (std::size_t n = 0; n < states.size(); ++n) {
    frame.legend.push_back({states[n], Sign::bar, thing_class(n)});
  }
  const int row_px = std::clamp(ribbon.row_px, 16, 60);
  frame.height_px =
      static_cast<int>(kAround_px) + row_px * static_cast<int>(std::max<std::size_t>(1, rows));
  frame.y_down = true;
  const Scale x = make_scale(x_axis, range, Fit::tight, kPartsAcross, notes);
  Plot plot = begin_plot(frame, x, rows_scale(ribbon, rows));
  plot.drawing.clip(plot.area);
  for (std::size_t r = 0; r < rows; ++r) draw_row(plot, ribbon.rows[r], r, states);
  plot.drawing.unclip();
  return figure(ribbon.title, plot.drawing, ribbon.caption, notes, language);
}

}  // namespace saggar::report
