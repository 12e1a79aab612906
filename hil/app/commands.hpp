// The commands of saggar-hil: each adds itself to the program and leaves its exit code in `result`,
// which outlives the parse.
#pragma once

namespace CLI {
class App;
}

namespace saggar::app {

void add_validate(CLI::App& app, int& result);
/// In a build without SAGGAR_FIT it only says how to get one that has it.
void add_fit(CLI::App& app, int& result);

}  // namespace saggar::app
