// `saggar-policy evaluate`: a package on plants it never saw. docs/engineer/training.md.
#include <CLI/CLI.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <memory>
#include <thread>

#include "hil/app/output.hpp"
#include "hil/app/policy_commands.hpp"
#include "hil/train/exam.hpp"
#include "hil/train/inspect.hpp"
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

struct EvaluateOptions : train::ExamOptions {
  std::string training, package, folder = "var/exam", html, json, where = "configs";
  std::vector<std::string> beside = {"mpc", "pid-ff", "recipe"};
};

int evaluate(EvaluateOptions options) {
  options.configs = options.where;
  options.out = options.folder;
  options.stop = &g_stop;
  options.progress = &std::cout;
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  const scenario::Place place{options.configs, fs::current_path()};
  const auto file =
      config::load<train::TrainingFile>(scenario::find_file(place, "training", options.training));
  const auto build = campaign::Build::of_this_program();
  if (!file || !build) {
    std::cerr << (file ? build.error().text() : file.error().text()) << "\n";
    return 2;
  }
  // Before an hour of other controllers is run beside nothing.
  if (const auto sound = train::inspect(options.package); !sound) {
    std::cerr << sound.error().text() << "\n";
    return 2;
  }
  const train::Lessons& lessons = file.value().lessons;
  const auto text = train::driving_control(scenario::find_file(place, "control", lessons.control),
                                           lessons, fs::absolute(options.package));
  if (!text) {
    std::cerr << text.error().text() << "\n";
    return 2;
  }
  const fs::path control = options.folder + ".control.toml";
  if (const auto written = train::write_text(fs::absolute(control), text.value()); !written) {
    std::cerr << written.error().text() << "\n";
    return 2;
  }
  std::vector<train::Candidate> candidates = {{lessons.student, control}};
  for (const std::string& name : options.beside) {
    candidates.push_back({name, scenario::find_file(place, "control", name)});
  }
  const auto exam = train::examine(candidates, build.value(), options);
  if (!exam) {
    std::cerr << exam.error().text() << "\n";
    return 2;
  }
  std::cout << train::text_of(exam.value());
  const report::Page page = train::page_of(exam.value(), "Exam of " + options.package, today());
  if (!write_page(options.html, options.json, page)) return 2;
  if (!exam.value().complete) return kStopped;
  return exam.value().failed == 0 ? 0 : 1;
}

}  // namespace

void add_evaluate(CLI::App& app, int& result) {
  const auto options = std::make_shared<EvaluateOptions>();
  options->jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "evaluate",
      "Drive plants that nothing was learnt from, beside other controllers; 1 = a run failed");
  command->add_option("training", options->training, "File of kind training, by name or path")
      ->required();
  command->add_option("package", options->package, "Folder of the package")->required();
  command->add_option("--beside", options->beside,
                      "Control files to compare with, by name or path");
  command->add_option("--story", options->story, "Scenario (default: three_days)");
  command->add_option("--seeds", options->seeds, "Plants (default: 20)")
      ->check(CLI::Range(1U, 10000U));
  command->add_option("--first-seed", options->first_seed, "Of the plants (default: 9001)");
  command->add_option("--hours", options->hours, "In place of the story's")
      ->check(CLI::Range(0.1, 8760.0));
  command->add_option("--out", options->folder, "Folder of the results (default: var/exam)");
  command->add_option("--configs", options->where, "Folder of the configurations");
  command->add_option("--html", options->html, "The report as a page")->check(a_path("a file"));
  command->add_option("--json", options->json, "The same as JSON")->check(a_path("a file"));
  command
      ->add_option("-j,--jobs", options->jobs, "Processes at a time (default: one per processor)")
      ->check(CLI::Range(1, 1024));
  command->callback([options, &result] { result = evaluate(*options); });
}

}  // namespace saggar::app
