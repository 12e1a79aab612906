#include "hil/report/scale.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::report {
namespace {

constexpr double kMost = 1e300, kLeast = 1e-300;
/// Spans below this part of the values are rounding noise and would need 13 digits in the labels.
constexpr double kLeastSpan = 1e-12;
/// How far outside its pixels a scale still tells places apart, in lengths of itself.
constexpr double kBeyond = 2;

Range widened(Range r, bool logarithmic) {
  if (logarithmic) {
    return r.hi / r.lo > 1 + 1e-9 ? r : Range{std::max(kLeast, r.lo / 1.5), r.hi * 1.5};
  }
  const double largest = std::max(std::abs(r.lo), std::abs(r.hi));
  if (r.hi - r.lo > std::max(kLeastSpan * largest, kLeast)) return r;
  const double by = largest > kLeast / kLeastSpan ? 0.05 * largest : 1.0;
  return {r.lo - by, r.hi + by};
}

/// Ends of a logarithmic axis: 1, 2 or 5 times a power of ten.
double rounded_log(double value, bool up) {
  const int exponent = static_cast<int>(std::floor(std::log10(value)));
  double best = Step{1, exponent}.value();
  for (const Step step : {Step{2, exponent}, Step{5, exponent}, Step{1, exponent + 1}}) {
    if (up && best >= value * (1 - 1e-9)) break;
    if (!up && step.value() > value * (1 + 1e-9)) break;
    best = step.value();
  }
  return best;
}

Range rounded(Range r, bool logarithmic, int parts) {
  if (logarithmic && r.hi / r.lo >= 10) {
    return {std::max(kLeast, rounded_log(r.lo, false)), rounded_log(r.hi, true)};
  }
  const Step step = nice_step(r.hi - r.lo, parts);
  const double lo = step.times(std::floor(r.lo / step.value() + 1e-9));
  const double hi = step.times(std::ceil(r.hi / step.value() - 1e-9));
  return {logarithmic && lo <= 0 ? r.lo : lo, hi};
}

/// The data with the ends that the axis fixes, as far as they make sense.
struct Ends {
  Range range;
  bool lo_fixed = false, hi_fixed = false;
};

Ends ends_of(const Axis& axis, Range data, Notes& notes) {
  const auto sensible = [&](double v) {
    return axis.logarithmic ? is_drawable_on_log(v) : is_drawable(v);
  };
  const bool usable = sensible(axis.min.value_or(1)) && sensible(axis.max.value_or(1)) &&
                      !(axis.min && axis.max && *axis.min >= *axis.max);
  if (!usable) {
    notes.push_back({NoteText::limits_unusable, {axis.title}});
  }
  Ends ends{data, usable && axis.min, usable && axis.max};
  if (ends.lo_fixed) ends.range.lo = *axis.min;
  if (ends.hi_fixed) ends.range.hi = *axis.max;
  if (!ends.hi_fixed && ends.lo_fixed) ends.range.hi = std::max(data.hi, *axis.min);
  if (!ends.lo_fixed && ends.hi_fixed) ends.range.lo = std::min(data.lo, *axis.max);
  if (ends.range.empty()) ends.range = axis.logarithmic ? Range{1, 10} : Range{0, 1};
  return ends;
}

}  // namespace

std::string Axis::text() const {
  if (unit.empty()) return title;
  return title.empty() ? unit : title + ", " + unit;
}

bool is_drawable(double value) noexcept { return std::abs(value) <= kMost; }
bool is_drawable_on_log(double value) noexcept { return value >= kLeast && value <= kMost; }

void Range::take(double value) noexcept {
  lo = std::min(lo, value);
  hi = std::max(hi, value);
}

double Scale::px(double value) const noexcept {
  double part = logarithmic ? (std::log10(std::max(value, kLeast)) - std::log10(lo)) /
                                  (std::log10(hi) - std::log10(lo))
                            : (value - lo) / (hi - lo);
  if (std::isnan(part)) part = 0;
  return at_lo_px + std::clamp(part, -kBeyond, 1 + kBeyond) * (at_hi_px - at_lo_px);
}

Scale make_scale(const Axis& axis, Range data, Fit fit, int parts, Notes& notes) {
  const Ends ends = ends_of(axis, data, notes);
  Range r = widened(ends.range, axis.logarithmic);
  if (fit == Fit::rounded) {
    const Range out = rounded(r, axis.logarithmic, parts);
    if (!ends.lo_fixed) r.lo = out.lo;
    if (!ends.hi_fixed) r.hi = out.hi;
  }
  Scale scale{r.lo, r.hi, axis.logarithmic, {}};
  scale.ticks = axis.logarithmic ? log_ticks(r.lo, r.hi, parts) : linear_ticks(r.lo, r.hi, parts);
  return scale;
}

}  // namespace saggar::report
