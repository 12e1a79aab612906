// Judge: what a campaign showed, from the results of its cases. A pure function of them, whatever
// their order.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "hil/suite/result.hpp"
#include "hil/verdict/baseline.hpp"
#include "hil/verdict/exact.hpp"
#include "hil/verdict/funnel.hpp"
#include "hil/verdict/score_card.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::evidence {

/// The arm that a baseline file stands for.
inline constexpr std::string_view kPreviousRelease = "previous release";

/// What is asked of a campaign.
struct Question {
  std::string campaign;  ///< its name
  std::string date;      ///< as it is to be read; nothing here asks a clock
  std::string build;     ///< which build ran it
  std::string ours;      ///< what the one under test is called; empty: the arm of its cases
  std::vector<std::string> arms;  ///< to be shown beside it, in this order; `kPreviousRelease` is
                                  ///< added when there is a `previous`
  std::vector<verdict::FigureRule>
      figures;  ///< rows of the score card; empty: every figure of ours
  /// By figure and arm: how much worse ours may be; it has to be shown to be no worse than that.
  std::map<std::string, std::map<std::string, verdict::Margin>> margins;
  verdict::PairedRules rules;
  verdict::Tube tube;  ///< around the traces of `previous`
  /// Of series that have another one; a name may end in *, and the longest that fits counts.
  std::map<std::string, verdict::Tube> tubes;
  bool exact = false;                         ///< records must be those of `previous` to the bit
  std::optional<verdict::Baseline> previous;  ///< what the suite came to when it was last accepted
  /// What coverage asks for, by kind: "reasons", "events", "gates", "modes", "applications",
  /// "faults", "requirements". Kinds that are not there are not asked for.
  std::map<std::string, std::set<std::string>> wanted;
};

/// One series of one case against the baseline.
struct Strayed {
  std::string id, series, unit;
  verdict::Departure departure;
};

/// A figure that is not as good as it has to be.
struct Unmet {
  std::string figure, arm;  ///< against which
  verdict::Finding finding{};
};

/// What coverage asks for, and how often any case reached it.
struct Covered {
  std::string kind, name;
  std::uint64_t times = 0;
};

struct Answer {
  std::size_t cases = 0, passed_cases = 0, failed = 0, refused = 0, crashed = 0;
  std::size_t checks = 0, checks_held = 0;
  double hours = 0, seconds = 0;  ///< simulated, and of all workers together
  verdict::ScoreCard card;
  verdict::Exact exact;            ///< against `previous`; empty without
  std::size_t compared = 0;        ///< series held against the baseline
  std::vector<Strayed> strayed;    ///< those that left the tube, by id
  std::vector<Unmet> unmet;        ///< required by a margin, or WORSE than the previous release
  std::vector<Covered> coverage;   ///< by kind and name
  std::vector<std::string> twice;  ///< ids that more than one result has
  std::string digest;              ///< of `merged_digest`
  bool exact_required = false;

  std::size_t gaps() const noexcept;
  /// Cases whose records are not those of the baseline, if they have to be.
  std::size_t inexact() const noexcept;
  /// Every case passed, no id stands twice, no figure is unmet, no trace left its tube, records are
  /// exact where they have to be, and coverage has no gap. Arms without a margin are for comparison
  /// only. An empty campaign did not pass.
  bool passed() const;
};

/// The tube of one series.
const verdict::Tube& tube_of(const Question& question, const std::string& series);

Answer judge(const Question& question, std::span<const suite::CaseResult> results);

/// What pairs a case with the same case of another arm: its scenario, what else was swept, its
/// seed.
std::string pair_key(const suite::CaseResult& result);

/// Pointers to the results in the order of their ids.
std::vector<const suite::CaseResult*> by_id(std::span<const suite::CaseResult> results);

/// SHA-256 over the repeatable part of all results in the order of their ids, as 64 digits: the
/// same for any number of workers and machines.
std::string merged_digest(std::span<const suite::CaseResult> results);
/// The same for results that are too many to be held at once. Add them in order of their ids.
class MergedDigest {
 public:
  void add(const suite::CaseResult& result);
  std::string hex() const { return chain_.hex(); }

 private:
  record::HashChain chain_;
};

/// Every `step_s`-th sample of a series. Empty if `step_s` is no multiple of `from_step_s`.
std::vector<double> thinned(const std::vector<double>& values, double from_step_s, double step_s);

}  // namespace saggar::evidence
