// over_wire: the same case with the runtime as a process of its own, over tcp in lockstep.
#pragma once

#include "hil/suite/two_processes.hpp"

namespace saggar::suite {

/// Runs a case with a kiln in this process and `saggar run` beside it, then judges the journal: the
/// same kiln is gone through once more with the commands of the journal, and every frame in it must
/// be the one that this kiln shows. Records, hash and figures are those of `run_case`, to the bit,
/// whatever the machine does meanwhile. Faults of the line have no place here: they are not
/// realised, and the case fails. Thread: one, which starts a process. Costs twice the simulation
/// and the round trips.
CaseResult run_case_over_wire(const scenario::Case& one, const WireOptions& options);

}  // namespace saggar::suite
