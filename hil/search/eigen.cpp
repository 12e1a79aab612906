#include "hil/search/eigen.hpp"

#include <cmath>

namespace saggar::search {
namespace {

constexpr int kMostSweeps = 60;

double off_diagonal(const Square& a) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size; ++i) {
    for (std::size_t j = 0; j < i; ++j) sum += a.at(i, j) * a.at(i, j);
  }
  return sum;
}

/// Turns rows and columns p and q so that their common cell becomes 0.
void turn(Square& a, Square& vectors, std::size_t p, std::size_t q) {
  const double apq = a.at(p, q);
  if (apq == 0) return;
  const double tau = (a.at(q, q) - a.at(p, p)) / (2.0 * apq);
  const double t = (tau >= 0 ? 1.0 : -1.0) / (std::abs(tau) + std::sqrt(1.0 + tau * tau));
  const double c = 1.0 / std::sqrt(1.0 + t * t), s = t * c;
  for (std::size_t k = 0; k < a.size; ++k) {
    const double kp = a.at(k, p), kq = a.at(k, q);
    a.at(k, p) = c * kp - s * kq;
    a.at(k, q) = s * kp + c * kq;
  }
  for (std::size_t k = 0; k < a.size; ++k) {
    const double pk = a.at(p, k), qk = a.at(q, k);
    a.at(p, k) = c * pk - s * qk;
    a.at(q, k) = s * pk + c * qk;
    const double vp = vectors.at(k, p), vq = vectors.at(k, q);
    vectors.at(k, p) = c * vp - s * vq;
    vectors.at(k, q) = s * vp + c * vq;
  }
}

}  // namespace

Axes axes_of(const Square& matrix) {
  Square a = matrix;
  double trace = 0;
  Axes out{{}, Square(a.size)};
  for (std::size_t i = 0; i < a.size; ++i) {
    for (std::size_t j = 0; j < a.size; ++j) {
      a.at(i, j) = 0.5 * (matrix.at(i, j) + matrix.at(j, i));
    }
    trace += a.at(i, i) * a.at(i, i);
    out.vectors.at(i, i) = 1;
  }
  for (int sweep = 0; sweep < kMostSweeps && off_diagonal(a) > 1e-30 * trace; ++sweep) {
    for (std::size_t p = 0; p + 1 < a.size; ++p) {
      for (std::size_t q = p + 1; q < a.size; ++q) turn(a, out.vectors, p, q);
    }
  }
  for (std::size_t i = 0; i < a.size; ++i) out.values.push_back(a.at(i, i));
  return out;
}

}  // namespace saggar::search
