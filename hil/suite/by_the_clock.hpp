// by_the_clock: the same case in real time, with the runtime as a process of its own over tcp.
#pragma once

#include "hil/suite/two_processes.hpp"

namespace saggar::suite {

/// Runs a case with kiln and devices in this process and `saggar run` beside it, each by the wall
/// clock (HI-08, AC-15): frames go out whether or not the runtime answers, commands count when they
/// come, people ask when it is time. Afterwards it is judged like any other: the kiln is gone
/// through once more with all that was done to it, each record of the journal is seen with the
/// frame that it rests on, and that frame must be the one that this kiln shows. How punctual the
/// cycles were is measured and required (`Punctuality`). The result depends on the machine: it has
/// no hash. Of the faults of line and clock only `link_loss` happens here; the others are not
/// realised, and the case fails.
/// Thread: one, which starts a process and, while it runs, a thread. Costs the time of the story
/// and, for judging it, the simulation.
CaseResult run_case_by_the_clock(const scenario::Case& one, const WireOptions& options);

}  // namespace saggar::suite
