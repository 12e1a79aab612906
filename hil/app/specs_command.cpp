// `saggar-hil campaign slurm` and `campaign kubernetes`: what schedulers take. docs/qa/cluster.md.
#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/cluster/folder.hpp"
#include "hil/cluster/kubernetes.hpp"
#include "hil/cluster/slurm.hpp"
#include "runtime/app/arguments.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

int refuse(const domain::Error& error) {
  std::cerr << error.text() << "\n";
  return 2;
}

/// Into a folder of their own in that of the campaign; those of an earlier call are replaced.
int write(const fs::path& folder, const std::vector<cluster::Spec>& specs) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) return refuse({folder.string(), problem.message()});
  for (const cluster::Spec& spec : specs) {
    const fs::path path = folder / spec.name;
    std::ofstream out(path);
    out << spec.text;
    out.close();
    if (!out) return refuse({path.string(), "cannot be written"});
    if (spec.runnable) fs::permissions(path, fs::perms::owner_exec, fs::perm_options::add, problem);
    std::cout << "wrote " << path.string() << "\n";
  }
  return 0;
}

template <class Options, class Make>
int specify(const std::string& folder, const char* into, const Options& options, Make&& make) {
  const auto opened = cluster::Folder::open(folder);
  if (!opened) return refuse(opened.error());
  const auto specs = make(opened.value().manifest(), options);
  if (!specs) return refuse(specs.error());
  return write(fs::path(folder) / into, specs.value());
}

std::string own_path() {
  std::error_code problem;
  const fs::path path = fs::read_symlink("/proc/self/exe", problem);
  return problem ? "saggar-hil" : path.string();
}

void add_slurm(CLI::App& app, int& result) {
  const auto folder = std::make_shared<std::string>();
  const auto o = std::make_shared<cluster::SlurmOptions>();
  CLI::App* command =
      app.add_subcommand("slurm", "Write an array job, its merge job and submit.sh");
  command->add_option("folder", *folder, "Folder of the campaign")
      ->check(a_path("a folder"))
      ->required();
  command->add_option("--throttle", o->throttle, "Shards at a time; 0 = as the cluster likes");
  command->add_option("-j,--jobs", o->jobs, "Cases at a time, and processors, of one shard");
  command->add_option("--time", o->time, "Limit of one shard, as Slurm spells it")
      ->capture_default_str();
  command->add_option("--mem", o->mem, "Memory of one shard")->capture_default_str();
  command->add_option("--partition", o->partition, "Partition; default: the cluster's");
  command->add_option("--account", o->account, "Account; default: the cluster's");
  command->add_option("--restarts", o->restarts, "Tries more of a shard that did not end by itself")
      ->capture_default_str();
  command->add_option("--max-array", o->max_array, "MaxArraySize of the cluster")
      ->capture_default_str();
  command->add_option("--program", o->program, "saggar-hil on the nodes; default: this one");
  command->callback([folder, o, &result] {
    if (o->program.empty()) o->program = own_path();
    result = specify(*folder, "slurm", *o, cluster::slurm);
  });
}

void add_kubernetes(CLI::App& app, int& result) {
  const auto folder = std::make_shared<std::string>();
  const auto o = std::make_shared<cluster::KubernetesOptions>();
  CLI::App* command =
      app.add_subcommand("kubernetes", "Write an Indexed Job, its merge Job and submit.sh");
  command->add_option("campaign", *folder, "Folder of the campaign")
      ->check(a_path("a folder"))
      ->required();
  command->add_option("--image", o->image, "Image that holds this build")->required();
  command->add_option("--claim", o->claim, "PersistentVolumeClaim that holds the folder")
      ->required();
  command->add_option("--folder", o->folder, "Where in that volume it is; default: its top");
  command->add_option("--namespace", o->space, "Namespace")->capture_default_str();
  command->add_option("--memory", o->memory, "Memory of one shard")->capture_default_str();
  command->add_option("--parallelism", o->parallelism, "Shards at a time; 0 = all");
  command->add_option("-j,--jobs", o->jobs, "Cases at a time, and processors, of one shard");
  command->add_option("--retries", o->retries, "Tries more of a shard that did not end by itself")
      ->capture_default_str();
  command->add_option("--program", o->program, "saggar-hil in the image")->capture_default_str();
  command->callback(
      [folder, o, &result] { result = specify(*folder, "kubernetes", *o, cluster::kubernetes); });
}

}  // namespace

void add_specs(CLI::App& app, int& result) {
  add_slurm(app, result);
  add_kubernetes(app, result);
}

}  // namespace saggar::app
