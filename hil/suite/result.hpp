// CaseResult: what became of one case, as plain values, and as JSON out and in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "hil/suite/figure.hpp"
#include "runtime/domain/result.hpp"

namespace saggar::suite {

/// One thing that was required of a case.
struct Check {
  std::string text;  ///< what was required, in words
  std::string expected, got;
  bool held = false;
  std::string kind;  ///< "expect": of the timeline; "bound": of a figure; "hash": of the records
};

/// One move of a ladder. Rungs by their names; "off" for none.
struct LadderMove {
  double time_s = 0;  ///< of the run
  std::string duty, from, to, reason;
};

/// One event that told an operator what to do.
struct AlarmMark {
  double time_s = 0;        ///< of the run
  std::string name, about;  ///< of the event, such as "mv_fault", and of its subject
};

/// How often a case reached what coverage asks for, by name; what was not reached is not listed.
struct Reached {
  using Counts = std::map<std::string, std::uint64_t>;
  Counts reasons;
  Counts events;
  Counts gates;         ///< "g4_absolute clip"
  Counts modes;         ///< "cas>man"
  Counts applications;  ///< "off>preparing"
  Counts faults;        ///< kinds that the plant or the line realised
};

/// One quantity over the run, evenly sampled from its start; NaN is a gap.
struct Series {
  std::string name;  ///< such as "zone03.top.pv"
  std::string unit;
  std::vector<double> values;
};

/// Enough of a run to draw it and to hold it against another.
struct CaseTrace {
  double step_s = 0;  ///< between samples; 0 only without series
  std::vector<Series> series;
};

/// What a case came to.
/// "passed", "failed": it ran to its end, and its checks held or not; "refused": it could not
/// begin; "crashed": it began and did not end.
inline constexpr std::string_view kOutcomes[] = {"passed", "failed", "refused", "crashed"};

struct CaseResult {
  std::string id;  ///< unique in a campaign, such as "o2_drop/pid/seed101"
  std::string scenario;
  std::string group;      ///< the id without the seed: what statistics pair over
  std::string variant;    ///< value of each swept key, such as "control=pid"
  std::string arm;        ///< the controller under test, or one of the baselines
  bool compared = false;  ///< runs beside the one under test, for its key figures only
  std::string recipe;     ///< name of its recipe file; no part of `repeatable_json`
  std::uint64_t seed = 0;
  std::string inputs;                     ///< SHA-256 of all that defines the case, 64 digits
  std::string hash;                       ///< SHA-256 of its records; empty if it made none
  double hours = 0;                       ///< simulated
  double seconds = 0;                     ///< of wall clock; no part of `repeatable_json`
  std::string outcome;                    ///< one of kOutcomes
  std::string problem;                    ///< why it was refused or crashed
  std::vector<std::string> requirements;  ///< ids such as "SC-13"
  std::vector<Figure> figures;
  /// The same by zone, reason and lot. They are shown and may be bounded; no statistics are made of
  /// them: of so many some would differ by chance. No part of `repeatable_json`.
  std::vector<Figure> details;
  std::vector<Check> checks;
  std::vector<LadderMove> moves;
  std::vector<AlarmMark> alarms;  ///< the first ones, if there are very many
  Reached reached;
  CaseTrace trace;
  std::string replay;  ///< the command that runs it again; no part of `repeatable_json`
};

/// All of it as one JSON object and a line end. Equal values give equal bytes. Numbers in full;
/// null for NaN and infinite ones. Bytes that are no UTF-8 become U+FFFD.
std::string json(const CaseResult& result);

/// The same without what depends on the machine or the folder: `seconds`, `replay`, and figures
/// marked `machine`; and without `recipe` and `details`, which `inputs` and `hash` stand for. For
/// hashes of merged results.
std::string repeatable_json(const CaseResult& result);

/// Most bytes of one result that are read.
inline constexpr std::size_t kMostResultBytes = 256U << 20U;

/// The inverse of `json`; null is NaN. Strict: every key once (`recipe` and `details` may be
/// absent, as in results of earlier builds), no others, each of its type, an outcome of
/// `kOutcomes`. Errors: name, with line and column for text that is no JSON, with the path of the
/// value otherwise, and what would be right.
/// @param name  stands for the file in messages
domain::Result<CaseResult> read_result(const std::string& name, std::string_view text);

}  // namespace saggar::suite
