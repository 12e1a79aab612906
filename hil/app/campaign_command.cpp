// `saggar-hil campaign`: a suite on many machines. docs/qa/cluster.md.
#include <CLI/CLI.hpp>
#include <csignal>
#include <fstream>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/app/decision_text.hpp"
#include "hil/app/named.hpp"
#include "hil/app/output.hpp"
#include "hil/campaign/decide.hpp"
#include "hil/campaign/run.hpp"
#include "hil/cluster/folder.hpp"
#include "hil/cluster/merged.hpp"
#include "hil/cluster/snapshot.hpp"
#include "runtime/app/allocation_watch.hpp"
#include "runtime/app/arguments.hpp"

namespace saggar::app {
namespace {

// What a scheduler is told besides 0 and 1, the verdicts of tests.
constexpr int kNotAsPlanned = 2;  // for every try and every shard
constexpr int kAgain = 3;         // stopped or killed: worth another try

volatile int g_stop = 0;
void stop(int) { g_stop = 1; }

struct PlanOptions {
  std::string name, out, configs = "configs";
  std::vector<std::string> only;
  std::uint32_t shards = 1;
};

struct WorkOptions {
  std::string folder;
  std::uint32_t shard = 0;
  int jobs = 1;
};

int refuse(const domain::Error& error) {
  std::cerr << error.text() << "\n";
  return kNotAsPlanned;
}

int plan(const PlanOptions& options) {
  const auto build = campaign::Build::of_this_program();
  if (!build) return refuse(build.error());
  const auto all = plan_of(options.configs, options.name, build.value());
  if (!all) return refuse(all.error());
  const campaign::Plan chosen = campaign::only(all.value(), options.only);
  if (chosen.cases.empty()) {
    return refuse({"--only", "is in the id of no case of " + options.name});
  }
  std::string replay = "saggar-hil run " + options.name + " --only '{id}'";
  if (options.configs != "configs") replay += " --configs " + options.configs;
  const auto made = cluster::Folder::make(options.out, chosen, build.value(), options.shards,
                                          replay, options.configs);
  if (!made) return refuse(made.error());
  const cluster::Manifest& manifest = made.value().manifest();
  std::cout << "wrote " << options.out << "/manifest.json: " << chosen.suite << ", "
            << manifest.cases.size() << " cases in " << manifest.shards << " shards, "
            << manifest.files.size() << " files, campaign " << manifest.campaign.substr(0, 16)
            << "\n";
  return 0;
}

int work(const WorkOptions& options) {
  const auto build = campaign::Build::of_this_program();
  if (!build) return refuse(build.error());
  const auto folder = cluster::Folder::open(options.folder);
  if (!folder) return refuse(folder.error());
  // Files are named as they were where it was planned, so that what cases say is the same.
  std::error_code problem;
  std::filesystem::current_path(folder.value().files(), problem);
  if (problem) return refuse({folder.value().files().string(), problem.message()});
  const auto shard = folder.value().shard(options.shard, build.value());
  if (!shard) return refuse(shard.error());
  const campaign::Store store = folder.value().store();
  const auto opened = store.open(false, build.value().digest);
  if (!opened) {
    std::cerr << opened.error().text() << "\n";
    return kAgain;
  }
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  campaign::RunOptions how;
  how.jobs = options.jobs;
  how.plugin_dirs = build.value().plugin_dirs;
  how.stop = &g_stop;
  how.progress = &std::cout;
  how.again_if_killed = true;
  how.allocations = allocation_counter();
  how.replay = folder.value().manifest().replay;
  const campaign::Outcome outcome = campaign::run(shard.value(), store, how);
  std::size_t failed = 0;
  for (const suite::CaseResult& result : outcome.results) failed += result.outcome != "passed";
  std::cout << "shard " << options.shard << ": " << outcome.results.size() << " of "
            << shard.value().cases.size() << " cases done, " << outcome.reused
            << " of them before, " << failed << " failed\n";
  if (!outcome.complete) return kAgain;
  return failed == 0 ? 0 : 1;
}

/// The verdict on the whole, by all that its suite asks for, and the files that `run` leaves.
domain::Result<bool> judge(const cluster::Folder& folder) {
  const auto changed = cluster::differences(folder.manifest().files, folder.files());
  if (!changed.empty()) return domain::Error{folder.files().string(), changed.front()};
  const auto plan = folder.all();
  if (!plan) return plan.error();
  const auto results = campaign::gather(plan.value(), folder.store()).results;
  const std::filesystem::path configs = folder.files() / folder.manifest().configs;
  const auto decision = campaign::decide(plan.value(), results, {configs, today()});
  if (!decision) return decision.error();
  const auto written = campaign::write_files(decision.value(), results, folder.path(), false);
  if (!written) return written.error();
  print_decision(decision.value(), results, std::cout);
  return decision.value().passed();
}

int merge(const std::string& path) {
  const auto folder = cluster::Folder::open(path);
  if (!folder) return refuse(folder.error());
  const cluster::Manifest& manifest = folder.value().manifest();
  cluster::Merged merged = cluster::merge(manifest, folder.value().store());
  if (merged.complete()) {
    const auto judged = judge(folder.value());
    if (!judged) return refuse(judged.error());
    merged.passed = judged.value();
  }
  std::cout << text(manifest, merged);
  const std::filesystem::path file = folder.value().path() / "merged.json";
  std::ofstream out(file);
  out << json(manifest, merged);
  out.close();
  if (!out) {
    std::cerr << file.string() << ": cannot be written\n";
    return kNotAsPlanned;
  }
  return merged.exit_code();
}

void add_plan(CLI::App& app, int& result) {
  const auto options = std::make_shared<PlanOptions>();
  CLI::App* command =
      app.add_subcommand("plan", "Split a suite into shards, in a folder of its own");
  command->add_option("suite", options->name, "Suite or scenario, by name or file")->required();
  command->add_option("--out", options->out, "Folder to make; every machine must see it")
      ->check(a_path("a new folder"))
      ->required();
  command->add_option("--shards", options->shards, "Pieces of about the same cost")
      ->check(a_number(1, cluster::kMostShards, ""))
      ->required();
  command->add_option("--only", options->only,
                      "Only cases with one of these words in their id, or of this id");
  command->add_option("--configs", options->configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command->callback([options, &result] { result = plan(*options); });
}

void add_work(CLI::App& app, int& result) {
  const auto options = std::make_shared<WorkOptions>();
  CLI::App* command = app.add_subcommand(
      "work",
      "Run what one shard lacks; 0 = passed, 1 = failed, 2 = not as planned, else: try again");
  command->add_option("folder", options->folder, "Folder of the campaign")
      ->check(a_path("a folder"))
      ->required();
  command->add_option("--shard", options->shard, "Which one, from 0")->required();
  command->add_option("-j,--jobs", options->jobs, "Cases at a time")
      ->check(a_number(1, 1024, ""))
      ->capture_default_str();
  command->callback([options, &result] { result = work(*options); });
}

void add_merge(CLI::App& app, int& result) {
  const auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "merge", "Gather all results; 0 = passed, 1 = failed, 3 = some are missing");
  command->add_option("folder", *folder, "Folder of the campaign")
      ->check(a_path("a folder"))
      ->required();
  command->callback([folder, &result] { result = merge(*folder); });
}

}  // namespace

void add_campaign(CLI::App& app, int& result) {
  CLI::App* command = app.add_subcommand("campaign", "Run a suite on many machines");
  command->require_subcommand(1);
  add_plan(*command, result);
  add_work(*command, result);
  add_merge(*command, result);
  add_specs(*command, result);
}

}  // namespace saggar::app
