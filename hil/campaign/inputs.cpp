#include "hil/campaign/inputs.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "runtime/config/control_config.hpp"
#include "runtime/config/load.hpp"
#include "runtime/record/hash_chain.hpp"

namespace saggar::campaign {
namespace {

namespace fs = std::filesystem;

std::array<fs::path, 5> named(const scenario::BenchFiles& f) {
  return {f.site, f.kiln, f.plant, f.recipe, f.control};
}

std::string key_of(const scenario::BenchFiles& bench) {
  std::string key;
  for (const fs::path& path : named(bench)) key += path.string() + "\n";
  return key;
}

/// What a plant file names stands in the materials' folder: all of it counts.
std::vector<fs::path> toml_files_in(const fs::path& folder) {
  std::error_code problem;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Models stand beside the control file that names them.
std::vector<fs::path> models_of(const fs::path& control) {
  std::vector<fs::path> files;
  const auto loaded = config::load<config::ControlConfig>(control);
  if (!loaded) return files;  // it is the runtime that refuses it, and says why
  for (const config::ControllerConfig& controller : loaded.value().controllers) {
    if (!controller.model.empty()) files.push_back(control.parent_path() / controller.model);
  }
  return files;
}

}  // namespace

domain::Result<std::string> digest_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || !fs::is_regular_file(path)) return domain::Error{path.string(), "cannot be read"};
  return record::hex(record::sha256(text.view()));
}

domain::Result<std::string> Inputs::of_file(const fs::path& path) {
  const auto known = digests_.find(path);
  if (known != digests_.end()) return known->second;
  auto digest = digest_of_file(path);
  if (digest) digests_[path] = digest.value();
  return digest;
}

const Inputs::Paths& Inputs::materials(const fs::path& plant) {
  const fs::path folder = plant.parent_path().parent_path() / "material";
  const auto known = materials_.find(folder);
  return known != materials_.end() ? known->second : materials_[folder] = toml_files_in(folder);
}

const Inputs::Paths& Inputs::models(const fs::path& control) {
  const auto known = models_.find(control);
  return known != models_.end() ? known->second : models_[control] = models_of(control);
}

const Inputs::Paths& Inputs::files(const scenario::BenchFiles& bench) {
  Paths& files = files_[key_of(bench)];
  if (!files.empty()) return files;
  for (const fs::path& path : named(bench)) files.push_back(path);
  for (const Paths* more : {&materials(bench.plant), &models(bench.control)}) {
    files.insert(files.end(), more->begin(), more->end());
  }
  return files;
}

domain::Result<std::string> Inputs::lines_of(const scenario::BenchFiles& bench) {
  const std::string key = key_of(bench);
  const auto known = lines_.find(key);
  if (known != lines_.end()) return known->second;
  std::string text;
  for (const fs::path& path : named(bench)) {
    const auto digest = of_file(path);
    if (!digest) return digest.error();
    text += "file " + digest.value() + "\n";
  }
  for (const fs::path& path : materials(bench.plant)) {
    const auto digest = of_file(path);
    if (digest) text += "material " + digest.value() + "\n";
  }
  for (const fs::path& path : models(bench.control)) {
    const auto digest = of_file(path);
    text += "model " + (digest ? digest.value() : "absent") + "\n";
  }
  return lines_[key] = text;
}

domain::Result<std::string> Inputs::of(const scenario::Case& one) {
  const auto lines = lines_of(one.files);
  if (!lines) return lines.error();
  return record::hex(record::sha256(config::save_text(one.story) + lines.value()));
}

}  // namespace saggar::campaign
