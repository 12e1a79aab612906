// FalsifyFile: which scenarios a search may make of one, and what is bad about them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hil/scenario/scenario.hpp"

namespace saggar::scenario {

/// One field of the scenario that the search may choose.
struct Range {
  std::string key;
  double low = 0, high = 0, grid = 0;
  std::vector<std::string> words;

  template <class V>
  void visit(V& v) {
    v("key", key,
      {.doc = "Field of the scenario, such as event[0].time_s, event[1].target or bench.seed",
       .required = true});
    v("low", low, {.doc = "Of a number: the least", .low = -1e9, .high = 1e9});
    v("high", high, {.doc = "Of a number: the most", .low = -1e9, .high = 1e9});
    v("grid", grid,
      {.doc = "Of a number: only multiples of this; 0 = any. 1 for whole numbers",
       .low = 0,
       .high = 1e9});
    v("words", words, {.doc = "Of a text or a choice: what it may be, in place of low and high"});
  }
  /// The value at a place from 0 to 1, as `set_field` takes it.
  std::string at(double place) const;
};

enum class Aim : std::uint8_t {
  margin,  // how far the bounds of the scenario are from being broken; below 0 one is
  most,    // a key figure, as large as it gets
  least,   // a key figure, as small as it gets
};

struct Objective {
  Aim aim = Aim::margin;
  std::string kpi;

  template <class V>
  void visit(V& v) {
    v("aim", aim,
      {.doc =
           "`margin`: the smallest distance to a bound of the scenario, in shares of it; `most`, "
           "`least`: a key figure"});
    v("kpi", kpi,
      {.doc = "The key figure of `most` and `least`; for `margin` the one bound that counts, empty "
              "= all"});
  }
};

/// A file of `kind = "falsify"`.
struct FalsifyFile {
  static constexpr std::string_view kKind = "falsify";

  std::string name, description, scenario;
  std::uint32_t budget = 300, scouts = 20, population = 0, patience = 8;
  std::uint64_t seed = 1;
  double step = 0.2, run_limit_s = 600;
  bool until_broken = true;
  Objective objective;
  std::vector<Range> ranges;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What is looked for"});
    v("scenario", scenario,
      {.doc = "What the search starts from: a name of configs/scenarios, or a path from the folder "
              "of this file",
       .required = true});
    v("budget", budget, {.doc = "At most so many runs", .low = 1, .high = 1e6});
    v("seed", seed, {.doc = "Of the search, not of the plant", .high = 9e15});
    v("scouts", scouts,
      {.doc =
           "Random runs before each descent, which begins at the worst of them; more while all are "
           "worth the same",
       .low = 0,
       .high = 1e5});
    v("population", population,
      {.doc = "Runs per generation of the first descent; 0 = 4 + 3 ln(ranges)",
       .low = 0,
       .high = 1e4});
    v("patience", patience,
      {.doc = "A descent is given up after so many generations without gain; 0 = never",
       .low = 0,
       .high = 1e6});
    v("step", step,
      {.doc = "Standard deviation of the first steps, as a share of the ranges",
       .low = 1e-6,
       .high = 1});
    v("run_limit_s", run_limit_s,
      {.doc = "Wall time after which a run counts as hanging", .low = 1, .high = 1e6});
    v("until_broken", until_broken,
      {.doc = "Ends at the first scenario that fails; false: goes on to the worst that it finds"});
    v("objective", objective, {.doc = "What is bad"});
    v("range", ranges, {.doc = "What may be chosen"});
  }
  void check(config::Checks& checks) const;
};

/// The scenario with what a point chooses: a number from 0 to 1 per range. Errors: a range whose
/// key or value the scenario does not take, or a scenario that is wrong with it.
domain::Result<Scenario> story_at(const Scenario& from, const std::vector<Range>& ranges,
                                  const std::vector<double>& point);

/// Tries every end of every range on the scenario, so that the search does not find that out.
domain::Status fits(const FalsifyFile& file, const Scenario& scenario);

}  // namespace saggar::scenario

namespace saggar::config {
template <>
struct Spelling<scenario::Aim> {
  static constexpr std::array<std::string_view, 3> names = {"margin", "most", "least"};
};
}  // namespace saggar::config
