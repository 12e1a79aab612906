// saggar-hil: the tools of the simulator. Reads its arguments and calls one command.
#include <CLI/CLI.hpp>
#include <iostream>

#include "hil/app/commands.hpp"
#include "runtime/app/command_line.hpp"

int main(int argc, char** argv) {
  CLI::App app("Suites on simulated kilns, and the tools of the simulator", "saggar-hil");
  app.require_subcommand(1);
  int result = 0;
  saggar::app::add_run(app, result);
  saggar::app::add_list(app, result);
  saggar::app::add_compare(app, result);
  saggar::app::add_falsify(app, result);
  saggar::app::add_shrink(app, result);
  saggar::app::add_campaign(app, result);
  saggar::app::add_validate(app, result);
  saggar::app::add_fit(app, result);
  saggar::app::add_serve(app, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const std::string unknown = saggar::app::unknown_word(app, argc, argv);
    std::cerr << unknown;
    return unknown.empty() && app.exit(problem) == 0 ? 0 : saggar::app::kMisuse;
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 2;
  }
  return result;
}
