// `saggar-hil fit` in a build without SAGGAR_FIT.
#include <CLI/CLI.hpp>
#include <iostream>

#include "hil/app/commands.hpp"

namespace saggar::app {

void add_fit(CLI::App& app, int& result) {
  CLI::App* fit = app.add_subcommand("fit", "Adjust figures to measured series: not in this build");
  fit->allow_extras();
  fit->callback([&result] {
    std::cerr << "fit: this build is without it (SAGGAR_FIT is OFF). On Debian: apt-get install "
                 "libceres-dev, then cmake -DSAGGAR_FIT=ON in the build folder, and build again\n";
    result = 2;
  });
}

}  // namespace saggar::app
