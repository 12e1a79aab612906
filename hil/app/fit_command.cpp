// `saggar-hil fit`: docs/qa/fit.md.
#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <utility>

#include "hil/app/adjust_argument.hpp"
#include "hil/app/commands.hpp"
#include "hil/app/output.hpp"
#include "hil/fit/figures.hpp"
#include "hil/fit/measured_fit.hpp"
#include "hil/fit/rewrite.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/load.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::Status;

/// Exit code of a fit whose figures are found and written, but not beyond doubt.
constexpr int kDoubted = 3;

struct FitOptions {
  std::vector<std::string> data, adjust;
  std::string material, plant, configs = "configs";
  std::string out_material, out_plant, html, json;
  bool force = false, list = false;

  bool writes_figures() const { return !out_material.empty() || !out_plant.empty(); }
};

/// What is fitted, and the files it comes from.
struct Job {
  std::vector<validate::Measured> data;
  kiln::PlantParams plant;  ///< with the powder of the series
  std::string plant_file, material_file;
  std::string plants_own;  ///< name of the powder that the plant file names
  std::vector<fit::Parameter> parameters;
  bool of_material = false, of_plant = false;  ///< where the adjusted figures stand
};

Status load_series(const FitOptions& options, const validate::Subject& subject, Job& job) {
  for (const std::string& file : options.data) {
    auto data = validate::load_measured(file);
    if (!data) return data.error();
    const auto plant = validate::plant_for(data.value(), subject, job.plant);
    if (!plant) return plant.error();
    if (job.data.empty()) job.plant.powder = plant.value().powder;
    job.data.push_back(std::move(data).value());
  }
  const std::string given = options.material.empty() ? "" : subject.chosen.front();
  if (!given.empty() && !job.data.empty() && job.plant.powder.name != given) {
    return Error{"--material", "is of '" + given + "', but the series are of '" +
                                   job.plant.powder.name + "'; the same would be right"};
  }
  if (job.data.empty() && !given.empty()) job.plant.powder = subject.material(given);
  const auto file = subject.files.find(job.plant.powder.name);
  if (file != subject.files.end()) job.material_file = file->second;
  return domain::Done{};
}

domain::Result<Job> load_job(const FitOptions& options) {
  std::vector<std::string> given;
  if (!options.material.empty()) given.push_back(options.material);
  const auto subject = validate::load_subject(options.configs, given);
  if (!subject) return subject.error();
  Job job;
  job.plant_file = options.plant.empty()
                       ? (fs::path(options.configs) / "kiln" / "p2.plant.toml").string()
                       : options.plant;
  auto plant = kiln::load_plant(job.plant_file);
  if (!plant) return plant.error();
  job.plant = std::move(plant).value();
  job.plants_own = job.plant.powder.name;
  const Status loaded = load_series(options, subject.value(), job);
  if (!loaded) return loaded.error();
  for (const std::string& text : options.adjust) {
    const auto parameter = adjust_argument(text);
    if (!parameter) return parameter.error();
    const auto known = fit::known_figure(job.plant, parameter.value().key);
    if (!known) return known.error();
    (known.value().of_plant ? job.of_plant : job.of_material) = true;
    job.parameters.push_back(parameter.value());
  }
  return job;
}

/// Before anything is computed.
Status check_outputs(const FitOptions& options, const Job& job) {
  if (job.data.empty()) return Error{"--data", "names no series; at least one would be right"};
  if (job.parameters.empty()) {
    return Error{"--adjust", "names no figure; at least one would be right, and --list shows them"};
  }
  struct Half {
    std::string name;
    bool adjusted, given;
  };
  const std::array<Half, 2> halves = {{{"material", job.of_material, !options.out_material.empty()},
                                       {"plant", job.of_plant, !options.out_plant.empty()}}};
  for (const Half& half : halves) {
    if (!half.given || half.adjusted) continue;
    return Error{"--out-" + half.name, "no figure of the " + half.name + " file is adjusted"};
  }
  for (const Half& half : halves) {
    if (half.given || !half.adjusted || !options.writes_figures()) continue;
    return Error{"--out-" + half.name, "is missing; adjusted figures stand in the " + half.name +
                                           " file, too, and half of them would be wrong"};
  }
  const std::array<config::NewFile, 4> files = {{{"--out-material", options.out_material},
                                                 {"--out-plant", options.out_plant},
                                                 {"--html", options.html},
                                                 {"--json", options.json}}};
  return config::check_new_files(files, options.force);
}

/// The material as the new plant file must name it; empty: as the old one does.
std::string material_named(const FitOptions& options, const Job& job) {
  const fs::path from = fs::absolute(options.out_plant).parent_path();
  const fs::path old = fs::absolute(job.plant_file).parent_path() / job.plant.material;
  const bool fitted = !options.out_material.empty() && job.plants_own == job.plant.powder.name;
  const fs::path to = fitted ? fs::absolute(options.out_material) : old;
  const std::string name =
      to.lexically_normal().lexically_relative(from.lexically_normal()).string();
  return name == job.plant.material ? std::string() : name;
}

std::string files_of(const Job& job) {
  std::string out;
  for (const validate::Measured& one : job.data) {
    out += (out.empty() ? "" : ", ") + fs::path(one.name).filename().string();
  }
  return out;
}

/// Both texts are made before either is written: half of a fit is another material or plant.
Status write_figures(const FitOptions& options, const Job& job, const fit::Outcome& outcome) {
  std::map<std::string, config::Figure> material, plant;
  for (const auto& [key, figure] : fit::fitted_figures(job.plant, outcome, files_of(job))) {
    const auto known = fit::known_figure(job.plant, key);
    (known && known.value().of_plant ? plant : material)[key] = figure;
  }
  const auto remarks = fit::remarks_of(outcome, files_of(job));
  std::vector<std::pair<std::string, std::string>> files;
  if (!options.out_material.empty()) {
    const auto old = config::read_file(job.material_file);
    if (!old) return old.error();
    auto text = fit::rewrite_material(job.material_file, old.value(), material, remarks);
    if (!text) return text.error();
    files.emplace_back(options.out_material, std::move(text).value());
  }
  if (!options.out_plant.empty()) {
    const auto old = config::read_file(job.plant_file);
    if (!old) return old.error();
    auto text = fit::rewrite_plant(job.plant_file, old.value(), plant, material_named(options, job),
                                   remarks);
    if (!text) return text.error();
    files.emplace_back(options.out_plant, std::move(text).value());
  }
  std::string written;
  for (const auto& [path, text] : files) {
    if (!write(path, text, text.size(), "bytes")) {
      return Error{path, written.empty() ? "no figures are written"
                                         : "is missing; " + written + " holds half of the fit"};
    }
    written = path;
  }
  return domain::Done{};
}

void print_list(const kiln::PlantParams& plant) {
  for (const fit::Known& one : fit::known_figures(plant)) {
    const config::Figure& f = one.figure;
    const std::string unit = fit::unit_of(one.key);
    std::printf("%s %.6g%s, ", one.key.c_str(), f.value, unit.empty() ? "" : (" " + unit).c_str());
    f.uncertainty > 0 ? std::printf("+- %.3g", f.uncertainty) : std::printf("give bounds");
    std::printf(": %s [%s]\n", one.doc.c_str(), one.of_plant ? "plant" : "material");
  }
}

int refuse(const Error& error) {
  std::cerr << error.text() << "\n";
  return 2;
}

int run(const FitOptions& options) {
  const auto job = load_job(options);
  if (!job) return refuse(job.error());
  if (options.list) {
    print_list(job.value().plant);
    return 0;
  }
  const Status sound = check_outputs(options, job.value());
  if (!sound) return refuse(sound.error());
  const auto made = fit::fit_measured(job.value().plant, job.value().data, job.value().parameters);
  if (!made) return refuse(made.error());
  std::cout << text_of(made.value());
  if (!write_page(options.html, options.json, page_of(made.value(), today()))) return 2;
  if (!made.value().outcome.found()) {
    if (options.writes_figures()) std::cout << "no figures are written\n";
    return 1;
  }
  const Status written = write_figures(options, job.value(), made.value().outcome);
  if (!written) return refuse(written.error());
  return made.value().outcome.sound() ? 0 : kDoubted;
}

void add_outputs(CLI::App* fit, FitOptions& options) {
  fit->add_option("--out-material", options.out_material, "Write the material with fitted figures")
      ->check(a_path("a material file"));
  fit->add_option("--out-plant", options.out_plant, "Write the plant with fitted figures")
      ->check(a_path("a plant file"));
  fit->add_option("--html", options.html, "Write a page with tables and charts")
      ->check(a_path("a page"));
  fit->add_option("--json", options.json, "Write the rows of the tables as JSON")
      ->check(a_path("a file"));
  fit->add_flag("--force", options.force, "Replace files that are there");
}

}  // namespace

void add_fit(CLI::App& app, int& result) {
  const auto options = std::make_shared<FitOptions>();  // lives as long as its command
  CLI::App* fit = app.add_subcommand(
      "fit", "Adjust figures to measured series; 0 = all found, 3 = found, with doubts");
  fit->add_option("--data", options->data,
                  "Measured series; docs/qa/validate.md says how to write one")
      ->check(a_path("a measured series"));
  fit->add_option("--adjust", options->adjust,
                  "Figure to adjust, alone or with bounds: powder.porosity=0.6..0.7");
  fit->add_flag("--list", options->list, "Show the figures that can be adjusted");
  fit->add_option("--material", options->material,
                  "Name or file of the material to start from; default: that of the series")
      ->check(a_path("a material"));
  fit->add_option("--plant", options->plant, "Plant file to start from; default: P2")
      ->check(a_path("a plant file"));
  fit->add_option("--configs", options->configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  add_outputs(fit, *options);
  fit->callback([options, &result] { result = run(*options); });
}

}  // namespace saggar::app
