// SuiteFile: which scenarios are run together, beside whom, and by how much the one under test may
// be worse.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"

namespace saggar::scenario {

/// One scenario of a suite.
struct SuiteRun {
  std::string scenario;
  std::uint64_t seed = 0;
  std::uint32_t seeds = 0;
  double duration_s = 0, warm_up_s = -1;
  bool beside = true;
  std::vector<Vary> vary;

  template <class V>
  void visit(V& v) {
    v("scenario", scenario,
      {.doc = "Name of a file in configs/scenarios, or a path from the folder of this file",
       .required = true});
    v("seed", seed,
      {.doc = "First seed in place of the scenario's; 0 = the scenario's", .high = 9e15});
    v("seeds", seeds,
      {.doc = "So many in place of the scenario's; 0 = the scenario's", .high = 10000});
    v("duration_s", duration_s,
      {.doc = "In place of the scenario's; 0 = the scenario's", .low = 0, .high = 3.2e7});
    v("warm_up_s", warm_up_s,
      {.doc = "In place of the scenario's; -1 = the scenario's", .low = -1, .high = 3.2e7});
    v("beside", beside, {.doc = "The arms of the suite are run on it, too"});
    v("vary", vary, {.doc = "In addition to those of the scenario"});
  }
};

/// Another control file that every case is run with as well, to compare with (HI-42).
struct Arm {
  std::string name, control;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "What reports call it, such as recipe-only", .required = true});
    v("control", control, {.doc = "Its control file, as in scenarios", .required = true});
  }
};

/// How much worse a key figure may be than that of another arm: plant by plant, 95 % interval.
struct Margin {
  std::string kpi, against, of;
  double worse = 0;
  bool relative = false;

  template <class V>
  void visit(V& v) {
    v("kpi", kpi, {.doc = "Name of a key figure", .required = true});
    v("against", against,
      {.doc = "Name of an arm, or `baseline`: what was accepted last", .required = true});
    v("of", of,
      {.doc = "The arm under test that it is about, by the name of its control file; empty: each"});
    v("worse", worse,
      {.doc = "So much worse is still as good: in the unit of the figure, or as a share",
       .low = 0,
       .high = 1e9});
    v("relative", relative, {.doc = "`worse` is a share of the other's mean"});
  }
};

/// How far a trajectory may lie from the accepted one, in value and in time (HI-46).
struct Funnel {
  std::string series;
  double within = 0.5, within_s = 5;

  template <class V>
  void visit(V& v) {
    v("series", series, {.doc = "Name of a series of traces; may end in *", .required = true});
    v("within", within, {.doc = "In the unit of the series", .low = 0, .high = 1e9});
    v("within_s", within_s, {.doc = "In time", .low = 0, .high = 86400});
  }
};

/// Random subsets of faults on a scenario, one subset per seed (HI-30).
struct Swarm {
  std::string scenario;
  std::uint64_t seed = 1;
  std::uint32_t seeds = 0;
  std::vector<std::string> families;
  std::uint32_t most = 3;
  double from_s = 0, until_s = 0;

  template <class V>
  void visit(V& v) {
    v("scenario", scenario, {.doc = "What they befall", .required = true});
    v("seed", seed, {.doc = "First seed", .high = 9e15});
    v("seeds", seeds, {.doc = "So many", .low = 1, .high = 100000, .required = true});
    v("families", families,
      {.doc = "Families of faults they are drawn from: sensor, actuator, process, communication, "
              "time, software; empty: all that the bench can have"});
    v("most", most, {.doc = "At most so many at once", .low = 1, .high = 20});
    v("from_s", from_s, {.doc = "Earliest onset; 0 = the end of the warm-up", .low = 0});
    v("until_s", until_s, {.doc = "Latest onset; 0 = the end of the run", .low = 0});
  }
};

/// A file of `kind = "suite"`.
struct SuiteFile {
  static constexpr std::string_view kKind = "suite";

  std::string name, description;
  std::vector<SuiteRun> runs;
  std::vector<Arm> arms;
  std::vector<Margin> margins;
  std::vector<Funnel> funnels;
  std::vector<Swarm> swarms;
  bool exact = false;
  std::string coverage;
  double case_limit_s = 1800;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it is for, and how long it takes"});
    v("run", runs, {.doc = "Its scenarios"});
    v("arm", arms, {.doc = "What the controller under test is compared with"});
    v("margin", margins, {.doc = "How much worse it may be"});
    v("funnel", funnels, {.doc = "How far trajectories may lie from the accepted ones"});
    v("swarm", swarms, {.doc = "Random faults"});
    v("exact", exact,
      {.doc = "Records must be those of the baseline to the bit: for changes that must change "
              "nothing"});
    v("coverage", coverage, {.doc = "A gap of the coverage fails it (HI-29)"});
    v("case_limit_s", case_limit_s,
      {.doc = "Wall time after which one case counts as hanging", .low = 1, .high = 1e6});
  }
  void check(config::Checks& checks) const;
};

}  // namespace saggar::scenario
