#include "hil/verdict/paired.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace saggar::verdict {

std::string_view text(Finding finding) noexcept {
  switch (finding) {
    case Finding::too_few:
      return "too few pairs";
    case Finding::better:
      return "better";
    case Finding::not_worse:
      return "not worse";
    case Finding::no_difference:
      return "no difference shown";
    case Finding::worse:
      return "WORSE";
    case Finding::differs:
      return "differs";
  }
  return "unknown";
}

Finding find(const Interval& difference, int better, double margin) noexcept {
  if (!std::isfinite(difference.low) || !std::isfinite(difference.high)) return Finding::too_few;
  const bool holds_zero = difference.low <= 0 && difference.high >= 0;
  if (better == 0) return holds_zero ? Finding::no_difference : Finding::differs;
  const double worst = better > 0 ? difference.low : -difference.high;
  const double best = better > 0 ? difference.high : -difference.low;
  if (worst > 0) return Finding::better;
  if (margin > 0 && worst >= -margin) return Finding::not_worse;
  return best < 0 ? Finding::worse : Finding::no_difference;
}

Paired compare(const Sample& ours, const Sample& theirs, int better, const PairedRules& rules) {
  Paired out;
  std::vector<double> differences;
  double our_sum = 0, their_sum = 0, their_size = 0;
  for (const auto& [key, a] : ours) {
    const auto other = theirs.find(key);
    if (other == theirs.end()) {
      ++out.alone;
      continue;
    }
    const double b = other->second;
    out.left_out += std::isfinite(a) != std::isfinite(b) ? 1 : 0;
    out.we_lack += !std::isfinite(a) && std::isfinite(b) ? 1 : 0;
    if (!std::isfinite(a) || !std::isfinite(b)) continue;
    differences.push_back(a - b);
    our_sum += a, their_sum += b, their_size += std::abs(b);
  }
  for (const auto& [key, b] : theirs) out.alone += ours.contains(key) ? 0 : 1;
  out.pairs = differences.size();
  const auto n = static_cast<double>(out.pairs);
  const double none = std::numeric_limits<double>::quiet_NaN();
  out.ours = out.pairs > 0 ? our_sum / n : none;
  out.theirs = out.pairs > 0 ? their_sum / n : none;
  out.difference = mean_interval(differences, rules.bootstrap);
  out.margin =
      std::max(rules.margin.absolute, out.pairs > 0 ? rules.margin.relative * their_size / n : 0.0);
  if (out.pairs >= rules.least_pairs) out.finding = find(out.difference, better, out.margin);
  return out;
}

}  // namespace saggar::verdict
