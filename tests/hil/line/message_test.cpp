#include "hil/line/message.hpp"

#include <gtest/gtest.h>

#include <bit>

namespace saggar::line {
namespace {

TEST(Message, OneBitOfOneValueIsTurned) {
  domain::Frame frame(3);
  for (auto& sample : frame.samples) sample.value = 800.0;
  spoil(frame, (63ULL << 58U) | 4U);  // bit 63 is the sign, sample 4 % 3 = 1
  EXPECT_EQ(frame.samples[0].value, 800.0);
  EXPECT_EQ(frame.samples[1].value, -800.0);
  EXPECT_EQ(frame.samples[2].value, 800.0);
  domain::Command command(2);
  spoil(command, 0);  // the last bit of the first
  EXPECT_EQ(std::bit_cast<std::uint64_t>(command.value[0]), 1U);
  EXPECT_EQ(command.value[1], 0.0);
}

TEST(Message, ThatHoldsNothingStaysAsItIs) {
  domain::Frame frame;
  domain::Command command;
  spoil(frame, 77);
  spoil(command, 77);
  EXPECT_TRUE(frame.samples.empty() && command.value.empty());
}

TEST(Message, MovesWithAllItsTimes) {
  domain::Frame frame(1);
  frame.time_ns = 10;
  frame.samples[0].time_ns = 9;
  move(frame, 5);
  EXPECT_EQ(frame.time_ns, 15);
  EXPECT_EQ(frame.samples[0].time_ns, 14);
  domain::Command command(1);
  command.time_ns = 10, command.valid_until_ns = 15;
  move(command, -10);
  EXPECT_EQ(command.time_ns, 0);
  EXPECT_EQ(command.valid_until_ns, 5);
}

TEST(Message, OfAnotherSizeIsNotRestored) {
  domain::Command two(2), three(3);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  serialize(out, two);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  serialize(in, three);
  EXPECT_FALSE(in.ok());
}

}  // namespace
}  // namespace saggar::line
