// The commands of saggar-policy: each adds itself to the program and leaves its exit code in
// `result`, which outlives the parse.
#pragma once

namespace CLI {
class App;
}

namespace saggar::app {

void add_train(CLI::App& app, int& result);
void add_evaluate(CLI::App& app, int& result);
void add_inspect(CLI::App& app, int& result);
void add_pack(CLI::App& app, int& result);

}  // namespace saggar::app
