#include "hil/report/reference_lines.hpp"

#include <algorithm>
#include <array>

#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

constexpr double kGap_px = 4;
/// How far a label may stand out of the area, into what is free below the legend.
constexpr double kAbove_px = 8;

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

/// Where a label may stand, best first: at either end and on either side of the line.
std::array<Rect, 4> places(const Plot& plot, const ReferenceLine& line, double at, double width) {
  const Rect& area = plot.area;
  const double height = kSmall_px + 2;
  if (line.across == Across::horizontal) {
    const double above = at - height - 1, below = at + 2;
    const double left = area.x + kGap_px, right = area.right() - width - kGap_px;
    return {{{right, above, width, height},
             {right, below, width, height},
             {left, above, width, height},
             {left, below, width, height}}};
  }
  const double left = at - width - kGap_px, right = at + kGap_px;
  const double top = area.y + 2;
  return {{{right, top, width, height},
           {left, top, width, height},
           {right, top + height, width, height},
           {left, top + height, width, height}}};
}

bool inside(const Rect& outer, const Rect& inner) {
  return inner.x >= outer.x && inner.right() <= outer.right() + 1 &&
         inner.y >= outer.y - kAbove_px && inner.bottom() <= outer.bottom() + 2;
}

Rect best_place(const std::array<Rect, 4>& wanted, const Rect& area,
                const std::vector<Rect>& taken) {
  for (const Rect& place : wanted) {
    const bool free = std::none_of(taken.begin(), taken.end(),
                                   [&](const Rect& other) { return overlap(place, other); });
    if (free && inside(area, place)) return place;
  }
  for (const Rect& place : wanted) {
    if (inside(area, place)) return place;
  }
  return wanted.front();
}

}  // namespace

void draw_reference_lines(Plot& plot, const std::vector<ReferenceLine>& lines, Notes& notes) {
  std::vector<Rect> taken;
  for (const ReferenceLine& line : lines) {
    const bool horizontal = line.across == Across::horizontal;
    const Scale& scale = horizontal ? plot.up(line.side == Side::right) : plot.x;
    const bool drawable =
        scale.logarithmic ? is_drawable_on_log(line.value) : is_drawable(line.value);
    if (!drawable || line.value < scale.lo || line.value > scale.hi) {
      notes.push_back({NoteText::line_outside, {line.label}});
      continue;
    }
    const Rect& area = plot.area;
    const double at = scale.px(line.value);
    if (horizontal) {
      plot.drawing.line(area.x, at, area.right(), at, "reference");
    } else {
      plot.drawing.line(at, area.y, at, area.bottom(), "reference");
    }
    if (line.label.empty()) continue;
    const std::string label = shortened(line.label, kSmall_px, area.width / 2);
    const auto wanted = places(plot, line, at, width_px(label, kSmall_px));
    const Rect place = best_place(wanted, area, taken);
    taken.push_back(place);
    plot.drawing.text(place.x, place.bottom() - 3, Anchor::start, label, "small halo");
  }
}

}  // namespace saggar::report
