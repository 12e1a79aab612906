#include "hil/verdict/funnel.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>

namespace saggar::verdict {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

/// Samples to each side that the time of the tube reaches.
std::size_t reach(double step_s, const Tube& tube) {
  if (!(tube.time_s > 0) || !(step_s > 0)) return 0;
  // Not moved to the next one by rounding: 0.3 / 0.1 is 3 samples.
  return static_cast<std::size_t>(std::min(1e9, std::ceil(tube.time_s / step_s - 1e-9)));
}

double width(double value, const Tube& tube) {
  return std::max(tube.absolute, tube.relative * std::abs(value));
}

/// Largest of `sign * value + width` over each window of 2 * side + 1, in linear time: candidates
/// fall from front to back.
std::vector<double> sliding(std::span<const double> values, std::size_t side, double sign,
                            const Tube& tube) {
  const auto edge = [&](std::size_t i) { return sign * values[i] + width(values[i], tube); };
  std::vector<double> out(values.size(), kNone);
  std::deque<std::size_t> best;
  std::size_t next = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (; next < values.size() && next - std::min(next, i) <= side; ++next) {
      if (!std::isfinite(values[next])) continue;
      while (!best.empty() && edge(best.back()) <= edge(next)) best.pop_back();
      best.push_back(next);
    }
    while (!best.empty() && best.front() + side < i) best.pop_front();
    if (!best.empty()) out[i] = sign * edge(best.front());
  }
  return out;
}

/// Whether a gap lies within reach of each sample.
std::vector<bool> near_gap(std::span<const double> values, std::size_t side) {
  std::vector<bool> out(values.size(), false);
  std::size_t since = side + 1;
  for (std::size_t i = 0; i < values.size(); ++i) {
    since = std::isfinite(values[i]) ? since + 1 : 0;
    out[i] = since <= side;
  }
  since = side + 1;
  for (std::size_t i = values.size(); i-- > 0;) {
    since = std::isfinite(values[i]) ? since + 1 : 0;
    out[i] = out[i] || since <= side;
  }
  return out;
}

}  // namespace

Envelope envelope(std::span<const double> reference, double step_s, const Tube& tube) {
  if (!(step_s > 0)) return {};
  const std::size_t side = reach(step_s, tube);
  return {sliding(reference, side, -1, tube), sliding(reference, side, 1, tube)};
}

double Departure::share() const noexcept {
  return judged > 0 ? static_cast<double>(out) / static_cast<double>(judged) : 0.0;
}

Departure departure(std::span<const double> trace, std::span<const double> reference, double step_s,
                    const Tube& tube) {
  Departure d;
  d.first_s = d.worst_s = kNone;
  d.judged = step_s > 0 ? std::min(trace.size(), reference.size()) : 0;
  d.longer = std::max(trace.size(), reference.size()) - d.judged;
  if (d.judged == 0) return d;
  const Envelope edge = envelope(reference, step_s, tube);
  const std::vector<bool> may_lack = near_gap(reference, reach(step_s, tube));
  for (std::size_t i = 0; i < d.judged; ++i) {
    const bool lacks = !std::isfinite(trace[i]), shapeless = std::isnan(edge.upper[i]);
    if (lacks && may_lack[i]) continue;
    const bool gap = lacks || shapeless;
    const double over = gap ? 0 : std::max(trace[i] - edge.upper[i], edge.lower[i] - trace[i]);
    if (!gap && over <= 0) continue;
    ++d.out;
    d.gaps += gap ? 1 : 0;
    const double at_s = static_cast<double>(i) * step_s;
    if (std::isnan(d.first_s)) d.first_s = at_s;
    if (over > d.worst) d.worst = over, d.worst_s = at_s;
  }
  return d;
}

}  // namespace saggar::verdict
