// What a suite file asks of its campaign.
#include "hil/evidence/question.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::evidence {
namespace {

using ::testing::ElementsAre;

TEST(Question, IsThatOfTheSuiteFile) {
  scenario::SuiteFile suite;
  suite.name = "premerge";
  suite.exact = true;
  suite.arms = {{"recipe-only", "recipe"}, {"PID", "pid"}};
  suite.margins = {{"kWh_per_kg", "baseline", "", 0.01, true},
                   {"settled_rms_K", "PID", "mpc", 0.2, false}};
  suite.funnels = {{"zone*", 0.75, 7}};
  const Question q = question_of(suite);
  EXPECT_EQ(q.campaign, "premerge");
  EXPECT_TRUE(q.exact);
  EXPECT_THAT(q.arms, ElementsAre("recipe-only", "PID"));
  ASSERT_EQ(q.margins.size(), 2U);
  EXPECT_EQ(q.margins[0].figure, "kWh_per_kg");
  EXPECT_EQ(q.margins[0].against, "previous release");
  EXPECT_EQ(q.margins[0].margin.relative, 0.01);
  EXPECT_EQ(q.margins[0].margin.absolute, 0);
  EXPECT_EQ(q.margins[1].ours, "mpc");
  EXPECT_EQ(q.margins[1].against, "PID");
  EXPECT_EQ(q.margins[1].margin.absolute, 0.2);
  ASSERT_EQ(q.tubes.size(), 1U);
  EXPECT_EQ(tube_of(q, "zone03.temperature").absolute, 0.75);
  EXPECT_EQ(tube_of(q, "zone03.temperature").time_s, 7);
  EXPECT_TRUE(q.wanted.empty());
}

}  // namespace
}  // namespace saggar::evidence
