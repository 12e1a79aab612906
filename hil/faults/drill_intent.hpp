// Intents that make a drill controller (hil/drill) show a fault of the software, and end it.
#pragma once

#include "hil/faults/schedule.hpp"
#include "runtime/domain/intent.hpp"

namespace saggar::faults {

/// Sets the parameter `misbehave` of a controller to the number of this kind, in the table of
/// hil/drill/ways.hpp. `fault.fault` must be one that a drill realises. Who, station, reason and id
/// are the caller's to fill in.
domain::Intent misbehave(const Fault& fault, domain::ControllerId controller);
/// Sets it to 0: the end of any of them.
domain::Intent behave(domain::ControllerId controller);

/// After it is over the runtime does not trust the controller before a person restarts it
/// (IntentKind::restart_controller): it broke the contract, was late too often, or had to be
/// corrected too often.
bool needs_restart(Kind kind) noexcept;
/// Ends or stops the process that runs the controller: only for benches of two processes.
bool ends_process(Kind kind) noexcept;

}  // namespace saggar::faults
