#include "runtime/promote/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace saggar::promote {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr unsigned kMostDof = 1000;

/// Share of Student's t between -t and t.
double between(double t, unsigned dof) noexcept {
  const double theta = std::atan(t / std::sqrt(static_cast<double>(dof)));
  const double cosine = std::cos(theta), square = cosine * cosine;
  const bool odd = dof % 2 == 1;
  double term = odd ? cosine : 1, sum = dof == 1 ? 0 : term;
  for (unsigned k = odd ? 3 : 2; k + 2 <= dof; k += 2) {
    term *= square * static_cast<double>(k - 1) / static_cast<double>(k);
    sum += term;
  }
  const double inside = std::sin(theta) * sum;
  return odd ? 2 / std::numbers::pi * (theta + inside) : inside;
}

struct Moments {
  double mean, variance, n;
};

Moments moments(std::span<const double> values) noexcept {
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double v : values) sum += v;
  const double mean = sum / n;
  for (const double v : values) squares += (v - mean) * (v - mean);
  return {mean, squares / (n - 1), n};
}

Difference about(double mean, double error, double dof, double confidence) noexcept {
  const auto whole = static_cast<unsigned>(std::clamp(std::floor(dof), 1.0, 1e9));
  const double both = student_t(0.975, whole) * error;
  return {mean, mean - both, mean + both, mean + student_t(confidence, whole) * error,
          static_cast<double>(whole)};
}

}  // namespace

double student_t(double p, unsigned dof) noexcept {
  if (dof == 0) return kNaN;
  const unsigned nu = std::min(dof, kMostDof);
  double low = 0, high = 1e5;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (0.5 + 0.5 * between(middle, nu) < p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

Difference welch(std::span<const double> a, std::span<const double> b, double confidence) noexcept {
  if (a.size() < 2 || b.size() < 2) return {kNaN, kNaN, kNaN, kNaN, kNaN};
  const Moments ma = moments(a), mb = moments(b);
  const double va = ma.variance / ma.n, vb = mb.variance / mb.n, v = va + vb;
  const double dof =
      v > 0 ? v * v / (va * va / (ma.n - 1) + vb * vb / (mb.n - 1)) : ma.n + mb.n - 2;
  return about(ma.mean - mb.mean, std::sqrt(v), dof, confidence);
}

Difference paired(std::span<const double> differences, double confidence) noexcept {
  if (differences.size() < 2) return {kNaN, kNaN, kNaN, kNaN, kNaN};
  const Moments m = moments(differences);
  return about(m.mean, std::sqrt(m.variance / m.n), m.n - 1, confidence);
}

}  // namespace saggar::promote
