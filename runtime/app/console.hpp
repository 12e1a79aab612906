// The commands of people at a running runtime: ai-off, mode, setpoint, climb, status, watch and all
// others that go over the operator link.
#pragma once

#include <CLI/CLI.hpp>

namespace saggar::app {

/// Adds them to the program. `result` becomes the exit code of the one that runs; must outlive
/// `app`.
void add_console(CLI::App& app, int& result);

}  // namespace saggar::app
