#include "hil/app/search_rig.hpp"

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <thread>

#include "hil/app/output.hpp"
#include "hil/search/keep.hpp"
#include "runtime/app/allocation_watch.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

volatile int g_stop = 0;
void stop(int) { g_stop = 1; }

}  // namespace

void add_search_options(CLI::App& command, SearchOptions& options, const char* what_out_is) {
  command.add_option("--configs", options.configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command.add_option("--work", options.work, "Folder of the runs, one in it per search")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command.add_option("--out", options.out, what_out_is)->check(a_path("a file"));
  command.add_option("-j,--jobs", options.jobs, "Runs at a time (default: processors)");
  command.add_flag(
      "--resume", options.resume,
      "Keep the runs of an earlier search: those that are the same are not made again");
  command.add_flag("--force", options.force, "Replace the file of --out");
}

domain::Result<std::unique_ptr<search::Rig>> make_rig(const SearchOptions& options,
                                                      const std::string& name,
                                                      const scenario::Place& place) {
  const config::NewFile file{"--out", options.out};
  const auto free = config::check_new_files({&file, 1}, options.force);
  if (!free) return free.error();
  auto build = campaign::Build::of_this_program();
  if (!build) return build.error();
  const campaign::Store store(fs::path(options.work) / name);
  const auto opened = store.open(!options.resume, build.value().digest);
  if (!opened) return opened.error();
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  campaign::RunOptions how;
  how.jobs = options.jobs > 0 ? options.jobs
                              : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  how.plugin_dirs = build.value().plugin_dirs;
  how.stop = &g_stop;
  how.allocations = allocation_counter();
  return std::make_unique<search::Rig>(place, std::move(build).value(), store, how);
}

bool keep_story(const SearchOptions& options, const scenario::Scenario& story,
                const scenario::Place& place, const std::vector<std::string>& lines) {
  if (options.out.empty()) return true;
  const auto folder = fs::absolute(options.out).parent_path();
  const std::string text = search::brief_text(search::moved(story, place, folder), lines);
  return write(options.out, text, config::rows_of(text) + 1, "lines");
}

}  // namespace saggar::app
