#include "hil/report/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "hil/report/colours.hpp"
#include "hil/report/number.hpp"
#include "hil/report/plot.hpp"
#include "hil/report/reference_lines.hpp"

namespace saggar::report {
namespace {

constexpr int kSpreadDigits = 3;
/// Beyond the outermost limit, in parts of the range: a line on the edge reads as the frame.
constexpr double kBeyondLimits = 0.03;

/// Mean and sd of values that occur `weights` times, free of overflow and of cancellation.
void describe(Bins& bins, const std::vector<double>& values, const std::vector<double>& weights) {
  double n = 0, mean = 0, squares = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    if (weight <= 0) continue;
    n += weight;
    const double off = values[i] - mean;
    mean += off * (weight / n);
    squares += weight * off * (values[i] - mean);
  }
  bins.samples = n;
  bins.mean = mean;
  const double variance = n > 1 ? squares / (n - 1) : 0;
  bins.sd = std::isfinite(variance) ? std::sqrt(std::max(0.0, variance)) : 0;
}

Bins from_samples(const Histogram& h, Notes& notes) {
  std::vector<double> samples;
  Range range;
  for (const double sample : h.samples) {
    if (!is_drawable(sample)) continue;
    samples.push_back(sample);
    range.take(sample);
  }
  note_values(notes, NoteText::no_number_left_out, h.samples.size() - samples.size(),
              NoteText::the_samples);
  Bins bins;
  describe(bins, samples, {});
  if (samples.empty()) return bins;
  // About as many bins as the root of the number of samples, as is usual.
  const int wanted = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(samples.size()))));
  const int parts = std::clamp(wanted, 5, std::clamp(h.most_bins, 5, 200));
  Notes ignored;
  const Scale whole = make_scale({}, range, Fit::rounded, parts, ignored);
  for (const Tick& tick : whole.ticks) bins.edges.push_back(tick.value);
  bins.counts.assign(bins.edges.size() - 1, 0);
  for (const double sample : samples) {
    const auto above = std::upper_bound(bins.edges.begin(), bins.edges.end(), sample);
    const auto bin = std::clamp<std::ptrdiff_t>(
        above - bins.edges.begin() - 1, 0, static_cast<std::ptrdiff_t>(bins.counts.size()) - 1);
    bins.counts[static_cast<std::size_t>(bin)] += 1;
  }
  return bins;
}

Bins from_counts(const Histogram& h, Notes& notes) {
  Bins bins;
  bins.estimated = true;
  const bool ascending =
      std::adjacent_find(h.edges.begin(), h.edges.end(), std::greater_equal<>()) == h.edges.end();
  if (h.edges.size() != h.counts.size() + 1 || !ascending ||
      !std::all_of(h.edges.begin(), h.edges.end(), is_drawable)) {
    notes.push_back(NoteText::counts_need_edges);
    return bins;
  }
  bins.edges = h.edges;
  std::vector<double> middles;
  std::size_t unusable = 0;
  for (std::size_t i = 0; i < h.counts.size(); ++i) {
    const bool usable = is_drawable(h.counts[i]) && h.counts[i] >= 0;
    if (!usable) ++unusable;
    bins.counts.push_back(usable ? h.counts[i] : 0);
    middles.push_back(h.edges[i] / 2 + h.edges[i + 1] / 2);
  }
  note_values(notes, NoteText::no_count_as_0, unusable, NoteText::the_counts);
  describe(bins, middles, bins.counts);
  return bins;
}

std::string described(const Bins& bins, const std::string& unit) {
  const std::string with_unit = unit.empty() ? "" : " " + unit;
  if (bins.samples == 0) return "n = 0";
  // The mean is not known better than the spread shows: three digits of the one, as many of the
  // other.
  const NumberFormat how{digits_for(bins.sd, kSpreadDigits), false};
  std::string out = "n = " + format(bins.samples, {-1, true}) + ", mean " + format(bins.mean, how) +
                    with_unit + ", sd " + format(bins.sd, how) + with_unit;
  return bins.estimated ? out + " (from the bins)" : out;
}

std::vector<ReferenceLine> lines_of(const Histogram& h, Range& range) {
  std::vector<ReferenceLine> lines;
  for (const Limit& limit : h.limits) {
    lines.push_back({limit.value, limit.label, Across::vertical});
    if (is_drawable(limit.value)) range.take(limit.value);
  }
  if (lines.empty() || range.empty()) return lines;
  const double by = kBeyondLimits * (range.hi - range.lo);
  range.lo -= by;
  range.hi += by;
  return lines;
}

}  // namespace

Bins bins_of(const Histogram& histogram, Notes& notes) {
  const bool counted = !histogram.counts.empty() || !histogram.edges.empty();
  if (counted && !histogram.samples.empty()) {
    notes.push_back(NoteText::samples_and_counts);
  }
  return counted && histogram.samples.empty() ? from_counts(histogram, notes)
                                              : from_samples(histogram, notes);
}

std::string html(const Histogram& histogram, std::string_view language) {
  Notes notes;
  const Bins bins = bins_of(histogram, notes);
  if (bins.samples == 0) notes.push_back(NoteText::nothing_to_show);
  Range across, up;
  up.take(0);
  for (const double edge : bins.edges) across.take(edge);
  for (const double count : bins.counts) up.take(count);
  const std::vector<ReferenceLine> lines = lines_of(histogram, across);
  Axis x_axis = histogram.x, y_axis;
  x_axis.logarithmic = false;
  y_axis.title = "Count";
  if (up.hi == 0) up.hi = 1;
  const std::string figures = described(bins, histogram.x.unit);
  Frame frame{(histogram.title.empty() ? "" : histogram.title + ". ") + "Histogram of " +
                  x_axis.text() + ": " + figures,
              x_axis, y_axis};
  frame.height_px = histogram.height_px;
  frame.legend = {{figures, Sign::bar, thing_class(0)}};
  Plot plot = begin_plot(frame, make_scale(x_axis, across, Fit::tight, kPartsAcross, notes),
                         make_scale(y_axis, up, Fit::rounded, kPartsUp, notes));
  plot.drawing.clip(plot.area);
  PathData bars;
  for (std::size_t i = 0; i < bins.counts.size(); ++i) {
    const double left = plot.x.px(bins.edges[i]), right = plot.x.px(bins.edges[i + 1]);
    const double top = plot.y.px(bins.counts[i]);
    const double gap = right - left > 6 ? 1 : 0;
    if (bins.counts[i] > 0) {
      bars.rect({left, top, std::max(right - left - gap, 0.5), plot.y.px(0) - top});
    }
  }
  plot.drawing.path(bars, "bars " + thing_class(0));
  plot.drawing.unclip();
  draw_reference_lines(plot, lines, notes);
  return figure(histogram.title, plot.drawing, histogram.caption, notes, language);
}

}  // namespace saggar::report
