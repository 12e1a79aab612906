// ScoreCard: every key figure beside every arm, and never one number for all of them (HI-42).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hil/verdict/paired.hpp"

namespace saggar::verdict {

/// What a figure is, and how much less good is accepted of it.
struct FigureRule {
  std::string name, unit;
  int better = 0;  ///< 1: more is better, -1: less is better, 0: neither
  Margin margin;   ///< for the words, where none is required
  /// By arm: ours has to be shown no worse than this.
  std::map<std::string, Margin> required = {};
};

/// Samples of one arm by the name of the figure.
using Arm = std::map<std::string, Sample>;

/// One figure of one arm other than ours.
struct ScoreCell {
  std::string arm;
  Paired against;  ///< ours against it
};

struct ScoreRow {
  FigureRule figure;
  std::size_t cases = 0;         ///< of ours, with a finite figure
  double ours = 0;               ///< mean over them; NaN without
  std::vector<ScoreCell> cells;  ///< in the order of `ScoreCard::arms`
};

struct ScoreCard {
  std::string ours;               ///< name of the arm under test
  std::vector<std::string> arms;  ///< the others, in the order given
  std::vector<ScoreRow> rows;     ///< in the order of the rules

  /// Rows in which ours is shown worse than this arm.
  std::vector<const ScoreRow*> worse_than(const std::string& arm) const;
};

/// Whether the interval lies wholly on the good side of minus the margin; too few pairs show
/// nothing, nor do pairs of which some lack our figure alone (it may be missing just where it is
/// bad); and of a figure that is neither better nor worse both sides count.
bool no_worse(const Paired& paired, int better) noexcept;

/// @param arms  by name; an arm of `order` that is not there has cells without pairs, so that a
///              missing baseline is seen
/// @param order  of the arms other than ours, such as recipe, pid, mpc, previous release
ScoreCard score_card(const std::string& ours, const std::vector<std::string>& order,
                     const std::map<std::string, Arm>& arms, const std::vector<FigureRule>& figures,
                     const PairedRules& rules = {});

}  // namespace saggar::verdict
