// `saggar-policy train`: from a training file to a package and a report. docs/engineer/training.md.
#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

#include "hil/app/output.hpp"
#include "hil/app/policy_commands.hpp"
#include "hil/train/course.hpp"
#include "hil/train/report.hpp"
#include "hil/train/student.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/load.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

constexpr int kStopped = 3;

volatile int g_stop = 0;
void stop(int) { g_stop = 1; }

struct TrainOptions {
  std::string name, out, configs = "configs";
  int jobs = 0;
  std::uint32_t rounds = 0, seeds = 0, epochs = 0;
  double hours = 0;
};

int train(const TrainOptions& options) {
  const scenario::Place place{options.configs, fs::current_path()};
  auto file =
      config::load<train::TrainingFile>(scenario::find_file(place, "training", options.name));
  const auto build = campaign::Build::of_this_program();
  if (!file || !build) {
    std::cerr << (file ? build.error().text() : file.error().text()) << "\n";
    return 2;
  }
  train::TrainingFile& f = file.value();
  if (options.rounds > 0) f.lessons.rounds = options.rounds;
  if (options.seeds > 0) f.lessons.seeds = options.seeds;
  if (options.epochs > 0) f.network.epochs = options.epochs;
  train::CourseOptions how;
  how.configs = options.configs;
  how.out = options.out.empty() ? fs::path("var/training") / f.name : fs::path(options.out);
  how.jobs = options.jobs;
  how.stop = &g_stop;
  how.progress = &std::cout;
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  const auto done = train::train(f, build.value(), how);
  if (!done) {
    std::cerr << done.error().text() << "\n";
    return 2;
  }
  if (done.value().stopped) {
    std::cout << "stopped; the same command goes on from here\n";
    return kStopped;
  }
  const std::string html = report::html(train::page_of(f, done.value(), today()));
  const auto written = train::write_text(fs::absolute(how.out / "report.html"), html);
  if (!written) std::cerr << written.error().text() << "\n";
  std::cout << "package: " << done.value().package.string()
            << "\nreport: " << (how.out / "report.html").string() << "\n";
  return written ? 0 : 2;
}

}  // namespace

void add_train(CLI::App& app, int& result) {
  const auto options = std::make_shared<TrainOptions>();
  options->jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "train", "Learn from a teacher on simulated plants; 0 = a package is there, 3 = stopped");
  command->add_option("name", options->name, "File of kind training, by name or path")->required();
  command
      ->add_option("--out", options->out,
                   "Folder of all that is made (default: var/training/NAME); the same command "
                   "goes on with what is there")
      ->check(a_path("a folder"));
  command->add_option("--configs", options->configs, "Folder of the configurations");
  command
      ->add_option("-j,--jobs", options->jobs, "Processes at a time (default: one per processor)")
      ->check(CLI::Range(1, 1024));
  command->add_option("--rounds", options->rounds, "In place of the file's")
      ->check(CLI::Range(1U, 50U));
  command->add_option("--seeds", options->seeds, "In place of the file's")
      ->check(CLI::Range(1U, 10000U));
  command->add_option("--epochs", options->epochs, "In place of the file's")
      ->check(CLI::Range(1U, 100000U));
  command->callback([options, &result] { result = train(*options); });
}

}  // namespace saggar::app
