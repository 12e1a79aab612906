// saggar-policy: trains policies on the simulator, judges them, packs them.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "hil/app/policy_commands.hpp"
#include "runtime/app/command_line.hpp"

namespace {

/// A BLAS with one thread: its others are started when it is loaded, and processes are to be made
/// of this one. Sums are then of one order too: the same networks, bit for bit.
void begin_with_one_thread(char** argv) {
  constexpr const char* kThreads = "OPENBLAS_NUM_THREADS";
  if (std::getenv(kThreads) != nullptr) return;
  if (setenv(kThreads, "1", 1) != 0 || setenv("OMP_NUM_THREADS", "1", 1) != 0) return;
  execv("/proc/self/exe", argv);  // on failure: goes on with more threads
}

}  // namespace

int main(int argc, char** argv) {
  begin_with_one_thread(argv);
  CLI::App app("Trains policies on the simulator, judges them, packs them", "saggar-policy");
  app.require_subcommand(1);
  int result = 0;
  saggar::app::add_train(app, result);
  saggar::app::add_evaluate(app, result);
  saggar::app::add_inspect(app, result);
  saggar::app::add_pack(app, result);
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
