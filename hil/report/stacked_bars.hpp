// What a whole is made of, one bar for each hour, lot or case.
#pragma once

#include <string>
#include <vector>

#include "hil/report/scale.hpp"

namespace saggar::report {

struct Part {
  std::string label;
  std::vector<double> values = {};  ///< one for each bar; negative ones stack below zero
};

struct StackedBars {
  std::string title;
  std::string x_title = {};
  Axis y = {};                         ///< never logarithmic here
  std::vector<std::string> bars = {};  ///< their names, in order
  std::vector<Part> parts = {};        ///< from zero outwards
  std::string caption = {};
  int height_px = 300;
};

/// More bars than this are averaged over neighbours, with a note.
inline constexpr std::size_t kMostBars = 200;

/// A figure. What is no finite number counts as 0, with a note.
std::string html(const StackedBars& chart, std::string_view language = "en");

}  // namespace saggar::report
