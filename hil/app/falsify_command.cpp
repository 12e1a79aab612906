// `saggar-hil falsify`: looks for the scenario in which a ladder does worst. docs/qa/falsify.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/app/output.hpp"
#include "hil/app/search_rig.hpp"
#include "hil/search/falsify.hpp"
#include "hil/search/trial_log.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

struct FalsifyOptions : SearchOptions {
  std::string name, log, json;
  std::uint32_t budget = 0, repeat = 1;
  std::int64_t seed = -1;
  bool random = false, to_the_end = false;
};

/// What is searched, and where its scenario sees files from.
struct Task {
  scenario::FalsifyFile file;
  scenario::LoadedScenario from;
};

domain::Result<Task> load(const FalsifyOptions& options) {
  const scenario::Place place{options.configs, fs::current_path()};
  const fs::path path = scenario::find_file(place, "falsify", options.name);
  auto file = config::load<scenario::FalsifyFile>(path);
  if (!file) return file.error();
  Task task{std::move(file).value(), {}};
  const bool bare = task.file.scenario.find('/') == std::string::npos &&
                    task.file.scenario.find(".toml") == std::string::npos;
  const fs::path beside = fs::absolute(path).parent_path() / task.file.scenario;
  auto from = scenario::load_scenario(place, bare ? task.file.scenario : beside.string());
  if (!from) return from.error();
  task.from = std::move(from).value();
  if (!task.from.scenario.vary.empty()) {
    return domain::Error{task.from.path.string(),
                         "has `vary`: the ranges of " + path.string() + " take its place"};
  }
  task.from.scenario.bench.seeds = 1;
  if (options.budget > 0) task.file.budget = options.budget;
  if (options.seed >= 0) task.file.seed = static_cast<std::uint64_t>(options.seed);
  if (options.to_the_end) task.file.until_broken = false;
  return task;
}

void tell(const search::Trial& trial, double& best) {
  if (trial.worth >= best && !trial.broken) return;
  best = std::min(best, trial.worth);
  std::cout << "run " << trial.run << ": worth " << config::plain(trial.worth)
            << (trial.broken ? "  BROKEN" : "") << std::endl;
}

domain::Result<search::Findings> search_once(const Task& task, const FalsifyOptions& options,
                                             search::Rig& rig) {
  rig.limit_s = task.file.run_limit_s;
  const auto searcher = search::searcher_of(task.file, options.random);
  double best = search::kNothing + 1;
  return search::falsify(
      task.file, task.from.scenario, *searcher,
      [&](const std::vector<scenario::Scenario>& stories) { return rig.run(stories); },
      [&](const search::Trial& trial) { tell(trial, best); });
}

/// Several searches from seeds one after the other: how many runs each needed.
int repeat(Task task, const FalsifyOptions& options, search::Rig& rig) {
  std::vector<std::size_t> needed;
  std::size_t found = 0;
  const std::uint64_t first = task.file.seed;
  for (std::uint32_t i = 0; i < options.repeat; ++i) {
    task.file.seed = first + i;
    const auto findings = search_once(task, options, rig);
    if (!findings) {
      std::cerr << findings.error().text() << "\n";
      return 2;
    }
    const std::size_t runs = findings.value().first_broken;
    found += runs > 0 ? 1 : 0;
    needed.push_back(runs > 0 ? runs : task.file.budget + 1);
    std::cout << "seed " << task.file.seed << ": "
              << (runs > 0 ? "broken in run " + std::to_string(runs)
                           : "nothing broke in " + std::to_string(task.file.budget) + " runs")
              << std::endl;
  }
  std::sort(needed.begin(), needed.end());
  const auto runs_text = [&](std::size_t runs) {
    return runs > task.file.budget ? "over " + std::to_string(task.file.budget)
                                   : std::to_string(runs);
  };
  std::cout << task.file.name << (options.random ? ", random places" : ", CMA-ES") << ": broken by "
            << found << " of " << options.repeat << " searches, runs needed: median "
            << runs_text(needed[(needed.size() - 1) / 2]) << ", most " << runs_text(needed.back())
            << "\n";
  return found == options.repeat ? 1 : 0;
}

int once(const Task& task, const FalsifyOptions& options, search::Rig& rig) {
  const auto findings = search_once(task, options, rig);
  if (!findings) {
    std::cerr << findings.error().text() << "\n";
    return 2;
  }
  const search::Findings& found = findings.value();
  const std::vector<std::string> lines = search::account(task.file, found);
  std::cout << "\n";
  for (const std::string& line : lines) std::cout << line << "\n";
  bool written = keep_story(options, found.story, task.from.place, lines);
  const std::string log = search::csv(task.file, found);
  written = write(options.log, log, config::rows_of(log), "rows") && written;
  const std::string runs = search::trial_log(task.file, task.from.scenario, found);
  written = write(options.json, runs, found.trials.size(), "runs") && written;
  if (!written) return 2;
  return found.first_broken > 0 ? 1 : 0;
}

int falsify(const FalsifyOptions& options) {
  auto task = load(options);
  if (!task) {
    std::cerr << task.error().text() << "\n";
    return 2;
  }
  const config::NewFile files[] = {{"--log", options.log}, {"--json", options.json}};
  const auto free = config::check_new_files(files, options.force);
  auto rig = make_rig(options, "falsify-" + task.value().file.name, task.value().from.place);
  if (!free || !rig) {
    std::cerr << (free ? rig.error().text() : free.error().text()) << "\n";
    return 2;
  }
  return options.repeat > 1 ? repeat(task.value(), options, *rig.value())
                            : once(task.value(), options, *rig.value());
}

}  // namespace

void add_falsify(CLI::App& app, int& result) {
  const auto options = std::make_shared<FalsifyOptions>();
  CLI::App* command = app.add_subcommand(
      "falsify",
      "Look for the scenario in which a ladder does worst; 0 = nothing broke, 1 = broken");
  command->add_option("name", options->name, "File of kind falsify, by name or path")->required();
  command->add_option("--budget", options->budget,
                      "At most so many runs (default: as the file says)");
  command->add_option("--seed", options->seed, "Of the search (default: as the file says)");
  command->add_option("--log", options->log, "All runs as CSV")->check(a_path("a file"));
  command->add_option("--json", options->json, "All runs as JSON, an object a line")
      ->check(a_path("a file"));
  command
      ->add_option("--repeat", options->repeat,
                   "Search so often, with seeds one after the other, and say how many runs each "
                   "needed; 1 = every one of them broke something")
      ->check(CLI::Range(1U, 1000U));
  command->add_flag("--random", options->random,
                    "Random places in place of CMA-ES, to compare with");
  command->add_flag("--to-the-end", options->to_the_end,
                    "Go on after something broke, to the worst that the budget finds");
  add_search_options(*command, *options, "The worst scenario found, as a file");
  command->callback([options, &result] { result = falsify(*options); });
}

}  // namespace saggar::app
