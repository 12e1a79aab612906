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

#include "hil/evidence/cards.hpp"
#include "hil/evidence/question.hpp"
#include "hil/suite/result.hpp"
#include "hil/verdict/exact.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::evidence {

/// One series of one case against the baseline.
struct Strayed {
  std::string id, series, unit;
  verdict::Departure departure;
};

/// What coverage asks for, and how often any case reached it.
struct Covered {
  std::string kind, name;
  std::uint64_t times = 0;
};

struct Answer {
  std::size_t cases = 0, passed_cases = 0, failed = 0, refused = 0, crashed = 0;
  std::size_t checks = 0, checks_held = 0;
  double hours = 0, seconds = 0;          ///< simulated, and of all workers together
  std::vector<verdict::ScoreCard> cards;  ///< one for each arm under test
  verdict::Exact exact;                   ///< against `previous`; empty without
  std::size_t compared = 0;               ///< series held against the baseline
  std::vector<Strayed> strayed;           ///< those that left the tube, by id
  std::vector<Unmet> unmet;        ///< required by a margin, or WORSE than the previous release
  std::vector<Covered> coverage;   ///< by kind and name
  std::vector<std::string> twice;  ///< ids that more than one result has
  std::string digest;              ///< of `merged_digest`
  bool exact_required = false;
  /// There is no baseline, and the question needs one.
  bool no_baseline = false;
  /// Under test but not in the baseline that the question needs; in it but no longer under test.
  std::vector<std::string> unknown, gone;

  std::size_t gaps() const noexcept;
  /// Cases whose records are not those of the baseline, if they have to be.
  std::size_t inexact() const noexcept;
  /// Every case passed, no id stands twice, no figure is unmet, no trace left its tube, records are
  /// exact where they have to be, the baseline has the cases that it has to have, and coverage has
  /// no gap. Arms without a margin are for comparison
  /// only. An empty campaign did not pass.
  bool passed() const;
};

Answer judge(const Question& question, std::span<const suite::CaseResult> results);

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
