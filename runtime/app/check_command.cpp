#include "runtime/app/check_command.hpp"

#include <array>
#include <iostream>

#include "plugins/host/child.hpp"
#include "runtime/assembly/assembly.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;

/// Last line where each file is right alone, as `config::check_files` ends it.
constexpr const char* kRefused = "together: refused\n";
constexpr std::array<std::string_view, 4> kTogether = {"site", "kiln", "recipe", "control"};

/// What keeps these files from being one runtime; empty: nothing.
std::string not_one_of_each(const config::FilesByKind& files) {
  std::string text;
  for (const std::string_view kind : kTogether) {
    const auto found = files.find(kind);
    const std::size_t n = found == files.end() ? 0 : found->second.size();
    if (n == 1) continue;
    text += (text.empty() ? "" : ", ") + std::to_string(n) + " of kind " + std::string(kind);
  }
  return text;
}

/// Runs code of the plugins: only for a child.
domain::Result<std::string> assemble(const config::FilesByKind& files,
                                     const std::vector<fs::path>& plugin_dirs) {
  const auto one = [&](std::string_view kind) { return files.find(kind)->second.front(); };
  auto bundle = config::load_bundle(one("site"), one("kiln"), one("recipe"), one("control"));
  if (!bundle) return bundle.error();
  assembly::AssemblyOptions how;
  how.plugin_dirs = plugin_dirs;
  how.roster.threads = false;
  auto made = assembly::assemble(std::move(bundle).value(), how);
  if (!made) return made.error();
  const assembly::Assembly& assembly = *made.value();
  std::string text = "together: ok, kiln '" + assembly.bundle.plant.name + "' with " +
                     std::to_string(assembly.controllers.size()) + " controller(s)";
  if (!assembly.estimators.empty()) {
    text += ", " + std::to_string(assembly.estimators.size()) + " estimator(s) of " +
            std::to_string(assembly.bundle.plant.estimates.size()) + " virtual tags";
  }
  for (const std::string& name : assembly.actors()) {
    text += "\n  " + name + ": " + assembly.plugins.at("plugin/" + name + "/file") + ", version " +
            assembly.plugins.at("plugin/" + name + "/version");
    const auto model = assembly.plugins.find("model/" + name + "/file");
    if (model != assembly.plugins.end()) text += ", model " + model->second;
    const auto package = assembly.plugins.find("package/" + name + "/id");
    if (package != assembly.plugins.end()) {
      text +=
          ", policy " + package->second + " " + assembly.plugins.at("package/" + name + "/version");
    }
  }
  return text;
}

/// The first character tells whether the rest is good news.
std::string answer(const config::FilesByKind& files, const std::vector<fs::path>& plugin_dirs) {
  try {
    const auto made = assemble(files, plugin_dirs);
    return made ? "+" + made.value() : "-" + made.error().text();
  } catch (const std::exception& error) {
    return std::string("-") + error.what();
  }
}

bool check_together(const config::FilesByKind& files, const std::vector<fs::path>& plugin_dirs,
                    std::ostream& out) {
  host::ChildTask task;
  task.where = "together";
  task.doing = "the controllers were made";
  task.hanging = "to make the controllers: one of them hangs";
  task.patience = std::chrono::seconds(60);
  const auto said = host::ask_child(task, [&] { return answer(files, plugin_dirs); });
  if (!said) {
    out << said.error().text() << '\n' << kRefused;
    return false;
  }
  out << said.value().substr(1) << '\n';
  const bool right = said.value().front() == '+';
  if (!right) out << kRefused;
  return right;
}

}  // namespace

int check(const CheckOptions& options, const config::Kinds& kinds, std::ostream& out) {
  config::FilesByKind files;
  const int code = config::check_files(options.files, out, kinds, &files);
  if (code != 0) return code;
  config::Complaints between;
  if (options.between) options.between(files, between);
  config::print(between, out);
  if (!between.empty()) {
    out << kRefused;
    return 1;
  }
  const std::string odd = not_one_of_each(files);
  if (odd.empty()) return check_together(files, options.plugin_dirs, out) ? 0 : 1;
  if (options.plugin_dirs.empty()) return 0;
  out << "--plugins: controllers are made from one site, one kiln, one recipe and one control "
         "file together; found "
      << odd << '\n';
  return 1;
}

int write_schema(const std::string& dir, const config::Kinds& kinds) {
  const auto written = config::write_schemas(dir, kinds);
  if (written) return 0;
  std::cerr << "saggar: " << written.error().text() << '\n';
  return 1;
}

}  // namespace saggar::app
