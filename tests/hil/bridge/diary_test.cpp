// What was done to one kiln, done to another one.
#include "hil/bridge/diary.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::bridge {
namespace {

std::vector<std::uint8_t> state_of(kiln::Kiln& kiln) {
  std::vector<std::uint8_t> state;
  auto archive = domain::Archive::saving(state);
  kiln.serialize(archive);
  return state;
}

/// A kiln with a diary: two periods of uneven steps, a host, its command and a heartbeat.
struct Written {
  Written() : kiln(kiln::small_kiln()), ack(kiln->mv_count()), command(kiln->mv_count()) {
    kiln->new_host();
    diary.new_host();
    diary.begin_period({1, kiln->time_ns()});
    advance(0.3712345);
    command.cycle = 1;
    command.heartbeat = 1;
    command.valid_until_ns = kiln->time_ns() + 5'000'000'000;
    command.action[0] = domain::Action::write;
    command.value[0] = 203.0;
    diary.apply(command);
    kiln->apply(command, ack);
    advance(0.7);
    diary.begin_period({0, kiln->time_ns()});
    diary.beat(2);
    kiln->beat(2);
    advance(1.1);
  }
  void advance(double dt_s) {
    diary.advance(dt_s);
    kiln->advance(dt_s);
  }
  std::unique_ptr<kiln::Kiln> kiln;
  domain::Ack ack;
  domain::Command command;
  Diary diary;
};

TEST(Diary, AnotherKilnGoesThroughTheSameStates) {
  Written w;
  const auto again = kiln::small_kiln();
  std::vector<std::int64_t> begins;
  w.diary.repeat(*again, [&](std::size_t period) {
    EXPECT_EQ(again->time_ns(), w.diary.periods().at(period).time_ns);
    begins.push_back(again->time_ns());
    return true;
  });
  EXPECT_EQ(begins.size(), 2U);
  EXPECT_EQ(state_of(*again), state_of(*w.kiln));
  EXPECT_EQ(again->time_ns(), w.kiln->time_ns());
}

TEST(Diary, WhatIsLeftOutIsMissed) {
  Written w;
  Diary shorter;
  shorter.new_host();
  shorter.advance(0.3712345);
  shorter.advance(0.7);
  shorter.advance(1.1);
  const auto again = kiln::small_kiln();
  shorter.repeat(*again, [](std::size_t) { return true; });
  EXPECT_EQ(again->time_ns(), w.kiln->time_ns());
  EXPECT_NE(state_of(*again), state_of(*w.kiln)) << "without the command";
}

TEST(Diary, StopsWhenItIsToldTo) {
  Written w;
  const auto again = kiln::small_kiln();
  w.diary.repeat(*again, [](std::size_t period) { return period == 0; });
  EXPECT_EQ(again->time_ns(), w.diary.periods().at(1).time_ns);
}

}  // namespace
}  // namespace saggar::bridge
