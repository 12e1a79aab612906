// Floods and chattering by ISA-18.2, counted by hand (HI-39, AL-02).
#include "hil/suite/alarms.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::suite {
namespace {

using domain::EventCode;

/// One second goes by, then these happen.
void second(Alarms& alarms, int now_s, std::initializer_list<domain::Event> events = {}) {
  alarms.pass(now_s, 1);
  for (const domain::Event& event : events) alarms.add(event);
}

TEST(Alarms, AreTheEventsThatTellAnOperatorWhatToDo) {
  Alarms alarms;
  second(alarms, 1, {{EventCode::link_lost}, {EventCode::frame_gap}, {EventCode::rung_moved}});
  EXPECT_EQ(alarms.count(), 1U) << "a lost frame is a warning that asks for nothing";
}

TEST(Alarms, ElevenInTenMinutesAreAFloodForAsLongAsTheyAreEleven) {
  Alarms alarms;
  // One each 30 s from 30 s on: the 11th at 330 s. At 630 s the first is 10 minutes old.
  for (int s = 1; s <= 1200; ++s) {
    if (s % 30 == 0 && s <= 330) {
      second(alarms, s, {{EventCode::sample_bad, static_cast<std::uint16_t>(s)}});
    } else {
      second(alarms, s);
    }
  }
  EXPECT_EQ(alarms.count(), 11U);
  EXPECT_DOUBLE_EQ(alarms.flood_min(), 5) << "from 330 s to 630 s";
  EXPECT_EQ(alarms.chattering(), 0U);
  EXPECT_EQ(alarms.repeats(), 0);
}

TEST(Alarms, TenInTenMinutesAreNone) {
  Alarms alarms;
  for (int s = 1; s <= 3600; ++s) {
    if (s % 60 == 0) {
      second(alarms, s, {{EventCode::sample_bad, 1}});
    } else {
      second(alarms, s);
    }
  }
  EXPECT_EQ(alarms.flood_min(), 0);
  EXPECT_DOUBLE_EQ(alarms.repeats(), 59.0 / 60);
}

TEST(Alarms, TheSameFourTimesInAMinuteChatters) {
  Alarms alarms;
  for (const int s : {10, 20, 30}) second(alarms, s, {{EventCode::mv_fault, 4}});
  EXPECT_EQ(alarms.chattering(), 0U) << "three times";
  second(alarms, 40, {{EventCode::mv_fault, 5}});
  EXPECT_EQ(alarms.chattering(), 0U) << "of another MV";
  second(alarms, 70, {{EventCode::mv_fault, 4}});
  EXPECT_EQ(alarms.chattering(), 0U) << "the first is a minute old";
  second(alarms, 75, {{EventCode::mv_fault, 4}});
  EXPECT_EQ(alarms.chattering(), 1U) << "20, 30, 70 and 75 s";
  second(alarms, 76, {{EventCode::mv_fault, 4}});
  EXPECT_EQ(alarms.chattering(), 1U) << "still the same one";
}

TEST(Alarms, WithoutAnyThereIsNoShareOfRepeats) { EXPECT_TRUE(std::isnan(Alarms().repeats())); }

}  // namespace
}  // namespace saggar::suite
