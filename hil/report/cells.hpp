// A matrix of values on its way to a heat map: fewer cells, fewer rectangles.
#pragma once

#include <cstddef>
#include <vector>

namespace saggar::report {

/// values[row * columns + column]; NaN is no value. Edges have one entry more than cells, ascending
/// or descending.
struct Grid {
  std::size_t columns = 0, rows = 0;
  std::vector<double> values, x_edges, y_edges;
};

/// Blocks of neighbours become their mean, until there are no more than that. NaN only where a
/// whole block is.
Grid coarsened(const Grid& grid, std::size_t most_columns, std::size_t most_rows);

/// Between the middles of cells, and as far beyond the first and last. Empty if the middles are not
/// finite and strictly ascending or descending. A lone cell is one wide.
std::vector<double> edges_of(const std::vector<double>& middles);

/// Cells of one level that together are a rectangle.
struct CellRect {
  std::size_t column, row, columns, rows;
  int level;
};

/// Covers each cell with level >= 0 exactly once, row by row. @param levels as values of a Grid
std::vector<CellRect> merged(const std::vector<int>& levels, std::size_t columns);

}  // namespace saggar::report
