#include "hil/cluster/shards.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace saggar::cluster {
namespace {

using ::testing::ElementsAre;

// Dearest first to the least: 5 to 0, 4 to 1, 3 to 1 (4 < 5), 3 to 0 (5 < 7), 3 to 1 (7 < 8): 8 and
// 10. The best split is 9 and 9, so the longest is within 4/3 of it.
TEST(Shards, GivesTheDearestFirstToWhoeverHasLeast) {
  const std::vector<Piece> pieces = {{"a", 5}, {"b", 4}, {"c", 3}, {"d", 3}, {"e", 3}};
  EXPECT_THAT(balanced(pieces, 2), ElementsAre(0, 1, 1, 0, 1));
}

TEST(Shards, DoesNotDependOnTheOrderOfThePieces) {
  std::vector<Piece> pieces;
  for (int i = 0; i < 50; ++i) pieces.push_back({"case" + std::to_string(i), 1.0 + i % 7});
  const std::vector<std::uint32_t> first = balanced(pieces, 6);
  std::vector<Piece> turned(pieces.rbegin(), pieces.rend());
  std::vector<std::uint32_t> second = balanced(turned, 6);
  std::reverse(second.begin(), second.end());
  EXPECT_EQ(first, second);
}

TEST(Shards, SpreadsEqualPiecesEvenlyEvenIfTheyCostNothing) {
  for (const double cost : {0.0, 60.0}) {
    std::vector<Piece> pieces;
    for (int i = 0; i < 200; ++i) pieces.push_back({"case" + std::to_string(i), cost});
    std::vector<int> count(20);
    for (const std::uint32_t shard : balanced(pieces, 20)) ++count.at(shard);
    EXPECT_THAT(count, ::testing::Each(10));
  }
}

TEST(Shards, LeavesThoseEmptyThatAreTooMany) {
  EXPECT_THAT(balanced({{"a", 1}, {"b", 1}}, 5), ElementsAre(0, 1));
  EXPECT_TRUE(balanced({}, 3).empty());
}

}  // namespace
}  // namespace saggar::cluster
