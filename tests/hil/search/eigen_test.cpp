#include "hil/search/eigen.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace saggar::search {
namespace {

TEST(Eigen, KnowsAMatrixThatCanBeDoneByHand) {
  // [[2, 1], [1, 2]]: 3 along (1, 1), 1 along (1, -1).
  Square matrix(2);
  matrix.at(0, 0) = matrix.at(1, 1) = 2;
  matrix.at(0, 1) = matrix.at(1, 0) = 1;
  Axes axes = axes_of(matrix);
  const std::size_t large = axes.values[0] > axes.values[1] ? 0 : 1;
  EXPECT_NEAR(axes.values[large], 3, 1e-14);
  EXPECT_NEAR(axes.values[1 - large], 1, 1e-14);
  EXPECT_NEAR(std::abs(axes.vectors.at(0, large)), std::sqrt(0.5), 1e-14);
  EXPECT_NEAR(axes.vectors.at(0, large), axes.vectors.at(1, large), 1e-14);
}

TEST(Eigen, PutsAnyMatrixTogetherAgain) {
  Square matrix(8);
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t j = 0; j < 8; ++j) {
      matrix.at(i, j) = 1.0 / static_cast<double>(i + j + 1);  // Hilbert's: condition 1.5e10
    }
  }
  const Axes axes = axes_of(matrix);
  for (std::size_t i = 0; i < 8; ++i) {
    for (std::size_t j = 0; j < 8; ++j) {
      double sum = 0, dot = 0;
      for (std::size_t k = 0; k < 8; ++k) {
        sum += axes.vectors.at(i, k) * axes.values[k] * axes.vectors.at(j, k);
        dot += axes.vectors.at(k, i) * axes.vectors.at(k, j);
      }
      EXPECT_NEAR(sum, matrix.at(i, j), 1e-13);
      EXPECT_NEAR(dot, i == j ? 1 : 0, 1e-13);
    }
  }
  // NIST and MATLAB's help: the largest eigenvalue of hilb(8) is 1.6959389969.
  EXPECT_NEAR(*std::max_element(axes.values.begin(), axes.values.end()), 1.6959389969, 1e-9);
}

}  // namespace
}  // namespace saggar::search
