// saggar-bench: measures what the bars of the spine ask for, as ratios where a baseline exists.
// Usage: saggar-bench [wire|cycle|plugin|records|kiln|policy|lockstep|reference|mpc]... [--json
// FILE]
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "tests/bench/bench.hpp"

namespace saggar::bench {
namespace {

std::string number(double value, const char* unit) {
  char text[64];
  std::snprintf(text, sizeof text, value >= 1000 ? "%.0f %s" : "%.3g %s", value, unit);
  return text;
}

}  // namespace

void Report::at_most(const std::string& line, double bar, double measured, const char* unit) {
  rows_.push_back({line, "<= " + number(bar, unit), number(measured, unit), measured <= bar, true});
}
void Report::at_least(const std::string& line, double bar, double measured, const char* unit) {
  rows_.push_back({line, ">= " + number(bar, unit), number(measured, unit), measured >= bar, true});
}
void Report::note(const std::string& line, double measured, const char* unit) {
  rows_.push_back({line, "-", number(measured, unit), true, false});
}

bool Report::print() const {
  bool all = true;
  std::printf("%-62s %-16s %-16s %s\n", "line", "required", "measured", "verdict");
  for (const Row& row : rows_) {
    std::printf("%-62s %-16s %-16s %s\n", row.line.c_str(), row.required.c_str(),
                row.measured.c_str(),
                !row.judged ? ""
                : row.holds ? "holds"
                            : "MISSED");
    all = all && row.holds;
  }
  return all;
}

void Report::write(const std::string& path) const {
  std::ofstream out(path);
  out << "[\n";
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const Row& row = rows_[i];
    out << "  {\"line\": \"" << row.line << "\", \"required\": \"" << row.required
        << "\", \"measured\": \"" << row.measured
        << "\", \"holds\": " << (row.holds ? "true" : "false")
        << ", \"judged\": " << (row.judged ? "true" : "false") << '}'
        << (i + 1 < rows_.size() ? ",\n" : "\n");
  }
  out << "]\n";
}

suite::InProcessFiles p2_files(const std::string& control) {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  return {configs / "site/simulated.toml", configs / "kiln/p2.toml", configs / "kiln/p2.plant.toml",
          configs / "recipes/ncm811-p2.toml", configs / "control" / control};
}

std::unique_ptr<suite::InProcess> p2(const std::string& control, suite::InProcessOptions options) {
  auto made = suite::InProcess::make(p2_files(control), options);
  if (!made) {
    std::cerr << "saggar-bench: " << made.error().text() << '\n';
    std::exit(1);
  }
  auto run = std::move(made).value();
  run->offer(domain::IntentKind::switch_on);
  return run;
}

}  // namespace saggar::bench

int main(int argc, char** argv) {
  using saggar::bench::Report;
  const std::vector<std::pair<std::string, void (*)(Report&)>> all{
      {"cycle", saggar::bench::cycle},
      {"plugin", saggar::bench::plugin},
      {"filter", saggar::bench::filter},
      {"records", saggar::bench::records},
      {"kiln", saggar::bench::kiln},
      {"policy", saggar::bench::policy},
#ifdef SAGGAR_REFERENCE_SOLVERS
      {"reference", saggar::bench::reference},
#endif
#ifdef SAGGAR_MPC_FAMILY
      {"mpc", saggar::bench::mpc},
#endif
      {"wire", saggar::bench::wire},
      {"lockstep", saggar::bench::lockstep}};
  std::vector<std::string> wanted;
  std::string json;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--json" && i + 1 < argc) {
      json = argv[++i];
    } else {
      wanted.push_back(argument);
    }
  }
  for (const std::string& name : wanted) {
    bool known = false;
    for (const auto& [key, run] : all) known = known || key == name;
    if (!known) {
      std::cerr << "saggar-bench: no benchmark '" << name
                << "'; there are cycle, plugin, filter, records, kiln, policy, wire, lockstep, "
                   "reference where "
                   "SAGGAR_REFERENCE_SOLVERS is on, and mpc where its family of problems was "
                   "found in SAGGAR_SHARED_DIR\n";
      return 2;
    }
  }
  Report report;
  for (const auto& [name, run] : all) {
    const bool chosen =
        wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
    if (chosen) run(report);
  }
  const bool holds = report.print();
  if (!json.empty()) report.write(json);
  return holds ? 0 : 1;
}
