// Eigenvalues of a small symmetric matrix, for the covariance of a search.
#pragma once

#include <cstddef>
#include <vector>

namespace saggar::search {

/// A square matrix, row by row.
struct Square {
  std::size_t size = 0;
  std::vector<double> cells;

  explicit Square(std::size_t n) : size(n), cells(n * n, 0.0) {}
  double& at(std::size_t row, std::size_t column) noexcept { return cells[row * size + column]; }
  double at(std::size_t row, std::size_t column) const noexcept {
    return cells[row * size + column];
  }
};

/// `matrix` = vectors * diagonal(values) * vectors transposed.
struct Axes {
  std::vector<double> values;
  Square vectors;  ///< a column each, of length 1, in the order of the values: none in particular
};

/// Cyclic Jacobi (Golub and Van Loan, Matrix Computations, 8.5). Same bits for same bits. Costs
/// some 10 n^3: meant for n below a hundred. Only the symmetric part counts.
Axes axes_of(const Square& matrix);

}  // namespace saggar::search
