// Values over time, place or each other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hil/report/reference_lines.hpp"
#include "hil/report/scale.hpp"
#include "hil/report/series.hpp"

namespace saggar::report {

struct LineChart {
  std::string title;
  Axis x = {}, y = {};
  std::optional<Axis> right = std::nullopt;  ///< for what has `Side::right`
  std::vector<Series> series = {};
  std::vector<Band> bands = {};  ///< behind the series
  std::vector<ReferenceLine> lines = {};
  std::string caption = {};
  int height_px = 300;
};

/// A figure. Whatever cannot be drawn is left out, and a note below says so.
std::string html(const LineChart& chart, std::string_view language = "en");

}  // namespace saggar::report
