// `saggar-hil validate`: docs/qa/validate.md.
#include <CLI/CLI.hpp>
#include <array>
#include <iostream>
#include <memory>

#include "hil/app/commands.hpp"
#include "hil/app/output.hpp"
#include "hil/validate/validate.hpp"
#include "runtime/app/arguments.hpp"
#include "runtime/config/new_file.hpp"

namespace saggar::app {
namespace {

struct ValidateOptions {
  validate::Options what;
  std::string html, json;
  bool force = false;
};

int run(ValidateOptions& options) {
  const std::array<config::NewFile, 2> files = {
      {{"--html", options.html}, {"--json", options.json}}};
  if (const auto sound = config::check_new_files(files, options.force); !sound) {
    std::cerr << sound.error().text() << "\n";
    return 2;
  }
  options.what.date = today();
  const auto outcome = validate::validate(options.what);
  if (!outcome) {
    std::cerr << outcome.error().text() << "\n";
    return 2;
  }
  std::cout << text_of(outcome.value().checks) << text_of(outcome.value().scores);
  const bool written = write_page(options.html, options.json, outcome.value().page);
  return !written ? 2 : outcome.value().no_miss() ? 0 : 1;
}

}  // namespace

void add_validate(CLI::App& app, int& result) {
  const auto options = std::make_shared<ValidateOptions>();  // lives as long as its command
  CLI::App* validate =
      app.add_subcommand("validate", "Hold the model against what is known; 0 = no miss");
  validate->add_option("--material", options->what.materials,
                       "Name or file of a material that gets rows of its own; default: all");
  validate
      ->add_option(
          "--data", options->what.data,
          "Measured series to score the model on; docs/qa/validate.md says how to write one")
      ->check(a_path("a measured series"));
  validate
      ->add_option("--plant", options->what.plant,
                   "Plant file whose saggar and bed the series are scored in; default: P2")
      ->check(a_path("a plant file"));
  validate->add_option("--html", options->html, "Write a page with tables and charts")
      ->check(a_path("a page"));
  validate->add_option("--json", options->json, "Write the rows of the tables as JSON")
      ->check(a_path("a file"));
  validate->add_flag("--force", options->force, "Replace files that are there");
  validate->add_option("--configs", options->what.configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  validate->add_flag("--quick", options->what.quick, "Shorter runs of the plants");
  validate->callback([options, &result] { result = run(*options); });
}

}  // namespace saggar::app
