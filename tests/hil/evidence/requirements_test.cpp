// The matrix of requirements and cases, by hand.
#include "hil/evidence/requirements.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::evidence {
namespace {

using ::testing::ElementsAre;

suite::CaseResult one(const std::string& scenario, const std::string& outcome,
                      std::vector<std::string> requirements) {
  suite::CaseResult r;
  r.scenario = scenario;
  r.outcome = outcome;
  r.requirements = std::move(requirements);
  return r;
}

TEST(Requirements, EachHasItsScenariosAndHowTheirCasesCameOut) {
  const auto a = one("noise", "passed", {"HI-20", "SC-19"}), b = one("noise", "failed", {"HI-20"}),
             c = one("jumps", "crashed", {"HI-20"}), d = one("jumps", "passed", {});
  auto beside = one("calm", "failed", {"SC-19"});
  beside.compared = true;
  const auto shown = by_requirement({&a, &b, &c, &d, &beside});
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_THAT(shown.at("HI-20").scenarios, ElementsAre("jumps", "noise"));
  EXPECT_EQ(shown.at("HI-20").passed, 1U);
  EXPECT_EQ(shown.at("HI-20").failed, 2U);
  EXPECT_EQ(shown.at("SC-19").failed, 0U) << "what only runs beside shows nothing";
  const auto t = requirement_table({&a, &b, &c, &d}, Language::ko);
  ASSERT_EQ(t.rows.size(), 2U);
  EXPECT_EQ(t.rows[0].verdict, report::Verdict::miss);
  EXPECT_EQ(t.rows[0].verdict_text, "불합격");
  EXPECT_EQ(std::get<std::string>(t.rows[0].cells[1].value), "jumps, noise");
  EXPECT_EQ(t.rows[1].verdict, report::Verdict::pass);
}

}  // namespace
}  // namespace saggar::evidence
