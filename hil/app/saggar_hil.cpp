// saggar-hil: the tools of the simulator. Reads its arguments and calls one command.
#include <CLI/CLI.hpp>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>

#include "hil/report/json.hpp"
#include "hil/validate/validate.hpp"
#include "runtime/app/arguments.hpp"

namespace {

using saggar::app::a_path;

struct ValidateOptions {
  saggar::validate::Options what;
  std::string html, json;
};

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[16];
  std::strftime(text, sizeof text, "%Y-%m-%d", &parts);
  return text;
}

/// False, and said why, if it could not be written.
bool write(const std::string& path, const std::string& text) {
  if (path.empty()) return true;
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (out.flush()) return true;
  std::cerr << path << ": cannot be written; a path in a folder that exists would be right\n";
  return false;
}

int run(ValidateOptions& options) {
  options.what.date = today();
  const auto outcome = saggar::validate::validate(options.what);
  if (!outcome) {
    std::cerr << outcome.error().text() << "\n";
    return 2;
  }
  std::cout << text_of(outcome.value().checks) << text_of(outcome.value().scores);
  const bool written = write(options.html, html(outcome.value().page)) &&
                       write(options.json, json(outcome.value().page));
  return !written ? 2 : outcome.value().no_miss() ? 0 : 1;
}

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
  validate->add_option("--html", options->html, "Write a page with tables and charts")
      ->check(a_path("a page"));
  validate->add_option("--json", options->json, "Write the rows of the tables as JSON")
      ->check(a_path("a file"));
  validate->add_option("--configs", options->what.configs, "Folder of the configurations")
      ->check(a_path("a folder"))
      ->capture_default_str();
  validate->add_flag("--quick", options->what.quick, "Shorter runs of the plants");
  validate->callback([options, &result] { result = run(*options); });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Tools of the kiln simulator", "saggar-hil");
  app.require_subcommand(1);
  int result = 0;
  add_validate(app, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    const int code = app.exit(problem);
    return code == 0 ? 0 : 2;
  } catch (const std::exception& problem) {
    std::cerr << problem.what() << "\n";
    return 2;
  }
  return result;
}
