// A snapshot of plant and runtime goes on as the straight run does, bit for bit (HI-11).
#include <gtest/gtest.h>

#include "tests/closed_loop/bench.hpp"

namespace saggar {
namespace {

TEST(Snapshot, RestoredInAnotherProcessImageItGoesOnBitForBit) {
  auto straight = testing::start(testing::p2_files());
  testing::switch_on(*straight);
  straight->cycles(300);
  const std::vector<std::uint8_t> state = straight->snapshot();

  auto branch = testing::start(testing::p2_files());
  ASSERT_TRUE(branch->restore(state));
  for (int i = 0; i < 600; ++i) {
    straight->cycle();
    branch->cycle();
    ASSERT_EQ(straight->record().command.value, branch->record().command.value) << "cycle " << i;
    ASSERT_EQ(straight->record().command.action, branch->record().command.action);
    for (std::size_t t = 0; t < straight->record().frame.samples.size(); ++t) {
      const domain::Sample& expected = straight->record().frame.samples[t];
      const domain::Sample& found = branch->record().frame.samples[t];
      ASSERT_EQ(expected.sub_status, found.sub_status);
      if (expected.sub_status == domain::SubStatus::never_received) continue;  // no value yet
      ASSERT_EQ(expected.value, found.value);
    }
  }
}

TEST(Snapshot, BytesOfAnotherShapeAreRefused) {
  auto run = testing::start(testing::p2_files());
  std::vector<std::uint8_t> state = run->snapshot();
  state.resize(state.size() / 2);
  EXPECT_FALSE(run->restore(state));
}

}  // namespace
}  // namespace saggar
