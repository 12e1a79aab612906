// The commands of people at a running runtime: ai-off, mode, setpoint, climb, status, watch and all
// others that go over the operator link.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace saggar::app {

/// Operator link of a site file. Throws what is wrong with the file.
std::string operators_of(const std::string& site);

/// Adds them to the program. `result` becomes the exit code of the one that runs; must outlive
/// `app`.
void add_console(CLI::App& app, int& result);

}  // namespace saggar::app
