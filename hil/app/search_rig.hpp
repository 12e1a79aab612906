// search_rig: what the commands that search share: where their runs are made, and how what they
// found is written.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "hil/search/rig.hpp"

namespace CLI {
class App;
}

namespace saggar::app {

struct SearchOptions {
  std::string configs = "configs", work = "var/hil/search", out;
  int jobs = 0;
  bool resume = false, force = false;
};

/// Adds --configs, --work, --out, -j, --resume and --force.
void add_search_options(CLI::App& command, SearchOptions& options, const char* what_out_is);

/// A rig for scenarios seen from a place. Its runs stand in `<work>/<name>`. Ctrl-C stops it.
/// Errors: the folder, the program's own files, an --out that is there already.
domain::Result<std::unique_ptr<search::Rig>> make_rig(const SearchOptions& options,
                                                      const std::string& name,
                                                      const scenario::Place& place);

/// A story as the file of --out; says so. False, and said why, if it could not be.
bool keep_story(const SearchOptions& options, const scenario::Scenario& story,
                const scenario::Place& place, const std::vector<std::string>& lines);

}  // namespace saggar::app
