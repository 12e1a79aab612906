// `saggar-hil list` and `saggar-hil show`: what there is to run, and what it is made of.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/app/named.hpp"
#include "hil/faults/catalogue.hpp"
#include "hil/suite/watch.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/number_text.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

template <class File>
int list_files(const std::string& configs, const char* folder) {
  int problems = 0;
  for (const fs::path& path : files_in(fs::path(configs) / folder)) {
    const auto file = config::load<File>(path);
    if (!file) {
      std::cerr << file.error().text() << "\n";
      ++problems;
      continue;
    }
    std::cout << "  " << file.value().name
              << std::string(28 - std::min<std::size_t>(27, file.value().name.size()), ' ')
              << file.value().description << "\n";
  }
  return problems;
}

void list_faults() {
  for (const faults::Row& row : faults::catalogue()) {
    std::cout << faults::name(row.kind) << " (" << faults::name(row.family) << ", "
              << row.requirements << "), levels:";
    for (const double level : row.levels) std::cout << " " << config::plain(level);
    std::cout << " " << row.unit << "\n  expected: " << row.expected
              << "\n  recovery: " << row.recovery << "\n";
  }
}

int list(const std::string& configs, const std::string& what) {
  if (what == "faults") {
    list_faults();
    return 0;
  }
  if (const auto there = has_configs(configs); !there) {
    std::cerr << there.error().text() << "\n";
    return 2;
  }
  int problems = 0;
  if (what.empty() || what == "suites") {
    std::cout << "suites:\n";
    problems += list_files<scenario::SuiteFile>(configs, "suites");
  }
  if (what.empty() || what == "scenarios") {
    std::cout << "scenarios:\n";
    problems += list_files<scenario::Scenario>(configs, "scenarios");
  }
  return problems > 0 ? 2 : 0;
}

void show_case(const campaign::Planned& planned) {
  const scenario::Scenario& story = planned.one.story;
  std::cout << planned.one.id << "  " << config::plain(story.bench.duration_s) << " s\n";
}

/// One story in words, once for all its seeds and arms.
void show_story(const scenario::Scenario& story) {
  std::cout << story.name << ": " << story.description << "\n";
  for (const faults::Fault& fault : story.faults()) {
    std::cout << "  at " << config::plain(fault.time_s) << " s: " << faults::name(fault.fault)
              << " " << fault.target << " " << config::plain(fault.severity);
    if (fault.duration_s > 0) std::cout << " for " << config::plain(fault.duration_s) << " s";
    std::cout << "\n";
  }
  for (const scenario::Request& request : story.requests) {
    std::cout << "  at " << config::plain(request.time_s) << " s: " << request.who << " asks for "
              << domain::name(request.intent) << " " << request.mv << request.rung << "\n";
  }
  for (const scenario::Expectation& e : story.expectations) {
    std::cout << "  expect" << (e.never ? " never: " : ": ") << suite::text(e) << "\n";
  }
  for (const scenario::Bound& bound : story.bounds) {
    std::cout << "  bound: " << bound.kpi << " " << config::plain(bound.least) << " to "
              << config::plain(bound.most) << "\n";
  }
}

int show(const std::string& configs, const std::string& name) {
  const auto build = campaign::Build::of_this_program();
  if (!build) {
    std::cerr << build.error().text() << "\n";
    return 2;
  }
  const auto plan = plan_of(configs, name, build.value());
  if (!plan) {
    std::cerr << plan.error().text() << "\n";
    return 2;
  }
  std::string last;
  double hours = 0;
  for (const campaign::Planned& planned : plan.value().cases) {
    if (planned.one.scenario != last) show_story(planned.one.story);
    last = planned.one.scenario;
    hours += planned.one.story.bench.duration_s / 3600;
  }
  for (const campaign::Planned& planned : plan.value().cases) show_case(planned);
  std::printf("%zu cases, %.1f simulated hours\n", plan.value().cases.size(), hours);
  return 0;
}

}  // namespace

void add_list(CLI::App& app, int& result) {
  const auto words = std::make_shared<std::pair<std::string, std::string>>("configs", "");
  CLI::App* command = app.add_subcommand("list", "Suites and scenarios there are, or faults");
  command->add_option("what", words->second, "suites, scenarios or faults; default: the first two")
      ->check(CLI::IsMember({"suites", "scenarios", "faults"}));
  command->add_option("--configs", words->first, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  command->callback([words, &result] { result = list(words->first, words->second); });
  const auto one = std::make_shared<std::pair<std::string, std::string>>("configs", "");
  CLI::App* show_command = app.add_subcommand("show", "What a suite or scenario is made of");
  show_command->add_option("name", one->second, "Suite or scenario, by name or file")->required();
  show_command->add_option("--configs", one->first, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  show_command->callback([one, &result] { result = show(one->first, one->second); });
}

}  // namespace saggar::app
