// TrainingFile: how a policy is trained: from which stories, by which teacher, to which network.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/config/complaint.hpp"
#include "runtime/config/policy_config.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::train {

/// Tags that come in alike, one feature each.
struct FeatureRow {
  std::string tags, over;
  std::uint32_t first = 1, last = 1000;
  double margin = 0;
  std::vector<double> lags_s = {0};

  template <class V>
  void visit(V& v) {
    v("tags", tags,
      {.doc = "Pattern of tags of the kiln or of an estimator, such as zone*.core.temperature",
       .required = true});
    v("first", first, {.doc = "Of those that match, from this one on, counted from 1", .low = 1});
    v("last", last, {.doc = "And up to this one", .low = 1});
    v("over", over,
      {.doc = "MV whose reference is taken off; * stands for what it matched in `tags`"});
    v("margin", margin,
      {.doc = "Its range reaches at least so far beyond what was seen, in its unit: outside of it "
              "there is no proposal, and on a calm plant little is seen",
       .low = 0,
       .high = 1e6});
    v("lags_s", lags_s,
      {.doc = "Ages of the samples: rising multiples of the period",
       .low = 0,
       .high = 86400,
       .min_count = 1,
       .max_count = config::kMostLags});
  }
};

/// Zones that are trimmed alike: one output each, for all loops of the zone.
struct OutputRow {
  std::uint32_t first = 1, last = 1000;
  double trim_K = 10, rate_K_per_min = 1, shift_K = 0, value = 1;

  template <class V>
  void visit(V& v) {
    v("first", first, {.doc = "First zone, counted from 1", .low = 1});
    v("last", last, {.doc = "Last zone", .low = 1});
    v("trim_K", trim_K, {.doc = "Largest trim to either side", .low = 0.1, .high = 200});
    v("rate_K_per_min", rate_K_per_min, {.doc = "Fastest change", .low = 0.01, .high = 50});
    v("shift_K", shift_K,
      {.doc = "Largest net change within 8 h, below the guard's; 0 = not bounded",
       .low = 0,
       .high = 200});
    v("value", value,
      {.doc = "What 1 K of error costs here, against other zones (LC-31): answers that the teacher "
              "might as well have given otherwise are to cost little",
       .low = 0,
       .high = 1000});
  }
};

struct PredictionRow {
  std::string tags;
  std::uint32_t first = 1, last = 1000;
  double horizon_s = 600;

  template <class V>
  void visit(V& v) {
    v("tags", tags, {.doc = "Pattern of what is foretold, for monitors", .required = true});
    v("first", first, {.doc = "Of those that match, from this one on", .low = 1});
    v("last", last, {.doc = "And up to this one", .low = 1});
    v("horizon_s", horizon_s,
      {.doc = "How far ahead: a multiple of the period", .low = 1, .high = 86400});
  }
};

/// Where the examples come from.
struct Lessons {
  std::string story = "lessons", control = "mpc", teacher = "mpc", student = "policy";
  std::uint32_t rounds = 3, seeds = 12;
  std::uint64_t first_seed = 5001;
  double begin_s = 25200;

  template <class V>
  void visit(V& v) {
    v("story", story, {.doc = "Scenario that is run, on a drawn plant of its own per seed"});
    v("control", control,
      {.doc = "Control file with the teacher. In the first round it drives; in the others the "
              "student, put above it, as far as it has come, and the teacher says what it would "
              "have done"});
    v("teacher", teacher, {.doc = "Controller whose targets are learnt"});
    v("student", student, {.doc = "What the rung of the package is called"});
    v("rounds", rounds,
      {.doc = "Rounds of data aggregation, the first one included", .low = 1, .high = 50});
    v("seeds", seeds, {.doc = "Runs of the story per round", .low = 1, .high = 10000});
    v("first_seed", first_seed,
      {.doc = "Rounds take seeds one after the other from here", .high = 9e15});
    v("begin_s", begin_s,
      {.doc = "What is seen before is left out: estimates are not vouched for yet",
       .low = 0,
       .high = 3e7});
  }
};

struct NetworkRow {
  std::uint32_t width = 64, layers = 3, members = 3, epochs = 40, batch = 256;
  double rate = 5e-4, decay = 1e-2, ridge = 1e-3;
  std::uint64_t seed = 1;

  template <class V>
  void visit(V& v) {
    v("width", width, {.doc = "Neurons of a hidden layer", .low = 1, .high = 4096});
    v("layers", layers,
      {.doc = "Hidden layers, tanh; a linear path goes beside them", .low = 1, .high = 16});
    v("members", members, {.doc = "Networks, each from weights of its own", .low = 1, .high = 16});
    v("epochs", epochs, {.doc = "Passes over all examples", .low = 1, .high = 100000});
    v("batch", batch, {.doc = "Examples per step", .low = 1, .high = 1e6});
    v("rate", rate,
      {.doc = "Learning rate at the start; it falls to a hundredth", .low = 1e-8, .high = 1});
    v("decay", decay, {.doc = "Weight decay", .low = 0, .high = 1});
    v("ridge", ridge,
      {.doc = "Of the linear path, which is found in closed form; inputs have a variance of 1",
       .low = 1e-9,
       .high = 1e3});
    v("seed", seed, {.doc = "Of weights and order", .high = 9e15});
  }
};

/// none: what was learnt from the teacher is all. gradient: slopes of the cost through a reduced
/// kiln. ppo: proximal policy optimisation on it.
enum class FinetuneMethod : std::uint8_t { none, gradient, ppo };

/// How the policy goes on learning by what its own trims lead to.
struct FinetuneRow {
  FinetuneMethod method = FinetuneMethod::none;
  std::uint32_t iterations = 200, episodes = 32, first = 1, last = 1000, hottest_first = 1;
  double hours = 4, rate = 1e-4, anchor = 0.1, explore_K = 0.5;
  double zone_lag_s = 950, powder_lag_s = 800, residence_s = 2400, spread = 0.3, heat_K = 2;
  double truth_K = 1, step_K = 0.1, band_K = 5, hottest_K = 5, hottest_truth_K = 1.5;
  double hot_share = 0.001;
  double travel_price = 0.0005, energy_price = 0.0002;

  template <class V>
  void visit(V& v) {
    v("method", method, {.doc = "none, gradient (slopes through a reduced kiln) or ppo"});
    v("iterations", iterations, {.doc = "Batches of episodes", .low = 1, .high = 1e6});
    v("episodes", episodes, {.doc = "Kilns side by side in a batch", .low = 1, .high = 1e5});
    v("first", first,
      {.doc = "Powder is judged from this zone on: where it has come up, and estimates are good",
       .low = 1});
    v("last", last, {.doc = "And up to this one", .low = 1});
    v("hottest_first", hottest_first,
      {.doc = "No place may be too hot from this zone on, up to `last`", .low = 1});
    v("hours", hours, {.doc = "Length of an episode; the guard counts 8 h", .low = 0.1, .high = 8});
    v("rate", rate, {.doc = "Learning rate, falling to a tenth", .low = 1e-8, .high = 1});
    v("anchor", anchor, {.doc = "Weight of the loss on the lessons", .low = 0, .high = 1e6});
    v("explore_K", explore_K, {.doc = "PPO: one sigma of a try", .low = 1e-3, .high = 50});
    v("zone_lag_s", zone_lag_s, {.doc = "Zone over its setpoint", .low = 1, .high = 36000});
    v("powder_lag_s", powder_lag_s, {.doc = "Powder over its zone", .low = 1, .high = 36000});
    v("residence_s", residence_s, {.doc = "Time of the powder in a zone", .low = 60, .high = 1e6});
    v("spread", spread,
      {.doc = "Each episode draws lags and gains from so much about them", .low = 0, .high = 0.9});
    v("heat_K", heat_K,
      {.doc = "Powder warmer or colder than in the lesson, one sigma", .low = 0, .high = 50});
    v("truth_K", truth_K,
      {.doc = "What is true over what is estimated, one sigma", .low = 0.01, .high = 100});
    v("step_K", step_K, {.doc = "Of the devices", .low = 0, .high = 10});
    v("band_K", band_K,
      {.doc = "Powder is in its band so near to the reference", .low = 0.1, .high = 100});
    v("hottest_K", hottest_K, {.doc = "Too hot above so much over it", .low = 0.1, .high = 100});
    v("hottest_truth_K", hottest_truth_K,
      {.doc = "As truth_K, of the hottest place where it may not be too hot",
       .low = 0.01,
       .high = 100});
    v("hot_share", hot_share,
      {.doc = "Most of it that may be too hot: a constraint with a price of its own, not a part of "
              "the cost",
       .low = 1e-6,
       .high = 1});
    v("travel_price", travel_price,
      {.doc = "Of 1 K/h of all setpoints, against the share out of band", .low = 0, .high = 10});
    v("energy_price", energy_price, {.doc = "Of 1 K of trim everywhere", .low = 0, .high = 10});
  }
};

/// A file of `kind = "training"`.
struct TrainingFile {
  static constexpr std::string_view kKind = "training";

  std::string name, description, id, version, owner, purpose, released, expires, licence;
  std::string purpose_ko;
  std::vector<std::string> limits, known_failures, limits_ko, known_failures_ko;
  double period_s = 120, missing_wait_s = 300, share_held_out = 0.1, widen = 0.1;
  Lessons lessons;
  std::vector<FeatureRow> features;
  std::vector<OutputRow> outputs;
  std::vector<PredictionRow> predictions;
  NetworkRow network;
  FinetuneRow finetune;

  template <class V>
  void visit(V& v) {
    v("name", name, {.doc = "Short name", .required = true});
    v("description", description, {.doc = "What is trained, in one sentence"});
    v("id", id, {.doc = "Of the package", .required = true});
    v("version", version, {.doc = "Of the package", .required = true});
    v("owner", owner, {.doc = "Who answers for it", .required = true});
    v("purpose", purpose, {.doc = "What it is for, and what not", .required = true});
    v("purpose_ko", purpose_ko, {.doc = "The same in Korean, for the page of the operators"});
    v("limits_ko", limits_ko, {.doc = "As `limits`, in Korean"});
    v("known_failures_ko", known_failures_ko, {.doc = "As `known_failures`, in Korean"});
    v("limits", limits, {.doc = "Where it must not be used", .required = true, .min_count = 1});
    v("known_failures", known_failures, {.doc = "Where it was seen to fail"});
    v("released", released, {.doc = "Day that the papers show, YYYY-MM-DD", .required = true});
    v("expires", expires, {.doc = "Last day on which it may be loaded", .required = true});
    v("licence", licence, {.doc = "Under what the data may be used", .required = true});
    v("period_s", period_s, {.doc = "Between two runs of the network", .low = 1, .high = 3600});
    v("missing_wait_s", missing_wait_s,
      {.doc = "A missing value is stood for by the last one for so long", .low = 0, .high = 3600});
    v("share_held_out", share_held_out,
      {.doc = "Runs that are not learnt from, but judged by", .low = 0.01, .high = 0.9});
    v("widen", widen,
      {.doc = "Ranges are as wide as what was seen, and this share of it more to either side",
       .low = 0,
       .high = 10});
    v("lessons", lessons, {.doc = "Where examples come from"});
    v("feature", features, {.doc = "Inputs", .required = true, .min_count = 1});
    v("output", outputs, {.doc = "Outputs", .required = true, .min_count = 1});
    v("prediction", predictions, {.doc = "What is foretold"});
    v("network", network, {.doc = "The networks, and how they learn"});
    v("finetune", finetune, {.doc = "How they go on by what their own trims lead to"});
  }
  void check(config::Checks& checks) const;
};

}  // namespace saggar::train

namespace saggar::config {

template <>
struct Spelling<train::FinetuneMethod> {
  static constexpr std::array<std::string_view, 3> names = {"none", "gradient", "ppo"};
};

}  // namespace saggar::config
