// Plan: the cases of a campaign, each with a digest of all that its result depends on.
#pragma once

#include <string>
#include <vector>

#include "hil/scenario/expand.hpp"
#include "hil/suite/bench_state.hpp"

namespace saggar::campaign {

struct Planned {
  scenario::Case one;
  std::string inputs;  ///< SHA-256: story and files, not the program
};

struct Plan {
  std::string suite;  ///< what was asked for, as the command spells it
  std::string build;  ///< digest of program and plugins, what results depend on besides
  scenario::SuiteFile judged_by;
  bool whole =
      true;  ///< false: some of the cases; no baseline, margin or coverage is asked of them
  std::vector<Planned> cases;

  /// SHA-256 over build and inputs of all cases, in order of their ids: the same campaign, the same
  /// digest.
  std::string digest() const;
};

/// One file of a build.
struct BuildPart {
  std::string name;    ///< "program", or the name of a plugin's file
  std::string sha256;  ///< 64 hexadecimal digits
};

/// Program, plugins and their folders.
struct Build {
  std::vector<std::filesystem::path> plugin_dirs;
  std::string digest;                 ///< of the running program and every plugin of those folders
  std::vector<BuildPart> parts = {};  ///< the program first

  /// Of the running program, with the plugins beside it.
  static domain::Result<Build> of_this_program();
};

/// Reads every file that the cases name, once. Errors: a file that cannot be read.
domain::Result<Plan> make_plan(std::string suite, scenario::SuiteFile judged_by,
                               std::vector<scenario::Case> cases, const Build& build);

/// The state is part of what every case is made of from now on, so that results from different
/// states are not taken for each other; and no baseline or margin is asked of them.
void begin_all_at(const suite::BenchState& state, Plan& plan);

/// For runs in real time: what they come to depends on the machine, so it is not taken for the
/// result of virtual time; no baseline, margin, funnel or coverage is asked of the cases, they
/// decide by their own checks. Each has the time of its story more to end.
void run_by_the_clock(Plan& plan);

/// Cases whose id contains one of these words; a word that is a whole id means that case alone. All
/// of them for no word.
Plan only(const Plan& plan, const std::vector<std::string>& words);

}  // namespace saggar::campaign
