// The commands of saggar-hil: each adds itself to the program and leaves its exit code in `result`,
// which outlives the parse.
#pragma once

namespace CLI {
class App;
}

namespace saggar::app {

void add_run(CLI::App& app, int& result);
/// list and show.
void add_list(CLI::App& app, int& result);
/// compare, baseline and coverage.
void add_compare(CLI::App& app, int& result);
void add_falsify(CLI::App& app, int& result);
void add_shrink(CLI::App& app, int& result);
void add_campaign(CLI::App& app, int& result);
/// Those of `campaign` that write files for schedulers.
void add_specs(CLI::App& campaign, int& result);
void add_validate(CLI::App& app, int& result);
/// The test-case service.
void add_serve(CLI::App& app, int& result);
/// In a build without SAGGAR_FIT it only says how to get one that has it.
void add_fit(CLI::App& app, int& result);

}  // namespace saggar::app
