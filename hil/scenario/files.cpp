#include "hil/scenario/files.hpp"

#include <algorithm>

#include "hil/scenario/mapping.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/suggest.hpp"

namespace saggar::scenario {
namespace {

namespace fs = std::filesystem;

bool is_bare(const std::string& name) {
  return name.find('/') == std::string::npos && name.find(".toml") == std::string::npos;
}

/// What could have been meant.
std::string there_are(const fs::path& folder, const std::string& name) {
  std::vector<std::string> names;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  if (names.empty()) return "; " + folder.string() + " has no such files at all";
  return config::did_you_mean(name, names) + "; there are: " + config::listed(names);
}

domain::Result<fs::path> one(const Place& place, const char* field, const char* kind,
                             const std::string& name) {
  const fs::path path = find_file(place, kind, name);
  if (fs::is_regular_file(path)) return path;
  return domain::Error{std::string("bench.") + field,
                       "\"" + name + "\": no file " + path.string() +
                           (is_bare(name) ? there_are(place.configs / kind, name) : "")};
}

fs::path plant_beside(const fs::path& kiln) {
  fs::path plant = kiln;
  return plant.replace_extension(".plant.toml");
}

}  // namespace

fs::path find_file(const Place& place, const std::string& kind, const std::string& name) {
  if (is_bare(name)) return place.configs / kind / (name + ".toml");
  return fs::path(name).is_absolute() ? fs::path(name) : place.folder / name;
}

domain::Result<BenchFiles> find_files(const Place& place, const Bench& bench) {
  BenchFiles files;
  const struct {
    const char *field, *folder;
    const std::string& name;
    fs::path& into;
  } wanted[] = {{"site", "site", bench.site, files.site},
                {"kiln", "kiln", bench.kiln, files.kiln},
                {"recipe", "recipes", bench.recipe, files.recipe},
                {"control", "control", bench.control, files.control}};
  for (const auto& w : wanted) {
    auto path = one(place, w.field, w.folder, w.name);
    if (!path) return path.error();
    w.into = path.value();
  }
  if (bench.plant.empty()) {
    files.plant = plant_beside(files.kiln);
  } else {
    const std::string name = is_bare(bench.plant) ? bench.plant + ".plant" : bench.plant;
    files.plant = is_bare(bench.plant) ? place.configs / "kiln" / (name + ".toml")
                                       : find_file(place, "kiln", name);
  }
  if (!fs::is_regular_file(files.plant)) {
    return domain::Error{"bench.plant", "no file " + files.plant.string()};
  }
  if (!bench.mapping.empty()) {
    auto mapping = one(place, "mapping", "mapping", bench.mapping);
    if (!mapping) return mapping.error();
    files.mapping = mapping.value();
  } else if (is_bare(bench.kiln)) {
    const fs::path mapping = place.configs / "mapping" / (bench.kiln + ".toml");
    if (fs::is_regular_file(mapping)) files.mapping = mapping;
  }
  return files;
}

domain::Result<LoadedScenario> load_scenario(const Place& place, const std::string& name) {
  LoadedScenario out;
  out.path = find_file(place, "scenarios", name);
  if (is_bare(name) && !fs::is_regular_file(out.path)) {
    return domain::Error{name, "there is no scenario " + out.path.string() +
                                   there_are(place.configs / "scenarios", name)};
  }
  out.place = {place.configs, out.path.parent_path()};
  auto scenario = config::load<Scenario>(out.path);
  if (!scenario) return scenario.error();
  out.scenario = std::move(scenario).value();
  auto files = find_files(out.place, out.scenario.bench);
  if (!files) return domain::Error{out.path.string(), files.error().text()};
  out.files = std::move(files).value();
  return out;
}

domain::Result<LoadedSuite> load_suite(const Place& place, const std::string& name) {
  LoadedSuite out;
  out.path = is_bare(name) ? find_file(place, "suites", name) : fs::path(name);
  if (is_bare(name) && !fs::is_regular_file(out.path)) {
    return domain::Error{
        name, "there is no suite " + out.path.string() + there_are(place.configs / "suites", name)};
  }
  out.place = {place.configs, out.path.parent_path()};
  auto suite = config::load<SuiteFile>(out.path);
  if (!suite) return suite.error();
  out.suite = std::move(suite).value();
  return out;
}

}  // namespace saggar::scenario
