#include "hil/search/same_way.hpp"

#include <gtest/gtest.h>

namespace saggar::search {
namespace {

/// Fails without reaching rung "pid" in runs shorter than 600 s, and under a mains dip.
struct Bench {
  std::size_t runs = 0;
  domain::Result<std::vector<suite::CaseResult>> operator()(
      const std::vector<scenario::Scenario>& stories) {
    std::vector<suite::CaseResult> out;
    for (const scenario::Scenario& story : stories) {
      ++runs;
      suite::CaseResult result;
      const bool held = story.bench.duration_s >= 600 && story.events.empty();
      result.outcome = held ? "passed" : "failed";
      result.checks = {{"heat: rung pid", "once", "never", held, "expect"}};
      out.push_back(result);
    }
    return out;
  }
};

scenario::Scenario story(double duration_s, bool dip) {
  scenario::Scenario out;
  out.bench.duration_s = duration_s;
  if (dip) {
    out.events.resize(1);
    out.events[0].fault = faults::Kind::mains_dip;
  }
  return out;
}

Failure never_pid() {
  Failure how;
  how.outcome = "failed";
  how.checks = {"heat: rung pid (once)"};
  return how;
}

TEST(SameWay, CountsOnlyWhatTheFaultsDo) {
  SameWay same(Bench{}, story(3600, true), never_pid());
  const auto out =
      same({story(3600, true), story(1200, true), story(300, true), story(3600, false)});
  ASSERT_TRUE(out.ok());
  EXPECT_EQ(out.value(), (std::vector<bool>{true, true, false, false}))
      << "a run of 300 s fails without the dip as well, so that the dip shows nothing";
}

TEST(SameWay, TakesAnyRunWhereNoFaultWasNeeded) {
  SameWay same(Bench{}, story(300, true), never_pid());
  const auto out = same({story(300, true), story(200, false)});
  EXPECT_EQ(out.value(), (std::vector<bool>{true, true}));
}

TEST(SameWay, AnotherFailureIsNotTheSame) {
  Failure other = never_pid();
  other.checks.push_back("kWh_per_kg (<= 5)");
  SameWay same(Bench{}, story(3600, true), other);
  EXPECT_EQ(same({story(3600, true)}).value(), std::vector<bool>{false});
}

}  // namespace
}  // namespace saggar::search
