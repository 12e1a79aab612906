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
  note_values(notes, NoteText::endless_left_out, x.endless + y.endless, quoted(label));
  note_values(notes, NoteText::not_positive_left_out, x.not_positive + y.not_positive,
              quoted(label));
}

void note_lengths(const std::string& label, std::size_t shortest, std::size_t longest,
                  Notes& notes) {
  if (shortest == longest) return;
  notes.push_back({NoteText::lengths_differ, {quoted(label), longest, shortest}});
}

void note_emptiness(const std::string& label, bool any, Notes& notes) {
  if (!any) notes.push_back({NoteText::series_empty, {quoted(label)}});
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
