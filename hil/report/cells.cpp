#include "hil/report/cells.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

std::size_t divided_up(std::size_t n, std::size_t by) { return (n + by - 1) / by; }

double mean(const Grid& grid, std::size_t column, std::size_t row, std::size_t across,
            std::size_t down) {
  double sum = 0;
  std::size_t n = 0;
  for (std::size_t r = row; r < std::min(grid.rows, row + down); ++r) {
    for (std::size_t c = column; c < std::min(grid.columns, column + across); ++c) {
      const double value = grid.values[r * grid.columns + c];
      if (std::isnan(value)) continue;
      sum += value;
      ++n;
    }
  }
  return n == 0 ? std::numeric_limits<double>::quiet_NaN() : sum / static_cast<double>(n);
}

std::vector<double> every(const std::vector<double>& edges, std::size_t nth) {
  std::vector<double> out;
  for (std::size_t i = 0; i + 1 < edges.size(); i += nth) out.push_back(edges[i]);
  if (!edges.empty()) out.push_back(edges.back());
  return out;
}

}  // namespace

Grid coarsened(const Grid& grid, std::size_t most_columns, std::size_t most_rows) {
  const std::size_t across = std::max<std::size_t>(1, divided_up(grid.columns, most_columns));
  const std::size_t down = std::max<std::size_t>(1, divided_up(grid.rows, most_rows));
  if (across == 1 && down == 1) return grid;
  Grid out{divided_up(grid.columns, across),
           divided_up(grid.rows, down),
           {},
           every(grid.x_edges, across),
           every(grid.y_edges, down)};
  for (std::size_t row = 0; row < out.rows; ++row) {
    for (std::size_t column = 0; column < out.columns; ++column) {
      out.values.push_back(mean(grid, column * across, row * down, across, down));
    }
  }
  return out;
}

std::vector<double> edges_of(const std::vector<double>& middles) {
  if (middles.empty()) return {};
  const bool finite =
      std::all_of(middles.begin(), middles.end(), [](double v) { return std::abs(v) <= 1e300; });
  const auto never = [&](auto turn) {
    return std::adjacent_find(middles.begin(), middles.end(), turn) == middles.end();
  };
  if (!finite || !(never(std::greater_equal<>()) || never(std::less_equal<>()))) return {};
  if (middles.size() == 1) return {middles[0] - 0.5, middles[0] + 0.5};
  std::vector<double> edges;
  for (std::size_t i = 1; i < middles.size(); ++i) {
    edges.push_back(middles[i - 1] + (middles[i] - middles[i - 1]) / 2);
  }
  edges.insert(edges.begin(), middles.front() - (edges.front() - middles.front()));
  edges.push_back(middles.back() + (middles.back() - edges.back()));
  return edges;
}

std::vector<CellRect> merged(const std::vector<int>& levels, std::size_t columns) {
  std::vector<CellRect> out;
  const std::size_t rows = columns == 0 ? 0 : levels.size() / columns;
  std::vector<bool> covered(levels.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns;) {
      const std::size_t at = row * columns + column;
      const int level = levels[at];
      std::size_t run = 1;
      const auto same = [&](std::size_t i) { return levels[i] == level && !covered[i]; };
      if (level < 0 || covered[at]) {
        ++column;
        continue;
      }
      while (column + run < columns && same(at + run)) ++run;
      std::size_t down = 1;
      for (bool whole = true; whole && row + down < rows;) {
        for (std::size_t i = 0; whole && i < run; ++i) whole = same(at + down * columns + i);
        if (whole) ++down;
      }
      for (std::size_t r = 0; r < down; ++r) {
        for (std::size_t i = 0; i < run; ++i) covered[at + r * columns + i] = true;
      }
      out.push_back({column, row, run, down, level});
      column += run;
    }
  }
  return out;
}

}  // namespace saggar::report
