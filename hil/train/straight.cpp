#include "hil/train/straight.hpp"

#include <cmath>

namespace saggar::train {
namespace {

/// Solves A X = B in place of B, A symmetric and positive definite, row by row; A is overwritten.
void solve(std::vector<double>& a, std::vector<double>& b, std::size_t n, std::size_t columns) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double v = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) v -= a[i * n + k] * a[j * n + k];
      a[i * n + j] = i == j ? std::sqrt(v) : v / a[j * n + j];
    }
  }
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::size_t i = 0; i < n; ++i) {
      double v = b[i * columns + c];
      for (std::size_t k = 0; k < i; ++k) v -= a[i * n + k] * b[k * columns + c];
      b[i * columns + c] = v / a[i * n + i];
    }
    for (std::size_t i = n; i-- > 0;) {
      double v = b[i * columns + c];
      for (std::size_t k = i + 1; k < n; ++k) v -= a[k * n + i] * b[k * columns + c];
      b[i * columns + c] = v / a[i * n + i];
    }
  }
}

}  // namespace

Straight fit_straight(const Examples& examples, double ridge) {
  const Table &x = examples.x, &y = examples.y;
  // One input more that is always 1: its weight is the bias, and has no ridge.
  const std::size_t n = x.width + 1, m = y.width;
  std::vector<double> gram(n * n, 0.0), moment(n * m, 0.0), one(n, 1.0);
  double rows = 0;
  for (std::size_t r = 0; r < x.rows; ++r) {
    bool asked = true;
    for (std::size_t k = 0; k < m; ++k) asked = asked && std::isfinite(y.at[r * m + k]);
    if (!asked) continue;
    rows += 1;
    for (std::size_t i = 0; i < x.width; ++i) one[i] = static_cast<double>(x.at[r * x.width + i]);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) gram[i * n + j] += one[i] * one[j];
      for (std::size_t k = 0; k < m; ++k) {
        moment[i * m + k] += one[i] * static_cast<double>(y.at[r * m + k]);
      }
    }
  }
  Straight out{std::vector<float>(x.width * m, 0.0F), std::vector<float>(m, 0.0F)};
  if (rows == 0) return out;
  for (double& v : gram) v /= rows;
  for (double& v : moment) v /= rows;
  for (std::size_t i = 0; i < x.width; ++i) gram[i * n + i] += ridge;
  solve(gram, moment, n, m);
  for (std::size_t i = 0; i < x.width * m; ++i) out.weight[i] = static_cast<float>(moment[i]);
  for (std::size_t k = 0; k < m; ++k) out.bias[k] = static_cast<float>(moment[x.width * m + k]);
  return out;
}

}  // namespace saggar::train
