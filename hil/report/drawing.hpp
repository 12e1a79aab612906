// One SVG picture, written element by element. The only place that writes coordinates.
#pragma once

#include <string>
#include <string_view>

namespace saggar::report {

/// Every chart is as wide as the text on an A4 page; so no browser ever scales letters down.
inline constexpr int kChartWidth_px = 680;
/// Letters in charts. The smallest is what everybody can read.
inline constexpr double kLabel_px = 12, kSmall_px = 11;

/// A coordinate with one decimal. What is no number, or far outside of any page, becomes one at the
/// edge: a chart may be wrong there, the file may not.
std::string coordinate(double px);

struct Rect {
  double x = 0, y = 0, width = 0, height = 0;

  double right() const noexcept { return x + width; }
  double bottom() const noexcept { return y + height; }
};

/// The d attribute of a path.
class PathData {
 public:
  void move(double x, double y) { point('M', x, y); }
  void line(double x, double y) { point('L', x, y); }
  /// Across first, then up or down.
  void step(double x, double y);
  /// A lone point, drawn by the round cap of its line.
  void dot(double x, double y);
  void rect(const Rect& r);
  void close() { text_ += 'z'; }

  bool empty() const noexcept { return text_.empty(); }
  const std::string& text() const noexcept { return text_; }

 private:
  void point(char command, double x, double y);
  std::string text_;
};

enum class Anchor { start, middle, end };

class Drawing {
 public:
  /// @param label what a screen reader says
  Drawing(int height_px, std::string_view label);

  void line(double x1, double y1, double x2, double y2, std::string_view classes);
  void rect(const Rect& r, std::string_view classes);
  /// Nothing for an empty path.
  void path(const PathData& data, std::string_view classes);
  /// Filled with a colour of the ramp.
  void fill(const std::string& data, const std::string& colour);
  /// `y` is the base line. @param turn_deg clockwise, around (x, y)
  void text(double x, double y, Anchor anchor, std::string_view text, std::string_view classes = {},
            double turn_deg = 0);
  /// What is drawn until `unclip` shows only inside of `r`.
  void clip(const Rect& r);
  void unclip() { out_ += "</svg>"; }

  /// The whole element; nothing may be drawn afterwards.
  std::string finish();

 private:
  void attribute(std::string_view name, double px);
  void classes(std::string_view names);
  std::string out_;
};

}  // namespace saggar::report
