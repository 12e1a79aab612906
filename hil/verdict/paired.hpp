// Paired: one figure of two controllers over the same seeds, and what may be said of it (HI-45).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "hil/verdict/interval.hpp"

namespace saggar::verdict {

/// A figure of one arm, by what makes a case but for the arm, such as "o2_drop/seed101".
using Sample = std::map<std::string, double>;

/// How much less good is still accepted. The larger of both counts.
struct Margin {
  double absolute = 0;  ///< in the unit of the figure, at least 0
  double relative = 0;  ///< of the mean size of the other arm's figure, at least 0
};

/// What the interval shows of ours against theirs.
enum class Finding : std::uint8_t {
  too_few,        ///< fewer pairs than the rules ask for: nothing may be said
  better,         ///< the whole interval lies on the good side of 0
  not_worse,      ///< the whole interval lies on the good side of minus the margin
  no_difference,  ///< it holds 0, and reaches beyond the margin: neither shown
  worse,          ///< the whole interval lies on the bad side of 0, and reaches beyond the margin
  differs,        ///< of a figure of which neither more nor less is better: 0 lies outside
};

/// "better", "not worse", "no difference shown", "WORSE", "differs", "too few pairs".
std::string_view text(Finding finding) noexcept;

struct PairedRules {
  std::size_t least_pairs = 20;
  Margin margin;
  Bootstrap bootstrap;
};

struct Paired {
  std::size_t pairs = 0;        ///< with a finite figure on both sides
  std::size_t left_out = 0;     ///< with a figure that is not finite on one side only
  std::size_t we_lack = 0;      ///< of those, the ones that only they have
  std::size_t alone = 0;        ///< of one arm only
  double ours = 0, theirs = 0;  ///< means over the pairs; NaN without
  Interval difference;          ///< ours less theirs
  double margin = 0;            ///< that counted, in the unit of the figure
  Finding finding = Finding::too_few;
};

/// Pairs without a figure on both sides are nothing and count nowhere.
/// @param better  1: more is better, -1: less is better, 0: neither
Paired compare(const Sample& ours, const Sample& theirs, int better, const PairedRules& rules = {});

/// The finding of an interval of ours less theirs. @param margin at least 0
Finding find(const Interval& difference, int better, double margin) noexcept;

}  // namespace saggar::verdict
