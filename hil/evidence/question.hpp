// Question: what is asked of a campaign, and how a suite file asks it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hil/scenario/suite_file.hpp"
#include "hil/verdict/baseline.hpp"
#include "hil/verdict/funnel.hpp"
#include "hil/verdict/score_card.hpp"

namespace saggar::evidence {

/// The arm that a baseline file stands for.
inline constexpr std::string_view kPreviousRelease = "previous release";

/// How much worse a figure may be; it has to be shown to be no worse than that.
struct Required {
  std::string figure;
  std::string ours;     ///< the arm under test that it is about; empty: each of them
  std::string against;  ///< an arm, or `kPreviousRelease`
  verdict::Margin margin;
};

/// What is asked of a campaign.
struct Question {
  std::string campaign;           ///< its name
  std::string date;               ///< as it is to be read; nothing here asks a clock
  std::string build;              ///< which build ran it
  std::vector<std::string> arms;  ///< to be shown beside it, in this order; `kPreviousRelease` is
                                  ///< added when there is a `previous`
  std::vector<verdict::FigureRule>
      figures;  ///< rows of the score cards; empty: every figure of the cases
  std::vector<Required> margins;
  verdict::PairedRules rules;
  verdict::Tube tube;  ///< around the traces of `previous`
  /// Of series that have another one; a name may end in *, and the longest that fits counts.
  std::map<std::string, verdict::Tube> tubes;
  bool exact = false;  ///< records must be those of `previous` to the bit
  /// Without a `previous` that has every case under test, and no other, it has not passed.
  bool needs_previous = false;
  std::optional<verdict::Baseline> previous;  ///< what the suite came to when it was last accepted
  /// What coverage asks for, by kind: "reasons", "events", "gates", "modes", "applications",
  /// "faults", "requirements". Kinds that are not there are not asked for.
  std::map<std::string, std::set<std::string>> wanted;
};

/// Arms in the order of the file; its margins, with `baseline` as the previous release; its
/// funnels as tubes. Date, build, `previous`, `needs_previous` and `wanted` are for the caller to
/// fill in.
Question question_of(const scenario::SuiteFile& file);

/// The tube of one series.
const verdict::Tube& tube_of(const Question& question, const std::string& series);

}  // namespace saggar::evidence
