// A small campaign on files of its own, and results for it.
#pragma once

#include "hil/cluster/folder.hpp"
#include "tests/hil/scenario/folder.hpp"

namespace saggar::cluster {

/// A build that never ran: only its digests count.
inline campaign::Build sample_build() {
  campaign::Build build;
  build.digest = std::string(64, 'b');
  build.parts = {{"program", std::string(64, '1')}, {"pid.so", std::string(64, '2')}};
  return build;
}

/// Two stories (severity 0.25 and 0.5), three seeds each, in a suite called "small".
inline campaign::Plan sample_plan(const testing::Folder& folder, const campaign::Build& build) {
  folder.write("material/m.toml", "m");
  folder.scenario(
      "drop",
      "seeds = 3\nduration_s = 60\n[[event]]\ntime_s = 10\nfault = \"o2_supply_drop\"\n"
      "severity = 0.25\n[[vary]]\nkey = \"event[0].severity\"\nnumbers = [0.25, 0.5]\n");
  folder.write("suites/small.toml",
               "kind = \"suite\"\nname = \"small\"\n[[run]]\nscenario = \"drop\"\n");
  const auto suite = scenario::load_suite(folder.place(), "small");
  if (!suite) throw std::runtime_error(suite.error().text());
  auto cases = scenario::expand(suite.value());
  if (!cases) throw std::runtime_error(cases.error().text());
  auto plan = campaign::make_plan("small", suite.value().suite, std::move(cases).value(), build);
  if (!plan) throw std::runtime_error(plan.error().text());
  return std::move(plan).value();
}

/// What a case came to, as a worker would leave it.
inline suite::CaseResult sample_result(const ShardCase& one,
                                       const std::string& outcome = "passed") {
  suite::CaseResult result;
  result.id = one.id;
  result.seed = one.seed;
  result.inputs = one.inputs;
  result.outcome = outcome;
  result.hash = std::string(64, '7');
  result.replay = "again " + one.id;
  return result;
}

}  // namespace saggar::cluster
