// `saggar-policy inspect` and `pack`: what a package holds, and its list of files made anew.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>

#include "hil/app/policy_commands.hpp"
#include "hil/train/inspect.hpp"

namespace saggar::app {
namespace {

int inspect(const std::string& folder) {
  const auto inspected = train::inspect(folder);
  if (!inspected) {
    std::cerr << inspected.error().text() << "\n";
    return 2;
  }
  const auto steep = train::steepness(inspected.value());
  if (!steep) {
    std::cerr << steep.error().text() << "\n";
    return 2;
  }
  std::cout << train::text_of(inspected.value(), steep.value());
  return 0;
}

int pack(const std::string& folder) {
  const auto packed = train::repack(folder);
  if (!packed) {
    std::cerr << packed.error().text() << "\n";
    return 2;
  }
  std::cout << "packed " << folder << ", sha256 " << packed.value().sha256 << "\n";
  return 0;
}

}  // namespace

void add_inspect(CLI::App& app, int& result) {
  const auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "inspect", "What a package holds, whether its files are those it lists, how steep it is");
  command->add_option("package", *folder, "Folder of the package")->required();
  command->callback([folder, &result] { result = inspect(*folder); });
}

void add_pack(CLI::App& app, int& result) {
  const auto folder = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand(
      "pack", "Lists the files of a package anew with their hashes, after a paper was edited");
  command->add_option("package", *folder, "Folder of the package")->required();
  command->callback([folder, &result] { result = pack(*folder); });
}

}  // namespace saggar::app
