#include "hil/report/thinning.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

bool is_gap(const Points& p, std::size_t i) { return std::isnan(p.x[i]) || std::isnan(p.y[i]); }
bool is_gap(const Envelope& e, std::size_t i) {
  return std::isnan(e.x[i]) || std::isnan(e.lo[i]) || std::isnan(e.hi[i]);
}

/// The k-th of n stretches of equal length.
struct Stretch {
  std::size_t begin, end;
};
Stretch stretch(std::size_t size, std::size_t n, std::size_t k) {
  return {size * k / n, size * (k + 1) / n};
}

/// Indices of the extremes of a stretch, ascending, each once. None if it is all gap.
std::vector<std::size_t> extremes(const Points& p, Stretch s) {
  std::array<std::size_t, 4> best{};
  bool any = false;
  for (std::size_t i = s.begin; i < s.end; ++i) {
    if (is_gap(p, i)) continue;
    if (!any) best.fill(i);
    any = true;
    if (p.x[i] < p.x[best[0]]) best[0] = i;
    if (p.x[i] > p.x[best[1]]) best[1] = i;
    if (p.y[i] < p.y[best[2]]) best[2] = i;
    if (p.y[i] > p.y[best[3]]) best[3] = i;
  }
  if (!any) return {};
  std::sort(best.begin(), best.end());
  return {best.begin(), std::unique(best.begin(), best.end())};
}

}  // namespace

Points thinned(const Points& points, std::size_t at_most) {
  const std::size_t size = points.x.size();
  if (size <= at_most) return points;
  const std::size_t stretches = std::max<std::size_t>(1, at_most / 4);
  Points out;
  std::size_t looked = 0;  // gaps before this index are in `out`
  for (std::size_t k = 0; k < stretches; ++k) {
    for (const std::size_t i : extremes(points, stretch(size, stretches, k))) {
      bool gap = false;
      for (; looked < i; ++looked) gap = gap || is_gap(points, looked);
      if (gap && !out.x.empty()) {
        out.x.push_back(kGap);
        out.y.push_back(kGap);
      }
      out.x.push_back(points.x[i]);
      out.y.push_back(points.y[i]);
    }
  }
  return out;
}

Envelope thinned(const Envelope& envelope, std::size_t at_most) {
  const std::size_t size = envelope.x.size();
  if (size <= at_most) return envelope;
  const std::size_t stretches = std::max<std::size_t>(1, at_most / 2);
  Envelope out;
  const auto put = [&](double x, double lo, double hi) {
    out.x.push_back(x);
    out.lo.push_back(lo);
    out.hi.push_back(hi);
  };
  for (std::size_t k = 0; k < stretches; ++k) {
    const Stretch s = stretch(size, stretches, k);
    double lo = 0, hi = 0;
    std::size_t first = s.end, last = s.end;
    for (std::size_t i = s.begin; i < s.end; ++i) {
      if (is_gap(envelope, i)) continue;
      lo = first == s.end ? envelope.lo[i] : std::min(lo, envelope.lo[i]);
      hi = first == s.end ? envelope.hi[i] : std::max(hi, envelope.hi[i]);
      if (first == s.end) first = i;
      last = i;
    }
    // A gap as long as a stretch stays one; shorter ones are covered, which is never narrower.
    if (first == s.end) {
      if (!out.x.empty() && !std::isnan(out.x.back())) put(kGap, kGap, kGap);
      continue;
    }
    put(envelope.x[first], lo, hi);
    if (last != first) put(envelope.x[last], lo, hi);
  }
  return out;
}

}  // namespace saggar::report
