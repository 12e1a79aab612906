#include "hil/app/named.hpp"

#include <algorithm>

#include "hil/search/swarm.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

bool is_path(const std::string& name) {
  return name.find('/') != std::string::npos || name.find(".toml") != std::string::npos;
}

/// Whether a file says `kind = "suite"`. One that is not readable is left to its loader.
bool says_suite(const fs::path& path) {
  const auto text = config::read_file(path);
  return text.ok() && text.value().find("kind = \"suite\"") != std::string::npos;
}

domain::Result<campaign::Plan> of_suite(const scenario::Place& place, const std::string& name,
                                        const campaign::Build& build) {
  const auto suite = scenario::load_suite(place, name);
  if (!suite) return suite.error();
  auto cases = scenario::expand(suite.value());
  if (!cases) return cases.error();
  auto swarms = search::swarm_cases(suite.value());
  if (!swarms) return swarms.error();
  for (scenario::Case& one : swarms.value()) cases.value().push_back(std::move(one));
  return campaign::make_plan(suite.value().suite.name, suite.value().suite,
                             std::move(cases).value(), build);
}

domain::Result<campaign::Plan> of_scenario(const scenario::Place& place, const std::string& name,
                                           const campaign::Build& build) {
  const auto story = scenario::load_scenario(place, name);
  if (!story) return story.error();
  auto cases = scenario::expand(story.value());
  if (!cases) return cases.error();
  return campaign::make_plan(story.value().scenario.name, {}, std::move(cases).value(), build);
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

domain::Status has_configs(const std::string& configs) {
  if (fs::is_directory(fs::path(configs) / "suites")) return domain::Done{};
  return domain::Error{fs::absolute(configs).string(),
                       "is no folder of configurations (there is no suites in it): give it with "
                       "--configs"};
}

domain::Result<campaign::Plan> plan_of(const std::string& configs, const std::string& name,
                                       const campaign::Build& build) {
  const scenario::Place place{configs, fs::current_path()};
  if (is_path(name)) {
    return says_suite(name) ? of_suite(place, name, build)
                            : of_scenario(place, fs::absolute(name).string(), build);
  }
  if (fs::is_regular_file(scenario::find_file(place, "suites", name))) {
    return of_suite(place, name, build);
  }
  if (fs::is_regular_file(scenario::find_file(place, "scenarios", name))) {
    return of_scenario(place, name, build);
  }
  const auto there = has_configs(configs);
  if (!there) return there.error();
  std::vector<std::string> suites = names_in(place.configs / "suites");
  const std::vector<std::string> stories = names_in(place.configs / "scenarios");
  std::vector<std::string> all = suites;
  all.insert(all.end(), stories.begin(), stories.end());
  return domain::Error{name, "is neither a suite nor a scenario" + config::did_you_mean(name, all) +
                                 "; suites: " + config::listed(suites) +
                                 "; scenarios: `saggar-hil list`"};
}

}  // namespace saggar::app
