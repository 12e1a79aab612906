// How often which value occurs, and how far that is from the limits.
#pragma once

#include <string>
#include <vector>

#include "hil/report/scale.hpp"

namespace saggar::report {

struct Limit {
  double value = 0;
  std::string label = {};
};

struct Histogram {
  std::string title;
  Axis x = {};  ///< never logarithmic here
  /// Either samples, which are counted in bins of a 1-2-5 width with edges at its multiples...
  std::vector<double> samples = {};
  /// ...or counts with their edges (one more, ascending), for data that is not kept.
  std::vector<double> edges = {}, counts = {};
  std::vector<Limit> limits = {};
  int most_bins = 30;
  std::string caption = {};
  int height_px = 260;
};

/// Bins [edge, next edge); the last one has both its edges.
struct Bins {
  std::vector<double> edges, counts;
  double samples = 0, mean = 0, sd = 0;  ///< sd with n - 1; both 0 if there is none
  bool estimated = false;                ///< mean and sd are those of the middles of the bins
};

/// The bins that are drawn, with figures a table may want too.
Bins bins_of(const Histogram& histogram, Notes& notes);

/// A figure with number, mean and standard deviation above it.
std::string html(const Histogram& histogram, std::string_view language = "en");

}  // namespace saggar::report
