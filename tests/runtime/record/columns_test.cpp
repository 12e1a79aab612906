#include "runtime/record/columns.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "runtime/record/bytes.hpp"

namespace saggar::record {
namespace {

TEST(Bytes, NumbersAtEveryEdgeOfAVarintComeBack) {
  Sink sink(4096);
  std::vector<std::uint64_t> edges = {0, std::numeric_limits<std::uint64_t>::max()};
  for (unsigned bit = 0; bit < 64; ++bit) {
    const std::uint64_t v = std::uint64_t{1} << bit;
    edges.insert(edges.end(), {v - 1, v, v + 1});
  }
  for (const std::uint64_t v : edges) {
    sink.clear();
    sink.room(32);
    sink.uint(v);
    EXPECT_LE(sink.bytes().size(), Sink::kMaxVarint);
    // 7 bits a byte
    const auto bits = static_cast<std::size_t>(std::bit_width(v | 1U));
    EXPECT_EQ(sink.bytes().size(), (bits + 6) / 7) << v;
    Source source(sink.bytes());
    EXPECT_EQ(source.uint(), v);
    EXPECT_TRUE(source.ok() && source.at_end());

    const auto s = static_cast<std::int64_t>(v);
    sink.clear();
    sink.sint(s);
    Source again(sink.bytes());
    EXPECT_EQ(again.sint(), s);
  }
}

TEST(Bytes, SmallNumbersOfEitherSignAreShort) {
  EXPECT_EQ(zigzag(0), 0U);
  EXPECT_EQ(zigzag(-1), 1U);
  EXPECT_EQ(zigzag(1), 2U);
  EXPECT_EQ(zigzag(std::numeric_limits<std::int64_t>::min()),
            std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(unzigzag(zigzag(-64)), -64);
}

TEST(Bytes, ANumberOfMoreThan64BitsIsRefused) {
  const std::vector<std::uint8_t> eleven(11, 0x80);
  Source source(eleven);
  EXPECT_EQ(source.uint(), 0U);
  EXPECT_EQ(source.error().what, "a number has more than 64 bits");
  // ten bytes, but bit 64 set
  std::vector<std::uint8_t> ten(9, 0xFF);
  ten.push_back(0x02);
  Source more(ten);
  (void)more.uint();
  EXPECT_FALSE(more.ok());
}

TEST(Bytes, TheFirstMistakeIsKept) {
  const std::vector<std::uint8_t> bytes = {1};
  Source source(bytes);
  EXPECT_EQ(source.byte(), 1);
  EXPECT_EQ(source.byte(), 0);
  source.fail("later");
  EXPECT_EQ(source.error().text(), "byte 1: ends too early");
}

TEST(ByteCut, AllWaysFitTheirNumber) {
  std::vector<int> seen(ByteCut::kWays, 0);
  for (unsigned lead = 0; lead < 8; ++lead) {
    for (unsigned trail = 0; lead + trail < 8; ++trail) {
      // one nonzero byte at either end of what is left
      const std::uint64_t x = std::uint64_t{1} << (8 * trail) | std::uint64_t{0x80}
                                                                    << (8 * (7 - lead));
      const unsigned way = ByteCut::way(x);
      ASSERT_LT(way, ByteCut::kWays);
      ++seen[way];
      EXPECT_EQ(ByteCut::of(way).lead, lead);
      EXPECT_EQ(ByteCut::of(way).trail, trail);
      Sink sink(64);
      write_cut(sink, x, way);
      EXPECT_EQ(sink.bytes().size(), 8 - lead - trail);
      Source source(sink.bytes());
      EXPECT_EQ(read_cut(source, way), x);
    }
  }
  for (const int n : seen) EXPECT_EQ(n, 1);
}

class DoubleColumns : public ::testing::Test {
 protected:
  DoubleColumns() : writer_(resolution()), reader_(resolution()) {}
  static std::vector<double> resolution() {
    std::vector<double> r(200, 0.1);
    r[0] = 0;
    r[1] = 0.25;
    r[2] = 0.3;     // 1/r is not whole
    r[3] = 5;       // coarser than 1
    r[4] = 1e-310;  // 1/r overflows: no grid
    return r;
  }
  std::size_t cycle(const std::vector<double>& values, const References& refs = {}) {
    sink_.clear();
    writer_.write(
        sink_, [&](std::size_t i) { return values[i]; }, refs);
    Source source(sink_.bytes());
    std::vector<double> back(values.size(), -1);
    reader_.read(
        source, [&](std::size_t i, double v) { back[i] = v; }, refs);
    EXPECT_TRUE(source.ok()) << source.error().text();
    EXPECT_TRUE(source.at_end());
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_EQ(std::bit_cast<std::uint64_t>(values[i]), std::bit_cast<std::uint64_t>(back[i]))
          << i;
    }
    return sink_.bytes().size();
  }
  DoubleColumn writer_, reader_;
  Sink sink_{64};  // grows
};

TEST_F(DoubleColumns, UnchangedValuesTakeOneByteForSixtyFour) {
  std::vector<double> v(200, 765.3);
  cycle(v);
  EXPECT_EQ(cycle(v), 4U);  // 64 + 64 + 64 + 8
}

TEST_F(DoubleColumns, AStepOnTheGridTakesOneByteUpToFortySeven) {
  std::vector<double> v(200, 10.0);
  cycle(v);
  for (std::size_t i = 5; i < 200; ++i) v[i] = (100 + 47) * 0.1;
  EXPECT_EQ(cycle(v), 195U + 1U);
  for (std::size_t i = 5; i < 200; ++i) v[i] = (100 + 47 - 48) * 0.1;
  EXPECT_EQ(cycle(v), 195U + 1U);
  for (std::size_t i = 5; i < 200; ++i) v[i] = (100 - 1 + 48) * 0.1;
  EXPECT_EQ(cycle(v), 2 * 195U + 1U);
}

TEST_F(DoubleColumns, ValuesEqualToAReferenceMakeRuns) {
  std::vector<double> v(200, 1.0), reference(200);
  cycle(v);
  for (std::size_t i = 0; i < 200; ++i) v[i] = reference[i] = std::sqrt(static_cast<double>(i + 2));
  const References refs{{reference.data()}, 1};
  EXPECT_EQ(cycle(v, refs), 3U);  // token, run of two bytes
}

TEST_F(DoubleColumns, RandomValuesOnAndOffTheGridComeBack) {
  std::mt19937_64 random(3);
  std::vector<double> v(200, 0.0);
  for (int c = 0; c < 500; ++c) {
    for (double& x : v) {
      switch (random() % 6) {
        case 0:
          x = std::bit_cast<double>(random());
          break;
        case 1:
          x = static_cast<double>(random() % 100000) * 0.1;
          break;
        case 2:
          x = static_cast<double>(random() % 100000) / 10.0;
          break;
        case 3:
          x = -static_cast<double>(random() % 100) * 0.25;
          break;
        case 4:
          x = std::ldexp(1.0, static_cast<int>(random() % 200) - 60);
          break;
        default:
          break;
      }
    }
    cycle(v);
  }
}

TEST_F(DoubleColumns, AnItemWithoutAGridTakesTheUsualOneThatFits) {
  std::vector<double> v(200, 1.0);
  cycle(v);
  v[0] = 7653 / 10.0;
  EXPECT_EQ(cycle(v), 3U + 4U);  // token and two bytes, then 199 unchanged
  v[0] = 7655 / 10.0;
  EXPECT_EQ(cycle(v), 1U + 4U);
  // What fits no decimal grid is not searched for ever, and comes back all the same.
  for (int i = 0; i < 20; ++i) {
    v[0] = std::sqrt(1000.5 + i);
    EXPECT_GT(cycle(v), 4U + 4U);
  }
}

TEST_F(DoubleColumns, ARunLongerThanTheColumnIsRefused) {
  const std::vector<std::uint8_t> runs(4, 0x3F);  // 256 of 200
  Source source(runs);
  reader_.read(source, [](std::size_t, double) {});
  EXPECT_EQ(source.error().what, "a run is longer than its column");
}

TEST_F(DoubleColumns, AReferenceThatIsNotThereIsRefused) {
  const std::vector<std::uint8_t> bytes = {0x64, 0x00};
  Source source(bytes);
  reader_.read(source, [](std::size_t, double) {});
  EXPECT_EQ(source.error().what, "no such kind of number");
}

TEST_F(DoubleColumns, AStepOffTheGridIsRefused) {
  const std::vector<std::uint8_t> bytes = {0x80};  // item 0 has no grid
  Source source(bytes);
  reader_.read(source, [](std::size_t, double) {});
  EXPECT_FALSE(source.ok());
}

TEST(ClockColumn, WhatMovesWithTheClockAndWhatStandsStillTakesTwoBytes) {
  ClockColumn writer(100), reader(100);
  std::vector<std::uint64_t> v(100);
  Sink sink(64);
  std::mt19937_64 random(5);
  const auto cycle = [&](std::uint64_t clock) {
    sink.clear();
    writer.write(sink, clock, [&](std::size_t i) { return v[i]; });
    Source source(sink.bytes());
    std::vector<std::uint64_t> back(100);
    reader.read(source, clock, [&](std::size_t i, std::uint64_t x) { back[i] = x; });
    EXPECT_TRUE(source.ok() && source.at_end());
    EXPECT_EQ(v, back);
    return sink.bytes().size();
  };
  for (std::size_t i = 0; i < 100; ++i) v[i] = 1000 - i;  // each its own lag
  cycle(1000);
  for (std::uint64_t& x : v) x += 17;
  EXPECT_EQ(cycle(1017), 2U);
  EXPECT_EQ(cycle(2000), 2U);  // nothing moved
  for (std::size_t i = 0; i < 50; ++i) v[i] += 5;
  EXPECT_EQ(cycle(2005), 4U);
  for (int c = 0; c < 300; ++c) {
    for (std::uint64_t& x : v) {
      const auto kind = random() % 4;
      x = kind == 0 ? random() : kind == 1 ? x + 1 : kind == 2 ? 77 : x;
    }
    cycle(2005 + static_cast<std::uint64_t>(c));
  }
}

TEST(ByteColumn, AChangeOfAllItemsToOneCodeTakesFewBytes) {
  ByteColumn writer(100), reader(100);
  std::vector<std::uint8_t> v(100, 0);
  Sink sink(64);
  std::mt19937_64 random(6);
  const auto cycle = [&] {
    sink.clear();
    writer.write(sink, [&](std::size_t i) { return v[i]; });
    Source source(sink.bytes());
    std::vector<std::uint8_t> back(100, 99);
    reader.read(source, [&](std::size_t i, std::uint8_t x) { back[i] = x; });
    EXPECT_TRUE(source.ok() && source.at_end());
    EXPECT_EQ(v, back);
    return sink.bytes().size();
  };
  EXPECT_EQ(cycle(), 1U);
  v.assign(100, 7);
  EXPECT_EQ(cycle(), 3U);
  v[50] = 3;
  EXPECT_EQ(cycle(), 4U);
  for (int c = 0; c < 300; ++c) {
    for (std::uint8_t& x : v) x = random() % 3 == 0 ? static_cast<std::uint8_t>(random()) : x;
    cycle();
  }
}

}  // namespace
}  // namespace saggar::record
