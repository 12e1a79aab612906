// On made-up runs: a plant that is a formula.
#include "hil/search/falsify.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "runtime/config/load.hpp"

namespace saggar::search {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

const char* kText = R"(kind = "falsify"
name = "formula"
scenario = "formula"
budget = 200
scouts = 10
[[range]]
key = "event[0].severity"
low = 0
high = 10
[[range]]
key = "event[0].time_s"
low = 0
high = 3599
)";

scenario::Scenario formula() {
  scenario::Scenario out;
  out.name = "formula";
  out.events.resize(1);
  out.events[0].fault = faults::Kind::wet_lot;
  out.bounds.resize(1);
  out.bounds[0].kpi = "low_K";
  out.bounds[0].least = -6;
  return out;
}

/// A dent of 8 K, 1.5 points and 500 s wide, at a severity of 8 and an onset of 600 s.
double low_K(const scenario::Scenario& story) {
  const double a = (story.events[0].severity - 8) / 1.5;
  const double b = (story.events[0].time_s - 600) / 500;
  return -8 * std::exp(-0.5 * (a * a + b * b)) - 0.1 * story.events[0].severity;
}

struct Plant {
  std::size_t runs = 0;
  domain::Result<std::vector<suite::CaseResult>> operator()(
      const std::vector<scenario::Scenario>& stories) {
    std::vector<suite::CaseResult> out;
    for (const scenario::Scenario& story : stories) {
      ++runs;
      suite::CaseResult result;
      const double value = low_K(story);
      result.figures = {{"low_K", "K", 1, value}};
      result.checks = {{"low_K", ">= -6", config::save_text(story), value >= -6, "bound"}};
      result.outcome = value >= -6 ? "passed" : "failed";
      out.push_back(std::move(result));
    }
    return out;
  }
};

FalsifyFile file() { return config::load_text<FalsifyFile>("formula", kText).value(); }

domain::Result<Findings> search(const FalsifyFile& how, bool random = false) {
  Plant plant;
  const auto searcher = searcher_of(how, random);
  return falsify(how, formula(), *searcher, std::ref(plant), {});
}

TEST(Falsify, FindsTheDentAndStopsThere) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    FalsifyFile how = file();
    how.seed = seed;
    const auto found = search(how);
    ASSERT_TRUE(found.ok());
    EXPECT_GT(found.value().first_broken, 0U) << "seed " << seed;
    EXPECT_EQ(found.value().first_broken, found.value().trials.size());
    EXPECT_LT(low_K(found.value().story), -6);
  }
}

TEST(Falsify, GoesOnToTheBottomIfTold) {
  FalsifyFile how = file();
  how.until_broken = false;
  const auto found = search(how);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found.value().trials.size(), 200U);
  // -8.8 - -6 = -2.8, of 6: -0.467 is the bottom.
  EXPECT_NEAR(found.value().trials[found.value().worst].worth, -0.467, 0.01);
}

TEST(Falsify, SpendsItsBudgetAndNoMore) {
  FalsifyFile how = file();
  how.until_broken = false;
  how.budget = 33;
  Plant plant;
  const auto searcher = searcher_of(how, false);
  const auto found = falsify(how, formula(), *searcher, std::ref(plant), {});
  EXPECT_EQ(found.value().trials.size(), 33U);
  EXPECT_EQ(plant.runs, 33U);
}

TEST(Falsify, SameSeedSameTrials) {
  for (const bool random : {false, true}) {
    FalsifyFile how = file();
    EXPECT_EQ(csv(how, search(how, random).value()), csv(how, search(how, random).value()));
    const std::string before = csv(how, search(how, random).value());
    how.seed = 99;
    EXPECT_NE(csv(how, search(how, random).value()), before);
  }
}

TEST(Falsify, TellsWhatItDidAndFound) {
  const FalsifyFile how = file();
  const Findings found = search(how).value();
  const std::string table = csv(how, found);
  EXPECT_THAT(table, StartsWith("run,restart,worth,broken,outcome,event[0].severity,"
                                "event[0].time_s\n1,0,"));
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')),
            found.trials.size() + 1);
  const auto lines = account(how, found);
  EXPECT_THAT(lines[0], HasSubstr("falsify formula`, seed 1: run "));
  EXPECT_THAT(lines[0], HasSubstr("It breaks:"));
  EXPECT_THAT(lines[1], StartsWith("  low_K: required >= -6, got "));
}

TEST(Falsify, KeepsWhatBreaksEvenIfTheObjectiveLooksElsewhere) {
  // The objective looks at `low_K`, which never breaks its bound here; `late_min` does, in runs
  // whose onset is after 1800 s and whose worth is not the least.
  FalsifyFile how = file();
  how.objective = {Aim::margin, "low_K"};
  how.until_broken = false;
  scenario::Scenario from = formula();
  from.bounds[0].least = -100;
  from.bounds.push_back({"late_min", -1e9, 30});
  const auto plant = [](const std::vector<scenario::Scenario>& stories)
      -> domain::Result<std::vector<suite::CaseResult>> {
    std::vector<suite::CaseResult> out;
    for (const scenario::Scenario& story : stories) {
      const double late_min = story.events[0].time_s / 60;
      suite::CaseResult result;
      result.figures = {{"low_K", "K", 1, low_K(story)}, {"late_min", "min", -1, late_min}};
      result.checks = {{"late_min", "<= 30", "", late_min <= 30, "bound"}};
      result.outcome = late_min <= 30 ? "passed" : "failed";
      out.push_back(std::move(result));
    }
    return out;
  };
  const auto searcher = searcher_of(how, true);
  const auto found = falsify(how, from, *searcher, plant, {});
  ASSERT_TRUE(found.ok());
  const Findings& f = found.value();
  ASSERT_GT(f.first_broken, 0U);
  double least_broken = kNothing, least = kNothing;
  for (const Trial& trial : f.trials) {
    least = std::min(least, trial.worth);
    if (trial.broken) least_broken = std::min(least_broken, trial.worth);
  }
  EXPECT_LT(least, least_broken) << "else this shows nothing";
  EXPECT_TRUE(f.trials[f.worst].broken);
  EXPECT_EQ(f.trials[f.worst].worth, least_broken);
  EXPECT_GT(f.story.events[0].time_s, 1800);
  EXPECT_EQ(f.result.outcome, "failed");
  EXPECT_THAT(account(how, f)[0], HasSubstr("It breaks:"));
}

TEST(Falsify, HandsOnWhatEndsTheRuns) {
  const FalsifyFile how = file();
  const auto searcher = searcher_of(how, false);
  const auto found = falsify(how, formula(), *searcher,
                             [](const auto&) -> domain::Result<std::vector<suite::CaseResult>> {
                               return domain::Error{"", "stopped"};
                             },
                             {});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().text(), "stopped");
}

}  // namespace
}  // namespace saggar::search
