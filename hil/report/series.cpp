#include "hil/report/series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

std::string quoted(const std::string& label) { return "\"" + label + "\""; }

/// Passes what an axis can show, makes a gap of the rest and counts it.
struct Filter {
  bool logarithmic;
  std::size_t endless = 0, not_positive = 0;

  double operator()(double value) {
    if (std::isnan(value)) return kGap;
    if (!is_drawable(value)) {
      ++endless;
      return kGap;
    }
    if (logarithmic && !is_drawable_on_log(value)) {
      ++not_positive;
      return kGap;
    }
    return value;
  }
};

void note_filtered(const std::string& label, const Filter& x, const Filter& y, Notes& notes) {
  note_count(notes, x.endless + y.endless, quoted(label), "infinite or too large, left out.");
  note_count(notes, x.not_positive + y.not_positive, quoted(label),
             "not above zero, left out of a logarithmic axis.");
}

void note_lengths(const std::string& label, std::size_t shortest, std::size_t longest,
                  Notes& notes) {
  if (shortest == longest) return;
  notes.push_back(quoted(label) + " has " + std::to_string(longest) + " values on one axis and " +
                  std::to_string(shortest) + " on the other; the first " +
                  std::to_string(shortest) + " are shown.");
}

void note_emptiness(const std::string& label, bool any, Notes& notes) {
  if (!any) notes.push_back(quoted(label) + " has nothing to show.");
}

}  // namespace

Points drawable(const Series& series, bool log_x, bool log_y, Notes& notes) {
  const auto [shortest, longest] = std::minmax({series.x.size(), series.y.size()});
  note_lengths(series.label, shortest, longest, notes);
  Filter on_x{log_x}, on_y{log_y};
  Points out;
  bool any = false;
  for (std::size_t i = 0; i < shortest; ++i) {
    out.x.push_back(on_x(series.x[i]));
    out.y.push_back(on_y(series.y[i]));
    any = any || !(std::isnan(out.x.back()) || std::isnan(out.y.back()));
  }
  note_filtered(series.label, on_x, on_y, notes);
  note_emptiness(series.label, any, notes);
  return thinned(out, kMostPoints);
}

Envelope drawable(const Band& band, bool log_x, bool log_y, Notes& notes) {
  const auto [shortest, longest] = std::minmax({band.x.size(), band.lo.size(), band.hi.size()});
  note_lengths(band.label, shortest, longest, notes);
  Filter on_x{log_x}, on_y{log_y};
  Envelope out;
  bool any = false;
  for (std::size_t i = 0; i < shortest; ++i) {
    const double x = on_x(band.x[i]), lo = on_y(band.lo[i]), hi = on_y(band.hi[i]);
    const bool gap = std::isnan(x) || std::isnan(lo) || std::isnan(hi);
    out.x.push_back(gap ? kGap : x);
    out.lo.push_back(gap ? kGap : std::min(lo, hi));
    out.hi.push_back(gap ? kGap : std::max(lo, hi));
    any = any || !gap;
  }
  note_filtered(band.label, on_x, on_y, notes);
  note_emptiness(band.label, any, notes);
  return thinned(out, kMostPoints);
}

}  // namespace saggar::report
