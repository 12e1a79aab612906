// With made-up rules in place of runs: what is known to be the smallest story is what must be left.
#include "hil/search/shrink.hpp"

#include <gtest/gtest.h>

#include "runtime/config/load.hpp"

namespace saggar::search {
namespace {

using faults::Kind;
using scenario::Scenario;

scenario::Event event(double time_s, Kind kind, double severity, double duration_s,
                      const char* target = "") {
  scenario::Event out;
  out.time_s = time_s;
  out.fault = kind;
  out.severity = severity;
  out.duration_s = duration_s;
  out.target = target;
  return out;
}

Scenario busy() {
  Scenario story;
  story.name = "busy";
  story.bench.duration_s = 20000;
  story.bench.drawn = true;
  story.person.switch_on = {domain::Duty::heat, domain::Duty::atmosphere};
  story.person.best_rung = true;
  story.events = {event(1111, Kind::mains_dip, 0.1, 60), event(2345, Kind::wet_lot, 7.3, 3000),
                  event(3456, Kind::door_open, 0.5, 60, "exit"),
                  event(4567, Kind::o2_supply_drop, 0.43, 900),
                  event(9000, Kind::feed_gap, 1, 600)};
  scenario::Request request;
  request.time_s = 500;
  story.requests = {request, request};
  return story;
}

const scenario::Event* find(const Scenario& story, Kind kind) {
  for (const scenario::Event& e : story.events) {
    if (e.fault == kind) return &e;
  }
  return nullptr;
}

/// A wet lot of at least 3 points and a lack of at least 20 % of oxygen, after 4000 s, with heat
/// on.
bool fails(const Scenario& story) {
  const scenario::Event *wet = find(story, Kind::wet_lot),
                        *lean = find(story, Kind::o2_supply_drop);
  const auto& on = story.person.switch_on;
  return wet != nullptr && lean != nullptr && wet->severity >= 3 && lean->severity >= 0.2 &&
         lean->time_s >= 4000 && story.bench.duration_s >= lean->time_s + 300 &&
         std::find(on.begin(), on.end(), domain::Duty::heat) != on.end();
}

struct Counting {
  std::size_t asked = 0;
  domain::Result<std::vector<bool>> operator()(const std::vector<Scenario>& stories) {
    std::vector<bool> out;
    for (const Scenario& story : stories) out.push_back(fails(story));
    asked += stories.size();
    return out;
  }
};

TEST(Shrink, LeavesTwoFaultsThatFailOnlyTogether) {
  Counting runs;
  const auto shrunk = shrink(busy(), std::ref(runs), {.budget = 500});
  ASSERT_TRUE(shrunk.ok());
  const Scenario& small = shrunk.value().story;
  EXPECT_TRUE(fails(small));
  ASSERT_EQ(small.events.size(), 2U);
  EXPECT_TRUE(small.requests.empty());
  EXPECT_EQ(small.person.switch_on, std::vector{domain::Duty::heat});
  EXPECT_FALSE(small.person.best_rung);
  EXPECT_FALSE(small.bench.drawn);
  const auto* wet = find(small, Kind::wet_lot);
  const auto* lean = find(small, Kind::o2_supply_drop);
  EXPECT_NEAR(wet->severity, 3, 0.4);
  EXPECT_EQ(wet->duration_s, 0) << "to the end is simpler";
  EXPECT_EQ(wet->time_s, 0) << "at the beginning is simplest";
  EXPECT_NEAR(lean->severity, 0.2, 0.03);
  EXPECT_GE(lean->time_s, 4000);
  EXPECT_LT(small.bench.duration_s, 5500) << "4567 + 300 is needed of 20000";
  EXPECT_TRUE(shrunk.value().whole);
  EXPECT_LT(shrunk.value().tried, 120U);
}

TEST(Shrink, DoesNotDependOnHowManyRunAtATime) {
  Counting one, four;
  const auto alone = shrink(busy(), std::ref(one), {.budget = 40, .at_a_time = 1});
  const auto together = shrink(busy(), std::ref(four), {.budget = 40, .at_a_time = 4});
  ASSERT_TRUE(alone.ok() && together.ok());
  EXPECT_EQ(config::save_text(alone.value().story), config::save_text(together.value().story));
  EXPECT_EQ(alone.value().tried, together.value().tried);
  EXPECT_EQ(alone.value().steps, together.value().steps);
}

TEST(Shrink, EndsWithItsBudgetAndStillFails) {
  Counting runs;
  const auto shrunk = shrink(busy(), std::ref(runs), {.budget = 5});
  ASSERT_TRUE(shrunk.ok());
  EXPECT_TRUE(fails(shrunk.value().story));
  EXPECT_FALSE(shrunk.value().whole);
  EXPECT_EQ(shrunk.value().tried, 5U);
}

TEST(Shrink, AsksNoStoryTwice) {
  std::vector<std::string> seen;
  const auto shrunk =
      shrink(busy(),
             [&](const std::vector<Scenario>& stories) -> domain::Result<std::vector<bool>> {
               std::vector<bool> out;
               for (const Scenario& story : stories) {
                 seen.push_back(config::save_text(story));
                 out.push_back(fails(story));
               }
               return out;
             },
             {.budget = 500});
  ASSERT_TRUE(shrunk.ok());
  std::sort(seen.begin(), seen.end());
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST(Shrink, LeavesNoFaultWhereNoneIsNeeded) {
  const auto always =
      [](const std::vector<Scenario>& stories) -> domain::Result<std::vector<bool>> {
    return std::vector<bool>(stories.size(), true);
  };
  const auto shrunk = shrink(busy(), always, {});
  ASSERT_TRUE(shrunk.ok());
  EXPECT_TRUE(shrunk.value().story.events.empty());
  EXPECT_LT(shrunk.value().story.bench.duration_s, 60);
}

TEST(Shrink, HandsOnWhatEndsTheRuns) {
  const auto stopped = [](const std::vector<Scenario>&) -> domain::Result<std::vector<bool>> {
    return domain::Error{"", "stopped"};
  };
  const auto shrunk = shrink(busy(), stopped, {});
  ASSERT_FALSE(shrunk.ok());
  EXPECT_EQ(shrunk.error().text(), "stopped");
}

}  // namespace
}  // namespace saggar::search
