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
  void show(std::uint64_t sequence, std::uint32_t missed = 0) {
    inbox_.fill().sequence = sequence;
    inbox_.fill().missed = missed;
    inbox_.show();
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

// More frames than any queue holds: a slow cycle still gets the newest, and none of its losses is
// forgotten.
TEST_F(InboxTest, WallPacingTakesTheNewestAndAddsUpWhatWasMissed) {
  for (std::uint64_t i = 1; i <= 30; ++i) show(2 * i, 1);
  ASSERT_TRUE(inbox_.newest(frame_));
  EXPECT_EQ(frame_.sequence, 60U);
  EXPECT_EQ(frame_.missed, 30U);
  EXPECT_FALSE(inbox_.newest(frame_));
  show(61);
  ASSERT_TRUE(inbox_.newest(frame_));
  EXPECT_EQ(frame_.sequence, 61U);
  EXPECT_EQ(frame_.missed, 0U);
}

TEST_F(InboxTest, RefusesAFifthFrameWhileFourWait) {
  for (std::uint64_t i = 1; i <= 4; ++i) EXPECT_TRUE(put(i));
  EXPECT_FALSE(put(5));
}

}  // namespace
}  // namespace saggar::acquire
