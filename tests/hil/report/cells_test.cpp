// Matrices: means of blocks by hand, edges between middles, rectangles that cover each cell once.
#include "hil/report/cells.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

TEST(Coarsened, TakesMeansOfBlocksAndKeepsTheOuterEdges) {
  const Grid grid{5, 2, {1, 3, 5, 7, 9, 1, kNone, kNone, 7, 11}, {0, 1, 2, 3, 4, 5}, {0, 1, 2}};
  const Grid half = coarsened(grid, 3, 2);
  EXPECT_EQ(half.columns, 3u);
  EXPECT_EQ(half.rows, 2u);
  EXPECT_EQ(half.values, (std::vector<double>{2, 6, 9, 1, 7, 11}));
  EXPECT_EQ(half.x_edges, (std::vector<double>{0, 2, 4, 5}));
  EXPECT_EQ(half.y_edges, grid.y_edges);
  const Grid one = coarsened(grid, 1, 1);
  ASSERT_EQ(one.values.size(), 1u);
  EXPECT_DOUBLE_EQ(one.values[0], 44.0 / 8);
}

TEST(Coarsened, HasNoValueOnlyWhereAWholeBlockHasNone) {
  const Grid grid{4, 1, {kNone, kNone, kNone, 4}, {0, 1, 2, 3, 4}, {0, 1}};
  const Grid half = coarsened(grid, 2, 1);
  EXPECT_TRUE(std::isnan(half.values[0]));
  EXPECT_EQ(half.values[1], 4);
}

TEST(Coarsened, LeavesSmallOnesAlone) {
  EXPECT_EQ(coarsened({2, 1, {1, 2}, {0, 1, 2}, {0, 1}}, 2, 1).values.size(), 2u);
  EXPECT_EQ(coarsened({}, 2, 1).values.size(), 0u);
}

TEST(Edges, LieBetweenTheMiddles) {
  EXPECT_EQ(edges_of({1, 2, 4}), (std::vector<double>{0.5, 1.5, 3, 5}));
  EXPECT_EQ(edges_of({4, 2, 1}), (std::vector<double>{5, 3, 1.5, 0.5}));
  EXPECT_EQ(edges_of({7}), (std::vector<double>{6.5, 7.5}));
}

TEST(Edges, OfMiddlesThatTurnOrRepeatOrAreNoneDoNotExist) {
  EXPECT_TRUE(edges_of({}).empty());
  EXPECT_TRUE(edges_of({1, 3, 2}).empty());
  EXPECT_TRUE(edges_of({1, 1}).empty());
  EXPECT_TRUE(edges_of({1, kNone}).empty());
  EXPECT_TRUE(edges_of({1, std::numeric_limits<double>::infinity()}).empty());
}

TEST(Merged, JoinsEqualNeighboursAcrossAndDown) {
  // 1 1 2
  // 1 1 2
  // 3 - 2
  const std::vector<CellRect> rects = merged({1, 1, 2, 1, 1, 2, 3, -1, 2}, 3);
  ASSERT_EQ(rects.size(), 3u);
  EXPECT_EQ(rects[0].columns, 2u);
  EXPECT_EQ(rects[0].rows, 2u);
  EXPECT_EQ(rects[1].rows, 3u);
  EXPECT_EQ(rects[2].level, 3);
  EXPECT_TRUE(merged({}, 0).empty());
}

TEST(Merged, CoversEachCellOnceWithItsLevel) {
  constexpr std::size_t kColumns = 37, kRows = 23;
  std::vector<int> levels;
  for (std::size_t i = 0; i < kColumns * kRows; ++i) {
    levels.push_back(static_cast<int>((i * i / 7 + i / kColumns) % 4) - 1);
  }
  std::vector<int> covered(levels.size(), -1);
  for (const CellRect& r : merged(levels, kColumns)) {
    for (std::size_t row = r.row; row < r.row + r.rows; ++row) {
      for (std::size_t column = r.column; column < r.column + r.columns; ++column) {
        int& cell = covered.at(row * kColumns + column);
        EXPECT_EQ(cell, -1);
        cell = r.level;
      }
    }
  }
  EXPECT_EQ(covered, levels);
}

}  // namespace
}  // namespace saggar::report
