#include "hil/line/channel.hpp"

#include <gtest/gtest.h>

namespace saggar::line {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Sends a message per second and says which ones came in each of the seconds.
class Sender {
 public:
  explicit Sender(const Trouble& trouble, std::uint64_t key = 7)
      : channel(domain::Frame(1), key, Figures{}) {
    channel.set(trouble, 0);
  }
  std::vector<std::uint64_t> second() {
    domain::Frame frame(1);
    frame.sequence = ++sent;
    frame.samples[0].value = 800;
    channel.send(frame, at());
    return come();
  }
  std::vector<std::uint64_t> come() {
    domain::Frame frame(1);
    std::vector<std::uint64_t> list;
    while (channel.take(frame, at())) {
      list.push_back(frame.sequence);
      changed += frame.samples[0].value != 800 ? 1 : 0;
    }
    return list;
  }
  std::int64_t at() const { return static_cast<std::int64_t>(sent) * kSecond; }

  Channel<domain::Frame> channel;
  std::uint64_t sent = 0, changed = 0;
};
using List = std::vector<std::uint64_t>;

TEST(Channel, WithoutTroubleEachMessageIsThereAtOnce) {
  Sender run({});
  for (std::uint64_t i = 1; i <= 5; ++i) EXPECT_EQ(run.second(), List{i});
  EXPECT_FALSE(run.channel.next_ns());
}

TEST(Channel, DelaysByTheTimeAskedForAndKeepsTheOrderWhenItEnds) {
  Sender run({.delay_s = 2.5});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.channel.next_ns(), std::int64_t{3'500'000'000});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), List{1});
  run.channel.set({}, run.at());
  EXPECT_EQ(run.second(), List{2});             // 5 s: the second one, due at 4.5 s
  EXPECT_EQ(run.second(), List{3});             // due at 5.5 s
  EXPECT_EQ(run.second(), (List{4, 5, 6, 7}));  // nothing overtakes 4, due at 6.5 s
}

TEST(Channel, JitterComesUpToItsSeverityLateAndInOrder) {
  Sender run({.jitter_s = 3});
  std::uint64_t last = 0, late = 0, count = 0;
  for (int i = 0; i < 1000; ++i) {
    for (const std::uint64_t n : run.second()) {
      EXPECT_EQ(n, last + 1);
      EXPECT_LE(run.sent - n, 3U);
      late += run.sent > n ? 1 : 0;
      last = n;
      ++count;
    }
  }
  EXPECT_GE(count, 997U);
  EXPECT_GT(late, 600U);  // two thirds are due later by themselves, more are held up by those
}

// Binomial: 2000 messages at 0.3 lose 600, standard deviation sqrt(2000 0.3 0.7) = 20.5.
TEST(Channel, LosesTheShareAskedFor) {
  Sender run({.loss = 0.3});
  for (int i = 0; i < 2000; ++i) run.second();
  EXPECT_NEAR(static_cast<double>(run.channel.counts().lost), 600, 4 * 20.5);
}

// Lost runs have a geometric length of mean 5; 20 % of 20 000 are 4 000 in some 800 bursts.
TEST(Channel, LosesInBurstsOfFiveOnAverage) {
  Sender run({.burst_loss = 0.2});
  std::uint64_t bursts = 0;
  bool lost = false;
  for (int i = 0; i < 20000; ++i) {
    const bool now_lost = run.second().empty();
    bursts += now_lost && !lost ? 1 : 0;
    lost = now_lost;
  }
  const auto all = static_cast<double>(run.channel.counts().lost);
  EXPECT_NEAR(all / 20000, 0.2, 0.03);
  EXPECT_NEAR(all / static_cast<double>(bursts), 5, 0.7);
}

TEST(Channel, OneThatIsOvertakenComesRightBehindTheNext) {
  Sender run({.reorder = 1});  // every other one: who overtakes is not overtaken
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), (List{2, 1}));
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), (List{4, 3}));
}

TEST(Channel, DuplicatesFollowTheirOriginal) {
  Sender run({.duplicate = 1});
  EXPECT_EQ(run.second(), (List{1, 1}));
  EXPECT_EQ(run.second(), (List{2, 2}));
}

TEST(Channel, SpoilsABitOrLosesWhatCannotBeDecoded) {
  Sender run({.corrupt = 1});
  for (int i = 0; i < 1000; ++i) run.second();
  const Counts& counts = run.channel.counts();
  EXPECT_EQ(counts.spoiled, 1000U);
  EXPECT_NEAR(static_cast<double>(counts.undecodable), 500, 64);  // 4 standard deviations of 16
  EXPECT_EQ(run.changed, 1000U - counts.undecodable);
}

// One each 2 s of what comes each second: the queue grows by one in 2 s to 10, then every other one
// is lost, and what comes is 20 s old.
TEST(Channel, ASlowLinkQueuesTenAndLosesTheRest) {
  Sender run({.spacing_s = 2});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), List{1});
  EXPECT_EQ(run.second(), List{});
  EXPECT_EQ(run.second(), List{2});
  for (int i = 5; i < 100; ++i) run.second();
  EXPECT_LE(run.channel.on_the_way(), 11U);
  EXPECT_NEAR(static_cast<double>(run.channel.counts().lost), (100.0 - 20.0) / 2, 3);
}

TEST(Channel, WhatWaitsForACutLinkComesInOrderOrNewestFirst) {
  for (const bool newest_first : {false, true}) {
    Sender run({.held = true, .newest_first = newest_first});
    for (int i = 0; i < 3; ++i) EXPECT_EQ(run.second(), List{});
    run.channel.set({}, run.at());
    EXPECT_EQ(run.come(), newest_first ? (List{3, 2, 1}) : (List{1, 2, 3}));
    EXPECT_EQ(run.second(), List{4});
  }
}

TEST(Channel, ACutLinkHoldsNoMoreThanItsQueue) {
  Sender run({.held = true});
  for (int i = 0; i < 1200; ++i) run.second();
  EXPECT_EQ(run.channel.on_the_way(), 1000U);
  EXPECT_EQ(run.channel.counts().lost, 200U);
}

TEST(Channel, CutNothingPassesAndNothingComesLater) {
  Sender run({.cut = true});
  EXPECT_EQ(run.second(), List{});
  run.channel.set({}, run.at());
  EXPECT_EQ(run.second(), List{2});
}

TEST(Channel, TheSameKeyGivesTheSameChanceAndAnotherOneAnother) {
  const Trouble trouble{.jitter_s = 1, .loss = 0.2, .reorder = 0.1, .duplicate = 0.1};
  Sender a(trouble, 1), b(trouble, 1), c(trouble, 2);
  List in_a, in_b, in_c;
  for (int i = 0; i < 200; ++i) {
    for (auto [run, list] : {std::pair{&a, &in_a}, {&b, &in_b}, {&c, &in_c}}) {
      for (const std::uint64_t n : run->second()) list->push_back(n);
    }
  }
  EXPECT_EQ(in_a, in_b);
  EXPECT_NE(in_a, in_c);
}

TEST(Channel, GoesOnFromASavedState) {
  const Trouble trouble{.delay_s = 1.5, .burst_loss = 0.3, .reorder = 0.2, .duplicate = 0.2};
  Sender a(trouble), b({});
  for (int i = 0; i < 50; ++i) a.second();
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.channel.serialize(out);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.channel.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  b.sent = a.sent;
  for (int i = 0; i < 50; ++i) EXPECT_EQ(a.second(), b.second());
}

}  // namespace
}  // namespace saggar::line
