// run: the cases of a plan, some at a time, into a store; what is there already is kept.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <vector>

#include "hil/campaign/plan.hpp"
#include "hil/campaign/store.hpp"
#include "hil/suite/bench_state.hpp"

namespace saggar::campaign {

/// Where a case runs; its file is the same (HI-08).
enum class Bench : std::uint8_t {
  in_process,  // runtime and kiln in one process, in virtual time
  lockstep,    // the runtime as a process of its own, over tcp, in virtual time
  wall         // the same in real time
};

struct RunOptions {
  int jobs = 1;
  std::vector<std::filesystem::path> plugin_dirs;
  const volatile int* stop = nullptr;
  std::ostream* progress = nullptr;  ///< a line per case and what is left; null = silent
  bool journals = false;             ///< all records of each case into the folder as well
  std::uint64_t (*allocations)() noexcept = nullptr;  ///< as suite::CaseOptions
  const suite::BenchState* from = nullptr;            ///< as suite::CaseOptions
  Bench bench = Bench::in_process;
  std::filesystem::path program;  ///< of `saggar`, for the benches that start it
  /// A case whose process is killed from outside (SIGKILL: a person, the memory of the machine) is
  /// no result, but one to run again. False: it is "crashed".
  bool again_if_killed = false;
  /// The command that runs one case again; `{id}` stands for its id.
  std::string replay;
};

struct Outcome {
  std::vector<suite::CaseResult> results;  ///< in the order of the plan; those that are there
  bool complete = false;                   ///< false: it was stopped, or a case was killed
  std::size_t reused = 0;
  double seconds = 0, cpu_s = 0, simulating_s = 0;  ///< wall, of all processes, of the cases alone
};

/// What results must be made by to be gone on with: the build and the way its cases go, and with
/// two processes the program that runs beside it. Error: that program cannot be read.
domain::Result<std::string> made_by(const Build& build, const RunOptions& options);

/// Each case in a process of its own. One that crashes or hangs is a result as well: "crashed".
/// This process must have one thread only.
Outcome run(const Plan& plan, const Store& store, const RunOptions& options);

/// Wall time that the cases of a plan take at least in real time, so many at a time: those that the
/// store has no result of.
double least_real_time_s(const Plan& plan, const Store& store, int jobs);

/// What a store holds of a plan, without running anything.
Outcome gather(const Plan& plan, const Store& store);

}  // namespace saggar::campaign
