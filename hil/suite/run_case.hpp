// run_case: one case of a suite from its files to its result.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hil/scenario/expand.hpp"
#include "hil/suite/bench_state.hpp"
#include "hil/suite/drill_faults.hpp"
#include "hil/suite/in_process.hpp"
#include "hil/suite/reach.hpp"
#include "hil/suite/result.hpp"
#include "hil/suite/scorer.hpp"
#include "hil/suite/trace_taker.hpp"
#include "hil/suite/watch.hpp"

namespace saggar::suite {

/// All that look at a run, whichever bench it ran on.
class Observers {
 public:
  /// @param one, plant, kiln, names  must outlive this
  Observers(const scenario::Case& one, const domain::Plant& plant, const kiln::Kiln& kiln,
            const record::Names& names);

  /// After every cycle; the kiln has gone on since the record was made.
  void add(const domain::Record& record);
  /// A request that the runtime's queue had no room for: nobody will answer it, so the case fails.
  void lose(const domain::Intent& intent);
  /// Figures, checks, moves, coverage and trace.
  /// @param faults  what became of those that plant and line were to have
  void tell(const std::vector<faults::Statement>& faults, CaseResult& result) const;

 private:
  const scenario::Case& one_;
  Scorer scorer_;
  Watch watch_;
  Reach reach_;
  TraceTaker trace_;
  DrillFaults drills_;
  domain::Status names_known_;
  std::vector<std::string> lost_;
  std::int64_t start_ns_ = -1;
};

struct CaseOptions {
  std::vector<std::filesystem::path> plugin_dirs;     ///< looked through first
  std::string journal;                                ///< file to keep all records in; empty = none
  std::uint64_t (*allocations)() noexcept = nullptr;  ///< of the calling thread; null: not watched
  const BenchState* from = nullptr;  ///< the story begins there; null: near operation
};

/// Runs a case in this process, from a start near operation, in virtual time. Never throws; what
/// stands in the way is an outcome: "refused". `inputs` and `replay` are the caller's to fill in.
/// Thread: one. Costs what the simulation costs.
CaseResult run_case(const scenario::Case& one, const CaseOptions& options);

/// The bench of a case after so much of its story (HI-11); other stories on the same bench can
/// begin there. `build` is the caller's to fill in. Errors: as a refusal to start.
domain::Result<BenchState> bench_after(const scenario::Case& one, double time_s,
                                       const CaseOptions& options);

/// Those events of a story that one part of a bench makes real.
std::vector<faults::Fault> events_of(const scenario::Scenario& story, faults::RealisedBy by);
/// A result with what the case says of itself.
CaseResult blank_result(const scenario::Case& one);
/// Outcome "refused", or "passed" if the case expects a refusal that says this.
void tell_refusal(const scenario::Case& one, const std::string& why, CaseResult& result);
/// Outcome by the checks.
void conclude(CaseResult& result);

}  // namespace saggar::suite
