#include "hil/report/plot.hpp"

#include <algorithm>

#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

constexpr double kMargin_px = 8, kTickLength_px = 5, kGap_px = 4, kLine_px = 18;
constexpr double kSign_px = 22, kBetweenEntries_px = 18;
constexpr int kLeastHeight_px = 140, kMostHeight_px = 900;
/// Names below bars lean by 40 degrees; longer ones are cut.
constexpr double kTurn_deg = -40, kSine = 0.643, kCosine = 0.766, kMostName_px = 150;

double widest_label_px(const Scale& scale) {
  double width = 0;
  for (const Tick& tick : scale.ticks) width = std::max(width, width_px(tick.label, kLabel_px));
  return width;
}

/// What a vertical axis takes beside the area.
double beside_px(const Axis& axis, const Scale& scale) {
  const double title = axis.text().empty() ? 0 : kLine_px;
  return kMargin_px + title + widest_label_px(scale) + kGap_px + kTickLength_px;
}

/// What the labels of the horizontal axis take below the area.
double names_px(const Frame& frame, const Scale& x) {
  if (!frame.x_labels_turn) return kLine_px + kGap_px;
  return std::min(widest_label_px(x), kMostName_px) * kSine + kLine_px;
}

/// A legend entry with its place.
struct Placed {
  const LegendEntry* entry;
  std::string label;
  double x, y;
};

/// In rows, each filled before the next. `bottom` becomes where they end.
std::vector<Placed> placed(const std::vector<LegendEntry>& legend, double left, double& bottom) {
  std::vector<Placed> out;
  const double most = kChartWidth_px - left - kMargin_px;
  double x = left, y = kMargin_px + kLabel_px;
  for (const LegendEntry& entry : legend) {
    if (entry.label.empty()) continue;
    std::string label = shortened(entry.label, kLabel_px, most - kSign_px - kGap_px);
    const double width = kSign_px + kGap_px + width_px(label, kLabel_px);
    if (x > left && x + width > left + most) {
      x = left;
      y += kLine_px;
    }
    out.push_back({&entry, std::move(label), x, y});
    x += width + kBetweenEntries_px;
  }
  bottom = out.empty() ? 0 : y + kGap_px;
  return out;
}

void draw_legend(Drawing& drawing, const std::vector<Placed>& legend) {
  for (const Placed& p : legend) {
    const double middle = p.y - kGap_px;
    PathData sign;
    std::string_view kind = "line";
    switch (p.entry->sign) {
      case Sign::bar:
      case Sign::area:
        kind = p.entry->sign == Sign::bar ? "bars" : "area";
        sign.rect({p.x, middle - 5, kSign_px, 10});
        break;
      case Sign::dot:
        kind = "dots";
        sign.dot(p.x + kSign_px / 2, middle);
        break;
      case Sign::dashed:
        kind = "line dashed";
        [[fallthrough]];
      case Sign::line:
        sign.move(p.x, middle);
        sign.line(p.x + kSign_px, middle);
    }
    drawing.path(sign, std::string(kind) + " " + p.entry->classes);
    drawing.text(p.x + kSign_px + kGap_px, p.y, Anchor::start, p.label);
  }
}

void draw_x(Plot& plot, const Frame& frame) {
  const Rect& area = plot.area;
  const double base = area.bottom();
  const double room = area.width / std::max(1.0, static_cast<double>(plot.x.ticks.size()));
  for (const Tick& tick : plot.x.ticks) {
    const double x = plot.x.px(tick.value);
    plot.drawing.line(x, base, x, base + kTickLength_px, "axis");
    const double y = base + kTickLength_px + kLabel_px;
    if (frame.x_labels_turn) {
      const double most = std::min(kMostName_px, x / kCosine);
      const std::string label = shortened(tick.label, kSmall_px, most);
      plot.drawing.text(x + kGap_px, y, Anchor::end, label, "small", kTurn_deg);
    } else {
      plot.drawing.text(x, y, Anchor::middle, shortened(tick.label, kLabel_px, room + kLine_px));
    }
  }
  const double title = base + names_px(frame, plot.x) + kLabel_px + 2;
  plot.drawing.text(area.x + area.width / 2, title, Anchor::middle,
                    shortened(frame.x.text(), kLabel_px, area.width), "title");
}

void draw_up(Plot& plot, const Axis& axis, bool on_right) {
  const Rect& area = plot.area;
  const Scale& scale = plot.up(on_right);
  const double side = on_right ? area.right() : area.x;
  const double outward = on_right ? 1 : -1;
  for (const Tick& tick : scale.ticks) {
    const double y = scale.px(tick.value);
    if (!on_right) plot.drawing.line(area.x, y, area.right(), y, "grid");
    plot.drawing.line(side, y, side + outward * kTickLength_px, y, "axis");
    plot.drawing.text(side + outward * (kTickLength_px + kGap_px), y + kGap_px,
                      on_right ? Anchor::start : Anchor::end, tick.label);
  }
  const double x = side + outward * (beside_px(axis, scale) - kMargin_px - kGap_px);
  plot.drawing.text(on_right ? x : x + kGap_px, area.y + area.height / 2, Anchor::middle,
                    shortened(axis.text(), kLabel_px, area.height + kLine_px), "title", -90);
}

}  // namespace

Plot begin_plot(const Frame& frame, const Scale& x, const Scale& y,
                const std::optional<Scale>& right) {
  const Axis no_axis;
  const double left_px = beside_px(frame.y, y);
  const double last_label = x.ticks.empty() ? 0 : width_px(x.ticks.back().label, kLabel_px) / 2;
  double right_px = std::max(kMargin_px + kGap_px, frame.x_labels_turn ? 0 : last_label);
  if (right) right_px = beside_px(frame.right.value_or(no_axis), *right);
  double top = 0;
  const std::vector<Placed> legend = placed(frame.legend, left_px, top);
  const double above = top + kMargin_px + kGap_px;
  const int height_px = std::clamp(frame.height_px, kLeastHeight_px, kMostHeight_px);
  const double below = names_px(frame, x) + (frame.x.text().empty() ? 0 : kLine_px) + kGap_px;
  Plot plot{Drawing(height_px + static_cast<int>(top), frame.label),
            {left_px, above, kChartWidth_px - left_px - right_px - frame.at_right_px,
             height_px + top - above - below},
            x,
            y,
            right.value_or(Scale{})};
  plot.x.at_lo_px = plot.area.x;
  plot.x.at_hi_px = plot.area.right();
  for (Scale* scale : {&plot.y, &plot.right}) {
    scale->at_lo_px = frame.y_down ? plot.area.y : plot.area.bottom();
    scale->at_hi_px = frame.y_down ? plot.area.bottom() : plot.area.y;
  }
  draw_legend(plot.drawing, legend);
  draw_up(plot, frame.y, false);
  if (right) draw_up(plot, frame.right.value_or(no_axis), true);
  draw_x(plot, frame);
  plot.drawing.line(plot.area.x, plot.area.bottom(), plot.area.right(), plot.area.bottom(), "axis");
  return plot;
}

std::string figure(const std::string& title, Drawing& drawing, const std::string& caption,
                   const Notes& notes, std::string_view language) {
  std::string out = "<figure>\n";
  if (!title.empty()) out += "<figcaption>" + escape(title) + "</figcaption>\n";
  out += "<div class=\"scroll\">\n" + drawing.finish() + "</div>\n";
  if (!caption.empty()) out += "<p class=\"caption\">" + escape(caption) + "</p>\n";
  for (const Note& note : notes) out += html(note, language);
  return out + "</figure>\n";
}

}  // namespace saggar::report
