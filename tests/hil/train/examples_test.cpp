#include "hil/train/examples.hpp"

#include <gmock/gmock.h>

#include <limits>

#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

using testing::run_of;
using testing::two_signals;

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

TEST(Examples, LagsReachBackAndPredictionsAhead) {
  Signals s = two_signals();  // mean 0, scale 1: raw numbers
  const Split split = make_examples({run_of(5), run_of(5)}, s, 120, 0.5);
  ASSERT_EQ(split.runs, 1U);
  ASSERT_EQ(split.runs_held_out, 1U);
  const Examples& e = split.learn;
  ASSERT_EQ(e.x.width, 3U);
  ASSERT_EQ(e.x.rows, 4U);  // the first row has nothing 120 s before it
  // Row of sample 1: feature 0 now and 120 s ago, feature 1 now.
  EXPECT_FLOAT_EQ(e.x.at[0], std::sin(1.0F));
  EXPECT_FLOAT_EQ(e.x.at[1], std::sin(0.0F));
  EXPECT_FLOAT_EQ(e.x.at[2], 101);
  EXPECT_FLOAT_EQ(e.y.at[0], 0.2F * std::sin(1.0F));  // 2 sin K of a trim of 10 K
  EXPECT_FLOAT_EQ(e.y.at[1], 3);                      // foretold 240 s ahead: that of sample 3
  EXPECT_TRUE(std::isnan(e.y.at[3 * 2 + 1]));         // beyond the end of the run
}

TEST(Examples, RowsWithAHoleOrWithoutALabelAreLeftOutAndCounted) {
  Dataset d = run_of(6);
  d.value[2 * 2] = kNaN;  // sample 2 of feature 0: also the lag of sample 3
  d.label[5] = kNaN;
  const Split split = make_examples({d}, two_signals(), 120, 0.1);
  EXPECT_EQ(split.learn.x.rows, 2U);  // of samples 1 to 5: 1 and 4
  EXPECT_EQ(split.rows_left_out, 3U);
  EXPECT_EQ(split.runs_held_out, 0U);  // the only run is learnt from
}

TEST(Examples, LabelsBeyondTheTrimAreHeldToIt) {
  Dataset d = run_of(3);
  d.label[1] = 25;  // of 10 K
  const Split split = make_examples({d}, two_signals(), 120, 0.1);
  EXPECT_FLOAT_EQ(split.learn.y.at[0], 1);
}

TEST(Examples, WholeRunsAreHeldOutSpreadEvenly) {
  std::vector<Dataset> runs;
  for (int i = 0; i < 10; ++i) runs.push_back(run_of(3));
  const Split split = make_examples(runs, two_signals(), 120, 0.2);
  EXPECT_EQ(split.runs_held_out, 2U);
  EXPECT_EQ(split.runs, 8U);
  EXPECT_EQ(split.learn.run_rows, std::vector<std::size_t>(8, 2));
  EXPECT_EQ(split.held_out.run_rows, std::vector<std::size_t>(2, 2));
}

TEST(Examples, ScalesAreMeanAndDeviationAndRangesReachFurther) {
  Signals s = two_signals();
  Dataset d = run_of(3);
  d.value = {-1, 10, 0, 10, 1, 10};  // feature 0: -1 0 1, feature 1 does not move
  find_scales({d}, 0.1, s);
  EXPECT_NEAR(s.features[0].mean, 0, 1e-9);
  EXPECT_NEAR(s.features[0].scale, std::sqrt(2.0 / 3), 1e-5);
  // The margin of 3, as a tenth of the span of 2 is less; of the other one the span, as it has
  // none.
  EXPECT_NEAR(s.features[0].high, 1 + 3, 1e-4);
  EXPECT_NEAR(s.features[0].low, -1 - 3, 1e-4);
  EXPECT_NEAR(s.features[1].scale, 0.1, 1e-9);
  EXPECT_NEAR(s.features[1].high, 10, 1e-9);
  EXPECT_NEAR(s.predictions[0].mean, 1, 1e-9);  // 0 1 2
}

}  // namespace
}  // namespace saggar::train
