// `saggar-hil run`: suites and scenarios; the exit code is the verdict. configs/suites/README.md.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <thread>

#include "hil/app/commands.hpp"
#include "hil/app/decision_text.hpp"
#include "hil/app/named.hpp"
#include "hil/app/output.hpp"
#include "hil/campaign/decide.hpp"
#include "hil/campaign/run.hpp"
#include "hil/suite/run_case.hpp"
#include "runtime/app/allocation_watch.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/assembly/assembly.hpp"
#include "runtime/config/new_file.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::app {
namespace {

constexpr int kStopped = 3;

volatile int g_stop = 0;
void stop(int) { g_stop = 1; }

struct RunOptions {
  std::vector<std::string> names, only;
  std::string configs = "configs", out = "var/hil", from;
  int jobs = 0, given_jobs = 0;
  bool resume = false, journals = false, wire = false, wall = false, traces = false;
};

campaign::Bench bench_of(const RunOptions& options) {
  if (options.wall) return campaign::Bench::wall;
  return options.wire ? campaign::Bench::lockstep : campaign::Bench::in_process;
}

/// Before a person waits in real time: for how long at least.
void tell_time(const RunOptions& options, const campaign::Plan& plan,
               const campaign::Store& store) {
  const double least_s = campaign::least_real_time_s(plan, store, options.jobs);
  std::cout << "by the wall clock: " << plan.cases.size() << " cases, " << options.jobs
            << " at a time, take at least " << config::plain(std::ceil(least_s))
            << " s; records have no hash, no baseline is asked: the checks of the cases decide"
            << std::endl;
}

std::string quoted(const std::string& word) {
  const bool plain = word.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789_./=-+,:") == std::string::npos;
  if (plain && !word.empty()) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

/// The same case alone. It puts its result elsewhere: a part is not to take the place of the whole.
std::string replay_command(const RunOptions& options, const std::string& name) {
  std::string text = "saggar-hil run " + name + " --only '{id}'";
  if (options.wire) text += " --wire";
  if (options.wall) text += " --wall";
  if (!options.from.empty()) text += " --from " + quoted(options.from);
  if (options.configs != "configs") text += " --configs " + quoted(options.configs);
  text += " --out " + quoted(options.out + "/again");
  return text;
}

/// The same command once more, but for what is done.
std::string go_on_command(const RunOptions& options) {
  std::string text = "saggar-hil run";
  for (const std::string& name : options.names) text += " " + quoted(name);
  if (!options.only.empty()) text += " --only";
  for (const std::string& word : options.only) text += " " + quoted(word);
  if (options.configs != "configs") text += " --configs " + quoted(options.configs);
  if (options.out != "var/hil") text += " --out " + quoted(options.out);
  if (!options.from.empty()) text += " --from " + quoted(options.from);
  if (options.given_jobs > 0) text += " -j " + std::to_string(options.given_jobs);
  if (options.wire) text += " --wire";
  if (options.wall) text += " --wall";
  if (options.traces) text += " --traces";
  if (options.journals) text += " --journals";
  return text + " --resume";
}

/// The verdict in words, and the files of the campaign.
int tell(const RunOptions& options, const campaign::Plan& plan, const campaign::Store& store,
         const campaign::Outcome& outcome) {
  print_failures(outcome.results, std::cout);
  const auto decision = campaign::decide(plan, outcome.results, {options.configs, today()});
  if (!decision) {
    std::cerr << decision.error().text() << "\n";
    return 2;
  }
  const auto written =
      campaign::write_files(decision.value(), outcome.results, store.folder(), options.traces);
  if (!written) {
    std::cerr << written.error().text() << "\n";
    return 2;
  }
  print_decision(decision.value(), outcome.results, std::cout);
  std::cout << "report: " << (store.folder() / "report.html").string()
            << " (Korean: report.ko.html), "
            << "junit.xml, summary.json\n";
  const evidence::Answer& answer = decision.value().answer;
  if (!plan.whole && !options.wall) {
    std::cout << "a part of the suite: its checks decide; baseline, funnels, margins and coverage "
                 "are asked of the whole alone\n";
  }
  const std::string hash = options.wall ? "no" : answer.digest.substr(0, 16);
  char line[256];
  std::snprintf(
      line, sizeof line,
      "%s: %s, %zu of %zu cases passed, hash %s, %.1f s (the cases %.1f s on %d processors)\n",
      plan.suite.c_str(), decision.value().passed() ? "PASSED" : "FAILED", answer.passed_cases,
      answer.cases, hash.c_str(), outcome.seconds, outcome.simulating_s, options.jobs);
  std::cout << line;
  return decision.value().passed() ? 0 : 1;
}

/// Nothing for no path. Errors: a file that is none, damaged, or of another build.
domain::Result<std::optional<suite::BenchState>> state_of(const std::string& path,
                                                          const campaign::Build& build) {
  if (path.empty()) return std::optional<suite::BenchState>();
  std::ifstream in(path, std::ios::binary);
  if (!in) return domain::Error{path, "cannot be read"};
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto state = suite::decode_bench_state(path, bytes);
  if (!state) return state.error();
  if (state.value().build == build.digest) {
    return std::optional<suite::BenchState>(std::move(state).value());
  }
  return domain::Error{path, "was made by another build of the program or its plugins"};
}

/// The folder of the results; earlier ones are put aside, and that is said. False if it cannot be.
bool open_store(const RunOptions& options, const campaign::Store& store,
                const std::string& made_by) {
  const bool replaces = std::filesystem::exists(store.previous());
  const auto kept = options.resume ? domain::Result<bool>(false) : store.keep_previous();
  if (!kept) {
    std::cerr << kept.error().text() << "\n";
    return false;
  }
  if (kept.value()) {
    std::cout << "earlier results: now in " << store.previous().string()
              << (replaces ? ", in place of those before them" : "") << "\n";
  }
  const auto opened = store.open(!options.resume, made_by);
  if (!opened) std::cerr << opened.error().text() << "\n";
  return opened.ok();
}

int run_one(const RunOptions& options, const std::string& name, const campaign::Build& build) {
  auto plan = plan_of(options.configs, name, build);
  if (!plan) {
    std::cerr << plan.error().text() << "\n";
    return 2;
  }
  const auto from = state_of(options.from, build);
  if (!from) {
    std::cerr << from.error().text() << "\n";
    return 2;
  }
  campaign::Plan chosen = campaign::only(plan.value(), options.only);
  if (from.value()) campaign::begin_all_at(*from.value(), chosen);
  if (options.wall) campaign::run_by_the_clock(chosen);
  if (chosen.cases.empty()) {
    std::cerr << "no case of " << name << " has --only in its id; `saggar-hil show " << name
              << "` lists them\n";
    return 2;
  }
  const auto judged = campaign::judgeable(chosen, {options.configs, today()});
  if (!judged) {
    std::cerr << judged.error().text() << "\n";
    return 2;
  }
  campaign::RunOptions how;
  how.jobs = options.jobs;
  how.plugin_dirs = build.plugin_dirs;
  how.stop = &g_stop;
  how.progress = &std::cout;
  how.journals = options.journals;
  how.allocations = allocation_counter();
  how.from = from.value() ? &*from.value() : nullptr;
  how.bench = bench_of(options);
  how.program = assembly::program_root() / "bin" / "saggar";
  how.replay = replay_command(options, name);
  const auto made_by = campaign::made_by(build, how);
  if (!made_by) {
    std::cerr << made_by.error().text() << "\n";
    return 2;
  }
  const campaign::Store store(std::filesystem::path(options.out) / plan.value().suite);
  if (!open_store(options, store, made_by.value())) return 2;
  if (options.wall) tell_time(options, chosen, store);
  const campaign::Outcome outcome = campaign::run(chosen, store, how);
  if (!outcome.complete) {
    std::cout << "stopped with " << outcome.results.size() << " of " << chosen.cases.size()
              << " cases done; go on with: " << go_on_command(options) << "\n";
    return kStopped;
  }
  return tell(options, chosen, store, outcome);
}

int run(RunOptions& options) {
  options.given_jobs = options.jobs;
  if (options.jobs <= 0) options.jobs = static_cast<int>(std::thread::hardware_concurrency());
  const auto build = campaign::Build::of_this_program();
  if (!build) {
    std::cerr << build.error().text() << "\n";
    return 2;
  }
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  int worst = 0;
  for (const std::string& name : options.names) {
    const int code = run_one(options, name, build.value());
    if (code == kStopped || code == 2) return code;
    worst = std::max(worst, code);
  }
  return worst;
}

struct SnapshotOptions {
  std::string name, only, to, configs = "configs";
  double at_s = 0;
};

int snapshot(const SnapshotOptions& options) {
  const auto build = campaign::Build::of_this_program();
  const auto plan = build ? plan_of(options.configs, options.name, build.value())
                          : domain::Result<campaign::Plan>(build.error());
  if (!plan) {
    std::cerr << plan.error().text() << "\n";
    return 2;
  }
  const campaign::Plan chosen =
      campaign::only(plan.value(), options.only.empty() ? std::vector<std::string>{}
                                                        : std::vector<std::string>{options.only});
  if (chosen.cases.size() != 1) {
    std::cerr << options.name << " has " << chosen.cases.size()
              << " cases by that word; a state is of one: name it with --only\n";
    return 2;
  }
  suite::CaseOptions how;
  how.plugin_dirs = build.value().plugin_dirs;
  how.allocations = allocation_counter();
  auto state = suite::bench_after(chosen.cases[0].one, options.at_s, how);
  if (!state) {
    std::cerr << state.error().text() << "\n";
    return 2;
  }
  state.value().build = build.value().digest;
  const auto written = config::write_new_file(options.to, suite::encode_bench_state(state.value()));
  if (!written) {
    std::cerr << written.error().text() << "\n";
    return 2;
  }
  std::cout << "wrote " << options.to << ": " << chosen.cases[0].one.id << " after " << options.at_s
            << " s\n";
  return 0;
}

void add_snapshot(CLI::App& app, int& result) {
  const auto options = std::make_shared<SnapshotOptions>();
  CLI::App* command = app.add_subcommand(
      "snapshot", "The bench of a case at one time, for stories that begin there");
  command->add_option("name", options->name, "Suite or scenario, by name or file")->required();
  command->add_option("--at", options->at_s, "After so many simulated seconds")->required();
  command->add_option("--to", options->to, "File to write")->check(a_path("a state"))->required();
  command->add_option("--only", options->only, "The case of this id, or with this in its id");
  command->add_option("--configs", options->configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command->callback([options, &result] { result = snapshot(*options); });
}

}  // namespace

void add_run(CLI::App& app, int& result) {
  add_snapshot(app, result);
  const auto options = std::make_shared<RunOptions>();
  CLI::App* run_command =
      app.add_subcommand("run", "Run suites or scenarios; 0 = passed, 1 = failed, 3 = stopped");
  run_command->add_option("names", options->names, "Suites or scenarios, by name or file")
      ->required();
  run_command->add_option("--only", options->only,
                          "Only cases with one of these words in their id, or of this id");
  run_command->add_option("--configs", options->configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  run_command->add_option("--out", options->out, "Folder of the results, one in it per suite")
      ->check(a_path("a folder"))
      ->capture_default_str();
  run_command->add_option("-j,--jobs", options->jobs, "Cases at a time (default: processors)");
  run_command->add_flag(
      "--resume", options->resume,
      "Go on with a run that was stopped (default: begin anew; earlier results move "
      "to a folder .previous beside)");
  CLI::Option* wire = run_command->add_flag(
      "--wire", options->wire, "The runtime as a process of its own, over tcp in lockstep");
  CLI::Option* wall =
      run_command
          ->add_flag("--wall", options->wall,
                     "The same in real time: each by the wall clock, punctuality measured")
          ->excludes(wire);
  run_command
      ->add_option("--from", options->from,
                   "Every case begins at this state of its bench (saggar-hil snapshot)")
      ->check(a_path("a state"))
      ->excludes(wire)
      ->excludes(wall);
  run_command->add_flag("--traces", options->traces,
                        "A CSV of every case, not of failing ones only");
  run_command->add_flag("--journals", options->journals, "Keep every record of every case");
  run_command->callback([options, &result] { result = run(*options); });
}

}  // namespace saggar::app
