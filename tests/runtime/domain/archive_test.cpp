#include "runtime/domain/archive.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <vector>

namespace saggar::domain {
namespace {

struct Lag {
  double value = 0;
  std::uint32_t steps = 0;
  std::vector<double> history = std::vector<double>(3, 0.0);
  std::array<std::uint8_t, 2> flags{};

  void serialize(Archive& archive) { archive(value, steps, history, flags); }
};

std::vector<std::uint8_t> save(Lag& lag) {
  std::vector<std::uint8_t> bytes;
  Archive out = Archive::saving(bytes);
  lag.serialize(out);
  EXPECT_TRUE(out.ok());
  EXPECT_TRUE(out.is_saving());
  return bytes;
}

Lag example() {
  Lag lag;
  lag.value = 812.5;
  lag.steps = 7;
  lag.history = {1, 2, 3};
  lag.flags = {4, 5};
  return lag;
}

TEST(Archive, WhatWasSavedComesBack) {
  Lag saved = example();
  const auto bytes = save(saved);
  Lag lag;
  Archive in = Archive::loading(bytes.data(), bytes.size());
  EXPECT_FALSE(in.is_saving());
  lag.serialize(in);
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.at_end());
  EXPECT_EQ(lag.value, 812.5);
  EXPECT_EQ(lag.steps, 7U);
  EXPECT_EQ(lag.history, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(lag.flags, (std::array<std::uint8_t, 2>{4, 5}));
}

TEST(Archive, TheSameStateGivesTheSameBytes) {
  Lag a = example(), b = example();
  EXPECT_EQ(save(a), save(b));
}

TEST(Archive, SavingAppends) {
  std::vector<std::uint8_t> bytes = {9};
  Archive out = Archive::saving(bytes);
  std::uint8_t x = 3;
  out(x);
  EXPECT_EQ(bytes, (std::vector<std::uint8_t>{9, 3}));
}

TEST(Archive, EveryTruncationIsRefused) {
  Lag saved = example();
  const auto bytes = save(saved);
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    Lag lag;
    Archive in = Archive::loading(bytes.data(), n);
    lag.serialize(in);
    EXPECT_FALSE(in.ok()) << "accepted " << n << " of " << bytes.size() << " bytes";
  }
}

TEST(Archive, AVectorOfAnotherLengthIsRefusedAndWhatFollowsIsLeftAlone) {
  Lag saved = example();
  const auto bytes = save(saved);
  Lag lag;
  lag.history = {8, 8};
  lag.flags = {6, 6};
  Archive in = Archive::loading(bytes.data(), bytes.size());
  lag.serialize(in);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(lag.history, (std::vector<double>{8, 8}));
  EXPECT_EQ(lag.flags, (std::array<std::uint8_t, 2>{6, 6}));
}

TEST(Archive, BytesLeftOverAreNoticed) {
  Lag saved = example();
  auto bytes = save(saved);
  bytes.push_back(0);
  Lag lag;
  Archive in = Archive::loading(bytes.data(), bytes.size());
  lag.serialize(in);
  EXPECT_TRUE(in.ok());
  EXPECT_FALSE(in.at_end());
}

TEST(Archive, AnEmptyVectorTakesPart) {
  std::vector<std::uint8_t> bytes;
  std::vector<double> none;
  Archive out = Archive::saving(bytes);
  out(none);
  Archive in = Archive::loading(bytes.data(), bytes.size());
  in(none);
  EXPECT_TRUE(in.ok());
  EXPECT_TRUE(in.at_end());
}

TEST(Archive, NothingAtAllIsRefused) {
  double x = 1;
  Archive in = Archive::loading(nullptr, 0);
  in(x);
  EXPECT_FALSE(in.ok());
  EXPECT_EQ(x, 1);
}

}  // namespace
}  // namespace saggar::domain
