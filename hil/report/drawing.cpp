#include "hil/report/drawing.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/number.hpp"
#include "hil/report/text.hpp"

namespace saggar::report {
namespace {

constexpr double kFarthest_px = 20'000;

}  // namespace

std::string coordinate(double px) {
  if (std::isnan(px)) px = 0;
  const double clamped = std::clamp(px, -kFarthest_px, kFarthest_px);
  return exact(std::round(clamped * 10) / 10 + 0.0);
}

void PathData::point(char command, double x, double y) {
  text_ += command;
  text_ += coordinate(x);
  text_ += ' ';
  text_ += coordinate(y);
}

void PathData::step(double x, double y) {
  text_ += 'H';
  text_ += coordinate(x);
  text_ += 'V';
  text_ += coordinate(y);
}

void PathData::dot(double x, double y) {
  move(x, y);
  text_ += "h0";
}

void PathData::rect(const Rect& r) {
  move(r.x, r.y);
  const std::string width = coordinate(r.width);
  text_ += 'h' + width + 'v' + coordinate(r.height) + 'h' + coordinate(-r.width) + 'z';
}

Drawing::Drawing(int height_px, std::string_view label) {
  const std::string size = std::to_string(kChartWidth_px), height = std::to_string(height_px);
  out_ = "<svg role=\"img\" aria-label=\"" + escape(label) + "\" width=\"" + size + "\" height=\"" +
         height + "\" viewBox=\"0 0 " + size + " " + height + "\">\n";
}

void Drawing::attribute(std::string_view name, double px) {
  out_ += ' ';
  out_ += name;
  out_ += "=\"" + coordinate(px) + "\"";
}

void Drawing::classes(std::string_view names) {
  if (!names.empty()) out_ += " class=\"" + escape(names) + "\"";
}

void Drawing::line(double x1, double y1, double x2, double y2, std::string_view names) {
  out_ += "<line";
  attribute("x1", x1);
  attribute("y1", y1);
  attribute("x2", x2);
  attribute("y2", y2);
  classes(names);
  out_ += "/>\n";
}

void Drawing::rect(const Rect& r, std::string_view names) {
  out_ += "<rect";
  attribute("x", r.x);
  attribute("y", r.y);
  attribute("width", std::max(0.0, r.width));
  attribute("height", std::max(0.0, r.height));
  classes(names);
  out_ += "/>\n";
}

void Drawing::path(const PathData& data, std::string_view names) {
  if (data.empty()) return;
  out_ += "<path";
  classes(names);
  out_ += " d=\"" + data.text() + "\"/>\n";
}

void Drawing::fill(const std::string& data, const std::string& colour) {
  out_ += "<path fill=\"" + escape(colour) + "\" d=\"" + escape(data) + "\"/>\n";
}

void Drawing::text(double x, double y, Anchor anchor, std::string_view text, std::string_view names,
                   double turn_deg) {
  if (text.empty()) return;
  out_ += "<text";
  attribute("x", x);
  attribute("y", y);
  if (anchor != Anchor::start) {
    out_ += anchor == Anchor::end ? " text-anchor=\"end\"" : " text-anchor=\"middle\"";
  }
  classes(names);
  if (turn_deg != 0) {
    out_ += " transform=\"rotate(" + coordinate(turn_deg) + " " + coordinate(x) + " " +
            coordinate(y) + ")\"";
  }
  out_ += ">" + escape(text) + "</text>\n";
}

// A nested picture clips by itself. A clipPath would need a name that is unique within the page.
void Drawing::clip(const Rect& r) {
  const std::string x = coordinate(r.x), y = coordinate(r.y);
  const std::string width = coordinate(r.width), height = coordinate(r.height);
  out_ += "<svg x=\"" + x + "\" y=\"" + y + "\" width=\"" + width + "\" height=\"" + height +
          "\" viewBox=\"" + x + " " + y + " " + width + " " + height + "\">\n";
}

std::string Drawing::finish() { return out_ + "</svg>\n"; }

}  // namespace saggar::report
