// Scenario: one story that a kiln and its runtime are put through, as data: what is under test,
// what happens when, what must be seen, and which key figures must come out.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "hil/faults/catalogue.hpp"
#include "hil/faults/schedule.hpp"
#include "hil/scenario/expectation.hpp"
#include "hil/scenario/person.hpp"
#include "runtime/config/complaint.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::scenario {

/// What is under test, and for how long. A bare name is a file of the configurations' folder
/// (`configs/kiln/NAME.toml` and so on), one with a slash a path from the folder of this file.
struct Bench {
  std::string kiln = "p2", plant, recipe = "ncm811-p2", control = "pid", site = "test", mapping;
  double duration_s = 3600, warm_up_s = 0;
  std::uint64_t seed = 1;
  std::uint32_t seeds = 1;
  bool drawn = false, measures_time = false;
  double target_offset_K = 0;

  template <class V>
  void visit(V& v) {
    v("kiln", kiln, {.doc = "The kiln as the runtime sees it"});
    v("plant", plant, {.doc = "The simulated physics; empty: the plant file beside the kiln"});
    v("recipe", recipe, {.doc = "Setpoints, speeds, flows"});
    v("control", control, {.doc = "Controllers and ladders under test"});
    v("site", site, {.doc = "Clock and links; pacing must be `field`"});
    v("mapping", mapping,
      {.doc = "File of kind mapping: what the names with @ are on this bench (HI-08); empty: a "
              "mapping named as the kiln, if there is one"});
    v("duration_s", duration_s,
      {.doc = "Simulated time, warm-up included", .low = 1, .high = 3.2e7});
    v("warm_up_s", warm_up_s,
      {.doc = "Simulated time that key figures leave out", .low = 0, .high = 3.2e7});
    v("seed", seed, {.doc = "First seed: of noise, lots, sensor errors and chance", .high = 9e15});
    v("seeds", seeds, {.doc = "So many seeds from the first on", .low = 1, .high = 10000});
    v("drawn", drawn,
      {.doc = "The seed also draws a plant of its own within the uncertainties of its file"});
    v("measures_time", measures_time,
      {.doc =
           "Controllers that take too long are late, as on a plant: the records then depend on the "
           "machine, and are not compared to the bit"});
    v("target_offset_K", target_offset_K,
      {.doc = "What the powder is to have over the recipe's setpoint of its zone",
       .low = -100,
       .high = 100});
  }
};

/// What a key figure must come to, whatever other runs say.
struct Bound {
  std::string kpi;
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();

  template <class V>
  void visit(V& v) {
    v("kpi", kpi,
      {.doc = "Name of a key figure, see docs/engineer/key-figures.md", .required = true});
    v("least", least, {.doc = "It must be at least this", .may_be_infinite = true});
    v("most", most, {.doc = "It must be at most this", .may_be_infinite = true});
  }
};

/// One field of the scenario that takes several values: a case for each.
struct Vary {
  std::string key;
  std::vector<double> numbers;
  std::vector<std::string> words;

  template <class V>
  void visit(V& v) {
    v("key", key,
      {.doc = "Field of this file, such as bench.control or event[0].severity", .required = true});
    v("numbers", numbers, {.doc = "Values of a field that is a number"});
    v("words", words, {.doc = "Values of a field that is a text or a choice"});
  }
  std::size_t count() const noexcept { return numbers.size() + words.size(); }
};

/// A fault, by its severity or by a level of the catalogue.
struct Event : faults::Fault {
  int level = 0;  ///< 0: severity and duration as they stand

  template <class V>
  void visit(V& v) {
    faults::Fault::visit(v);
    v("level", level,
      {.doc = "1 hardly noticed, 3 a bad day, 5 extreme: severity, or duration, of the catalogue "
              "(saggar-hil list faults); 0 = severity and duration_s as given",
       .low = 0,
       .high = faults::kLevels});
  }
  /// With the severity of its level; a kind without severity lasts as long as its level says,
  /// unless it has a duration.
  faults::Fault fault_at_level() const;
};

/// A file of `kind = "scenario"`.
struct Scenario {
  static constexpr std::string_view kKind = "scenario";

  std::string name, description;
  std::vector<std::string> requirements;
  Bench bench;
  Person person;
  std::vector<Event> events;
  std::vector<Request> requests;
  std::vector<Expectation> expectations;
  std::vector<Bound> bounds;
  std::vector<Vary> vary;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What it shows"});
    v("requirements", requirements, {.doc = "Ids of what it proves, such as HI-20"});
    v("bench", bench, {.doc = "What is under test, and for how long"});
    v("person", person, {.doc = "What an operator does throughout"});
    v("event", events, {.doc = "What goes wrong"});
    v("request", requests, {.doc = "What people ask for"});
    v("expect", expectations, {.doc = "What must be seen"});
    v("bound", bounds, {.doc = "What key figures must come to"});
    v("vary", vary, {.doc = "Fields with several values; all combinations are run"});
  }
  void check(config::Checks& checks) const;

  /// Its events as a plant takes them.
  std::vector<faults::Fault> faults() const;
};

}  // namespace saggar::scenario
