#include "hil/line/line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::line {
namespace {

using faults::Kind;
using ::testing::HasSubstr;

constexpr std::int64_t kSecond = 1'000'000'000;

/// A field that shows its second, and a runtime that answers each second.
struct Bench {
  explicit Bench(std::vector<faults::Fault> events) : line({1, 1, 3, 5, {}}) {
    line.schedule(std::move(events), 0);
  }
  /// One period. @return whether the runtime got a new frame
  bool second() {
    domain::Frame out(1);
    out.sequence = ++count;
    out.time_ns = now();
    out.samples[0] = {800, now(), domain::Quality::good, domain::SubStatus::none};
    out.link_up = true;
    line.send(out, now());
    const bool got = line.take(frame, now());
    domain::Command command(1);
    command.cycle = count;
    command.time_ns = frame.time_ns;
    command.valid_until_ns = frame.time_ns + 5 * kSecond;
    line.send(command, now());
    arrived = 0;
    while (line.take(taken, now())) ++arrived;
    return got;
  }
  std::int64_t now() const { return static_cast<std::int64_t>(count) * kSecond; }

  Line line;
  domain::Frame frame{1};
  domain::Command taken{1};
  std::uint64_t count = 0;
  int arrived = 0;
};

TEST(Line, WithoutAFaultPassesEverythingAtOnceUnchanged) {
  Bench b({});
  for (std::uint64_t i = 1; i <= 20; ++i) {
    EXPECT_TRUE(b.second());
    EXPECT_EQ(b.frame.sequence, i);
    EXPECT_EQ(b.frame.time_ns, b.now());
    EXPECT_EQ(b.frame.missed, 0U);
    EXPECT_TRUE(b.frame.link_up);
    EXPECT_EQ(b.arrived, 1);
    EXPECT_EQ(b.taken.valid_until_ns, b.now() + 5 * kSecond);
  }
}

TEST(Line, WithoutANewFrameTheFormerOneStandsAndALossShowsInTheNext) {
  Bench b({{3, Kind::link_random_loss, "frames", 1, 2}});
  b.second();
  b.second();
  EXPECT_FALSE(b.second());  // 3 s
  EXPECT_EQ(b.frame.sequence, 2U);
  EXPECT_FALSE(b.second());  // 4 s
  EXPECT_EQ(b.arrived, 1) << "commands pass";
  EXPECT_TRUE(b.second());
  EXPECT_EQ(b.frame.missed, 2U);
  EXPECT_TRUE(b.second());
  EXPECT_EQ(b.frame.missed, 0U);
}

TEST(Line, AFrameThatWasOvertakenOrCameTwiceIsRefusedAndCounted) {
  Bench overtaken({{1, Kind::link_reorder, "frames", 1, 0}});
  EXPECT_FALSE(overtaken.second());
  EXPECT_TRUE(overtaken.second());
  EXPECT_EQ(overtaken.frame.sequence, 2U);
  EXPECT_EQ(overtaken.line.frame_counts().refused, 1U);
  Bench twice({{1, Kind::link_duplicate, "", 1, 0}});
  EXPECT_TRUE(twice.second());
  EXPECT_EQ(twice.line.frame_counts().refused, 1U);
  EXPECT_EQ(twice.arrived, 2) << "the devices judge the sequence by themselves";
}

TEST(Line, OfFramesThatComeTogetherTheNewestCounts) {
  Bench b({{2, Kind::link_partition, "frames", 0, 3}});
  b.second();
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(b.second());
  EXPECT_TRUE(b.second());  // 5 s: 2, 3, 4 and 5
  EXPECT_EQ(b.frame.sequence, 5U);
  EXPECT_EQ(b.frame.missed, 0U) << "none of them was lost";
}

TEST(Line, NewestFirstTheOthersComeTooLate) {
  Bench b({{2, Kind::link_partition, "frames", 1, 3}});
  for (int i = 0; i < 4; ++i) b.second();
  EXPECT_TRUE(b.second());  // 4, 3, 2, then 5
  EXPECT_EQ(b.frame.sequence, 5U);
  EXPECT_EQ(b.frame.missed, 2U);
  EXPECT_EQ(b.line.frame_counts().refused, 2U);
}

TEST(Line, SilenceForLongerThanItsTimeIsALostLinkOverWhichNoCommandGoes) {
  Bench b({{2, Kind::link_half_open, "frames", 1, 10}});
  b.second();
  for (int i = 2; i <= 6; ++i) {  // 5 s of silence are not longer than 5 s
    b.second();
    EXPECT_TRUE(b.frame.link_up) << i;
    EXPECT_EQ(b.arrived, 1);
  }
  b.second();
  EXPECT_FALSE(b.frame.link_up);
  EXPECT_EQ(b.arrived, 0);
  while (b.count < 12) b.second();
  EXPECT_TRUE(b.frame.link_up) << "the first frame brings it back";
}

TEST(Line, HalfOpenTheOtherWayTheRuntimeHearsAndIsNotHeard) {
  Bench b({{2, Kind::link_half_open, "commands", 1, 0}});
  b.second();
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(b.second());
    EXPECT_TRUE(b.frame.link_up);
    EXPECT_EQ(b.arrived, 0);
  }
}

TEST(Line, AWrongClockStampsFramesAndJudgesCommands) {
  Bench b({{2, Kind::clock_jump, "", 3600, 2}, {6, Kind::clock_dst_label, "", -1, 1}});
  b.second();
  b.second();
  EXPECT_EQ(b.frame.time_ns, b.now() + 3600 * kSecond);
  EXPECT_EQ(b.frame.samples[0].time_ns, b.now() + 3600 * kSecond);
  EXPECT_EQ(b.taken.valid_until_ns, b.now() + 5 * kSecond) << "it answers in the field's time";
  while (b.count < 5) b.second();
  EXPECT_EQ(b.frame.time_ns, b.now());
  b.second();
  EXPECT_EQ(b.frame.time_ns, b.now() - 3600 * kSecond);
}

TEST(Line, AnInsertedSecondPutsTheClockBehind) {
  Bench b({{2, Kind::clock_leap_second, "", 1, 0}});
  b.second();
  b.second();
  EXPECT_EQ(b.frame.time_ns, b.now() - kSecond) << "the second of 1 s again";
}

TEST(Line, AFrozenClockGivesTheSameStampAgainAndAgain) {
  Bench b({{2, Kind::clock_freeze, "", 1, 5}});
  while (b.count < 5) b.second();
  EXPECT_EQ(b.frame.time_ns, 2 * kSecond);
  EXPECT_EQ(b.frame.sequence, 5U);
}

TEST(Line, SaysWhatItCannotShowAndWhatWouldBeRight) {
  Bench b({{1, Kind::heater_open, "zone01.top", 1, 0},
           {1, Kind::link_half_open, "upwards", 1, 0},
           {1, Kind::link_half_open, "", 1, 0},
           {1, Kind::link_random_loss, "", 2, 0}});
  b.second();
  const auto& said = b.line.fault_statements();
  EXPECT_THAT(said[0].text(), HasSubstr("not realised: is nothing that a line could show"));
  EXPECT_THAT(said[1].text(), HasSubstr("\"frames\" or \"commands\""));
  EXPECT_THAT(said[2].text(), HasSubstr("target is missing"));
  EXPECT_THAT(said[3].text(), HasSubstr("right for link_random_loss is 0 to 1"));
}

TEST(Line, GoesOnFromASavedState) {
  const std::vector<faults::Fault> events = {{2, Kind::link_delay, "", 2.5, 0},
                                             {2, Kind::link_burst_loss, "", 0.3, 0},
                                             {5, Kind::clock_skew, "", 5, 0}};
  Bench a(events), b({});
  for (int i = 0; i < 30; ++i) a.second();
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.line.serialize(out);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.line.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  b.count = a.count, b.frame = a.frame;
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(a.second(), b.second());
    EXPECT_EQ(a.frame.time_ns, b.frame.time_ns);
    EXPECT_EQ(a.arrived, b.arrived);
  }
}

}  // namespace
}  // namespace saggar::line
