// `saggar-hil shrink`: makes a failing case as small as it still fails. docs/qa/falsify.md.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <thread>

#include "hil/app/commands.hpp"
#include "hil/app/named.hpp"
#include "hil/app/search_rig.hpp"
#include "hil/search/same_way.hpp"
#include "hil/search/shrink.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

struct ShrinkCommand : SearchOptions {
  std::string name, only;
  std::size_t budget = 200;
};

/// The one case that was meant.
domain::Result<scenario::Case> chosen(const ShrinkCommand& options) {
  const auto build = campaign::Build::of_this_program();
  if (!build) return build.error();
  auto plan = plan_of(options.configs, options.name, build.value());
  if (!plan) return plan.error();
  std::vector<std::string> words;
  if (!options.only.empty()) words.push_back(options.only);
  const campaign::Plan found = campaign::only(plan.value(), words);
  if (found.cases.size() == 1) return found.cases[0].one;
  return domain::Error{options.name, std::to_string(found.cases.size()) + " cases have --only \"" +
                                         options.only + "\" in their id; one would be right"};
}

/// Its files by their whole paths, so that it means the same wherever it is run from.
scenario::Scenario rooted(const scenario::Case& one) {
  scenario::Scenario story = one.story;
  const auto root = [](std::string& name, const fs::path& file) {
    if (name.find('/') != std::string::npos || name.find(".toml") != std::string::npos) {
      name = fs::absolute(file).lexically_normal().string();
    }
  };
  root(story.bench.site, one.files.site);
  root(story.bench.kiln, one.files.kiln);
  root(story.bench.recipe, one.files.recipe);
  root(story.bench.control, one.files.control);
  root(story.bench.plant, one.files.plant);
  root(story.bench.mapping, one.files.mapping);
  return story;
}

std::vector<std::string> account(const ShrinkCommand& options, const scenario::Case& one,
                                 const search::Failure& how, const search::Shrunk& shrunk) {
  std::vector<std::string> lines;
  lines.push_back("Made small by `saggar-hil shrink " + options.name + "` from " + one.id + ",");
  lines.push_back(std::to_string(shrunk.tried) + " stories tried" +
                  (shrunk.whole ? "." : "; the budget ended it, it may get smaller.") +
                  " It fails in the same way:");
  for (const std::string& line : how.lines()) lines.push_back("  " + line);
  for (const std::string& step : shrunk.steps) lines.push_back("- " + step);
  return lines;
}

int shrink_case(const ShrinkCommand& options, const scenario::Case& one, search::Rig& rig,
                const scenario::Place& place) {
  const auto run = [&](const std::vector<scenario::Scenario>& stories) { return rig.run(stories); };
  const scenario::Scenario story = rooted(one);
  const auto first = run({story});
  if (!first) {
    std::cerr << first.error().text() << "\n";
    return 2;
  }
  const suite::CaseResult& result = first.value()[0];
  if (result.outcome == "passed") {
    std::cerr << one.id << ": passes; there is nothing to shrink\n";
    return 2;
  }
  scenario::Scenario failing = search::only_what_fails(story, result);
  failing.name = one.scenario + "_small";
  const search::Failure how = search::failure_of(result);
  search::SameWay same(run, failing, how);
  search::ShrinkOptions limits;
  limits.budget = options.budget;
  limits.at_a_time = static_cast<std::size_t>(
      options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency()));
  const auto shrunk = search::shrink(failing, std::ref(same), limits);
  if (!shrunk) {
    std::cerr << shrunk.error().text() << "\n";
    return 2;
  }
  const auto lines = account(options, one, how, shrunk.value());
  for (const std::string& line : lines) std::cout << line << "\n";
  std::cout << rig.made() << " runs made\n";
  return keep_story(options, shrunk.value().story, place, lines) ? 0 : 2;
}

int shrink_named(const ShrinkCommand& options) {
  const auto one = chosen(options);
  if (!one) {
    std::cerr << one.error().text() << "\n";
    return 2;
  }
  const scenario::Place place{options.configs, fs::current_path()};
  auto rig = make_rig(options, "shrink-" + campaign::file_stem(one.value().id), place);
  if (!rig) {
    std::cerr << rig.error().text() << "\n";
    return 2;
  }
  return shrink_case(options, one.value(), *rig.value(), place);
}

}  // namespace

void add_shrink(CLI::App& app, int& result) {
  const auto options = std::make_shared<ShrinkCommand>();
  CLI::App* command = app.add_subcommand(
      "shrink", "Make a failing case as small as it still fails in the same way");
  command->add_option("name", options->name, "Suite or scenario, by name or file")->required();
  command->add_option("--only", options->only, "Id of the case, or a part of it that no other has");
  command->add_option("--budget", options->budget, "At most so many stories are tried")
      ->capture_default_str();
  add_search_options(*command, *options, "The small scenario, as a file");
  command->callback([options, &result] { result = shrink_named(*options); });
}

}  // namespace saggar::app
