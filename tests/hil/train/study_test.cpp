#include "hil/train/study.hpp"

#include <gmock/gmock.h>

#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

TEST(Study, AnErrorCostsByWorthAndTrimAndWhatIsForetoldLittle) {
  Signals s = testing::two_signals();
  s.outputs.push_back({{"zone02.top.setpoint"}, "degC", 20, 1});
  s.worth = {1, 0.5};
  // 1 x 10^2 and 0.5 x 20^2 over their mean of 150.
  EXPECT_THAT(worth_of(s), ::testing::ElementsAre(::testing::FloatNear(100.0F / 150, 1e-5F),
                                                  ::testing::FloatNear(200.0F / 150, 1e-5F), 0.1F));
}

TEST(Study, ErrorsAreOfTheMeanOfTheMembersOnHeldOutRows) {
  Split split;
  split.learn.x = {1, 3, {0, 0, 0}};
  split.learn.y = {1, 2, {0, 0}};
  split.held_out.x = {2, 3, {0, 0, 0, 0, 0, 0}};
  split.held_out.y = {2, 2, {0.1F, 0, 0.3F, 0}};
  Studied studied;
  studied.said = {{9, 9, 0.2F, 0, 0.2F, 0}, {9, 9, 0.4F, 0, 0.2F, 0}};
  // Means 0.3 and 0.2 against 0.1 and 0.3, times a trim of 10 K: 2 K and -1 K.
  const Errors e = errors_of(split, studied, testing::two_signals());
  EXPECT_NEAR(e.output_K[0], std::sqrt((4.0 + 1.0) / 2), 1e-5);
  EXPECT_NEAR(e.all_K, 1.5, 1e-5);  // mean of batches of one row each: 2 and 1
}

}  // namespace
}  // namespace saggar::train
