// One control file on plants drawn by seed, each a whole runtime and kiln in one process: the key
// figures of every case. Not part of ctest: bars 5 and 6 of `./dev accept mpc` run it.
//
//   closed_loop_accept [--control FILE] [--seed N] [--plants N] [--hours H] [--warm H]
//                      [--event NAME] [--json FILE] [--site FILE] [--recipe FILE] [--nominal 1]
//                      [--target-offset K] [--jobs N]
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>

#include "tests/accept/closed_loop_case.hpp"

namespace saggar::accept {
namespace {

struct Options {
  CaseOptions one;
  std::string json;
  std::uint64_t seed = 101;
  int plants = 1, jobs = 0;
};

Options read_options(int argc, char** argv) {
  Options o;
  const std::map<std::string, std::function<void(const std::string&)>> known = {
      {"--control", [&o](const std::string& text) { o.one.control = text; }},
      {"--site", [&o](const std::string& text) { o.one.site = text; }},
      {"--recipe", [&o](const std::string& text) { o.one.recipe = text; }},
      {"--event", [&o](const std::string& text) { o.one.event = event_named(text).name; }},
      {"--nominal", [&o](const std::string& text) { o.one.nominal = text == "1"; }},
      {"--hours", [&o](const std::string& text) { o.one.hours = std::stod(text); }},
      {"--warm", [&o](const std::string& text) { o.one.warm_h = std::stod(text); }},
      {"--target-offset",
       [&o](const std::string& text) { o.one.target_offset_K = std::stod(text); }},
      {"--json", [&o](const std::string& text) { o.json = text; }},
      {"--seed", [&o](const std::string& text) { o.seed = std::stoull(text); }},
      {"--plants", [&o](const std::string& text) { o.plants = std::stoi(text); }},
      {"--jobs", [&o](const std::string& text) { o.jobs = std::stoi(text); }},
  };
  for (int i = 1; i < argc; i += 2) {
    const auto option = known.find(argv[i]);
    if (option == known.end()) {
      std::string names;
      for (const auto& [name, set] : known) names += " " + name;
      throw std::runtime_error(std::string("no option ") + argv[i] + "; there are" + names);
    }
    if (i + 1 == argc) throw std::runtime_error(option->first + " needs a value");
    try {
      option->second(argv[i + 1]);
    } catch (const std::logic_error&) {
      throw std::runtime_error(option->first + ": found " + argv[i + 1] + ", right is a number");
    }
  }
  if (o.plants < 1 || o.one.warm_h < 0 || o.one.hours <= o.one.warm_h) {
    throw std::runtime_error("--plants must be at least 1, --warm at least 0 and --hours more");
  }
  return o;
}

int run(const Options& o) {
  std::vector<std::pair<CaseOptions, std::uint64_t>> plan;
  for (int i = 0; i < o.plants; ++i) plan.emplace_back(o.one, o.seed + static_cast<unsigned>(i));
  const std::vector<Case> cases = run_cases(plan, o.jobs, print);
  int problems = 0;
  std::string text;
  for (const Case& c : cases) {
    problems += c.problem.empty() ? 0 : 1;
    text += (text.empty() ? "\n" : ",\n") + json(c);
  }
  std::string better;
  for (const suite::Figure& figure : suite::figures(cases[0].kpi)) {
    better +=
        (better.empty() ? "\"" : ", \"") + figure.name + "\": " + std::to_string(figure.better);
  }
  if (!o.json.empty()) {
    std::ofstream(o.json) << "{\"control\": \"" << o.one.control << "\", \"hours\": " << o.one.hours
                          << ", \"warm_h\": " << o.one.warm_h << ", \"better\": {" << better
                          << "}, \"cases\": [" << text << "\n]}\n";
  }
  return problems > 0 ? 1 : 0;
}

}  // namespace
}  // namespace saggar::accept

int main(int argc, char** argv) {
  try {
    return saggar::accept::run(saggar::accept::read_options(argc, argv));
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "closed_loop_accept: %s\n", problem.what());
    return 2;
  }
}
