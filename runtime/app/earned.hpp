// earned: what journals hold of the controllers that are trusted step by step, judged by their
// gates.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runtime/domain/result.hpp"
#include "runtime/promote/effort.hpp"
#include "runtime/promote/judge.hpp"

namespace saggar::app {

struct EarnedOptions {
  std::vector<std::string> journals;  ///< in order of time
  std::string control;                ///< gates of this file; empty: as recorded last
  std::string controller, group;      ///< only these; empty: all
  std::string against;                ///< baseline, and beside on the same frames; empty: none
  double block_s = 28800;             ///< pieces of `against`
  double last_days = 1e9;             ///< refusals and lost levels of this time are listed
};

/// Of one controller and one group of MVs.
struct EarnedGroup {
  std::string controller, group, unit;  ///< of its MVs
  promote::Tally tally;
  std::vector<promote::Fall> falls;             ///< of all the time
  std::vector<promote::Rejection> rejections;   ///< the same (SC-85)
  std::optional<promote::Judgement> judgement;  ///< of the next level; none above `full`
  promote::Measures wanted{}, done{};           ///< since the level began
  std::optional<promote::SideBySide> beside;
};

struct Earned {
  std::int64_t from_ns = 0, to_ns = 0;  ///< field time
  std::uint64_t records = 0;
  double missing_s = 0;  ///< between records that do not follow one another
  double block_s = 0;
  std::string against;
  std::vector<EarnedGroup> groups;
};

/// Reads all records once; the journals are not changed. Thread: one. Cost: about 10 us a record.
/// Errors name the file and what would be right: no journal, journals out of order, a control file
/// that trusts other controllers or groups than the journal has, names that do not exist.
domain::Result<Earned> read_earned(const EarnedOptions& options);

}  // namespace saggar::app
