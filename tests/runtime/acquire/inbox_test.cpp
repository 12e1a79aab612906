#include "runtime/acquire/inbox.hpp"

#include <gtest/gtest.h>

#include "tests/support/plants.hpp"

namespace saggar::acquire {
namespace {

class InboxTest : public ::testing::Test {
 protected:
  InboxTest() : plant_(testing::small_plant(1)), inbox_(plant_, 4), frame_(plant_.tags.size()) {}
  bool put(std::uint64_t sequence, std::uint32_t missed = 0) {
    domain::Frame* slot = inbox_.claim();
    if (slot == nullptr) return false;
    slot->sequence = sequence;
    slot->missed = missed;
    inbox_.publish();
    return true;
  }
  domain::Plant plant_;
  Inbox inbox_;
  domain::Frame frame_;
};

TEST_F(InboxTest, FieldPacingTakesEachFrameInTurn) {
  put(1), put(2);
  ASSERT_TRUE(inbox_.next(frame_));
  EXPECT_EQ(frame_.sequence, 1U);
  ASSERT_TRUE(inbox_.next(frame_));
  EXPECT_EQ(frame_.sequence, 2U);
  EXPECT_FALSE(inbox_.next(frame_));
}

TEST_F(InboxTest, WallPacingTakesTheNewestAndAddsUpWhatWasMissed) {
  put(1, 2), put(4, 0), put(6, 1);
  ASSERT_TRUE(inbox_.newest(frame_));
  EXPECT_EQ(frame_.sequence, 6U);
  EXPECT_EQ(frame_.missed, 3U);
  EXPECT_FALSE(inbox_.newest(frame_));
}

TEST_F(InboxTest, RefusesAFifthFrameWhileFourWait) {
  for (std::uint64_t i = 1; i <= 4; ++i) EXPECT_TRUE(put(i));
  EXPECT_FALSE(put(5));
}

}  // namespace
}  // namespace saggar::acquire
